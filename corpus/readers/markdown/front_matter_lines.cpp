#include "corpus/readers/markdown/front_matter_lines.hpp"

#include <algorithm>
#include <optional>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestKey = 64;  // bytes

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == ' ' || c == '\'' || c == '"';
}

std::string_view without_quotes(std::string_view key) {
  const bool is_quoted =
      key.size() > 1 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front();
  return is_quoted ? key.substr(1, key.size() - 2) : key;
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

/// A value that was read, and whether YAML would read it the same way.
struct Scalar {
  std::string text;
  bool is_certain = true;
  bool is_null = false;
};

/// Where the text in quotes that begins `value` ends, behind its closing quote; npos when open.
std::size_t end_of_quoted(std::string_view value) {
  const char quote = value.front();
  for (std::size_t at = 1; at < value.size(); ++at) {
    if (quote == '"' && value[at] == '\\') {
      ++at;
    } else if (value[at] == quote) {
      if (quote == '"' || at + 1 == value.size() || value[at + 1] != quote) return at + 1;
      ++at;  // '' is a quote
    }
  }
  return npos;
}

Scalar unquoted(std::string_view quoted) {
  const char quote = quoted.front();
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  Scalar scalar;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    const bool is_escape = quote == '"' ? inner[at] == '\\' : inner[at] == quote;
    if (is_escape && at + 1 < inner.size()) {
      ++at;
      scalar.is_certain = scalar.is_certain && std::string_view("\"\\'").find(inner[at]) != npos;
    }
    scalar.text += inner[at];
  }
  return scalar;
}

bool is_blank_or_comment(std::string_view text) {
  text = trimmed(text);
  return text.empty() || text.front() == '#';
}

/// May a plain value of YAML begin so?
bool begins_plainly(std::string_view value) {
  const auto c = static_cast<unsigned char>(value.front());
  const bool is_word =
      c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return is_word || std::string_view("(/.+$<_").find(value.front()) != npos;
}

Scalar plain(std::string_view value) {
  value = trimmed(value.substr(0, value.find(" #")));
  Scalar scalar{std::string(value)};
  scalar.is_null = value.empty() || value == "~" || ascii_lower(value) == "null";
  scalar.is_certain = scalar.is_null || (begins_plainly(value) && value.find(": ") == npos &&
                                         !value.ends_with(':') && value.find(":\t") == npos);
  return scalar;
}

Scalar read_scalar(std::string_view value) {
  if (value.empty() || (value.front() != '"' && value.front() != '\'')) return plain(value);
  const auto end = end_of_quoted(value);
  if (end != npos && is_blank_or_comment(value.substr(end))) return unquoted(value.substr(0, end));
  Scalar scalar = end == npos ? Scalar{std::string(value.substr(1))} : plain(value);
  scalar.is_certain = false;  // an open quote, or words behind a closed one
  return scalar;
}

/// The first item of a list on one line, taken from its rest.
std::string_view take_item(std::string_view& rest) {
  const bool is_quoted = !rest.empty() && (rest.front() == '"' || rest.front() == '\'');
  const auto quoted = is_quoted ? end_of_quoted(rest) : 0;
  const auto comma = quoted == npos ? npos : rest.find(',', quoted);
  const std::string_view item = trimmed(rest.substr(0, comma));
  rest = comma == npos ? std::string_view{} : trimmed(rest.substr(comma + 1));
  return item;
}

bool is_certain_item(std::string_view item, const Scalar& scalar) {
  const bool is_quoted = item.front() == '"' || item.front() == '\'';
  return scalar.is_certain && (is_quoted || item.find_first_of("[]{}#:&*!|>%@`") == npos);
}

struct KeyAndValue {
  std::string key;
  std::string_view value;
  bool is_certain;
};

