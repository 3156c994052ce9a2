#include "corpus/readers/xml/trec.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "corpus/readers/html/entities.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/readers/text/wrapped_text.hpp"
#include "corpus/readers/xml/element_records.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr auto kRecords = std::to_array<std::string_view>({"DOC"});

/// What an element of a record holds.
enum class Part : std::uint8_t {
  text,
  id,
  title,
  date,
  authors,
  source,
  section,
  tags,
  language,
  other,  ///< nothing of the article
  loose,  ///< what stands in none of the others: the text, where there is no element for it
};
constexpr std::size_t kPartCount = 11;

struct PartName {
  std::string_view element;
  Part part;
};
/// The elements of the collections AP, WSJ, ZIFF, FT, FR, LA Times, FBIS, SJMN, AQUAINT, Gigaword
/// and their like.
constexpr std::array kPartNames{
    PartName{"TEXT", Part::text},      PartName{"BODY", Part::text},
    PartName{"LP", Part::text},        PartName{"LEADPARA", Part::text},
    PartName{"DATELINE", Part::text},  PartName{"DOCNO", Part::id},
    PartName{"HEADLINE", Part::title}, PartName{"HL", Part::title},
    PartName{"HEAD", Part::title},     PartName{"TITLE", Part::title},
    PartName{"TI", Part::title},       PartName{"TTL", Part::title},
    PartName{"DATE", Part::date},      PartName{"DATE1", Part::date},
    PartName{"DATE_TIME", Part::date}, PartName{"DATETIME", Part::date},
    PartName{"DD", Part::date},        PartName{"BYLINE", Part::authors},
    PartName{"AU", Part::authors},     PartName{"AUTHOR", Part::authors},
    PartName{"PUB", Part::source},     PartName{"SO", Part::source},
    PartName{"SOURCE", Part::source},  PartName{"SECTION", Part::section},
    PartName{"SUBJECT", Part::tags},   PartName{"DESCRIPT", Part::tags},
    PartName{"KEYWORD", Part::tags},   PartName{"LANGUAGE", Part::language},
    PartName{"DOCID", Part::other},    PartName{"DOCTYPE", Part::other},
    PartName{"FILEID", Part::other},   PartName{"FIRST", Part::other},
    PartName{"SECOND", Part::other},   PartName{"NOTE", Part::other},
    PartName{"SLUG", Part::other},     PartName{"LENGTH", Part::other},
    PartName{"GRAPHIC", Part::other},  PartName{"TYPE", Part::other},
    PartName{"COUNTRY", Part::other},  PartName{"EDITION", Part::other},
    PartName{"PAGE", Part::other},     PartName{"MEMO", Part::other},
    PartName{"DOCHDR", Part::other},   PartName{"CO", Part::other},
    PartName{"IN", Part::other},       PartName{"GV", Part::other},
};
constexpr std::size_t kLongestName = 16;

/// Elements that begin a paragraph or a line.
constexpr auto kBlocks = std::to_array<std::string_view>(
    {"P", "BR", "TABLE", "ROWRULE", "TABLEROW", "TR", "LI", "H1", "H2", "H3", "H4", "ANNOTATION"});

std::string ascii_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

std::optional<Part> part_called(std::string_view name) {
  const auto found = std::find_if(kPartNames.begin(), kPartNames.end(),
                                  [&](const PartName& known) { return known.element == name; });
  return found == kPartNames.end() ? std::nullopt : std::optional(found->part);
}

bool is_block(std::string_view name) {
  return std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end();
}

// ---- records

/// A tag in a record's text.
struct TextTag {
  bool is_end;
  std::string name;  // in upper case
  std::size_t length_bytes;
};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

/// The tag that `text`, which begins with `<`, begins with; a `<` in prose begins none.
std::optional<TextTag> tag_at(std::string_view text) {
  constexpr std::size_t kLongestTag = 300;
  const bool is_end = text.starts_with("</");
  const std::string_view rest = text.substr(is_end ? 2 : 1, kLongestTag);
  const auto name_end = std::find_if_not(rest.begin(), rest.end(), is_name_character);
  const auto name_length = static_cast<std::size_t>(name_end - rest.begin());
  const bool has_name = name_length > 0 && (rest.front() < '0' || rest.front() > '9');
  const auto end = rest.find_first_of("<>", name_length);
  if (!has_name || end == npos || rest[end] != '>') return std::nullopt;
  const std::string_view name = rest.substr(0, std::min(name_length, kLongestName + 1));
  return TextTag{is_end, ascii_upper(name), (is_end ? 2 : 1) + end + 1};
}

