#include "console/pager.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "console/become.hpp"
#include "console/terminal.hpp"

namespace lede {
namespace {

using Arguments = std::vector<std::string>;

constexpr int kCannotStart = 127;  // as a shell says it, too

/// Empty: none.
Arguments pager_command() {
  const char* chosen = std::getenv("LEDE_PAGER");
  if (chosen == nullptr) chosen = std::getenv("PAGER");
  if (chosen == nullptr) return {"less", "-FRX"};
  const std::string command = chosen;
  if (command.empty() || command == "cat") return {};
  return {"/bin/sh", "-c", command};
}

bool is_taller_than_terminal(std::string_view text) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  return lines >= terminal_height(stdout);
}

/// While a pager has the terminal its keys are for the pager, and its end is no failure of ours.
class IgnoredSignals {
 public:
  IgnoredSignals() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &ignore, &before_[i]);
  }
  ~IgnoredSignals() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
  }
  IgnoredSignals(const IgnoredSignals&) = delete;
  IgnoredSignals& operator=(const IgnoredSignals&) = delete;

 private:
  static constexpr std::array kSignals{SIGINT, SIGQUIT, SIGPIPE};
  std::array<struct sigaction, kSignals.size()> before_{};
};

[[noreturn]] void become_reader(const Arguments& command, int input) {
  if (dup2(input, STDIN_FILENO) >= 0) become(command);
  _exit(kCannotStart);
}

/// Until all is written, or nobody reads on.
void feed(int output, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(output, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return kCannotStart;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

/// False: it could not be started, and has shown nothing.
bool show_in(const Arguments& command, std::string_view text) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  const pid_t child = fork();
  if (child == 0) become_reader(command, ends[0]);
  close(ends[0]);
  int status = kCannotStart;
  if (child > 0) {
    const IgnoredSignals ignored;
    feed(ends[1], text);
    close(ends[1]);
    status = wait_for(child);
  } else {
    close(ends[1]);
  }
  return status != kCannotStart;
}

}  // namespace

void write_paged(std::string_view text) {
  const bool is_long = is_terminal(stdout) && is_taller_than_terminal(text);
  const Arguments command = is_long ? pager_command() : Arguments{};
  if (command.empty()) return write_all(stdout, text);
  finish_output();
  if (!show_in(command, text)) write_all(stdout, text);
}

}  // namespace lede
