#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <sys/types.h>
#include <thread>
#include <utility>

#include <xapian.h>

#include "corpus/error.hpp"

namespace lede {

/// Where the index lies when `--db` is not given: $LEDE_DB, else lede/index in the XDG data folder.
std::string default_index_path();

/// The file in an index's folder that names the build in use; libxapian follows it as its own stub.
inline constexpr const char* kStubFile = "XAPIANDB";

/// The name of a build's folder, beside the stub: `build-7`.
std::string build_name(std::uint64_t number);

/// The line that is all of a stub.
std::string stub_line(std::uint64_t number);

/// What an index's stub says, and which file that is: two are equal as long as the index was not
/// switched to another build, nor made anew.
struct IndexStub {
  std::uint64_t build = 0;  ///< its number; 0 where there is no stub
  ::ino_t file = 0;
  std::timespec written{};

  friend bool operator==(const IndexStub& one, const IndexStub& other) {
    return one.build == other.build && one.file == other.file &&
           one.written.tv_sec == other.written.tv_sec &&
           one.written.tv_nsec == other.written.tv_nsec;
  }
};

/// Reads the stub of the index at `path`, in a few microseconds. None is no error. Throws Error:
/// no_index for one that lede has not written (libxapian would go wherever it points); resources.
IndexStub read_stub(const std::string& path);

/// Is there an index at `path`? Throws as read_stub().
inline bool has_index(const std::string& path) {
  return read_stub(path).build != 0;
}

/// Where the tables lie that the stub names; the folder of the index itself where there is no stub.
std::string tables_path(const std::string& path, const IndexStub& stub);

/// An index open for reading. While a writer switches to another build and deletes the old one,
/// opening is tried again: what is open is always one build, whole.
class IndexReader {
 public:
  /// Throws Error: no_index where there is none, damaged, resources.
  explicit IndexReader(std::string path);

  const Xapian::Database& database() const { return database_; }

  /// Follows the index to its newest revision, in whatever build that is. True: it is another than
  /// before, and database() may be another object's. Throws as the constructor, or Xapian::Error.
  bool refresh();

 private:
  void open();

  std::string path_;
  IndexStub stub_;
  Xapian::Database database_;
};

/// Opens an index for reading, as IndexReader does.
Xapian::Database open_index(const std::string& path);

/// What a writer says when another one has the index.
Error locked_error(const std::string& path);

/// Turns the Xapian exception in flight into an Error that names the index. Call in a catch block.
[[noreturn]] void rethrow_as_index_error(const std::string& path);

/// Runs `work` on the index at `path`: the one door through which Xapian's exceptions leave.
template <typename Work>
auto with_index(const std::string& path, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const Xapian::Error&) {
    rethrow_as_index_error(path);
  }
}

/// The same for work that reads an index which another process may be writing: it begins with
/// `refresh`, which is to reopen the index, and is done again from there when the index has changed
/// too much meanwhile. What comes out is of one revision. Throws Error (locked) when it changes
/// faster than five attempts.
template <typename Refresh, typename Work>
auto on_one_revision(const std::string& path, Refresh&& refresh, Work&& work) {
  constexpr int kTries = 5;
  auto pause = std::chrono::milliseconds(2);
  return with_index(path, [&] {
    for (int tries = 1;; ++tries) {
      try {
        refresh();
        return work();
      } catch (const Xapian::DatabaseModifiedError&) {
        if (tries == kTries) throw;
        std::this_thread::sleep_for(pause);
        pause *= 3;
      }
    }
  });
}

}  // namespace lede
