#include "query/hit_values.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/error.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::string_view kQueryId = "query_id";

// As text ----------------------------------------------------------------------------------------

template <std::string Article::*member>
std::string text_of(const HitInAnswer& row) {
  return row.hit.article.*member;
}

template <std::vector<std::string> Article::*member>
std::string texts_of(const HitInAnswer& row) {
  return fmt::format("{}", fmt::join(row.hit.article.*member, "; "));
}

std::string query_id_text(const HitInAnswer& row) {
  return row.answer.id;
}

std::string rank_text(const HitInAnswer& row) {
  return fmt::format("{}", row.hit.rank);
}

std::string score_text(const HitInAnswer& row) {
  return fmt::format("{}", row.hit.score);
}

std::string similar_text(const HitInAnswer& row) {
  return fmt::format("{}", row.hit.similar);
}

std::string derived_text(const HitInAnswer& row) {
  return row.hit.article.title_is_derived() ? "true" : "false";
}

std::string date_text(const HitInAnswer& row) {
  const auto& date = row.hit.article.date;
  return date ? format_date(*date) : std::string();
}

std::string timestamp_text(const HitInAnswer& row) {
  const auto& date = row.hit.article.date;
  return date ? fmt::format("{}", date->unix_seconds) : std::string();
}

/// The passages, without the title, which has a place of its own.
std::string snippet_text(const HitInAnswer& row) {
  std::vector<std::string> lines;
  for (const Snippet& snippet : row.hit.snippets)
    if (snippet.field != FieldId::title)
      lines.push_back(with_markers(passage_line(snippet), row.markers).text);
  return fmt::format("{}", fmt::join(lines, " "));
}

// As JSON ----------------------------------------------------------------------------------------

template <std::string Article::*member>
void write_text(JsonWriter& json, const Hit& hit) {
  json.value(hit.article.*member);
}

template <std::vector<std::string> Article::*member>
void write_texts(JsonWriter& json, const Hit& hit) {
  json.value(hit.article.*member);
}

void write_rank(JsonWriter& json, const Hit& hit) {
  json.value(hit.rank);
}

void write_score(JsonWriter& json, const Hit& hit) {
  json.value(hit.score);
}

void write_similar(JsonWriter& json, const Hit& hit) {
  json.value(hit.similar);
}

void write_derived(JsonWriter& json, const Hit& hit) {
  json.value(hit.article.title_is_derived());
}

void write_date(JsonWriter& json, const Hit& hit) {
  hit.article.date ? json.value(format_date(*hit.article.date)) : json.null();
}

void write_timestamp(JsonWriter& json, const Hit& hit) {
  hit.article.date ? json.value(hit.article.date->unix_seconds) : json.null();
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

void write_snippets(JsonWriter& json, const Hit& hit) {
  json.begin_array();
  for (const Snippet& snippet : hit.snippets) {
    json.begin_object();
    json.key("field").value(field_of(snippet.field).name);
    json.key("text").value(snippet.text);
    json.key("offset").value(snippet.offset);
    write_highlights(json, snippet);
    json.end_object();
  }
  json.end_array();
}

constexpr std::array kHitValues{
    HitValue{kQueryId, false, query_id_text, nullptr},
    HitValue{"rank", true, rank_text, write_rank},
    HitValue{"score", true, score_text, write_score},
    HitValue{"id", false, text_of<&Article::id>, write_text<&Article::id>},
    HitValue{"path", false, text_of<&Article::path>, write_text<&Article::path>},
    HitValue{"member", false, text_of<&Article::member>, write_text<&Article::member>},
    HitValue{"url", false, text_of<&Article::url>, write_text<&Article::url>},
    HitValue{"title", false, text_of<&Article::title>, write_text<&Article::title>},
    HitValue{"title_derived", false, derived_text, write_derived},
    HitValue{"date", false, date_text, write_date},
    HitValue{"timestamp", true, timestamp_text, write_timestamp},
    HitValue{"authors", false, texts_of<&Article::authors>, write_texts<&Article::authors>},
    HitValue{"source", false, text_of<&Article::source>, write_text<&Article::source>},
    HitValue{"section", false, text_of<&Article::section>, write_text<&Article::section>},
    HitValue{"tags", false, texts_of<&Article::tags>, write_texts<&Article::tags>},
    HitValue{"language", false, text_of<&Article::language>, write_text<&Article::language>},
    HitValue{"snippet", false, snippet_text, nullptr},
    HitValue{"snippets", false, nullptr, write_snippets},
    HitValue{"similar", true, similar_text, write_similar},
};

bool is_in(const HitValue& value, NamedIn place) {
  return place == NamedIn::json ? value.json != nullptr : value.text != nullptr;
}

const HitValue* chosen_hit_value(std::string_view name, NamedIn place) {
  const HitValue* const value = find_hit_value(name);
  if (value != nullptr && is_in(*value, place)) return value;
  throw Error(fmt::format("'{}' is none of {}", printable_line(name),
                          fmt::join(names_of_hit_values(place), ", ")));
}

}  // namespace

std::span<const HitValue> hit_values() {
  return kHitValues;
}

const HitValue* find_hit_value(std::string_view name) {
  const auto* const found = std::ranges::find(kHitValues, name, &HitValue::name);
  return found == kHitValues.end() ? nullptr : found;
}

std::vector<std::string_view> names_of_hit_values(NamedIn place) {
  std::vector<std::string_view> names;
  for (const HitValue& value : kHitValues)
    if (is_in(value, place)) names.push_back(value.name);
  return names;
}

std::vector<const HitValue*> chosen_hit_values(std::span<const std::string> names, NamedIn place,
                                               bool is_in_batch) {
  std::vector<const HitValue*> chosen;
  for (const std::string& name : names) {
    chosen.push_back(chosen_hit_value(name, place));
    if (std::ranges::count(chosen, chosen.back()) > 1)
      throw Error(fmt::format("'{}' is chosen twice", name));
  }
  if (!names.empty()) return chosen;
  for (const HitValue& value : kHitValues)
    if (is_in(value, place) && (is_in_batch || value.name != kQueryId)) chosen.push_back(&value);
  return chosen;
}

}  // namespace lede
