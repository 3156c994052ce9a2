#include "corpus/readers/markdown/front_matter.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "corpus/readers/html/entities.hpp"
#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/markdown/front_matter_lines.hpp"
#include "corpus/readers/markdown/front_matter_parsers.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestBlock = std::size_t{64} << 10;

struct Delimiter {
  std::string_view line;
  std::string_view other_end;
  FrontMatterSyntax syntax;
};
constexpr std::array kDelimiters{Delimiter{"---", "...", FrontMatterSyntax::yaml},
                                 Delimiter{"+++", "+++", FrontMatterSyntax::toml},
                                 Delimiter{";;;", ";;;", FrontMatterSyntax::json}};

/// Objects in which site generators keep keys of the user's own.
constexpr std::array<std::string_view, 4> kPrefixes{"params.", "extra.", "taxonomies.", "meta."};

// ---- where it stands

std::string_view without_spaces_at_end(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

/// What stands behind the first line.
std::string_view behind_line(std::string_view text) {
  return text.substr(std::min(first_line(text).size() + 1, text.size()));
}

const Delimiter* delimiter_of(std::string_view text) {
  const std::string_view line = without_spaces_at_end(first_line(text));
  const auto found = std::find_if(kDelimiters.begin(), kDelimiters.end(),
                                  [&](const Delimiter& known) { return known.line == line; });
  return found == kDelimiters.end() ? nullptr : &*found;
}

char separator_of(FrontMatterSyntax syntax) {
  return syntax == FrontMatterSyntax::toml ? '=' : ':';
}

bool names_a_key(std::string_view line, FrontMatterSyntax syntax) {
  const std::string_view text = trimmed(line);
  if (syntax == FrontMatterSyntax::json) return text.starts_with('{') || text.starts_with('"');
  if (syntax == FrontMatterSyntax::toml && text.starts_with('[')) return true;
  return text.starts_with('{') || !key_in_line(line, separator_of(syntax)).empty();
}

/// Does the first line that says something name a key? An empty block is a block, too.
bool begins_with_key(std::string_view content, FrontMatterSyntax syntax) {
  while (!content.empty()) {
    const std::string_view line = first_line(content);
    const std::string_view text = trimmed(line);
    if (!text.empty() && text.front() != '#') return names_a_key(line, syntax);
    content = behind_line(content);
  }
  return true;
}

std::optional<FrontMatterBlock> find_delimited(std::string_view text, const Delimiter& delimiter) {
  const std::string_view content = behind_line(text);
  std::string_view rest = content;
  while (!rest.empty()) {
    const std::string_view line = without_spaces_at_end(first_line(rest));
    const auto length = static_cast<std::size_t>(rest.data() - content.data());
    if (length > kLongestBlock) return std::nullopt;
    rest = behind_line(rest);
    if (line != delimiter.line && line != delimiter.other_end) continue;
    const std::string_view inner = content.substr(0, length);
    if (!begins_with_key(inner, delimiter.syntax)) return std::nullopt;
    return FrontMatterBlock{delimiter.syntax, inner, text.size() - rest.size()};
  }
  return std::nullopt;
}

/// The bytes of the object that begins `text`; 0 when it does not end within the limit.
std::size_t length_of_object(std::string_view text) {
  std::size_t depth = 0;
  bool is_in_string = false;
  for (std::size_t at = 0; at < std::min(text.size(), kLongestBlock); ++at) {
    const char c = text[at];
    if (is_in_string) {
      if (c == '\\') ++at;
      is_in_string = c != '"';
    } else if (c == '"') {
      is_in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return at + 1;
    }
  }
  return 0;
}

bool is_title_or_date(const std::string& key) {
  const auto meaning = find_record_key(key);
  if (!meaning || key == "name") return false;
  return meaning->field == Metadata::title || meaning->field == Metadata::date;
}

bool names_title_or_date(std::string_view object) {
  const auto entries = parse_json_object(object);
  return entries && std::any_of(entries->begin(), entries->end(),
                                [](const auto& entry) { return is_title_or_date(entry.key); });
}

/// An object with a text behind it; not one of a file of objects. Behind one that begins on its
/// first line, as such files write them, an empty line must follow, and it has a title or a date.
std::optional<FrontMatterBlock> find_object(std::string_view text) {
  const bool is_open_line = without_spaces_at_end(first_line(text)) == "{";
  if (!is_open_line && !text.starts_with("{\"")) return std::nullopt;
  const std::size_t length = length_of_object(text);
  if (length == 0) return std::nullopt;
  const std::string_view rest = text.substr(length);
  if (!trimmed(first_line(rest)).empty()) return std::nullopt;
  if (!is_open_line && (!trimmed(first_line(behind_line(rest))).empty() ||
                        !names_title_or_date(text.substr(0, length)))) {
    return std::nullopt;
  }
  const auto next = rest.find_first_not_of(" \t\r\n");
  if (next == npos || std::string_view("{}[],\"").find(rest[next]) != npos) return std::nullopt;
  return FrontMatterBlock{FrontMatterSyntax::json, text.substr(0, length),
                          text.size() - behind_line(rest).size()};
}

// ---- what it says

std::optional<FrontMatter> parse(const FrontMatterBlock& block) {
  switch (block.syntax) {
    case FrontMatterSyntax::yaml:
      return parse_yaml(block.content);
    case FrontMatterSyntax::toml:
      return parse_toml(block.content);
    case FrontMatterSyntax::json:
      break;
  }
  const bool has_braces = trimmed(block.content).starts_with('{');
  return parse_json_object(has_braces ? std::string(block.content)
                                      : '{' + std::string(block.content) + '}');
}

/// The keys that stand in no other.
std::size_t count_top_keys(const FrontMatter& entries) {
  std::set<std::string_view> keys;
  for (const FrontMatterEntry& entry : entries) {
    keys.insert(std::string_view(entry.key).substr(0, entry.key.find('.')));
  }
  return keys.size();
}

std::string_view name_of(FrontMatterSyntax syntax) {
  switch (syntax) {
    case FrontMatterSyntax::yaml:
      return "YAML";
    case FrontMatterSyntax::toml:
      return "TOML";
    case FrontMatterSyntax::json:
      break;
  }
  return "JSON";
}

std::string_view without_prefix(std::string_view key) {
  for (const std::string_view prefix : kPrefixes) {
    if (key.starts_with(prefix)) return key.substr(prefix.size());
  }
  return key;
}

bool is_true(std::string_view value) {
  return value == "true" || value == "yes" || value == "on" || value == "1";
}

bool is_false(std::string_view value) {
  return value == "false" || value == "no" || value == "off" || value == "0";
}

bool is_absolute(std::string_view url) {
  const std::string start = ascii_lower(url.substr(0, 8));
  return start.starts_with("http://") || start.starts_with("https://");
}

/// `Ada Writer <ada@a.example>` without what stands behind the name.
std::string_view bare_name(std::string_view author) {
  const auto end = std::min(author.find('<'), author.find(" http"));
  return end == 0 ? author : trimmed(author.substr(0, end));
}

/// `Ada Writer` of `[[Ada Writer]]` and `[[people/ada|Ada Writer]]`, as Obsidian links notes.
std::string_view without_link(std::string_view value) {
  if (!value.starts_with("[[") || !value.ends_with("]]") || value.size() < 5) return value;
  value = value.substr(2, value.size() - 4);
  return trimmed(value.substr(value.find('|') + 1));  // npos + 1 is 0
}

/// A value as a page shows it.
std::string shown_text(std::string_view value) {
  value = without_link(value);
  return has_html(value) ? html_text(value) : decode_entities(value);
}

std::vector<std::string> shown_texts(const FrontMatterEntry& entry, RecordField field) {
  std::vector<std::string> texts;
  for (const std::string& value : entry.values) {
    const std::string_view name =
        field == Metadata::authors ? bare_name(value) : std::string_view(value);
    texts.push_back(shown_text(name));
  }
  return texts;
}

bool is_usable(const FrontMatterEntry& entry, RecordField field) {
  if (entry.values.empty() || field == kBody || field == Metadata::id) return false;
  const std::string value = ascii_lower(entry.values.front());
  if (field == Metadata::url) return is_absolute(value);
  const bool is_date = field == Metadata::date || field == Metadata::modified;
  return !is_date || (!is_true(value) && !is_false(value));
}

bool is_url(const FrontMatterEntry& entry) {
  return entry.values.size() == 1 && is_absolute(entry.values.front()) &&
         entry.values.front().find(' ') == npos;
}

void set_list(Article& article, Metadata metadata, std::vector<std::string>& list,
              std::vector<std::string> values) {
  if (article.origin(metadata) != Origin::none) return;
  list = std::move(values);
  article.origin(metadata) = Origin::front_matter;
}

/// The first category is the section; the others are kept as tags.
void keep_other_categories(Article& article, const FrontMatterEntry& entry) {
  const auto categories = shown_texts(entry, Metadata::section);
  article.tags.insert(article.tags.end(), categories.begin() + 1, categories.end());
  if (!article.tags.empty()) article.origin(Metadata::tags) = Origin::front_matter;
}

/// What a key means: what the user maps it to, else what it means in any record.
std::optional<RecordKey> meaning_of(std::string_view key, std::span<const FieldMapping> mappings) {
  const auto mapping = std::find_if(mappings.begin(), mappings.end(), [&](const auto& candidate) {
    return normal_key(candidate.key) == normal_key(key);
  });
  if (mapping != mappings.end()) return RecordKey{mapping->field, 0};
  return find_record_key(without_prefix(key));
}

void fill(Article& article, RecordField field, const FrontMatterEntry& entry) {
  const auto values = shown_texts(entry, field);
  if (field == Metadata::authors && entry.is_list) {
    set_list(article, Metadata::authors, article.authors, values);
  } else if (field == Metadata::tags && entry.is_list) {
    set_list(article, Metadata::tags, article.tags, values);
  } else {
    set_metadata(article, *field.metadata, values.front(), Origin::front_matter);
  }
}

}  // namespace