/// Parts a line of `key: value`; nullopt when it is none.
std::optional<KeyAndValue> part(std::string_view line, char separator) {
  const auto at = line.substr(0, kLongestKey).find(separator);
  if (at == npos || at == 0) return std::nullopt;
  const std::string_view key = trimmed(line.substr(0, at));
  if (!std::all_of(key.begin(), key.end(), is_key_character)) return std::nullopt;
  const std::string_view behind = line.substr(at + 1);
  const bool is_parted = separator == '=' || behind.empty() || behind.front() == ' ';
  const std::string_view name = without_quotes(key);
  return KeyAndValue{std::string(name), trimmed(behind), is_parted && name.size() == key.size()};
}

class LineReader {
 public:
  LineReader(std::string_view content, char separator) : rest_(content), separator_(separator) {}

  FrontMatterLines read() {
    while (!rest_.empty()) {
      const std::string_view line = take_line();
      if (!is_blank_or_comment(line)) read_line(line);
    }
    return {std::move(entries_), is_certain_};
  }

 private:
  std::string_view next_line() const { return rest_.substr(0, rest_.find('\n')); }

  std::string_view take_line() {
    const std::string_view line = next_line();
    rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
    return line;
  }

  void read_line(std::string_view line) {
    const std::size_t indent = indent_of(line);
    const std::string_view text = trimmed(line);
    if (line.substr(0, indent).find('\t') != npos) is_certain_ = false;
    if (separator_ == '=' && text.starts_with('[') && text.ends_with(']')) return open_table(text);
    if (text == "-" || text.starts_with("- ")) return add_item(trimmed(text.substr(1)), indent);
    const auto pair = part(text, separator_);
    if (!pair) return continue_value(text);
    is_certain_ = is_certain_ && pair->is_certain;
    open_entry(*pair, indent);
    read_value(pair->value, indent);
  }

  void open_table(std::string_view header) {
    table_ = std::string(header.substr(1, header.size() - 2)) + '.';
    is_certain_ = false;
  }

  void open_entry(const KeyAndValue& pair, std::size_t indent) {
    if (indent == 0) {
      top_ = pair.key;
      inner_indent_ = 0;
      list_ = npos;
    } else if (inner_indent_ == 0 && is_open_) {
      inner_indent_ = indent;
    } else if (indent != inner_indent_ || is_open_) {
      is_certain_ = false;
    }
    const bool is_inner = indent > 0 && !top_.empty();
    entries_.push_back({table_ + (is_inner ? top_ + '.' + pair.key : pair.key), {}, false});
    is_open_ = true;
  }

  void read_value(std::string_view value, std::size_t indent) {
    if (value.empty()) return;
    is_open_ = false;
    if (value.front() == '|' || value.front() == '>') return read_block(value.front(), indent);
    if (value.starts_with("\"\"\"")) return read_triple_quoted(value.substr(3));
    if (value.front() == '[') return read_list(value);
    if (separator_ == ':' && goes_on(indent)) return read_wrapped(value, indent);
    add(read_scalar(value));
  }

  /// Is the next line one more of a value, by standing further in than its key?
  bool goes_on(std::size_t indent) const {
    const std::string_view line = next_line();
    return indent_of(line) > indent && !is_blank_or_comment(line) && !part(line, separator_);
  }

  /// A value over several lines, which YAML joins by spaces.
  void read_wrapped(std::string_view value, std::size_t indent) {
    std::string joined(value);
    while (goes_on(indent)) {
      const std::string_view line = take_line();
      if (line.substr(0, indent_of(line)).find('\t') != npos) is_certain_ = false;
      joined.append(" ").append(trimmed(line));
    }
    if (joined.find(" #") != npos) is_certain_ = false;
    add(read_scalar(joined));
  }

  void add(Scalar scalar, std::size_t entry) {
    is_open_ = false;
    is_certain_ = is_certain_ && scalar.is_certain;
    if (!scalar.is_null) entries_[entry].values.push_back(std::move(scalar.text));
  }

  void add(Scalar scalar) { add(std::move(scalar), entries_.size() - 1); }

