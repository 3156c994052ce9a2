#pragma once

#include <stdexcept>
#include <string>

namespace lede {

/// How a process of lede ends. The man pages document these numbers; scripts rely on them.
enum class ExitStatus : int {
  success = 0,
  nothing_found = 1,   ///< lede-query: the question was understood, no article answers it
  inputs_skipped = 1,  ///< lede-index: done, but some inputs could not be read
  usage = 2,           ///< a bad option, or a query that cannot be read
  no_index = 3,        ///< there is no index, or one made under rules this lede does not know
  locked = 4,          ///< another process is writing the index
  resources = 5,       ///< input/output failed, or memory or disk ran out
  damaged = 6,         ///< the index contradicts itself
  interrupted = 130,   ///< ended by SIGINT, what was done is kept
  terminated = 143,    ///< ended by SIGTERM, what was done is kept
};

/// Something that stops a command: what happened, what to do next, and how the process ends.
///
/// `what()` is lower-case and names the thing; `hint()` may be empty. An article that cannot be
/// read is not an Error: see Skipped in corpus/readers/reader.hpp.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& what, std::string hint = {},
                 ExitStatus status = ExitStatus::usage)
      : std::runtime_error(what), hint_(std::move(hint)), status_(status) {}

  const std::string& hint() const noexcept { return hint_; }
  ExitStatus status() const noexcept { return status_; }

 private:
  std::string hint_;
  ExitStatus status_;
};

}  // namespace lede
