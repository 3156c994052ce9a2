#include "indexer/options.hpp"

#include <charconv>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <xapian.h>

#include "console/run_tool.hpp"
#include "corpus/error.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_files.hpp"
#include "corpus/readers/formats.hpp"
#include "corpus/readers/record_fields.hpp"

namespace lede {
namespace {

constexpr unsigned kMaxWeight = 100;
constexpr unsigned kMaxLockWaitSeconds = 86'400;

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats()) names.emplace_back(format.name);
  return names;
}

std::vector<std::string> language_names() {
  std::istringstream available(Xapian::Stem::get_available_languages());
  std::vector<std::string> names{"none"};
  for (std::string name; available >> name;) names.push_back(name);
  return names;
}

std::string bare_field_names() {
  std::string names;
  for (const Field& field : kFields)
    if (field.is_bare) names += fmt::format("{}{}", names.empty() ? "" : ", ", field.name);
  return names;
}

/// Reads `FIELD=N`.
std::pair<FieldId, unsigned> parse_weight(const std::string& text) {
  const std::size_t equals = text.find('=');
  const Field* field = find_field(text.substr(0, equals));
  if (equals == std::string::npos || field == nullptr || !field->is_bare)
    throw CLI::ValidationError(
        "--weight", fmt::format("'{}' is not FIELD=N with one of: {}", text, bare_field_names()));
  unsigned weight = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + equals + 1, end, weight);
  if (error != std::errc() || stop != end || weight > kMaxWeight)
    throw CLI::ValidationError(
        "--weight",
        fmt::format("'{}' does not end in a whole number from 0 to {}", text, kMaxWeight));
  return {field->field, weight};
}

std::string record_field_names() {
  std::string names{name_of(kBody)};
  for (std::size_t at = 0; at < kMetadataCount; ++at)
    names += fmt::format(", {}", name_of(static_cast<Metadata>(at)));
  return names;
}

/// Reads `FIELD=KEY`.
FieldMapping parse_mapping(const std::string& text) {
  const std::size_t equals = text.find('=');
  const auto field = find_record_field(text.substr(0, equals));
  if (equals == std::string::npos || equals + 1 == text.size() || !field)
    throw CLI::ValidationError(
        "--map", fmt::format("'{}' is not FIELD=KEY with one of: {}", text, record_field_names()));
  return {*field, text.substr(equals + 1)};
}

void define_settings(CLI::App& app, IndexOptions& options) {
  app.add_option("--format", options.reading.format, "Read every file as this format")
      ->type_name("NAME")
      ->check(CLI::IsMember(format_names()));
  app.add_option_function<std::vector<std::string>>(
         "--map",
         [&options](const std::vector<std::string>& mappings) {
           for (const std::string& mapping : mappings)
             options.reading.mappings.push_back(parse_mapping(mapping));
         },
         "Fill a field from this key or column of a record; more than once")
      ->type_name("FIELD=KEY")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--language", options.settings.language, "Stem words of this language [english]")
      ->type_name("NAME")
      ->check(CLI::IsMember(language_names()));
  app.add_option_function<std::vector<std::string>>(
         "--weight",
         [&options](const std::vector<std::string>& weights) {
           for (const std::string& weight : weights)
             options.settings.weights.insert_or_assign(parse_weight(weight).first,
                                                       parse_weight(weight).second);
         },
         "Count each word of a field N times [title=3, others 1]; more than once")
      ->type_name("FIELD=N")
      ->allow_extra_args(false)
      ->take_all();
}

void define_reporting(CLI::App& app, IndexOptions& options) {
  static const std::map<std::string, When> when_named{
      {"auto", When::automatic}, {"always", When::always}, {"never", When::never}};
  app.add_option_function<std::string>(
         "--progress",
         [&options](const std::string& when) { options.progress = when_named.at(when); },
         "Show a progress line [auto: on a terminal]")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_option("--lock-wait", options.lock_wait_seconds,
                 "Wait this long for another writer of the index [0]")
      ->type_name("SECONDS")
      ->check(whole_number(0, kMaxLockWaitSeconds));
  app.add_flag("--json", options.is_json, "Report as JSON");
  app.add_flag("-q,--quiet", options.is_quiet, "Say nothing but errors");
  app.add_flag("-v,--verbose", options.is_verbose, "Name everything that was skipped or repeated");
}

void define_commands(CLI::App& app, IndexOptions& options) {
  CLI::App* parse = app.add_subcommand(
      "parse", "Print what would be indexed, one JSON article a line; touches no index");
  parse->add_option("path", options.paths, "Files and folders; - is standard input")
      ->type_name("PATH")
      ->required();
  parse->callback([&options] { options.command = IndexCommand::parse; });
  CLI::App* status = app.add_subcommand("status", "Say what the index holds and how it was made");
  status->callback([&options] { options.command = IndexCommand::status; });
  for (CLI::App* command : {parse, status}) command->fallthrough();
  app.require_subcommand(0, 1);
}

}  // namespace

void define_options(CLI::App& app, IndexOptions& options) {
  define_common_options(app);
  app.add_option("path", options.paths,
                 "Files and folders of articles; - reads JSON Lines from standard input")
      ->type_name("PATH");
  app.add_option("-d,--db", options.index_path, "The index [$LEDE_DB, else lede/index in XDG data]")
      ->type_name("DIR");
  define_settings(app, options);
  define_reporting(app, options);
  define_commands(app, options);
}

std::string chosen_index_path(const IndexOptions& options) {
  return options.index_path.empty() ? default_index_path() : options.index_path;
}

void require_paths(const IndexOptions& options) {
  if (options.paths.empty())
    throw Error("no path is given", "name files or folders: lede-index PATH...");
}

}  // namespace lede
