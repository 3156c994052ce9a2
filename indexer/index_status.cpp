#include "indexer/index_status.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <numeric>
#include <span>
#include <string_view>
#include <system_error>
#include <unordered_map>

#include <fmt/format.h>
#include <xapian.h>

#include "console/json_writer.hpp"
#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/index_files.hpp"
#include "indexer/report.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShownSources = 12;
constexpr std::size_t kShownLanguages = 12;

/// The tables lie in the folder of the index, or in one in it. What is in others is not looked at.
std::vector<TableSize> table_sizes(const std::string& path) {
  std::map<std::string, std::uint64_t> bytes;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry.depth() > 0) entry.disable_recursion_pending();
    std::error_code no_size;
    const std::uintmax_t size = entry->is_regular_file(no_size) ? entry->file_size(no_size) : 0;
    if (no_size || size == 0) continue;
    const bool is_table = entry->path().extension() == ".glass";
    bytes[is_table ? entry->path().stem().string() : "other"] += size;
  }
  std::vector<TableSize> tables;
  for (const auto& [table, size] : bytes) tables.push_back({table, size});
  std::ranges::stable_sort(tables, std::ranges::greater{}, &TableSize::bytes);
  return tables;
}

/// All sources of an index's articles, that of most articles first.
std::vector<ValueCount> count_sources(const Xapian::Database& index) {
  constexpr auto kSlot = static_cast<Xapian::valueno>(Slot::source);
  std::unordered_map<std::string, std::uint64_t> counts;
  for (auto value = index.valuestream_begin(kSlot); value != index.valuestream_end(kSlot); ++value)
    ++counts[*value];
  std::vector<ValueCount> sources;
  for (const auto& [source, articles] : counts) sources.push_back({source, articles});
  std::ranges::sort(sources, [](const ValueCount& a, const ValueCount& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.value < b.value;
  });
  return sources;
}

std::string day_of(const std::string& value) {
  constexpr double kFarSeconds = 1e12;  // so much may stand there when lede has not written it
  const double seconds = std::clamp(Xapian::sortable_unserialise(value), -kFarSeconds, kFarSeconds);
  const Date day{static_cast<std::int64_t>(seconds), DatePrecision::day, 0, true};
  return is_usual_date(day) ? format_date(day) : "unknown";
}

std::optional<DateRange> date_range(const Xapian::Database& index) {
  constexpr auto kSlot = static_cast<Xapian::valueno>(Slot::date);
  if (index.get_value_freq(kSlot) == 0) return std::nullopt;
  return DateRange{day_of(index.get_value_lower_bound(kSlot)),
                   day_of(index.get_value_upper_bound(kSlot))};
}

IndexStatus status_of(const Xapian::Database& index, const std::string& path) {
  IndexStatus status;
  status.path = path;
  status.settings = read_settings(index, path);
  status.makers = read_makers(index);
  status.uuid = index_uuid(index);
  status.revision = index.get_revision();
  status.articles = index.get_doccount();
  status.words = index.get_total_length();
  status.languages = count_languages(index);
  status.sources = count_sources(index);
  status.sources_count = status.sources.size();
  status.sources.resize(std::min(status.sources.size(), kShownSources));
  status.dates = date_range(index);
  status.last_run = read_last_run(index);
  status.undated =
      status.articles -
      std::min<std::uint64_t>(status.articles,
                              index.get_value_freq(static_cast<Xapian::valueno>(Slot::date)));
  return status;
}

// ---- for a person

constexpr std::size_t kLabelColumns = 11;

/// `label      text`, and what is on further lines below it.
std::string entry(std::string_view label, const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += fmt::format("{:<{}}{}\n", label, kLabelColumns, line);
    label = "";
  }
  return text;
}

std::string entry(std::string_view label, std::string line) {
  return entry(label, std::vector{std::move(line)});
}