/// The parts of one record, its markup taken out.
class Parts {
 public:
  explicit Parts(std::string_view record) {
    for (auto at = record.find('<'); at != npos; at = record.find('<')) {
      append(record.substr(0, at));
      record.remove_prefix(at);
      const auto tag = tag_at(record);
      if (tag) pass(*tag);
      if (!tag) append(record.substr(0, 1));
      record.remove_prefix(tag ? tag->length_bytes : 1);
    }
    append(record);
  }

  std::string text_of(Part part) const { return decode_entities(parts_[index_of(part)]); }
  std::string line_of(Part part) const { return clean_line(text_of(part)); }

 private:
  static std::size_t index_of(Part part) { return static_cast<std::size_t>(part); }

  /// Parts do not nest, but they may stand in the text: FBIS has its titles there. So one ends
  /// where another begins, whether its end tag is there or not.
  void pass(const TextTag& tag) {
    const auto part = part_called(tag.name);
    if (is_block(tag.name) || part) append("\n\n");
    if (!part) return;
    if (*part == Part::text) is_in_text_ = !tag.is_end;
    line_part_ = tag.is_end || *part == Part::text ? std::nullopt : part;
  }

  void append(std::string_view text) {
    const Part around = is_in_text_ ? Part::text : Part::loose;
    parts_[index_of(line_part_.value_or(around))] += text;
  }

  std::array<std::string, kPartCount> parts_;
  bool is_in_text_ = false;
  std::optional<Part> line_part_;
};

// ---- dates

bool are_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == npos;
}

/// `910514` and `03/27/90` as ISO 8601: the collections are American, and of the last century but
/// for their newest years.
std::optional<Date> parse_short_date(std::string_view text) {
  std::string digits;
  if (are_digits(text) && text.size() == 6) {
    digits = text;
  } else if (text.size() == 8 && text[2] == '/' && text[5] == '/') {
    digits = fmt::format("{}{}{}", text.substr(6, 2), text.substr(0, 2), text.substr(3, 2));
  }
  if (digits.size() != 6 || !are_digits(digits)) return std::nullopt;
  return parse_date(fmt::format("{}{}", digits[0] >= '5' ? "19" : "20", digits));
}

/// The date that a text is, or begins with: `January 1, 1989, Sunday, Home Edition`.
std::optional<Date> date_in(std::string_view text) {
  constexpr int kMostCuts = 6;
  if (const auto date = parse_short_date(text)) return date;
  for (int cuts = 0; cuts < kMostCuts && !text.empty(); ++cuts) {
    if (const auto date = parse_date(text)) return date;
    const auto end = text.find_last_of(",;(");
    text = end == npos ? std::string_view{} : trimmed(text.substr(0, end));
  }
  return std::nullopt;
}

void read_date(const Parts& parts, Article& article) {
  const std::string text = parts.line_of(Part::date);
  if (text.empty()) return;
  article.date = date_in(text);
  if (article.date) {
    article.origin(Metadata::date) = Origin::markup;
  } else {
    set_metadata(article, Metadata::date, text, Origin::markup);  // for its warning
  }
}

// ---- articles

/// The value of an attribute in a start tag, in whatever quotes or none; empty when there is none.
std::string attribute_in(std::string_view tag, std::string_view name) {
  const std::string wanted = fmt::format(" {}=", name);
  const auto at = tag.find(wanted);
  if (at == npos) return {};
  std::string_view value = tag.substr(at + wanted.size());
  const bool is_quoted = value.starts_with('"') || value.starts_with('\'');
  const std::string_view ends = is_quoted ? value.substr(0, 1) : " \t\r\n>";
  if (is_quoted) value.remove_prefix(1);
  return decode_entities(value.substr(0, value.find_first_of(ends)));
}

/// Is no line longer than those of hard-wrapped text?
bool is_wrapped(std::string_view text) {
  constexpr std::size_t kWidest = 100;  // bytes
  std::size_t length = 0;
  for (const char c : text) {
    length = c == '\n' ? 0 : length + 1;
    if (length > kWidest) return false;
  }
  return true;
}

std::string body_of(const Parts& parts) {
  std::string text = parts.text_of(Part::text);
  if (trimmed(text).empty()) text = parts.text_of(Part::loose);
  return is_wrapped(text) ? unwrap(text) : text;
}