std::optional<FrontMatterBlock> find_front_matter(std::string_view text) {
  const Delimiter* delimiter = delimiter_of(text);
  return delimiter == nullptr ? find_object(text) : find_delimited(text, *delimiter);
}

bool begins_with_front_matter(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const Delimiter* delimiter = delimiter_of(head);
  if (delimiter == nullptr) return find_object(head).has_value();
  if (delimiter->syntax == FrontMatterSyntax::json) return true;
  for (std::string_view rest = behind_line(head); !rest.empty(); rest = behind_line(rest)) {
    const std::string_view line = without_spaces_at_end(first_line(rest));
    if (line == delimiter->line || line == delimiter->other_end) return false;
    if (is_title_or_date(key_in_line(line, separator_of(delimiter->syntax)))) return true;
  }
  return false;
}

FrontMatter read_front_matter(const FrontMatterBlock& block, std::vector<std::string>& warnings) {
  auto lines = read_front_matter_lines(block.content, separator_of(block.syntax));
  // Most blocks are this simple, and yaml-cpp takes longer than all the rest of the reading.
  if (block.syntax == FrontMatterSyntax::yaml && lines.is_certain) return std::move(lines.entries);
  auto entries = parse(block);
  // A quote that is never closed swallows the keys behind it, up to a quote of theirs.
  const bool has_swallowed = entries && block.syntax == FrontMatterSyntax::yaml &&
                             count_top_keys(*entries) < count_top_keys(lines.entries);
  if (entries && !has_swallowed) return *std::move(entries);
  warnings.push_back("the front matter is not valid " + std::string(name_of(block.syntax)) +
                     "; it was read line by line");
  return std::move(lines.entries);
}

