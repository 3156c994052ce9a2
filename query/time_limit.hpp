#pragma once

#include <chrono>
#include <ctime>
#include <optional>
#include <string>

#include "corpus/error.hpp"

namespace lede {

/// How long a question may take; nullopt: as long as it likes.
using TimeLimit = std::optional<std::chrono::nanoseconds>;

/// What --timeout's seconds mean; 0 is no limit.
TimeLimit time_limit(double seconds);

/// What is said of a question that took longer.
Error time_limit_error(TimeLimit limit);

/// Ends the process when this object lives longer than the limit, whatever the process is doing
/// then: time_limit_error() is reported as run_tool() would, and the status is its own. Nothing is
/// unwound or flushed, so while it lives nothing may be written that must not stay a part.
///
/// A timer of the system and SIGALRM, no thread: it costs a few system calls. One at a time.
class Watchdog {
 public:
  explicit Watchdog(TimeLimit limit);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  std::string last_words_;  // the signal's handler cannot put them together
  std::optional<timer_t> timer_;
};

/// Does `work` under a Watchdog.
template <typename Work>
auto within(TimeLimit limit, Work&& work) {
  const Watchdog watchdog(limit);
  return std::forward<Work>(work)();
}

}  // namespace lede
