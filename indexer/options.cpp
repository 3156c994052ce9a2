#include "indexer/options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "console/choice.hpp"
#include "console/run_tool.hpp"
#include "corpus/error.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_files.hpp"
#include "corpus/languages.hpp"
#include "corpus/readers/formats.hpp"
#include "corpus/readers/programs/filter.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr unsigned kMaxWeight = 100;
constexpr unsigned kMaxLockWaitSeconds = 86'400;
constexpr std::uint64_t kMaxSize = std::uint64_t{1} << 50;
constexpr unsigned kMaxNesting = 20;
constexpr std::uint64_t kMaxMembers = 1'000'000'000;
constexpr unsigned kMaxGrowth = 1'000'000;

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats()) names.emplace_back(format.name);
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

/// Reads `EXT=COMMAND`.
Filter parse_filter(const std::string& text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  std::string_view extension = std::string_view(text).substr(0, equals);
  if (extension.starts_with('.')) extension.remove_prefix(1);
  const std::string command = text.substr(std::min(equals + 1, text.size()));
  if (extension.empty() || extension.find('/') != extension.npos || trimmed(command).empty())
    throw CLI::ValidationError("--filter", fmt::format("'{}' is not EXT=COMMAND", text));
  if (!shell_command(command))
    throw CLI::ValidationError(
        "--filter", fmt::format("'{}' has a {{}} inside quotes; it is quoted without them", text));
  return {fmt::format(".{}", ascii_lower(extension)), command};
}

void define_filters(CLI::App& app, IndexOptions& options) {
  app.add_option_function<std::vector<std::string>>(
         "--filter",
         [&options](const std::vector<std::string>& filters) {
           options.reading.filters.clear();
           for (const std::string& filter : filters)
             options.reading.filters.push_back(parse_filter(filter));
         },
         "Read what COMMAND prints for files of this ending, {} being the file; more than once")
      ->type_name("EXT=COMMAND")
      ->allow_extra_args(false)
      ->take_all();
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

constexpr std::array kPositionsChoices{
    Choice{name_of(Positions::all), std::optional(Positions::all)},
    Choice{name_of(Positions::none), std::optional(Positions::none)}};

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
  app.add_flag("--drafts", options.reading.reads_drafts,
               "Take articles that say that they are drafts");
  app.add_option("--language", options.settings.language,
                 "Stem all words by this language [auto: each article's]")
      ->type_name("NAME")
      ->check(CLI::IsMember(index_languages()));
  app.add_option_function<std::vector<std::string>>(
         "--weight",
         [&options](const std::vector<std::string>& weights) {
           for (const std::string& text : weights) {
             const auto [field, weight] = parse_weight(text);
             options.settings.weights.insert_or_assign(field, weight);
           }
         },
         "Count each word of a field N times [title=3, others 1]; more than once")
      ->type_name("FIELD=N")
      ->allow_extra_args(false)
      ->take_all();
  add_choice(app, "--positions", options.settings.positions, kPositionsChoices,
             "Keep where words stand; without, the index is small and phrases are slower [all]");
}

/// Reads `64M`: a number, and K, M or G for its 1024s.
std::uint64_t parse_size(const std::string& option, const std::string& text) {
  constexpr std::string_view kUnits = "KMG";
  std::uint64_t size = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, size);
  const std::size_t unit = stop == end ? 0 : kUnits.find(*stop) + 1;
  const bool is_size = error == std::errc() && size > 0 && stop >= end - 1 &&
                       (stop == end || unit > 0) && size <= kMaxSize >> (10 * unit);
  if (!is_size)
    throw CLI::ValidationError(
        option, fmt::format("'{}' is not a size above zero, as 1000, 64K, 256M or 2G", text));
  return size << (10 * unit);
}

template <typename Size>
void add_size(CLI::App& app, const std::string& option, Size& size,
              const std::string& description) {
  app.add_option_function<std::string>(
         option,
         [&size, option](const std::string& text) {
           size = static_cast<Size>(parse_size(option, text));
         },
         description)
      ->type_name("SIZE");
}

void define_limits(CLI::App& app, ReadLimits& limits) {
  add_size(app, "--max-record", limits.record_bytes, "Skip a record that is larger [64M]");
  app.add_option("--max-nesting", limits.nesting, "Unpack archives in archives so deep [3]")
      ->type_name("COUNT")
      ->check(whole_number(0, kMaxNesting));
  add_size(app, "--max-member", limits.member_bytes, "Skip what is larger in an archive [256M]");
  app.add_option("--max-members", limits.members, "Unpack so many members of a file [10000000]")
      ->type_name("COUNT")
      ->check(whole_number(1, kMaxMembers));
  add_size(app, "--max-total", limits.total_bytes, "Unpack so much of a file [64G]");
  app.add_option("--max-growth", limits.growth,
                 "Unpack so many times a file's size, once that is more than 1M [100]")
      ->type_name("COUNT")
      ->check(whole_number(1, kMaxGrowth));
}

constexpr std::array kEngineChoices{Choice{"auto", Engine::automatic}, Choice{"bulk", Engine::bulk},
                                    Choice{"api", Engine::api}};

