#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corpus/readers/reader.hpp"

namespace lede {

/// A file to read.
struct FoundFile {
  std::string path;  ///< absolute and normal; `-` is standard input
  std::uint64_t bytes = 0;

  friend bool operator==(const FoundFile&, const FoundFile&) = default;
};

/// What lies at the paths that were named.
struct FoundFiles {
  std::vector<FoundFile> files;
  std::vector<Skipped> skipped;
};

/// The files at `paths`, folders walked in the byte order of their names, so that the same folder
/// always gives the same list; each file once. Within folders, hidden entries are passed over,
/// links to folders are not followed, and pipes, sockets and devices are Skipped; so is what cannot
/// be looked at. Never opens a file.
FoundFiles find_files(const std::vector<std::string>& paths);

}  // namespace lede
