#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corpus/settings.hpp"
#include "indexer/last_run.hpp"

namespace lede {

/// How often a value occurs among an index's articles.
struct ValueCount {
  std::string value;
  std::uint64_t articles = 0;

  friend bool operator==(const ValueCount&, const ValueCount&) = default;
};

/// The first and the last day of publishing, UTC: `1987-02-26`. Articles removed since may have
/// been older or newer than any that is left.
struct DateRange {
  std::string first;
  std::string last;
};

/// One of the tables of an index on disk.
struct TableSize {
  std::string table;  ///< `postlist`, `position`, ...; `other` for what is none
  std::uint64_t bytes = 0;
};

/// What an index holds, and how it was made.
struct IndexStatus {
  std::string path;
  std::string uuid;
  std::uint64_t revision = 0;
  std::uint64_t articles = 0;
  std::uint64_t words = 0;  ///< the sum of the articles' lengths, as ranking counts them
  std::vector<LanguageCount> languages;
  std::vector<ValueCount> sources;  ///< the most frequent ones
  std::uint64_t sources_count = 0;  ///< of all
  std::optional<DateRange> dates;   ///< none where no article has a date
  std::uint64_t undated = 0;        ///< articles
  std::vector<TableSize> tables;    ///< the largest first
  IndexSettings settings;
  IndexMakers makers;
  std::optional<LastRun> last_run;  ///< that wrote anything

  std::uint64_t bytes() const;
};

/// Reads the status of the index at `path`; all of it is of one revision, but for the sizes. Throws
/// Error: no_index, damaged, resources.
IndexStatus read_status(const std::string& path);

/// For a person; no line is wider than `width` columns where it can be helped.
std::string format_status(const IndexStatus& status, std::size_t width);

/// One JSON object on a line.
std::string format_status_json(const IndexStatus& status);

}  // namespace lede