void define_writing(CLI::App& app, IndexOptions& options) {
  add_choice(app, "--engine", options.engine, kEngineChoices,
             "Write the index in bulk, or through Xapian [auto: in bulk what is new and large]");
  app.add_flag(
      "--rebuild", options.is_rebuild,
      "Make the index anew, of these articles only, and put it in the place of the old one");
  app.add_option("-j,--jobs", options.jobs, "Analyse with so many threads [one a processor]")
      ->type_name("COUNT")
      ->check(CLI::Range(1, 256));
  add_size(app, "--memory", options.memory_bytes,
           "Take so much memory; what a build needs beyond it goes to disk [256M]");
}

void define_updating(CLI::App& app, IndexOptions& options) {
  const auto prune = [&options](Pruning pruning) {
    return [&options, pruning](std::int64_t) { options.pruning = pruning; };
  };
  CLI::Option* always = app.add_flag_function(
      "--prune", prune(Pruning::always),
      "Remove articles of files that are gone, also where a PATH is missing or empty");
  app.add_flag_function("--no-prune", prune(Pruning::never), "Keep articles of files that are gone")
      ->excludes(always);
  app.add_flag("--checksum", options.compares_contents,
               "Tell changed files by their contents, not by size, time and inode");
  app.add_flag("--dry-run", options.is_dry_run, "Say what would be done, and write nothing");
}

void define_reporting(CLI::App& app, IndexOptions& options) {
  add_choice(app, "--progress", options.progress, kWhenChoices,
             "Show a progress bar [auto: on a terminal; else now and then a line]")
      ->type_name("WHEN");
  app.add_option("--lock-wait", options.lock_wait_seconds,
                 "Wait this long for another writer of the index [0]")
      ->type_name("SECONDS")
      ->check(whole_number(0, kMaxLockWaitSeconds));
  app.add_flag("--json", options.is_json, "Report as JSON");
  app.add_flag("-q,--quiet", options.is_quiet, "Say nothing but errors");
  app.add_flag("-v,--verbose", options.is_verbose, "Name everything that was skipped or repeated");
}

CLI::App* define_removal(CLI::App& app, IndexOptions& options) {
  CLI::App* remove = app.add_subcommand("remove", "Take articles out of the index");
  RemovalOptions& removal = options.removal;
  remove->add_option("id", removal.ids, "Ids of articles; - reads them from standard input")
      ->type_name("ID");
  remove->add_option("--query", removal.query, "Remove what lede-query finds, all words matching")
      ->type_name("QUERY");
  remove->add_option("--under", removal.under, "Remove the articles of the files at or below PATH")
      ->type_name("PATH");
  remove->add_flag("-0,--null", removal.are_null_ended,
                   "Ids on standard input have a NUL byte behind them, as of lede-query -0");
  remove->callback([&options] { options.command = IndexCommand::remove; });
  return remove;
}

void define_commands(CLI::App& app, IndexOptions& options) {
  CLI::App* parse = app.add_subcommand(
      "parse", "Print what would be indexed, one JSON article a line; touches no index");
  parse->add_option("path", options.paths, "Files and folders; - is standard input")
      ->type_name("PATH")
      ->required();
  parse->callback([&options] { options.command = IndexCommand::parse; });
  CLI::App* watch = app.add_subcommand(
      "watch", "Update the index whenever something changes, until a signal ends it");
  watch->add_option("path", options.paths, "Files and folders")->type_name("PATH")->required();
  watch->callback([&options] { options.command = IndexCommand::watch; });
  CLI::App* status = app.add_subcommand("status", "Say what the index holds and how it was made");
  status->callback([&options] { options.command = IndexCommand::status; });
  CLI::App* compact =
      app.add_subcommand("compact", "Make the index as small as it can be, while it is in use");
  compact->callback([&options] { options.command = IndexCommand::compact; });
  CLI::App* check = app.add_subcommand("check", "Read all of the index, and say what is damaged");
  check->callback([&options] { options.command = IndexCommand::check; });
  CLI::App* export_all =
      app.add_subcommand("export", "Print every article, one JSON object a line, to index again");
  export_all->callback([&options] { options.command = IndexCommand::export_all; });
  CLI::App* remove = define_removal(app, options);
  for (CLI::App* command : {parse, watch, status, compact, check, export_all, remove})
    command->fallthrough();
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
  define_limits(app, options.reading.limits);
  define_filters(app, options);
  define_writing(app, options);
  define_updating(app, options);
  define_reporting(app, options);
  define_commands(app, options);
}

std::string chosen_index_path(const IndexOptions& options) {
  return options.index_path.empty() ? default_index_path() : options.index_path;
}

void require_removal(const IndexOptions& options) {
  const RemovalOptions& removal = options.removal;
  const int ways = (removal.ids.empty() ? 0 : 1) + (removal.query.empty() ? 0 : 1) +
                   (removal.under.empty() ? 0 : 1);
  if (ways == 1) return;
  throw Error(ways == 0 ? "nothing to remove is named" : "what to remove is named in several ways",
              "name ids, or a query, or a folder: lede-index remove ID..., --query QUERY or "
              "--under PATH");
}

void refuse_paths(const IndexOptions& options) {
  if (options.paths.empty()) return;
  throw Error(fmt::format("'{}' is one argument too many", options.paths.front()),
              "the index is named with --db DIR");
}

void require_paths(const IndexOptions& options) {
  if (options.paths.empty())
    throw Error("no path is given", "name files or folders: lede-index PATH...");
}

}  // namespace lede
