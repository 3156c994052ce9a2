#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "corpus/readers/markdown/front_matter_parsers.hpp"
#include "corpus/unicode.hpp"

// TOML is read by hand: toml++ 3.3 fails its own assertions, or runs into undefined behaviour
// where they are off, over a dozen bytes that are not quite TOML.

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr int kDeepestNesting = 16;  // of lists and tables in one value

bool is_bare_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

/// Numbers, dates and the four words that stand without quotes.
bool is_bare_value(std::string_view value) {
  if (value == "true" || value == "false" || value == "inf" || value == "nan") return true;
  return !value.empty() && std::string_view("0123456789+-").find(value.front()) != npos;
}

/// Eats TOML from the left. What returns false or nullopt has met something that is no TOML.
class TomlReader {
 public:
  explicit TomlReader(std::string_view text) : rest_(text) {}

  std::optional<FrontMatter> read() {
    for (skip_blank(); !rest_.empty(); skip_blank()) {
      const bool is_line = rest_.front() == '[' ? read_header() : read_pair(table_, list_, 0);
      if (!is_line || !ends_line()) return std::nullopt;
    }
    return std::move(entries_);
  }

 private:
  bool take(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }

  void skip_spaces() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
  }

  bool skip_comment() {
    if (!rest_.starts_with('#')) return false;
    rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    return true;
  }

  /// Spaces, empty lines, comments.
  void skip_blank() {
    do {
      rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n"), rest_.size()));
    } while (skip_comment());
  }

  bool ends_line() {
    skip_spaces();
    skip_comment();
    return rest_.empty() || take("\n");
  }

  /// `a`, `"a b"`, `a.b`
  std::optional<std::string> take_key() {
    std::string key;
    do {
      skip_spaces();
      auto part = take_key_part();
      if (!part) return std::nullopt;
      key += (key.empty() ? "" : ".") + *std::move(part);
      skip_spaces();
    } while (take("."));
    return key;
  }

  std::optional<std::string> take_key_part() {
    if (rest_.starts_with('"') || rest_.starts_with('\'')) return take_string();
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_bare_key);
    std::string part(rest_.begin(), end);
    rest_.remove_prefix(part.size());
    return part.empty() ? std::nullopt : std::optional(std::move(part));
  }

  /// `[table]`, `[[list of tables]]`
  bool read_header() {
    const bool is_list = take("[[");
    if (!is_list) take("[");
    const auto key = take_key();
    if (!key || !take(is_list ? "]]" : "]")) return false;
    table_ = *key + '.';
    list_ = is_list ? list_entry(*key) : npos;
    return true;
  }

  /// The entry of a list; tables of one list need not follow each other.
  std::size_t list_entry(const std::string& key) {
    const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) {
      return entry.is_list && entry.key == key;
    });
    if (known != entries_.end()) return static_cast<std::size_t>(known - entries_.begin());
    entries_.push_back({key, {}, true});
    return entries_.size() - 1;
  }

  /// `key = value`; the `name` of a table in a list is an item of the list's entry.
  bool read_pair(const std::string& table, std::size_t list, int depth) {
    const auto key = take_key();
    if (!key || !take("=")) return false;
    skip_spaces();
    if (rest_.starts_with('{')) return read_table(table + *key + '.', npos, depth + 1);
    std::size_t entry = list;
    if (list == npos || *key != "name") {
      entries_.push_back({table + *key, {}, rest_.starts_with('[')});
      entry = entries_.size() - 1;
    }
    return rest_.starts_with('[') ? read_list(entry, depth + 1) : read_scalar(entry);
  }

  /// `{ a = 1, b = 2 }`
  bool read_table(const std::string& table, std::size_t list, int depth) {
    if (depth > kDeepestNesting) return false;
    take("{");
    for (skip_blank(); !take("}"); skip_blank()) {
      if (!read_pair(table, list, depth)) return false;
      skip_blank();
      if (!take(",") && !rest_.starts_with('}')) return false;
    }
    return true;
  }

  /// `[ "a", "b" ]`, over lines or not
  bool read_list(std::size_t entry, int depth) {
    if (depth > kDeepestNesting) return false;
    take("[");
    for (skip_blank(); !take("]"); skip_blank()) {
      if (!read_item(entry, depth)) return false;
      skip_blank();
      if (!take(",") && !rest_.starts_with(']')) return false;
    }
    return true;
  }

  bool read_item(std::size_t entry, int depth) {
    if (rest_.starts_with('[')) return read_list(entry, depth + 1);
    if (!rest_.starts_with('{')) return read_scalar(entry);
    return read_table(std::string(entries_[entry].key) + '.', entry, depth + 1);
  }

  bool read_scalar(std::size_t entry) {
    const bool is_string = rest_.starts_with('"') || rest_.starts_with('\'');
    auto value = is_string ? take_string() : take_bare_value();
    if (!value) return false;
    entries_[entry].values.push_back(*std::move(value));
    return true;
  }

  std::optional<std::string> take_bare_value() {
    const std::string_view value = trimmed(rest_.substr(0, rest_.find_first_of(",]}#\n")));
    if (!is_bare_value(value)) return std::nullopt;
    rest_.remove_prefix(value.size());
    return std::string(value);
  }

  // -- strings

  std::optional<std::string> take_string() {
    if (take("\"\"\"")) return take_until("\"\"\"");
    if (take("'''")) return take_until("'''");
    return take("\"") ? take_until("\"") : (take("'"), take_until("'"));
  }

  /// The text up to the quotes that close it.
  std::optional<std::string> take_until(std::string_view quotes) {
    const bool is_one_line = quotes.size() == 1;
    const bool has_escapes = quotes.front() == '"';
    std::string text;
    if (!is_one_line) take("\n");
    while (!rest_.empty() && !take(quotes)) {
      if (is_one_line && rest_.front() == '\n') return std::nullopt;
      if (has_escapes && take("\\")) {
        if (!take_escape(text)) return std::nullopt;
      } else {
        text += rest_.front();
        rest_.remove_prefix(1);
      }
      if (rest_.empty()) return std::nullopt;
    }
    return text;
  }

  bool take_escape(std::string& text) {
    constexpr std::string_view kNames = "btnfr\"\\";
    constexpr std::string_view kMeanings = "\b\t\n\f\r\"\\";
    if (take("u")) return take_code_point(text, 4);
    if (take("U")) return take_code_point(text, 8);
    if (rest_.starts_with('\n')) {  // the text goes on behind the spaces
      rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n"), rest_.size()));
      return true;
    }
    const auto name = rest_.empty() ? npos : kNames.find(rest_.front());
    if (name == npos) return false;
    text += kMeanings[name];
    rest_.remove_prefix(1);
    return true;
  }

  bool take_code_point(std::string& text, std::size_t digits) {
    const std::string_view hex = rest_.substr(0, digits);
    unsigned value = 0;
    const char* const end = hex.data() + hex.size();
    const auto [stop, error] = std::from_chars(hex.data(), end, value, 16);
    const bool is_character = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    if (error != std::errc() || stop != end || hex.size() < digits || !is_character) return false;
    append_code_point(text, char32_t{value});
    rest_.remove_prefix(digits);
    return true;
  }

  std::string_view rest_;
  FrontMatter entries_;
  std::string table_;        // with its dot; empty above the first header
  std::size_t list_ = npos;  // the entry of the list whose table this is
};

}  // namespace

std::optional<FrontMatter> parse_toml(std::string_view content) {
  return TomlReader(content).read();
}

}  // namespace lede
