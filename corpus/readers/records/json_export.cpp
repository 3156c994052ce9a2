#include "corpus/readers/records/json_export.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "corpus/date.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

namespace dom = simdjson::dom;

/// No system opens a longer one; and each of its folders becomes a term.
constexpr std::size_t kLongestPath = 4096;

std::string text_of(dom::object object, std::string_view key) {
  std::string_view text;
  return object[key].get_string().get(text) == simdjson::SUCCESS ? std::string(text) : "";
}

std::vector<std::string> texts_of(dom::object record, std::string_view key) {
  std::vector<std::string> texts;
  dom::array list;
  if (record[key].get_array().get(list) != simdjson::SUCCESS) return texts;
  for (const dom::element item : list) {
    std::string_view text;
    if (item.get_string().get(text) == simdjson::SUCCESS) texts.emplace_back(text);
  }
  return texts;
}

/// A name of a file, or an id that may be one: its bytes, where they are not UTF-8.
std::string name_in(dom::object record, std::string_view key) {
  dom::object bytes;
  if (record["bytes"].get_object().get(bytes) != simdjson::SUCCESS) return text_of(record, key);
  auto exact = bytes_of_hex(text_of(bytes, key));
  return exact && !exact->empty() ? std::move(*exact) : text_of(record, key);
}

std::optional<DatePrecision> find_precision(std::string_view name) {
  for (const auto precision :
       {DatePrecision::year, DatePrecision::month, DatePrecision::day, DatePrecision::second})
    if (name == name_of(precision)) return precision;
  return std::nullopt;
}

std::optional<Date> exact_date_of(dom::object record, std::string_view key) {
  dom::object exact;
  if (record["exact_dates"][key].get_object().get(exact) != simdjson::SUCCESS) return std::nullopt;
  Date date;
  std::int64_t offset = 0;
  const auto precision = find_precision(text_of(exact, "precision"));
  const bool is_whole =
      exact["timestamp"].get_int64().get(date.unix_seconds) == simdjson::SUCCESS &&
      exact["offset_minutes"].get_int64().get(offset) == simdjson::SUCCESS &&
      exact["zone_assumed"].get_bool().get(date.zone_is_assumed) == simdjson::SUCCESS && precision;
  using Offset = std::numeric_limits<std::int16_t>;
  if (!is_whole || offset < Offset::min() || offset > Offset::max()) return std::nullopt;
  date.precision = *precision;
  date.offset_minutes = static_cast<std::int16_t>(offset);
  return is_usual_date(date) ? std::optional(date) : std::nullopt;
}

std::optional<Date> date_of(dom::object record, std::string_view key) {
  const std::string text = text_of(record, key);
  const auto exact = exact_date_of(record, key);
  return exact && format_date(*exact) == text ? exact : parse_date(text);
}

void read_origins(dom::object record, Article& article) {
  dom::object origins;
  if (record["origins"].get_object().get(origins) != simdjson::SUCCESS) return;
  for (std::size_t i = 0; i < kMetadataCount; ++i) {
    const auto metadata = static_cast<Metadata>(i);
    article.origin(metadata) = find_origin(text_of(origins, name_of(metadata)));
  }
}

}  // namespace

bool is_exported(dom::object record) {
  return record.begin() != record.end() && record.begin().key() == kExportKey;
}

std::variant<Article, std::string> article_of_export(dom::object record) {
  std::int64_t version = 0;
  const auto error = (*record.begin()).value.get_int64().get(version);
  if (error != simdjson::SUCCESS || version != kExportVersion)
    return fmt::format("it is from an export that this lede does not know: {} is not {}",
                       kExportKey, kExportVersion);
  Article article;
  article.path = name_in(record, "path");
  if (article.path.size() > kLongestPath)
    return fmt::format("its path is longer than {} bytes", kLongestPath);
  article.id = name_in(record, "id");
  article.member = name_in(record, "member");
  article.url = text_of(record, "url");
  article.title = text_of(record, "title");
  article.lede = text_of(record, "lede");
  article.body = text_of(record, "body");
  article.authors = texts_of(record, "authors");
  article.source = text_of(record, "source");
  article.section = text_of(record, "section");
  article.tags = texts_of(record, "tags");
  article.language = text_of(record, "language");
  article.date = date_of(record, "date");
  article.modified = date_of(record, "modified");
  article.format = text_of(record, "format");
  read_origins(record, article);
  return article;
}

}  // namespace lede
