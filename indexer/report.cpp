#include "indexer/report.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "console/json_writer.hpp"

namespace lede {
namespace {

std::string format_speed(const Report& report) {
  if (report.seconds <= 0) return "";
  const auto per_second = static_cast<double>(report.bytes) / report.seconds;
  return fmt::format(", {}/s", format_bytes(static_cast<std::uint64_t>(per_second)));
}

/// Nothing is said of what most runs have none of.
std::string format_counts(const Report& report) {
  std::string text =
      fmt::format("{} added, {} updated, ", grouped(report.added), grouped(report.updated));
  if (report.moved > 0) text += fmt::format("{} moved, ", grouped(report.moved));
  if (report.removed > 0) text += fmt::format("{} removed, ", grouped(report.removed));
  return text + fmt::format("{} unchanged, {} skipped", grouped(report.unchanged),
                            grouped(report.skipped.size()));
}

/// `53 files`, or of those that were not all read `2 of 53 files`.
std::string format_files(const Report& report) {
  if (report.files_read >= report.files_found) return count_of(report.files_read, "file", "files");
  return fmt::format("{} of {}", grouped(report.files_read),
                     count_of(report.files_found, "file", "files"));
}

void write_skip(JsonWriter& json, const Skipped& skipped) {
  json.begin_object();
  json.key("path").value(skipped.path);
  json.key("record").value(skipped.record);
  json.key("reason").value(skipped.reason);
  json.end_object();
}

void write_index(JsonWriter& json, const Report& report) {
  json.key("index").begin_object();
  json.key("path").value(report.index_path);
  json.key("articles").value(report.index_articles);
  json.end_object();
}

}  // namespace

void write_skips(JsonWriter& json, const std::vector<Skipped>& skipped) {
  json.key("skipped").begin_array();
  for (const Skipped& skip : skipped) write_skip(json, skip);
  json.end_array();
}

std::string grouped(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string count_of(std::uint64_t count, const char* singular, const char* plural) {
  return fmt::format("{} {}", grouped(count), count == 1 ? singular : plural);
}

std::string format_bytes(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 5> kUnits{"KB", "MB", "GB", "TB", "PB"};
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; value >= 999.95 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string format_skip(const Skipped& skipped) {
  if (skipped.record.empty()) return fmt::format("{}: {}", skipped.path, skipped.reason);
  return fmt::format("{}, {}: {}", skipped.path, skipped.record, skipped.reason);
}

std::string format_report(const Report& report) {
  return fmt::format("{}{}, from {} in {:.1f} s ({}{})\nthe index at {} {} {}\n",
                     report.is_dry_run ? "nothing is written; this would be done: " : "",
                     format_counts(report), format_files(report), report.seconds,
                     format_bytes(report.bytes), format_speed(report), report.index_path,
                     report.is_dry_run ? "would hold" : "holds",
                     count_of(report.index_articles, "article", "articles"));
}

std::string format_changes(const Report& report) {
  std::vector<std::string> changes;
  const auto add = [&](std::uint64_t count, std::string_view what) {
    if (count > 0) changes.push_back(fmt::format("{} {}", grouped(count), what));
  };
  add(report.added, "added");
  add(report.updated, "updated");
  add(report.moved, "moved");
  add(report.removed, "removed");
  return fmt::format("{}", fmt::join(changes, ", "));
}

std::vector<std::string> closing_messages(const Report& report, bool is_verbose) {
  std::vector<std::string> messages;
  if (!is_verbose && report.skipped.size() > kNamedSkips)
    messages.push_back(fmt::format("skipped {} more; --verbose names them all",
                                   report.skipped.size() - kNamedSkips));
  if (!is_verbose && report.repeated > 0)
    messages.push_back(fmt::format("{} gave way to another of the same id; --verbose names them",
                                   count_of(report.repeated, "article", "articles")));
  if (report.is_given_up)
    messages.emplace_back(
        "interrupted: the index is as it was; run the same command again to make it anew");
  else if (report.is_interrupted)
    messages.push_back(
        fmt::format("interrupted: {} of {} done and kept; run the same command again to go on",
                    report.files_read, count_of(report.files_found, "file", "files")));
  return messages;
}

std::string format_report_json(const Report& report) {
  JsonWriter json;
  json.begin_object();
  json.key("version").value(std::uint64_t{1});
  json.key("added").value(report.added);
  json.key("updated").value(report.updated);
  json.key("moved").value(report.moved);
  json.key("removed").value(report.removed);
  json.key("unchanged").value(report.unchanged);
  json.key("repeated").value(report.repeated);
  json.key("files").value(report.files_read);
  json.key("bytes").value(report.bytes);
  json.key("seconds").value(report.seconds);
  json.key("interrupted").value(report.is_interrupted);
  json.key("dry_run").value(report.is_dry_run);
  write_skips(json, report.skipped);
  write_index(json, report);
  json.end_object();
  return json.take() + '\n';
}

}  // namespace lede
