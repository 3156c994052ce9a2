#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corpus/readers/reader.hpp"

namespace lede {

/// What a run of lede-index did.
struct Report {
  std::uint64_t files_found = 0;
  std::uint64_t files_read = 0;
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t repeated = 0;  ///< of the updated: an id that came before in the same run
  std::uint64_t bytes = 0;     ///< read from files
  double seconds = 0;
  bool is_interrupted = false;
  std::vector<Skipped> skipped;
  std::string index_path;
  std::uint64_t index_articles = 0;

  std::uint64_t articles() const { return added + updated + unchanged; }
};

/// For a person, two lines.
std::string format_report(const Report& report);

/// One JSON object on a line; docs/report.schema.json describes it.
std::string format_report_json(const Report& report);

/// `FILE, line 17: reason` of a skip.
std::string format_skip(const Skipped& skipped);

/// `21,578`.
std::string grouped(std::uint64_t number);

/// `1 article`, `21,578 articles`.
std::string count_of(std::uint64_t count, const char* singular, const char* plural);

/// `0.9 KB`, `27.6 MB`: powers of 1000.
std::string format_bytes(std::uint64_t bytes);

}  // namespace lede
