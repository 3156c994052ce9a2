#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "corpus/readers/records/record_fields.hpp"

namespace lede {

/// What reading may cost; whatever passes one is skipped, and named.
struct ReadLimits {
  std::size_t record_bytes = std::size_t{64} << 20;       ///< one record, or a file read whole
  unsigned nesting = 3;                                   ///< archives in archives
  std::uint64_t member_bytes = std::uint64_t{256} << 20;  ///< one member, unpacked
  std::uint64_t members = 10'000'000;                     ///< in one file, at any depth
  std::uint64_t total_bytes = std::uint64_t{64} << 30;    ///< out of one file, unpacked
  unsigned growth = 100;         ///< unpacked bytes for each packed one, once there are 1 MiB
  unsigned filter_seconds = 60;  ///< a child process's time
  std::uint64_t filter_memory_bytes = std::uint64_t{1} << 30;
};

/// `--map FIELD=KEY`: a key of the user's records and the field it fills.
struct FieldMapping {
  RecordField field;
  std::string key;  ///< `maintext`, `source.name`, `contents[*].content`; `3` for a third column
};

/// `--filter EXT=COMMAND`: a command that turns files of a kind into text on its standard output.
struct Filter {
  std::string extension;  ///< with its dot, lower case: `.doc`
  std::string command;    ///< for the shell; `{}`, never in quotes, stands for the file
};

/// What a run's command line says about reading; the same for all of its files.
struct ReadOptions {
  std::string format;  ///< every file is of this format; empty: each is detected
  std::vector<FieldMapping> mappings;
  std::vector<Filter> filters;
  bool reads_drafts = false;         ///< take articles that say that they are drafts
  std::function<bool()> is_stopped;  ///< has the run been asked to stop? Asked while a child works
  /// Told with each result how many bytes of the file at hand have been read, as they lie on disk.
  std::function<void(std::uint64_t bytes)> note_bytes_read;
  ReadLimits limits;
};

}  // namespace lede
