#include "corpus/readers/reuters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kName = "REUTERS";
constexpr std::string_view kEndTag = "</REUTERS>";
constexpr std::size_t kShortLine = 50;  // characters: lines are wrapped at about 62

constexpr auto kTagLists = std::to_array<std::string_view>(
    {"TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES"});

// ---- records

enum class TagKind : std::uint8_t { begin, end };

struct Tag {
  TagKind kind;
  std::size_t begin;  // of its `<`
};

bool ends_tag_name(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '>' || text[at] == ' ' || text[at] == '\n');
}

/// The first <REUTERS or </REUTERS at or behind `from`. What may still become one when more text
/// follows is found then.
std::optional<Tag> find_tag(std::string_view text, std::size_t from) {
  for (auto at = text.find(kName, from); at != npos; at = text.find(kName, at + 1)) {
    if (!ends_tag_name(text, at + kName.size())) continue;
    if (at >= 1 && text[at - 1] == '<') return Tag{TagKind::begin, at - 1};
    if (at >= 2 && text.substr(at - 2, 2) == "</") return Tag{TagKind::end, at - 2};
  }
  return std::nullopt;
}

/// Where to look again when find_tag found nothing in `text`: a tag may be cut off at its end.
std::size_t resume_at(std::string_view text) {
  return text.size() - std::min(text.size(), kEndTag.size());
}

/// Goes to the next record's beginning. False: there is none.
bool go_to_record(Input& input) {
  for (;;) {
    const auto tag = find_tag(input.buffered(), 0);
    if (tag && tag->kind == TagKind::begin) {
      input.consume(tag->begin);
      return true;
    }
    input.consume(tag ? tag->begin + kEndTag.size() : resume_at(input.buffered()));
    if (!tag && !input.fill()) return false;
  }
}

enum class RecordEnd : std::uint8_t { found, missing, too_far };

struct Extent {
  RecordEnd end;
  std::size_t length_bytes;
};

/// How far the record that begins the input's bytes goes.
Extent measure_record(Input& input, std::size_t limit_bytes) {
  std::size_t searched = 1;  // not to find the record's own tag
  for (;;) {
    const std::string_view text = input.buffered();
    if (const auto tag = find_tag(text, std::max<std::size_t>(searched, 2))) {
      if (tag->kind == TagKind::begin) return {RecordEnd::missing, tag->begin};
      if (tag->begin > limit_bytes) return {RecordEnd::too_far, tag->begin};
      return {RecordEnd::found, tag->begin};
    }
    if (text.size() > limit_bytes + kEndTag.size()) return {RecordEnd::too_far, resume_at(text)};
    searched = resume_at(text);
    if (!input.fill()) return {RecordEnd::missing, text.size()};
  }
}

// ---- markup

/// An element's attributes and content.
struct Element {
  std::string_view attributes;
  std::string_view content;
  std::size_t begin;  // of the whole element in the text it was found in
  std::size_t end;
};

/// The first element called `name`. One that never ends goes to the end of the text.
std::optional<Element> find_element(std::string_view text, std::string_view name) {
  const std::string opening = fmt::format("<{}", name);
  auto begin = text.find(opening);
  while (begin != npos && !ends_tag_name(text, begin + opening.size())) {
    begin = text.find(opening, begin + 1);
  }
  if (begin == npos) return std::nullopt;
  const std::size_t attributes = begin + opening.size();
  const std::size_t open_end = std::min(text.find('>', attributes), text.size());
  const std::size_t content = std::min(open_end + 1, text.size());
  const std::string closing = fmt::format("</{}>", name);
  const std::size_t close = std::min(text.find(closing, content), text.size());
  return Element{text.substr(attributes, open_end - attributes),
                 text.substr(content, close - content), begin,
                 std::min(close + closing.size(), text.size())};
}

std::string_view content_of(std::string_view text, std::string_view name) {
  const auto element = find_element(text, name);
  return element ? element->content : std::string_view{};
}

/// The value of an attribute, in whatever quotes; empty when there is none.
std::string_view attribute(std::string_view attributes, std::string_view name) {
  const std::string wanted = fmt::format(" {}=", name);
  const auto at = attributes.find(wanted);
  if (at == npos) return {};
  std::string_view value = attributes.substr(at + wanted.size());
  if (value.empty()) return {};
  const char quote = value.front();
  if (quote != '"' && quote != '\'') return value.substr(0, value.find_first_of(" \n"));
  value.remove_prefix(1);
  return value.substr(0, value.find(quote));
}

struct Entity {
  std::string_view name;
  char32_t value;
};
constexpr std::array kEntities{Entity{"lt", '<'}, Entity{"gt", '>'}, Entity{"amp", '&'},
                               Entity{"quot", '"'}, Entity{"apos", '\''}};

std::optional<char32_t> named_entity(std::string_view name) {
  for (const Entity& entity : kEntities) {
    if (entity.name == name) return entity.value;
  }
  return std::nullopt;
}