bool is_draft(const FrontMatter& front_matter) {
  return std::any_of(front_matter.begin(), front_matter.end(), [](const auto& entry) {
    if (entry.values.size() != 1) return false;
    const std::string key = ascii_lower(without_prefix(entry.key));
    const std::string value = ascii_lower(entry.values.front());
    if (key == "draft") return is_true(value);
    return (key == "published" && is_false(value)) || (key == "status" && value == "draft");
  });
}

void apply_front_matter(const FrontMatter& front_matter, std::span<const FieldMapping> mappings,
                        Article& article) {
  std::vector<std::pair<RecordKey, const FrontMatterEntry*>> known;
  for (const FrontMatterEntry& entry : front_matter) {
    auto key = meaning_of(entry.key, mappings);
    // Obsidian calls it so; a key that is the URL's own is trusted more.
    if (key && key->rank > 0 && key->field == Metadata::source && is_url(entry)) {
      key = RecordKey{Metadata::url, rank_count()};
    }
    if (key && is_usable(entry, key->field)) known.emplace_back(*key, &entry);
  }
  // Stable, so that of a key that stands twice the first is taken.
  std::stable_sort(known.begin(), known.end(),
                   [](const auto& a, const auto& b) { return a.first.rank < b.first.rank; });
  for (const auto& [key, entry] : known) fill(article, key.field, *entry);
  const auto section = std::find_if(known.begin(), known.end(), [](const auto& candidate) {
    return candidate.first.field == Metadata::section;
  });
  if (section != known.end()) keep_other_categories(article, *section->second);
}

}  // namespace lede
