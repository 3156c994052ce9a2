#pragma once

#include <string>

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

}  // namespace lede