/// The character of `#65` or `#x41`. 0: a character that no text has.
std::optional<char32_t> numeric_entity(std::string_view name) {
  if (!name.starts_with('#')) return std::nullopt;
  const bool is_hex = name.starts_with("#x") || name.starts_with("#X");
  const std::string_view digits = name.substr(is_hex ? 2 : 1);
  unsigned value = 0;
  const auto result =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
  if (result.ec != std::errc() || result.ptr != digits.data() + digits.size()) return std::nullopt;
  const bool is_character =
      value >= 0x20 && value != 0x7F && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  return is_character ? char32_t{value} : char32_t{0};
}

/// The text with each entity as its character; control characters vanish, what is no entity stays.
std::string decode_entities(std::string_view text) {
  constexpr std::size_t kLongestEntity = 10;
  std::string decoded;
  decoded.reserve(text.size());
  for (auto at = text.find('&'); at != npos; at = text.find('&')) {
    decoded += text.substr(0, at);
    text.remove_prefix(at);
    const auto end = text.substr(0, kLongestEntity).find(';');
    const std::string_view name = end == npos ? std::string_view{} : text.substr(1, end - 1);
    const auto value = name.starts_with('#') ? numeric_entity(name) : named_entity(name);
    if (value && *value != 0) append_code_point(decoded, *value);
    if (!value) decoded += '&';
    text.remove_prefix(value ? end + 1 : 1);
  }
  return decoded.append(text);
}

// ---- text

struct Paragraph {
  std::string text;
  std::size_t lines = 0;
  bool is_table_line = false;

  /// A line that stands for itself, as in a table or a list of figures.
  bool is_line() const { return is_table_line || (lines == 1 && text.size() < kShortLine); }
};

bool has_columns(std::string_view line) {
  line = trimmed(line);
  return line.find("   ") != npos || line.find("....") != npos;
}

/// ` Reuter` and ` MORE` at the end of a text are the agency's, not the article's.
bool is_closing_line(std::string_view line) {
  std::string word = ascii_lower(trimmed(line));
  while (word.ends_with('.')) word.pop_back();
  return word.empty() || word == "reuter" || word == "reuters" || word == "more";
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (auto end = text.find('\n'); end != npos; end = text.find('\n')) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  lines.push_back(text);
  while (!lines.empty() && is_closing_line(lines.back())) lines.pop_back();
  return lines;
}

bool begins_paragraph(std::string_view line, const Paragraph& before) {
  return before.lines == 0 || before.is_table_line || line.starts_with(' ') || has_columns(line);
}

void append_line(std::vector<Paragraph>& paragraphs, std::string_view line) {
  if (begins_paragraph(line, paragraphs.back()) && paragraphs.back().lines > 0) {
    paragraphs.emplace_back();
  }
  Paragraph& paragraph = paragraphs.back();
  if (paragraph.lines > 0) paragraph.text += ' ';
  paragraph.text += trimmed(line);
  paragraph.is_table_line = has_columns(line);
  ++paragraph.lines;
}

std::vector<Paragraph> paragraphs_of(std::string_view text) {
  std::vector<Paragraph> paragraphs(1);
  for (const std::string_view line : lines_of(text)) {
    if (!trimmed(line).empty()) {
      append_line(paragraphs, line);
    } else if (paragraphs.back().lines > 0) {
      paragraphs.emplace_back();
    }
  }
  return paragraphs;
}

/// Hard-wrapped text as paragraphs with empty lines between them; a table keeps its lines.
std::string unwrap(std::string_view text) {
  std::string body;
  bool was_line = false;
  for (const Paragraph& paragraph : paragraphs_of(text)) {
    if (!body.empty()) body += was_line && paragraph.is_line() ? "\n" : "\n\n";
    body += paragraph.text;
    was_line = paragraph.is_line();
  }
  return body;
}

bool has_lower_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string_view without_stars(std::string_view text) {
  text = trimmed(text);
  const auto stars = text.find('*');
  // A flash begins with its time and stars: `161125******S/P DOWNGRADES ...`.
  if (stars > 6 || text.substr(0, stars).find_first_not_of("0123456789") != npos) return text;
  return trimmed(text.substr(std::min(text.find_first_not_of('*', stars), text.size())));
}

/// The lines up to the first that is indented or empty.
std::size_t length_of_opening(std::string_view text) {
  std::size_t end = std::min(text.find('\n'), text.size());
  while (end + 1 < text.size() && text[end + 1] != ' ' && text[end + 1] != '\n') {
    end = std::min(text.find('\n', end + 1), text.size());
  }
  return end;
}

/// How many bytes of a text without markup are its headline: the first line when it is in
/// capitals, and a second one that the headline was wrapped to.
std::size_t length_of_headline(std::string_view text) {
  const std::size_t first = std::min(text.find('\n'), text.size());
  if (has_lower_letter(text.substr(0, first))) return 0;
  const std::size_t opening = length_of_opening(text);
  const auto lines =
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(opening), '\n');
  return lines <= 1 ? opening : first;
}

// ---- articles

void read_tags(std::string_view record, Article& article) {
  for (const std::string_view list : kTagLists) {
    std::string_view content = content_of(record, list);
    for (auto tag = find_element(content, "D"); tag; tag = find_element(content, "D")) {
      article.tags.push_back(decode_entities(tag->content));
      content.remove_prefix(tag->end);
    }
  }
  if (!article.tags.empty()) article.origin(Metadata::tags) = Origin::markup;
}

