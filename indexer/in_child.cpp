#include "indexer/in_child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/readers/programs/child_process.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) {
  throw Error(fmt::format("{}: {}", what, ascii_lower(std::strerror(errno))), {},
              ExitStatus::resources);
}

/// In the child. Never returns: nothing of the parent's may be done twice.
[[noreturn]] void work_and_exit(const std::function<void(int)>& work, int output, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  const rlimit no_dump{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_dump);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(nowhere, STDERR_FILENO);  // what the C library says of a corrupted heap
  try {
    work(output);
  } catch (...) {
    ::_exit(1);
  }
  ::_exit(0);
}

/// Until the child closes its end; false when its time is over.
bool take_output(int input, const std::function<void(std::string_view)>& take,
                 const ChildTime& time) {
  const Clock::time_point end = Clock::now() + time.total;
  std::array<char, 65536> bytes{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    const auto wait = std::min<std::chrono::milliseconds>(left, time.silent);
    pollfd ready{input, POLLIN, 0};
    const int count = ::poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(wait.count(), 0)));
    if (count == 0) return false;
    const ssize_t size = count < 0 ? -1 : ::read(input, bytes.data(), bytes.size());
    if (size == 0) return true;
    if (size > 0) take({bytes.data(), static_cast<std::size_t>(size)});
    if (size < 0 && errno != EINTR) fail("cannot read from a child process");
  }
}

ChildEnd end_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return {ChildEnd::Kind::signalled, WTERMSIG(status)};
  return {WEXITSTATUS(status) == 0 ? ChildEnd::Kind::done : ChildEnd::Kind::failed, 0};
}

}  // namespace

ChildEnd run_in_child(const std::function<void(int output)>& work,
                      const std::function<void(std::string_view)>& take, const ChildTime& time) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("cannot make a pipe");
  const Descriptor input(ends[0]);
  Descriptor output(ends[1]);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) fail("cannot start a child process");
  if (child == 0) work_and_exit(work, output.number(), parent);
  output = Descriptor();
  bool is_in_time = false;
  try {
    is_in_time = take_output(input.number(), take, time);
  } catch (...) {
    ::kill(child, SIGKILL);
    end_of(child);
    throw;
  }
  if (!is_in_time) ::kill(child, SIGKILL);
  const ChildEnd end = end_of(child);
  return is_in_time ? end : ChildEnd{ChildEnd::Kind::too_slow, 0};
}

void write_to(int output, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(output, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail("cannot write to the parent process");
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
}

}  // namespace lede
