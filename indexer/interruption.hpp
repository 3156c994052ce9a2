#pragma once

#include <cstdint>
#include <optional>

#include "corpus/error.hpp"

namespace lede {

/// While it lives, SIGINT and SIGTERM ask the work to stop instead of ending the process; a second
/// one ends the process at once. One at a time.
class InterruptionWatch {
 public:
  InterruptionWatch();
  ~InterruptionWatch();
  InterruptionWatch(const InterruptionWatch&) = delete;
  InterruptionWatch& operator=(const InterruptionWatch&) = delete;

  /// How the process should end when it was asked to stop; nullopt while it was not.
  std::optional<ExitStatus> requested() const;
};

/// While it lives, SIGHUP says something instead of ending the process, unless it is ignored, as
/// nohup(1) has it. One at a time.
class HangupWatch {
 public:
  enum class Meaning : std::uint8_t {
    asked,             ///< somebody sent it, as one does to a daemon
    terminal_is_gone,  ///< the one that the process was started at
  };

  HangupWatch();
  ~HangupWatch();
  HangupWatch(const HangupWatch&) = delete;
  HangupWatch& operator=(const HangupWatch&) = delete;

  /// What one has said that came since the last call.
  std::optional<Meaning> take();

 private:
  bool had_terminal_;
};

}  // namespace lede