/// The date up to what some have behind it, `26-MAR-1987 15:01:01.79&#9;&#9;&#9;RM`; if its time is
/// impossible, the day.
std::string_view date_in(std::string_view content) {
  const std::string_view date = trimmed(content.substr(0, content.find_first_of("&#")));
  return parse_date(date) ? date : date.substr(0, date.find(' '));
}

void read_date(std::string_view record, Article& article) {
  set_metadata(article, Metadata::date, date_in(content_of(record, "DATE")), Origin::markup);
}

/// `By Jane Writer, Reuters` without what says who employs her.
std::string_view without_agency(std::string_view byline) {
  const auto last_space = byline.rfind(' ');
  if (last_space == npos) return byline;
  const std::string last = ascii_lower(byline.substr(last_space + 1));
  if (!last.starts_with("reuter")) return byline;
  byline = trimmed(byline.substr(0, last_space));
  return byline.ends_with(',') ? byline.substr(0, byline.size() - 1) : byline;
}

void read_author(std::string_view text, Article& article) {
  const std::string byline = clean_line(decode_entities(content_of(text, "AUTHOR")));
  set_metadata(article, Metadata::authors, without_agency(byline), Origin::markup);
}

std::string body_of(std::string_view text, std::string_view body) {
  const std::string dateline = clean_line(decode_entities(content_of(text, "DATELINE")));
  const std::string paragraphs = unwrap(decode_entities(body));
  if (dateline.empty() || paragraphs.empty()) return dateline + paragraphs;
  return dateline + ' ' + paragraphs;
}

/// A text that has a title and no body: what stands behind the title.
void read_brief(const Element& title, std::string_view text, Article& article) {
  constexpr std::string_view kFiller = "Blah blah blah.";  // what the collection puts for a text
  const std::string rest = unwrap(decode_entities(text.substr(title.end)));
  if (rest != kFiller) article.body = rest;
}

/// A text without any markup: its first line in capitals is its title.
void read_unprocessed(std::string_view text, Article& article) {
  const std::string decoded = decode_entities(text);
  const std::string_view content = without_stars(decoded);
  const std::size_t headline = length_of_headline(content);
  article.body = unwrap(content.substr(headline));
  set_metadata(article, Metadata::title, clean_line(content.substr(0, headline)), Origin::text);
}

void read_text(std::string_view text, Article& article) {
  const auto title = find_element(text, "TITLE");
  const auto body = find_element(text, "BODY");
  if (title) {
    set_metadata(article, Metadata::title, decode_entities(title->content), Origin::markup);
  }
  if (body) {
    article.body = body_of(text, body->content);
  } else if (title) {
    read_brief(*title, text, article);
  } else {
    read_unprocessed(text, article);
  }
}

Article article_of(std::string_view record, std::uint64_t number) {
  Article article;
  article.format = "reuters";
  article.member = fmt::format("#{}", number);
  article.source = "Reuters";
  article.origin(Metadata::source) = Origin::markup;
  const std::string_view attributes = record.substr(0, record.find('>'));
  if (const auto id = attribute(attributes, "NEWID"); !id.empty()) {
    set_metadata(article, Metadata::id, fmt::format("reuters-{}", id), Origin::markup);
  }
  const std::string_view text = content_of(record, "TEXT");
  read_date(record, article);
  read_author(text, article);
  read_tags(record, article);
  read_text(text, article);
  return article;
}

ReadResult result_of(const Extent& extent, std::string_view record, const ReadContext& context,
                     const std::string& line, std::uint64_t number) {
  switch (extent.end) {
    case RecordEnd::found:
      return article_of(record, number);
    case RecordEnd::missing:
      return Skipped{context.path, line, "the record has no </REUTERS>"};
    case RecordEnd::too_far:
      break;
  }
  return Skipped{context.path, line,
                 fmt::format("the record is longer than {} bytes", context.options.limits.record_bytes)};
}

/// Reads and consumes the record that begins the input's bytes.
ReadResult read_record(Input& input, const ReadContext& context, std::uint64_t number) {
  const std::string line = fmt::format("line {}", input.line_number());
  const Extent extent = measure_record(input, context.options.limits.record_bytes);
  const std::string_view record = input.buffered().substr(0, extent.length_bytes);
  ReadResult result = result_of(extent, record, context, line, number);
  input.consume(extent.length_bytes);
  return result;
}

}  // namespace

bool looks_like_reuters(std::string_view head) {
  head = trimmed(head);
  return head.starts_with("<!DOCTYPE lewis") || head.starts_with("<REUTERS ");
}

void read_reuters(Input& input, const ReadContext& context, const Emit& emit) {
  std::uint64_t number = 0;
  while (go_to_record(input)) {
    if (!emit(read_record(input, context, ++number))) return;
  }
  if (number == 0) emit(Skipped{context.path, {}, "there is no <REUTERS> record in it"});
}

}  // namespace lede
