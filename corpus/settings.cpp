#include "corpus/settings.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <string_view>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/version.hpp"

namespace lede {
namespace {

// One metadata entry for each setting; xapian-metadata shows them as they are.
constexpr const char* kSchemaKey = "lede.schema";
constexpr const char* kLanguageKey = "lede.language";
constexpr const char* kWeightsKey = "lede.weights";
constexpr const char* kDictionaryKey = "lede.dictionary";
constexpr const char* kPositionsKey = "lede.positions";
constexpr const char* kMakerKey = "lede.version";
constexpr const char* kXapianKey = "lede.xapian";
constexpr const char* kUuidKey = "lede.uuid";

std::string format_weights(const IndexSettings& settings) {
  std::string text;
  for (const Field& field : kFields)
    fmt::format_to(std::back_inserter(text), "{}={} ", field.name, settings.weight(field.field));
  return text;
}

bool parse_number(std::string_view text, unsigned& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw Error(fmt::format("the index at {} {}", path, why),
              "index the articles again into a new folder: lede-index --db DIR ARTICLES",
              ExitStatus::no_index);
}

void parse_weights(std::string_view text, IndexSettings& settings, const std::string& path) {
  while (!text.empty()) {
    const std::string_view entry = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), entry.size() + 1));
    const std::size_t equals = entry.find('=');
    const Field* field = find_field(entry.substr(0, equals));
    if (equals == std::string_view::npos || field == nullptr ||
        !parse_number(entry.substr(equals + 1),
                      settings.weights[static_cast<std::size_t>(field->field)]))
      refuse(path, fmt::format("has weights that this lede cannot read: '{}'", entry));
  }
}

Positions parse_positions(std::string_view text, const std::string& path) {
  for (const Positions positions : {Positions::all, Positions::none})
    if (text == name_of(positions)) return positions;
  refuse(path, fmt::format("has positions that this lede cannot read: '{}'", text));
}

void check_schema(const std::string& schema, const std::string& path) {
  if (schema.empty()) refuse(path, "was not made by lede-index");
  unsigned number = 0;
  if (!parse_number(schema, number) || number != kSchemaVersion)
    refuse(path, fmt::format("has schema version {}, and lede {} reads version {}", schema,
                             version(), kSchemaVersion));
}

}  // namespace

std::map<std::string, std::string> settings_metadata(const IndexSettings& settings) {
  std::map<std::string, std::string> metadata{
      {kSchemaKey, fmt::format("{}", kSchemaVersion)},
      {kLanguageKey, settings.language},
      {kWeightsKey, format_weights(settings)},
      {kPositionsKey, std::string(name_of(settings.positions))},
      {kMakerKey, std::string(version())},
      {kXapianKey, Xapian::version_string()}};
  if (!settings.dictionary.empty()) metadata.emplace(kDictionaryKey, settings.dictionary);
  return metadata;
}

void write_settings(Xapian::WritableDatabase& index, const IndexSettings& settings) {
  for (const auto& [name, value] : settings_metadata(settings)) index.set_metadata(name, value);
}

IndexSettings read_settings(const Xapian::Database& index, const std::string& path) {
  check_schema(index.get_metadata(kSchemaKey), path);
  IndexSettings settings;
  settings.language = index.get_metadata(kLanguageKey);
  if (!is_index_language(settings.language))
    refuse(path,
           fmt::format("has words stemmed as '{}', which this lede cannot do", settings.language));
  parse_weights(index.get_metadata(kWeightsKey), settings, path);
  settings.dictionary = read_dictionary(index);
  settings.positions = parse_positions(index.get_metadata(kPositionsKey), path);
  return settings;
}

std::string read_dictionary(const Xapian::Database& index) {
  return index.get_metadata(kDictionaryKey);
}

std::vector<LanguageCount> count_languages(const Xapian::Database& index) {
  const std::string prefix(field_of(FieldId::language).prefix);
  std::vector<LanguageCount> counts;
  const auto end = index.allterms_end(prefix);
  for (auto term = index.allterms_begin(prefix); term != end; ++term)
    counts.push_back({(*term).substr(prefix.size()), term.get_termfreq()});
  std::ranges::stable_sort(counts, std::ranges::greater{}, &LanguageCount::articles);
  return counts;
}

IndexMakers read_makers(const Xapian::Database& index) {
  return {index.get_metadata(kMakerKey), index.get_metadata(kXapianKey)};
}

std::string index_uuid(const Xapian::Database& index) {
  std::string kept = index.get_metadata(kUuidKey);
  return kept.empty() ? index.get_uuid() : kept;
}

void keep_uuid(Xapian::WritableDatabase& index, const std::string& uuid) {
  if (index.get_metadata(kUuidKey).empty()) index.set_metadata(kUuidKey, uuid);
}

}  // namespace lede
