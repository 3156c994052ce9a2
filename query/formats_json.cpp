#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "console/article_json.hpp"
#include "console/json_writer.hpp"
#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/fields.hpp"
#include "corpus/unicode.hpp"
#include "query/formats.hpp"

namespace lede {
namespace {

constexpr int kAnswerVersion = 1;

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

void write_highlights(JsonWriter& json, const Snippet& snippet) {
  json.key("highlights").begin_array();
  const std::string_view text = snippet.text;
  Range last;        // in bytes
  Range characters;  // the same in characters
  for (const Range& range : snippet.highlights) {
    characters.begin =
        characters.end + count_code_points(text.substr(last.end, range.begin - last.end));
    characters.end =
        characters.begin + count_code_points(text.substr(range.begin, range.end - range.begin));
    json.begin_array().value(characters.begin).value(characters.end).end_array();
    last = range;
  }
  json.end_array();
}

void write_snippet(JsonWriter& json, const Snippet& snippet) {
  json.begin_object();
  json.key("field").value(field_of(snippet.field).name);
  json.key("text").value(snippet.text);
  json.key("offset").value(snippet.offset);
  write_highlights(json, snippet);
  json.end_object();
}

void write_dates(JsonWriter& json, const std::optional<Date>& date) {
  json.key("date");
  date ? json.value(format_date(*date)) : json.null();
  json.key("timestamp");
  date ? json.value(date->unix_seconds) : json.null();
}

void write_article(JsonWriter& json, const Article& article) {
  json.key("id").value(article.id);
  json.key("path").value(article.path);
  json.key("member").value(article.member);
  json.key("url").value(article.url);
  json.key("title").value(article.title);
  json.key("title_derived").value(article.title_is_derived());
  write_dates(json, article.date);
  write_texts(json, "authors", article.authors);
  json.key("source").value(article.source);
  json.key("section").value(article.section);
  write_texts(json, "tags", article.tags);
  json.key("language").value(article.language);
}

/// `question_id`: of a batch, for a hit that stands on a line of its own; else empty.
void write_hit(JsonWriter& json, const Hit& hit, std::string_view question_id) {
  json.begin_object();
  if (!question_id.empty()) json.key("query_id").value(question_id);
  json.key("rank").value(hit.rank);
  json.key("score").value(hit.score);
  write_article(json, hit.article);
  json.key("snippets").begin_array();
  for (const Snippet& snippet : hit.snippets) write_snippet(json, snippet);
  json.end_array();
  json.end_object();
}

void write_query(JsonWriter& json, const Answer& answer) {
  json.key("query").begin_object();
  if (!answer.id.empty()) json.key("id").value(answer.id);
  json.key("text").value(answer.text);
  json.key("parsed").value(answer.parsed);
  json.key("match").value(name_of(answer.match));
  json.key("relaxed").value(answer.is_relaxed);
  json.end_object();
}

void write_total(JsonWriter& json, const Total& total) {
  json.key("total").begin_object();
  json.key("value").value(total.value);
  json.key("exact").value(total.is_exact);
  json.end_object();
}

void write_index(JsonWriter& json, const IndexState& index) {
  json.key("index").begin_object();
  json.key("uuid").value(index.uuid);
  json.key("revision").value(index.revision);
  json.key("articles").value(index.articles);
  json.end_object();
}

double with_three_decimals(double number) {
  return std::round(number * 1000) / 1000;
}

/// White space that a program may split a line at, and what a terminal obeys.
bool breaks_column(char32_t c) {
  constexpr std::u32string_view kWide = U"\u00a0\u1680\u2028\u2029\u202f\u205f\u3000";
  return c <= 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2000 && c <= 0x200a) ||
         kWide.find(c) != kWide.npos;
}

/// One column of a line: never empty, without white space.
std::string column(std::string_view text) {
  if (text.empty()) return "-";
  std::string encoded;
  while (!text.empty()) {
    const CodePoint point = decode_code_point(text);
    for (const char c : text.substr(0, point.length_bytes))
      if (breaks_column(point.value))
        encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
      else
        encoded += c;
    text.remove_prefix(point.length_bytes);
  }
  return encoded;
}

/// With newlines and tabs visible, too.
std::string visible(std::string_view id) {
  std::string shown;
  for (const char c : printable(id))
    shown += c == '\n' ? "\\n" : c == '\t' ? "\\t" : std::string(1, c);
  return shown;
}

}  // namespace

std::string format_json(const Answer& answer) {
  JsonWriter json;
  json.begin_object();
  json.key("version").value(kAnswerVersion);
  write_query(json, answer);
  write_total(json, answer.total);
  json.key("offset").value(answer.offset);
  json.key("limit").value(answer.limit);
  json.key("took_ms").value(with_three_decimals(answer.took_ms));
  write_index(json, answer.index);
  json.key("hits").begin_array();
  for (const Hit& hit : answer.hits) write_hit(json, hit, {});
  json.end_array();
  json.end_object();
  return json.take() + '\n';
}

std::string format_jsonl(const Answer& answer) {
  std::string lines;
  for (const Hit& hit : answer.hits) {
    JsonWriter json;
    write_hit(json, hit, answer.id);
    lines += json.text();
    lines += '\n';
  }
  return lines;
}

std::string format_trec(const Answer& answer) {
  const std::string question = column(answer.id.empty() ? "1" : answer.id);
  std::string lines;
  for (const Hit& hit : answer.hits)
    lines += fmt::format("{} Q0 {} {} {:.6f} lede\n", question, column(hit.article.id), hit.rank,
                         hit.score);
  return lines;
}

std::string format_ids(const Answer& answer, bool ends_in_null) {
  std::string ids;
  for (const Hit& hit : answer.hits) {
    if (ends_in_null)
      ids.append(hit.article.id) += '\0';
    else
      ids.append(visible(hit.article.id)) += '\n';
  }
  return ids;
}

std::string format_article_json(const Article& article) {
  return article_json(article) + '\n';
}

}  // namespace lede
