#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/readers/read_options.hpp"
#include "indexer/file_registry.hpp"
#include "indexer/find_files.hpp"

namespace lede {

/// What becomes of the articles of files that are gone.
enum class Pruning : std::uint8_t {
  automatic,  ///< removed, but not where a path that was named is missing or holds no file
  always,     ///< removed, also those that cannot be looked at
  never,
};

/// Whether there is something at a path.
enum class Presence : std::uint8_t { there, gone, unknown };

/// Looks: gone is what certainly is no file and no link any more; unknown what nobody may look at.
Presence presence_of(const std::string& path);

/// The same for all that decides what articles come out of a file, beside the file: options, and
/// the version of lede. Another number, and the file is read again.
std::uint64_t reading_hash(const ReadOptions& options);

/// XXH3-128 of a file's bytes; nullopt where they cannot be read, or `is_stopped` says so.
std::optional<Checksum> checksum_of(const std::string& path,
                                    const std::function<bool()>& is_stopped);

/// What a plan is made by. The functions look at the disk; all else is in their hands.
struct PlanRules {
  std::uint64_t reading = 0;  ///< reading_hash()
  Pruning pruning = Pruning::automatic;
  std::function<Presence(const std::string& path)> presence = presence_of;
  std::function<std::optional<Checksum>(const std::string& path)> checksum;  ///< or empty: stamps
};

/// A file to read.
struct FileToRead {
  FoundFile file;
  std::string moved_from;  ///< the path it had when it was read, or empty
  Checksum checksum;       ///< where it was asked for
};

/// Files whose articles stay although the files were not found.
struct KeptFiles {
  std::string root;
  std::uint64_t files = 0;
  bool is_root_there = false;  ///< the root has files, but these cannot be looked at
};

/// What an update has to do.
struct UpdatePlan {
  std::vector<FileToRead> to_read;   ///< new, changed and moved files, in the order found
  std::vector<FoundFile> restamped;  ///< of the same contents, but another stamp
  /// Registered and as they were; valid until the registry changes.
  std::vector<std::string_view> unchanged;
  std::vector<std::string> vanished;  ///< registered, whose articles go
  std::vector<KeptFiles> kept;

  bool has_work() const { return !to_read.empty() || !restamped.empty() || !vanished.empty(); }
};

/// Compares the files that an index knows with those that were found. A file that is gone and a new
/// one of the same inode, size and time are one that was moved.
UpdatePlan plan_update(const FileRegistry& registry, const FoundFiles& found,
                       const PlanRules& rules);

}  // namespace lede
