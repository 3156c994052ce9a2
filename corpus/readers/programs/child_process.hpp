#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "corpus/descriptor.hpp"
#include "corpus/readers/input.hpp"

namespace lede {

/// What a child process may cost. All of it is enforced: by the kernel or by killing.
struct ChildLimits {
  unsigned seconds = 60;                                 ///< from its start to its end
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;   ///< address space, of each process
  std::uint64_t output_bytes = std::uint64_t{64} << 20;  ///< on its standard output
  std::uint64_t file_bytes = 0;                          ///< the longest file that it may write
};

struct ChildCommand {
  std::string program;                 ///< a path, as find_program gives it
  std::vector<std::string> arguments;  ///< without the program's own name
  int input = -1;  ///< the child's standard input, and its /dev/fd/3; -1: /dev/null and none
  ChildLimits limits;
  std::function<bool()> is_stopped;  ///< asked several times a second: true ends the child
};

/// How a child process ended.
struct ChildResult {
  enum class End : std::uint8_t {
    exited,           ///< by itself: `number` is its exit status
    signalled,        ///< by a signal that was not ours: `number`
    not_started,      ///< it could not be started: `number` is an errno
    too_slow,         ///< killed for its time
    too_much_output,  ///< killed for its output
    stopped,          ///< killed because the run was asked to stop
  };
  End end = End::not_started;
  int number = 0;
  std::string output;                 ///< its standard output, up to the limit
  std::string complaint;              ///< the first line of its standard error that says something
  bool is_near_memory_limit = false;  ///< it used more than half of what it may

  bool is_success() const { return end == End::exited && number == 0; }
};

/// The program of that name in the absolute folders of $PATH; nullopt when there is none.
std::optional<std::string> find_program(std::string_view name);

/// Runs a program to its end. It leads a session of its own, without a terminal; it has our PATH,
/// HOME, USER, TMPDIR and TZ, the locale C.UTF-8, no descriptor but those named here, and no signal
/// blocked or ignored. When it ends, or is ended, whatever it has started and not awaited is
/// killed, too, and it dies with us.
ChildResult run_child(const ChildCommand& command);

/// Why a child that is no success gave nothing: `pdftotext took longer than 60 seconds`.
std::string describe_failure(std::string_view name, const ChildResult& result,
                             const ChildLimits& limits);

/// A file in memory that holds `bytes`; none when there is no memory for it.
Descriptor memory_file(std::string_view bytes);

/// What a child needs to read the whole of an input of which nothing has been consumed: the file
/// itself where the input is one, else its bytes in memory, at most `limit_bytes`. nullopt when
/// there are more.
std::optional<Descriptor> descriptor_of(Input& input, std::size_t limit_bytes);

}  // namespace lede
