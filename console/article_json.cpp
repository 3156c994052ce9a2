#include "console/article_json.hpp"

#include <string_view>
#include <vector>

#include "console/json_writer.hpp"
#include "corpus/date.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

void write_place(JsonWriter& json, const Article& article) {
  json.key("id").value(article.id);
  json.key("path").value(article.path);
  json.key("member").value(article.member);
  json.key("url").value(article.url);
}

void write_text(JsonWriter& json, const Article& article) {
  json.key("title").value(article.title);
  json.key("title_derived").value(article.title_is_derived());
  json.key("lede").value(article.lede);
  json.key("body").value(article.body);
}

void write_metadata(JsonWriter& json, const Article& article) {
  json.key("authors").value(article.authors);
  json.key("source").value(article.source);
  json.key("section").value(article.section);
  json.key("tags").value(article.tags);
  json.key("language").value(article.language);
}

void write_dates(JsonWriter& json, const Article& article) {
  const auto write = [&](std::string_view key, const std::optional<Date>& date) {
    json.key(key);
    date ? json.value(format_date(*date)) : json.null();
  };
  write("date", article.date);
  json.key("date_precision");
  article.date ? json.value(name_of(article.date->precision)) : json.null();
  json.key("timestamp");
  article.date ? json.value(article.date->unix_seconds) : json.null();
  write("modified", article.modified);
}

void write_exact_date(JsonWriter& json, std::string_view key, const Date& date) {
  json.key(key).begin_object();
  json.key("timestamp").value(date.unix_seconds);
  json.key("precision").value(name_of(date.precision));
  json.key("offset_minutes").value(date.offset_minutes);
  json.key("zone_assumed").value(date.zone_is_assumed);
  json.end_object();
}

void write_exact_dates(JsonWriter& json, const Article& article) {
  json.key("exact_dates").begin_object();
  if (article.date) write_exact_date(json, "date", *article.date);
  if (article.modified) write_exact_date(json, "modified", *article.modified);
  json.end_object();
}

/// Names of files are whatever bytes they are, and an id may be one.
void write_bytes(JsonWriter& json, const Article& article) {
  json.key("bytes").begin_object();
  const auto write = [&](std::string_view key, std::string_view value) {
    if (!is_valid_utf8(value)) json.key(key).value(hex_of(value));
  };
  write("id", article.id);
  write("path", article.path);
  write("member", article.member);
  json.end_object();
}

void write_origins(JsonWriter& json, const Article& article) {
  json.key("origins").begin_object();
  for (std::size_t i = 0; i < kMetadataCount; ++i) {
    const auto metadata = static_cast<Metadata>(i);
    const Origin origin = article.origin(metadata);
    if (origin != Origin::none) json.key(name_of(metadata)).value(name_of(origin));
  }
  json.end_object();
}

void write_article(JsonWriter& json, const Article& article) {
  write_place(json, article);
  write_text(json, article);
  write_metadata(json, article);
  write_dates(json, article);
  json.key("format").value(article.format);
  write_origins(json, article);
}

}  // namespace

std::string article_json(const Article& article) {
  JsonWriter json;
  json.begin_object();
  write_article(json, article);
  json.key("container").value(article.container);
  json.key("warnings").value(article.warnings);
  json.end_object();
  return json.take();
}

std::string export_json(const Article& article) {
  JsonWriter json;
  json.begin_object();
  json.key(kExportKey).value(kExportVersion);
  write_article(json, article);
  write_exact_dates(json, article);
  write_bytes(json, article);
  json.end_object();
  return json.take();
}

}  // namespace lede
