#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace lede {

/// Tries again and again, at least once, until `attempt` returns true or so much time is over.
bool wait_for(std::chrono::seconds time, const std::function<bool()>& attempt);

/// Looks at the folder of an index, or where one is to be made; makes nothing. Throws Error
/// (no_index) for something else, or a database without a stub, as older ledes made them.
void refuse_what_is_no_index(const std::string& path);

/// A lock on a file, as libxapian's writers take theirs; held as long as this lives, and let go of
/// when the process ends, however that comes.
class FileLock {
 public:
  /// Makes the file where it is not there. `index` names the index in messages. Throws Error:
  /// locked when another process has it all the time; resources.
  FileLock(const std::string& file, const std::string& index, std::chrono::seconds wait);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_;
};

/// Whether writers other than lede's may come to the build in use.
enum class OtherWriters : std::uint8_t { come, are_kept_out };

/// The folder of an index, in the hands of its one writer.
///
/// It holds a stub, which names the build in use, and that build: a folder with a database of
/// libxapian. A build is made beside it and then takes its place in one step: readers see the one
/// or the other, whole. No build has the name of one that readers may have known. What stops the
/// process leaves what was published before; what else it leaves goes when the next writer comes.
class IndexFolder {
 public:
  /// Makes the folder where there is none, waits up to `lock_wait` for another writer of lede, and
  /// clears what was left. Throws Error: locked; no_index for a folder that holds something else,
  /// or a database without a stub, as older ledes made them; resources.
  IndexFolder(std::string path, std::chrono::seconds lock_wait);
  /// Takes away a build that was begun and not published, and its part.
  ~IndexFolder();
  IndexFolder(const IndexFolder&) = delete;
  IndexFolder& operator=(const IndexFolder&) = delete;

  const std::string& path() const { return path_; }
  std::chrono::seconds lock_wait() const { return lock_wait_; }

  /// Is there a build that readers see?
  bool has_index() const { return published_ != 0; }

  /// Keeps other writers than lede's out of the build in use, too, until publish() or the end.
  /// Waits up to `lock_wait`. Throws Error: locked, damaged for a build that is gone, resources.
  void keep_others_out();

  /// Begins a build: an empty folder, at tables(). Keeps others out of the build in use, unless the
  /// caller does, who has it open for writing. Throws Error: locked, resources.
  void begin_build(OtherWriters others = OtherWriters::come);

  /// Makes an empty folder for a part of the next build, and returns its path. It goes with
  /// remove_part(), or as a build does that was begun and not published. Throws Error (resources).
  std::string make_part();
  void remove_part();

  /// The folder of the build that was begun, else of the one in use.
  std::string tables() const;

  /// Makes the build that was begun last and shows it to readers, then deletes the older ones. No
  /// build begun is no error. Nobody writes the older ones, and the new one is complete. Throws
  /// Error (resources); then the build in use is the one before, or the new one.
  void publish();

 private:
  std::string path_of(std::uint64_t build) const;
  bool holds_build() const;
  void remove_builds_but(std::uint64_t build);

  std::string path_;
  std::chrono::seconds lock_wait_;
  std::optional<FileLock> lock_;
  std::optional<FileLock> foreign_lock_;  // libxapian's, of the build in use
  std::uint64_t published_ = 0;           // a build's number; 0: none
  std::uint64_t begun_ = 0;
  std::uint64_t part_ = 0;
  std::uint64_t highest_ = 0;  // of all that have been there
};

/// The folder of an index that is there; makes nothing. Throws Error as IndexFolder, and no_index.
std::unique_ptr<IndexFolder> hold_index(const std::string& path, std::chrono::seconds lock_wait);

/// Bytes of all files in the folder of an index; 0 where there is none.
std::uint64_t size_of_index(const std::string& path);

}  // namespace lede