/// Joins parts into lines that are not wider than `columns`.
std::vector<std::string> folded(const std::vector<std::string>& parts, std::size_t columns) {
  std::vector<std::string> lines(1);
  for (const std::string& part : parts) {
    const bool is_first = lines.back().empty();
    if (!is_first && lines.back().size() + part.size() + 3 > columns) {
      lines.back() += ',';
      lines.push_back(part);
    } else {
      lines.back() += (is_first ? "" : ", ") + part;
    }
  }
  return lines;
}

std::string format_more(std::uint64_t count, const char* singular, const char* plural) {
  return fmt::format("and {}", count_of(count, singular, plural));
}

std::vector<std::string> format_languages(const std::vector<LanguageCount>& languages,
                                          std::size_t columns) {
  std::vector<std::string> parts;
  for (const LanguageCount& each :
       std::span(languages).first(std::min(languages.size(), kShownLanguages)))
    parts.push_back(fmt::format("{} {}", printable_line(each.code), grouped(each.articles)));
  if (languages.size() > kShownLanguages)
    parts.push_back(format_more(languages.size() - kShownLanguages, "more", "more"));
  return folded(parts, columns);
}

std::string format_dates(const IndexStatus& status) {
  if (!status.dates) return "none";
  std::string text = fmt::format("{} to {}", status.dates->first, status.dates->last);
  if (status.undated > 0) text += fmt::format(", {} undated", grouped(status.undated));
  return text;
}

/// `1,204  Coastal Wire`, a source a line, the numbers below each other.
std::vector<std::string> format_sources(const IndexStatus& status, std::size_t columns) {
  std::vector<std::string> lines;
  if (status.sources.empty()) return {"none"};
  const std::size_t digits = grouped(status.sources.front().articles).size();
  for (const ValueCount& each : status.sources)
    lines.push_back(fmt::format("{:>{}}  {}", grouped(each.articles), digits,
                                cut_to_columns(printable_line(each.value), columns - digits - 2)));
  if (status.sources_count > status.sources.size())
    lines.push_back(
        fmt::format("{:>{}}  {}", "", digits,
                    format_more(status.sources_count - status.sources.size(), "other", "others")));
  return lines;
}

std::vector<std::string> format_sizes(const IndexStatus& status) {
  const std::uint64_t all = status.bytes();
  std::vector<std::string> lines{fmt::format("{:>10}", format_bytes(all))};
  for (const TableSize& each : status.tables)
    lines.push_back(fmt::format("{:>10}  {:>2} %  {}", format_bytes(each.bytes),
                                (each.bytes * 100 + all / 2) / all, printable_line(each.table)));
  return lines;
}

std::vector<std::string> format_weights(const IndexSettings& settings, std::size_t columns) {
  std::vector<std::string> parts;
  for (const Field& field : kFields)
    if (field.is_bare)
      parts.push_back(fmt::format("{} {}", field.name, settings.weight(field.field)));
  return folded(parts, columns);
}

// ---- for a program

void write_weights(JsonWriter& json, const IndexSettings& settings) {
  json.key("weights").begin_object();
  for (const Field& field : kFields)
    if (field.is_bare) json.key(field.name).value(settings.weight(field.field));
  json.end_object();
}

void write_languages(JsonWriter& json, const std::vector<LanguageCount>& languages) {
  json.key("languages").begin_object();
  for (const LanguageCount& each : languages) json.key(each.code).value(each.articles);
  json.end_object();
}

void write_sources(JsonWriter& json, const IndexStatus& status) {
  json.key("sources_count").value(status.sources_count);
  json.key("sources").begin_array();
  for (const ValueCount& each : status.sources) {
    json.begin_object();
    json.key("value").value(each.value);
    json.key("count").value(each.articles);
    json.end_object();
  }
  json.end_array();
}

void write_dates(JsonWriter& json, const IndexStatus& status) {
  json.key("first_date");
  status.dates ? json.value(status.dates->first) : json.null();
  json.key("last_date");
  status.dates ? json.value(status.dates->last) : json.null();
  json.key("undated").value(status.undated);
}

void write_tables(JsonWriter& json, const std::vector<TableSize>& tables) {
  json.key("tables").begin_object();
  for (const TableSize& each : tables) json.key(each.table).value(each.bytes);
  json.end_object();
}

