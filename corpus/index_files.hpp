#pragma once

#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include <xapian.h>

#include "corpus/error.hpp"

namespace lede {

/// Where the index lies when `--db` is not given: $LEDE_DB, else lede/index in the XDG data folder.
std::string default_index_path();

/// Opens an index for reading. Throws Error: no_index where there is none, damaged, resources.
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
