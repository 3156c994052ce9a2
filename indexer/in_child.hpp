#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace lede {

/// How a part of this program ended that ran in a process of its own.
struct ChildEnd {
  enum class Kind : std::uint8_t { done, failed, signalled, too_slow };
  Kind kind = Kind::failed;
  int signal = 0;  ///< where it is `signalled`
};

struct ChildTime {
  std::chrono::seconds silent;  ///< the longest time without output
  std::chrono::seconds total;
};

/// Runs `work` in a child process, which may crash and may go on for ever: it is killed then, and
/// when this process ends. `work` writes to the descriptor it is given, and is `done` when it
/// returns without an exception; `take` gets its output in this process, in pieces of any size. To
/// be called while there is one thread. Throws Error (resources) when no process can be made.
ChildEnd run_in_child(const std::function<void(int output)>& work,
                      const std::function<void(std::string_view)>& take, const ChildTime& time);

/// Writes all of it, for `work`. Throws Error (resources).
void write_to(int output, std::string_view bytes);

}  // namespace lede
