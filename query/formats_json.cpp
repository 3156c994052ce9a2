#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "console/article_json.hpp"
#include "console/json_writer.hpp"
#include "corpus/unicode.hpp"
#include "query/formats.hpp"

namespace lede {
namespace {

constexpr int kAnswerVersion = 1;

void write_share(JsonWriter& json, const TermShare& share) {
  json.begin_object();
  json.key("terms").value(share.terms);
  json.key("words").value(share.words);
  json.key("fields").begin_array();
  for (const FieldCount& field : share.fields)
    json.begin_object()
        .key("field")
        .value(field_of(field.field).name)
        .key("count")
        .value(field.count)
        .end_object();
  json.end_array();
  json.key("wdf").value(share.wdf);
  json.key("articles").value(share.articles);
  json.key("weight").value(share.weight);
  json.end_object();
}

void write_explanation(JsonWriter& json, const std::vector<TermShare>& shares) {
  json.key("explain").begin_array();
  for (const TermShare& share : shares) write_share(json, share);
  json.end_array();
}

void write_facets(JsonWriter& json, const std::vector<Facet>& facets) {
  json.key("facets").begin_object();
  for (const Facet& facet : facets) {
    json.key(name_of(facet.field)).begin_array();
    for (const FacetValue& value : facet.values)
      json.begin_object()
          .key("value")
          .value(value.value)
          .key("count")
          .value(value.articles)
          .end_object();
    json.end_array();
  }
  json.end_object();
}

void write_histogram(JsonWriter& json, const std::vector<PeriodCount>& periods) {
  json.key("histogram").begin_array();
  for (const PeriodCount& period : periods)
    json.begin_object()
        .key("start")
        .value(period.start)
        .key("count")
        .value(period.articles)
        .end_object();
  json.end_array();
}

/// `question_id`: of a batch, for a hit that stands on a line of its own; else empty.
void write_hit(JsonWriter& json, const Hit& hit, const Columns& keys,
               std::string_view question_id) {
  json.begin_object();
  if (!question_id.empty()) json.key("query_id").value(question_id);
  for (const HitValue* key : keys) {
    json.key(key->name);
    key->json(json, hit);
  }
  if (hit.explanation) write_explanation(json, *hit.explanation);
  if (hit.recency) json.key("recency").value(*hit.recency);
  json.end_object();
}

void write_query(JsonWriter& json, const Answer& answer) {
  json.key("query").begin_object();
  if (!answer.id.empty()) json.key("id").value(answer.id);
  json.key("text").value(answer.text);
  if (!answer.similar_to.empty()) json.key("similar_to").value(answer.similar_to);
  json.key("parsed").value(answer.parsed);
  json.key("match").value(name_of(answer.match));
  json.key("relaxed").value(answer.is_relaxed);
  json.key("suggestion");
  answer.suggestion.empty() ? json.null() : json.value(answer.suggestion);
  json.end_object();
}

void write_total(JsonWriter& json, const Answer& answer) {
  const Total& total = answer.total;
  json.key("total").begin_object();
  json.key("value").value(total.value);
  json.key("exact").value(total.is_exact);
  if (answer.collapse) json.key("collapsed").value(total.collapsed);
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

/// A score for evaluation programs, which put articles in the order of these numbers again.
std::string decimal(double score) {
  constexpr double kLeast = .001;  // below it six decimals lose what tells scores apart
  return score == 0 || score >= kLeast ? fmt::format("{:.6f}", score)
                                       : fmt::format("{:.6g}", score);
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

}  // namespace

std::string format_json(const Answer& answer, const Columns& keys) {
  JsonWriter json;
  json.begin_object();
  json.key("version").value(kAnswerVersion);
  write_query(json, answer);
  write_total(json, answer);
  json.key("offset").value(answer.offset);
  json.key("limit").value(answer.limit);
  json.key("took_ms").value(with_three_decimals(answer.took_ms));
  write_index(json, answer.index);
  json.key("hits").begin_array();
  for (const Hit& hit : answer.hits) write_hit(json, hit, keys, {});
  json.end_array();
  if (!answer.facets.empty()) write_facets(json, answer.facets);
  if (answer.histogram) write_histogram(json, *answer.histogram);
  json.end_object();
  return json.take() + '\n';
}

std::string format_jsonl(const Answer& answer, const Columns& keys) {
  std::string lines;
  for (const Hit& hit : answer.hits) {
    JsonWriter json;
    write_hit(json, hit, keys, answer.id);
    lines += json.text();
    lines += '\n';
  }
  return lines;
}

std::string format_trec(const Answer& answer) {
  const std::string question = column(answer.id.empty() ? "1" : answer.id);
  std::string lines;
  for (const Hit& hit : answer.hits)
    lines += fmt::format("{} Q0 {} {} {} lede\n", question, column(hit.article.id), hit.rank,
                         decimal(hit.score));
  return lines;
}

std::string format_article_json(const Article& article) {
  return article_json(article) + '\n';
}

}  // namespace lede