Date date_of_run(const LastRun& run) {
  return {run.unix_seconds, DatePrecision::second, 0, false};
}

std::string format_run(const LastRun& run) {
  std::string text = fmt::format("{}, {} read: {} added, {} updated, {} moved, {} removed",
                                 format_date(date_of_run(run)),
                                 count_of(run.files, "file", "files"), grouped(run.added),
                                 grouped(run.updated), grouped(run.moved), grouped(run.removed));
  return run.is_interrupted ? text + ", interrupted" : text;
}

/// What it did, and below it what it could not read.
std::string format_last_run(const std::optional<LastRun>& run) {
  if (!run) return {};
  std::string text = entry("last run", format_run(*run));
  if (run->skips == 0) return text;
  std::vector<std::string> lines;
  for (const Skipped& skipped : run->skipped) lines.push_back(printable_line(format_skip(skipped)));
  if (run->skips > run->skipped.size())
    lines.push_back(format_more(run->skips - run->skipped.size(), "more", "more"));
  return text + entry("skipped", lines);
}

void write_last_run(JsonWriter& json, const std::optional<LastRun>& run) {
  if (!run) return;
  json.key("last_run").begin_object();
  json.key("time").value(format_date(date_of_run(*run)));
  json.key("timestamp").value(run->unix_seconds);
  json.key("files").value(run->files);
  json.key("added").value(run->added);
  json.key("updated").value(run->updated);
  json.key("moved").value(run->moved);
  json.key("removed").value(run->removed);
  json.key("unchanged").value(run->unchanged);
  json.key("interrupted").value(run->is_interrupted);
  json.key("skips").value(run->skips);
  write_skips(json, run->skipped);
  json.end_object();
}

}  // namespace

std::uint64_t IndexStatus::bytes() const {
  return std::accumulate(tables.begin(), tables.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const TableSize& each) { return sum + each.bytes; });
}

IndexStatus read_status(const std::string& path) {
  Xapian::Database index = open_index(path);
  IndexStatus status = on_one_revision(
      path, [&] { index.reopen(); }, [&] { return status_of(index, path); });
  status.tables = table_sizes(path);
  return status;
}

std::string format_status(const IndexStatus& status, std::size_t width) {
  const std::size_t columns = width - kLabelColumns;
  return entry("index", printable_line(status.path)) + entry("articles", grouped(status.articles)) +
         entry("words", grouped(status.words)) + entry("dates", format_dates(status)) +
         entry("languages", format_languages(status.languages, columns)) +
         entry("sources", format_sources(status, columns)) + entry("size", format_sizes(status)) +
         entry("stemming", status.settings.language) +
         entry("weights", format_weights(status.settings, columns)) +
         entry("positions", std::string(name_of(status.settings.positions))) +
         format_last_run(status.last_run) +
         entry("made by",
               fmt::format("lede {}, libxapian {}, schema {}", printable_line(status.makers.lede),
                           printable_line(status.makers.xapian), kSchemaVersion)) +
         entry("uuid", status.uuid) + entry("revision", fmt::format("{}", status.revision));
}

std::string format_status_json(const IndexStatus& status) {
  JsonWriter json;
  json.begin_object();
  json.key("version").value(1);
  json.key("path").value(status.path);
  json.key("articles").value(status.articles);
  json.key("words").value(status.words);
  write_dates(json, status);
  write_languages(json, status.languages);
  write_sources(json, status);
  json.key("bytes").value(status.bytes());
  write_tables(json, status.tables);
  json.key("language").value(status.settings.language);
  write_weights(json, status.settings);
  json.key("positions").value(name_of(status.settings.positions));
  write_last_run(json, status.last_run);
  json.key("lede").value(status.makers.lede);
  json.key("xapian").value(status.makers.xapian);
  json.key("schema").value(kSchemaVersion);
  json.key("uuid").value(status.uuid);
  json.key("revision").value(status.revision);
  json.end_object();
  return json.take() + '\n';
}

}  // namespace lede
