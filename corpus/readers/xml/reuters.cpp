#include "corpus/readers/xml/reuters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/html/entities.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/text/wrapped_text.hpp"
#include "corpus/readers/xml/element_records.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr auto kRecords = std::to_array<std::string_view>({"REUTERS"});

constexpr auto kTagLists = std::to_array<std::string_view>(
    {"TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES"});

// ---- markup

bool ends_tag_name(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '>' || text[at] == ' ' || text[at] == '\n');
}

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

// ---- text

/// ` Reuter` and ` MORE` at the end of a text are the agency's, not the article's.
bool is_closing_line(std::string_view line) {
  std::string word = ascii_lower(trimmed(line));
  while (word.ends_with('.')) word.pop_back();
  return word.empty() || word == "reuter" || word == "reuters" || word == "more";
}

/// The text without the agency's lines at its end.
std::string_view without_closing_lines(std::string_view text) {
  for (;;) {
    const auto line = text.rfind('\n') + 1;  // 0 when there is one line
    if (text.empty() || !is_closing_line(text.substr(line))) return text;
    text = text.substr(0, line == 0 ? 0 : line - 1);
  }
}

std::string text_of(std::string_view text) {
  return unwrap(without_closing_lines(text));
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
  const std::string paragraphs = text_of(decode_entities(body));
  if (dateline.empty() || paragraphs.empty()) return dateline + paragraphs;
  return dateline + ' ' + paragraphs;
}

/// A text that has a title and no body: what stands behind the title.
void read_brief(const Element& title, std::string_view text, Article& article) {
  constexpr std::string_view kFiller = "Blah blah blah.";  // what the collection puts for a text
  const std::string rest = text_of(decode_entities(text.substr(title.end)));
  if (rest != kFiller) article.body = rest;
}

/// A text without any markup: its first line in capitals is its title.
void read_unprocessed(std::string_view text, Article& article) {
  const std::string decoded = decode_entities(text);
  const std::string_view content = without_stars(decoded);
  const std::size_t headline = length_of_headline(content);
  article.body = text_of(content.substr(headline));
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

ReadResult result_of(const ElementRecord& record, const ReadContext& context,
                     std::uint64_t number) {
  const std::size_t limit_bytes = context.options.limits.record_bytes;
  const std::string line = fmt::format("line {}", record.line);
  switch (record.end) {
    case RecordEnd::found:
      return article_of(record.text, number);
    case RecordEnd::missing:
      return Skipped{context.path, line, "the record has no </REUTERS>"};
    case RecordEnd::too_far:
      break;
  }
  return Skipped{context.path, line,
                 fmt::format("the record is longer than {} bytes", limit_bytes)};
}

}  // namespace

bool looks_like_reuters(std::string_view head) {
  head = trimmed(head);
  return head.starts_with("<!DOCTYPE lewis") || head.starts_with("<REUTERS ");
}

void read_reuters(Input& input, const ReadContext& context, const Emit& emit) {
  ElementRecords records(input, kRecords, Syntax::sgml, context.options.limits.record_bytes);
  std::uint64_t number = 0;
  while (const auto record = records.next()) {
    if (!emit(result_of(*record, context, ++number))) return;
  }
  if (number == 0) emit(Skipped{context.path, {}, "there is no <REUTERS> record in it"});
}

}  // namespace lede
