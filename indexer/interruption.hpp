#pragma once

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

}  // namespace lede