Article article_of_trec(std::string_view record) {
  const std::string text = to_utf8(record);
  const std::string start_tag = text.substr(0, text.find('>') + 1);
  const Parts parts(std::string_view(text).substr(start_tag.size()));
  Article article;
  article.format = "trec";
  article.body = body_of(parts);
  set_metadata(article, Metadata::id, parts.line_of(Part::id), Origin::markup);
  set_metadata(article, Metadata::id, attribute_in(start_tag, "id"), Origin::markup);
  set_metadata(article, Metadata::title, parts.line_of(Part::title), Origin::markup);
  set_metadata(article, Metadata::authors, parts.line_of(Part::authors), Origin::markup);
  set_metadata(article, Metadata::source, parts.line_of(Part::source), Origin::markup);
  set_metadata(article, Metadata::section, parts.line_of(Part::section), Origin::markup);
  set_metadata(article, Metadata::tags, parts.line_of(Part::tags), Origin::markup);
  set_metadata(article, Metadata::language, parts.line_of(Part::language), Origin::markup);
  read_date(parts, article);
  return article;
}

/// The text of a page without the tags that WikiExtractor may leave, and without the title that it
/// repeats as the first line.
std::string page_text(std::string_view content, std::string_view title) {
  std::string text;
  for (auto at = content.find('<'); at != npos; at = content.find('<')) {
    text += content.substr(0, at);
    content.remove_prefix(at);
    const auto tag = tag_at(content);
    if (!tag) text += '<';
    content.remove_prefix(tag ? tag->length_bytes : 1);
  }
  const std::string decoded = decode_entities(text.append(content));
  const std::string_view page = trimmed(decoded);
  const std::string_view first_line = trimmed(page.substr(0, page.find('\n')));
  return std::string(first_line == title ? page.substr(first_line.size()) : page);
}

Article article_of_wiki(std::string_view record) {
  const std::string text = to_utf8(record);
  const auto tag_end = std::min(text.find('>'), text.size() - 1);
  const std::string tag = text.substr(0, tag_end + 1);
  const auto end = std::min(ascii_lower(text).rfind("</doc"), text.size());
  Article article;
  article.format = "wikiextractor";
  set_metadata(article, Metadata::title, attribute_in(tag, "title"), Origin::markup);
  set_metadata(article, Metadata::url, attribute_in(tag, "url"), Origin::markup);
  // The number is only unique in its wiki: the address is the better id.
  if (article.url.empty()) {
    set_metadata(article, Metadata::id, attribute_in(tag, "id"), Origin::markup);
  }
  article.body = page_text(
      std::string_view(text).substr(tag_end + 1, end - std::min(end, tag_end + 1)), article.title);
  return article;
}

/// Reads each `<DOC>`; one without its end tag goes to the next one or to the end.
void read_records(Input& input, const ReadContext& context, Article (*article_of)(std::string_view),
                  const Emit& emit) {
  const std::size_t limit_bytes = context.options.limits.record_bytes;
  ElementRecords records(input, kRecords, Syntax::sgml, limit_bytes);
  std::uint64_t number = 0;
  while (const auto record = records.next()) {
    ++number;
    if (record->end == RecordEnd::too_far || record->text.size() > limit_bytes) {
      const bool goes_on =
          emit(Skipped{context.path, fmt::format("line {}", record->line),
                       fmt::format("the record is longer than {} bytes", limit_bytes)});
      if (!goes_on) return;
      continue;
    }
    Article article = article_of(record->text);
    article.member = fmt::format("#{}", number);
    if (!emit(std::move(article))) return;
  }
  if (number == 0) emit(Skipped{context.path, {}, "there is no <DOC> record in it"});
}

/// The start tag that a file begins with, if it is `<DOC>`.
std::string_view first_tag(std::string_view head) {
  head = trimmed(head);
  const auto end = head.find('>');
  const bool is_doc = end != npos && ascii_upper(head.substr(0, 4)) == "<DOC" &&
                      (end == 4 || head[4] == ' ' || head[4] == '\n' || head[4] == '\r');
  return is_doc ? head.substr(0, end + 1) : std::string_view{};
}

bool is_wiki_tag(std::string_view tag) {
  return !attribute_in(tag, "title").empty() && !attribute_in(tag, "id").empty();
}

}  // namespace

bool looks_like_trec(std::string_view head) {
  const std::string_view tag = first_tag(head);
  if (tag.empty() || is_wiki_tag(tag)) return false;
  const std::string upper = ascii_upper(head);
  return upper.find("<DOCNO") != npos || upper.find("<TEXT") != npos ||
         upper.find("<HEADLINE") != npos;
}

void read_trec(Input& input, const ReadContext& context, const Emit& emit) {
  read_records(input, context, article_of_trec, emit);
}

bool looks_like_wikiextractor(std::string_view head) {
  const std::string_view tag = first_tag(head);
  return !tag.empty() && is_wiki_tag(tag);
}

void read_wikiextractor(Input& input, const ReadContext& context, const Emit& emit) {
  read_records(input, context, article_of_wiki, emit);
}

}  // namespace lede
