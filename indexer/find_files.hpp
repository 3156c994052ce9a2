#pragma once

#include <functional>
#include <string>
#include <vector>

#include "corpus/readers/reader.hpp"
#include "indexer/file_stamp.hpp"
#include "indexer/paths.hpp"

namespace lede {

/// A file to read.
struct FoundFile {
  std::string path;  ///< absolute and normal; `-` is standard input
  FileStamp stamp;   ///< all zero for standard input

  friend bool operator==(const FoundFile&, const FoundFile&) = default;
};

/// A path that was named.
struct FoundRoot {
  std::string path;        ///< absolute and normal
  bool is_there = false;   ///< false also where it cannot be looked at
  bool has_files = false;  ///< a file, or a folder with at least one somewhere below it
};

/// What lies at the paths that were named.
struct FoundFiles {
  std::vector<FoundFile> files;
  std::vector<FoundRoot> roots;  ///< all but standard input
  std::vector<Skipped> skipped;
};

/// The files at `paths`, folders walked in the byte order of their names, so that the same folder
/// always gives the same list; each file once. Within folders, hidden entries are passed over,
/// links to folders are not followed, and pipes, sockets and devices are Skipped; so is what cannot
/// be looked at. Never opens a file; one stat for each. Ends early when `is_stopped` says so.
FoundFiles find_files(
    const std::vector<std::string>& paths,
    const std::function<bool()>& is_stopped = [] { return false; });

/// As find_files, but looks only at those that have changed: absolute paths with all below them,
/// also of what is gone, which is no Skipped then. The roots are these, as entries of folders with
/// files; of a path that was named and has no files, it is that path. What lies below none is
/// passed over; what lies in folders that find_files does not enter should not be named.
FoundFiles find_changed_files(const std::vector<std::string>& paths, const PathSet& changed,
                              const std::function<bool()>& is_stopped);

}  // namespace lede
