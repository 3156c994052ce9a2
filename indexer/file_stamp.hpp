#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <sys/stat.h>

namespace lede {

/// What tells, at the cost of one stat, whether a file is the one that was read.
struct FileStamp {
  std::uint64_t bytes = 0;
  std::int64_t mtime_ns = 0;  ///< nanoseconds since 1970
  std::uint64_t inode = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

FileStamp stamp_of(const struct stat& status);

/// The stamp of the regular file at `path`, links followed; nullopt where there is none now.
std::optional<FileStamp> stamp_of(const std::string& path);

/// As stamp_of(path), for a file that is about to be read. A file that was written a moment ago is
/// waited for, some milliseconds, until the clock that file systems take their times from has gone
/// on: whatever is written after the stamp was taken then has another time.
std::optional<FileStamp> settled_stamp_of(const std::string& path);

}  // namespace lede
