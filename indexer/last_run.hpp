#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "corpus/readers/reader.hpp"
#include "indexer/report.hpp"

namespace lede {

/// What an index remembers of the last run that wrote anything into it.
struct LastRun {
  static constexpr std::size_t kNamedSkips = 10;

  std::int64_t unix_seconds = 0;  ///< when it ended
  std::uint64_t files = 0;        ///< that were read
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t moved = 0;
  std::uint64_t removed = 0;
  std::uint64_t unchanged = 0;
  bool is_interrupted = false;
  std::uint64_t skips = 0;       ///< all of them
  std::vector<Skipped> skipped;  ///< the first of them
};

/// The metadata entry that holds it.
inline constexpr const char* kLastRunKey = "lede.last-run";

LastRun last_run_of(const Report& report, std::int64_t unix_seconds);

std::string encode_last_run(const LastRun& run);

/// nullopt where an index has none. Throws Error (damaged) for what encode_last_run did not write.
std::optional<LastRun> read_last_run(const Xapian::Database& index);

}  // namespace lede