  /// `- value`, or `- name: value` of a list of objects.
  void add_item(std::string_view item, std::size_t indent) {
    if (is_open_) {
      list_ = entries_.size() - 1;
      item_indent_ = indent;
    }
    is_open_ = false;
    if (indent != item_indent_ || inner_indent_ > 0) is_certain_ = false;
    if (list_ == npos) {
      is_certain_ = false;
      return;
    }
    entries_[list_].is_list = true;
    const auto pair = part(item, ':');
    const bool is_object = pair && pair->is_certain;
    if (is_object) is_certain_ = false;
    if (!is_object || pair->key == "name") add(read_scalar(is_object ? pair->value : item), list_);
  }

  /// A line that is neither a key nor an item goes on with the value before it.
  void continue_value(std::string_view text) {
    is_certain_ = false;
    if (entries_.empty()) return;
    if (is_open_) return add(read_scalar(text), entries_.size() - 1);
    auto& values = entries_.back().values;
    if (!values.empty()) values.back().append(" ").append(without_end_quote(text));
  }

  static std::string_view without_end_quote(std::string_view text) {
    return text.ends_with('"') || text.ends_with('\'') ? text.substr(0, text.size() - 1) : text;
  }

  /// `|` keeps its lines, `>` joins them.
  void read_block(char style, std::size_t indent) {
    is_certain_ = false;
    std::string text;
    while (!rest_.empty() && (trimmed(next_line()).empty() || indent_of(next_line()) > indent)) {
      const std::string_view line = trimmed(take_line());
      if (!text.empty()) text += style == '|' || line.empty() ? '\n' : ' ';
      text += line;
    }
    entries_.back().values.push_back(std::move(text));
  }

  /// Up to the next three quotes, lines and all.
  void read_triple_quoted(std::string_view value) {
    is_certain_ = false;
    const auto length = static_cast<std::size_t>(rest_.data() + rest_.size() - value.data());
    const std::string_view text(value.data(), length);
    const auto end = std::min(text.find("\"\"\""), text.size());
    entries_.back().values.emplace_back(trimmed(text.substr(0, end)));
    rest_ = text.substr(end);
    take_line();
  }

  void read_list(std::string_view value) {
    entries_.back().is_list = true;
    std::string joined(value);
    bool is_closed = value.find(']') != npos;
    while (!is_closed && !rest_.empty() && !part(next_line(), separator_)) {
      const std::string_view line = take_line();
      is_closed = line.find(']') != npos;
      is_certain_ = false;
      joined.append(" ").append(trimmed(line));
    }
    std::string_view list = joined;
    const auto end = list.rfind(']');
    if (end == npos || !is_blank_or_comment(list.substr(end + 1))) is_certain_ = false;
    list = trimmed(list.substr(1, end == npos ? npos : end - 1));
    while (!list.empty()) {
      const std::string_view item = take_item(list);
      if (item.empty()) continue;
      Scalar scalar = read_scalar(item);
      scalar.is_certain = is_certain_item(item, scalar);
      add(std::move(scalar));
    }
  }

  std::string_view rest_;
  char separator_;
  FrontMatter entries_;
  std::string table_;             // of TOML, with its dot
  std::string top_;               // the key that inner ones belong to
  std::size_t list_ = npos;       // the entry that items belong to
  std::size_t inner_indent_ = 0;  // of the keys in top_; 0: none came yet
  std::size_t item_indent_ = 0;   // of the items in list_
  bool is_open_ = false;          // the last key has no value yet: a list or inner keys may follow
  bool is_certain_ = true;
};

}  // namespace

std::string key_in_line(std::string_view line, char separator) {
  const auto pair = indent_of(line) == 0 ? part(line, separator) : std::nullopt;
  return pair ? pair->key : std::string();
}

FrontMatterLines read_front_matter_lines(std::string_view content, char separator) {
  return LineReader(content, separator).read();
}

}  // namespace lede
