#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "console/json_writer.hpp"
#include "corpus/readers/reader.hpp"

namespace lede {

/// What a run of lede-index did.
struct Report {
  std::uint64_t files_found = 0;
  std::uint64_t files_read = 0;
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t moved = 0;    ///< with their file
  std::uint64_t removed = 0;  ///< that their files have no more, or whose files are gone
  std::uint64_t unchanged = 0;
  std::uint64_t repeated = 0;  ///< articles that another of their id was kept over
  std::uint64_t bytes = 0;     ///< read from files
  double seconds = 0;
  bool is_interrupted = false;
  bool is_given_up = false;  ///< interrupted, and the index is as it was
  bool is_dry_run = false;
  std::vector<Skipped> skipped;
  std::string index_path;
  std::uint64_t index_articles = 0;

  std::uint64_t articles() const { return added + updated + moved + unchanged; }
  /// Did it find any, or find that they are gone?
  bool has_articles() const { return articles() + repeated + removed > 0; }
};

/// For a person, two lines.
std::string format_report(const Report& report);

/// What a run changed, on a line: `3 added, 1 removed`; empty where it changed nothing.
std::string format_changes(const Report& report);

/// One JSON object on a line; docs/report.schema.json describes it.
std::string format_report_json(const Report& report);

/// What is left to say before the report: of what was not named, and of an interruption.
std::vector<std::string> closing_messages(const Report& report, bool is_verbose);

/// Skips that are named on standard error as they come, unless --verbose asks for all.
inline constexpr std::size_t kNamedSkips = 10;

/// The key `skipped` and a list of them, as all reports have it.
void write_skips(JsonWriter& json, const std::vector<Skipped>& skipped);

/// `FILE, line 17: reason` of a skip.
std::string format_skip(const Skipped& skipped);

/// `21,578`.
std::string grouped(std::uint64_t number);

/// `1 article`, `21,578 articles`.
std::string count_of(std::uint64_t count, const char* singular, const char* plural);

/// `0.9 KB`, `27.6 MB`: powers of 1000.
std::string format_bytes(std::uint64_t bytes);

}  // namespace lede
