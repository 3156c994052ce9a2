#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <xapian.h>

#include "console/json_writer.hpp"
#include "console/terminal.hpp"
#include "corpus/index_files.hpp"
#include "corpus/settings.hpp"
#include "indexer/commands.hpp"
#include "indexer/index_folder.hpp"
#include "indexer/report.hpp"

namespace lede {
namespace {

/// What `lede-index status` says.
struct IndexStatus {
  std::string path;
  std::string uuid;
  std::uint64_t revision = 0;
  std::uint64_t articles = 0;
  std::uint64_t bytes = 0;
  IndexSettings settings;
  std::vector<LanguageCount> languages;
  IndexMakers makers;
};

IndexStatus read_status(const std::string& path) {
  const Xapian::Database index = open_index(path);
  return with_index(path, [&] {
    return IndexStatus{path,
                       index.get_uuid(),
                       index.get_revision(),
                       index.get_doccount(),
                       size_of_index(path),
                       read_settings(index, path),
                       count_languages(index),
                       read_makers(index)};
  });
}

std::string format_weights(const IndexSettings& settings) {
  std::string text;
  for (const Field& field : kFields)
    if (field.is_bare)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", field.name,
                          settings.weight(field.field));
  return text;
}

/// The most frequent ones: `en 40, de 2, und 1`.
std::string format_languages(const std::vector<LanguageCount>& languages) {
  constexpr std::size_t kShown = 12;
  std::string text;
  for (const LanguageCount& each : std::span(languages).first(std::min(languages.size(), kShown)))
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", each.code, each.articles);
  return languages.size() > kShown ? fmt::format("{}, and {} more", text, languages.size() - kShown)
                                   : text;
}

std::string format_status(const IndexStatus& status) {
  return fmt::format(
      "index     {}\narticles  {}\nsize      {}\nlanguage  {}\nlanguages {}\n"
      "weights   {}\npositions {}\n"
      "made by   lede {}, libxapian {}, schema {}\nuuid      {}\nrevision  {}\n",
      status.path, status.articles, format_bytes(status.bytes), status.settings.language,
      format_languages(status.languages), format_weights(status.settings),
      name_of(status.settings.positions), status.makers.lede, status.makers.xapian, kSchemaVersion,
      status.uuid, status.revision);
}

void write_weights(JsonWriter& json, const IndexSettings& settings) {
  json.key("weights").begin_object();
  for (const Field& field : kFields)
    if (field.is_bare)
      json.key(field.name).value(static_cast<std::uint64_t>(settings.weight(field.field)));
  json.end_object();
}

void write_languages(JsonWriter& json, const std::vector<LanguageCount>& languages) {
  json.key("languages").begin_object();
  for (const LanguageCount& each : languages) json.key(each.code).value(each.articles);
  json.end_object();
}

std::string format_status_json(const IndexStatus& status) {
  JsonWriter json;
  json.begin_object();
  json.key("version").value(std::uint64_t{1});
  json.key("path").value(status.path);
  json.key("articles").value(status.articles);
  json.key("bytes").value(status.bytes);
  json.key("language").value(status.settings.language);
  write_languages(json, status.languages);
  write_weights(json, status.settings);
  json.key("positions").value(name_of(status.settings.positions));
  json.key("lede").value(status.makers.lede);
  json.key("xapian").value(status.makers.xapian);
  json.key("schema").value(static_cast<std::uint64_t>(kSchemaVersion));
  json.key("uuid").value(status.uuid);
  json.key("revision").value(status.revision);
  json.end_object();
  return json.take() + '\n';
}

}  // namespace

ExitStatus show_status(const IndexOptions& options) {
  const IndexStatus status = read_status(chosen_index_path(options));
  write_all(stdout, options.is_json ? format_status_json(status) : format_status(status));
  return ExitStatus::success;
}

}  // namespace lede
