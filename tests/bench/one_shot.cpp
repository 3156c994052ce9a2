// How long commands take as whole processes. This program is small, so that starting them is cheap.
//
//   one_shot_bench RUNS COMMAND [ARGUMENT...]
//
// Runs a command and an empty process in turns. Prints the median and the ninetieth percentile of
// both, in milliseconds, and what the command takes above the empty process.
//
//   one_shot_bench --turns <COMMANDS
//
// Runs each of the commands once, in their order. A command is its arguments, each with a NUL byte
// behind it, and one NUL byte more. Prints a JSON array with an object for each: `ms`, wall time;
// `cpu_ms`, what the process used of the processors; `status`, its exit status; `bytes`, its
// output.
//
// What a command prints goes through a pipe that is read to its end; its errors go nowhere.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <iterator>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;
using Command = std::vector<std::string>;

struct Run {
  double ms = 0;
  double cpu_ms = 0;
  int status = 0;
  std::size_t bytes = 0;
};

/// A pipe that only its writing end is handed down of.
class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  }
  ~Pipe() {
    close(ends_[0]);
    close_writing();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writing() const { return ends_[1]; }
  void close_writing() {
    if (ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

  /// Reads until nobody can write any more. Returns the number of bytes.
  std::size_t drain() {
    std::array<char, 1 << 16> buffer;
    std::size_t bytes = 0;
    for (ssize_t got = 1; got > 0; bytes += static_cast<std::size_t>(got))
      got = std::max<ssize_t>(0, read(ends_[0], buffer.data(), buffer.size()));
    return bytes;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// Where the streams of a child lead.
class Streams {
 public:
  explicit Streams(int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

double milliseconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

Run run(const Command& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  Pipe output;
  const Streams streams(output.writing());
  pid_t child = 0;
  int status = 0;
  rusage used{};
  const auto started = std::chrono::steady_clock::now();
  if (posix_spawnp(&child, arguments[0], streams.actions(), nullptr, arguments.data(), environ) !=
      0)
    throw std::runtime_error("cannot run " + command[0]);
  output.close_writing();
  const std::size_t bytes = output.drain();
  if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status))
    throw std::runtime_error("was ended by a signal: " + command[0]);
  const double ms = Milliseconds(std::chrono::steady_clock::now() - started).count();
  return {ms, milliseconds_of(used.ru_utime) + milliseconds_of(used.ru_stime), WEXITSTATUS(status),
          bytes};
}

// ---- one command beside an empty one

double at_share(std::vector<double> times, double share) {
  const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(times.size() - 1));
  std::nth_element(times.begin(), times.begin() + place, times.end());
  return times[static_cast<std::size_t>(place)];
}

void print(const char* name, const std::vector<double>& times) {
  std::printf("%-12s median %.2f ms, ninetieth percentile %.2f ms\n", name, at_share(times, 0.5),
              at_share(times, 0.9));
}

void compare_with_empty(const Command& command, int runs) {
  std::vector<double> of_empty;
  std::vector<double> of_command;
  for (int turn = 0; turn < runs; ++turn) {
    of_empty.push_back(run({"true"}).ms);
    of_command.push_back(run(command).ms);
  }
  print("empty", of_empty);
  print("command", of_command);
  std::printf("%-12s median %.2f ms\n", "above empty",
              at_share(of_command, 0.5) - at_share(of_empty, 0.5));
}

// ---- commands in turns

std::vector<Command> read_commands(std::istream& input) {
  std::vector<Command> commands;
  Command command;
  for (std::string argument; std::getline(input, argument, '\0');) {
    if (!argument.empty()) {
      command.push_back(std::move(argument));
    } else if (!command.empty()) {
      commands.push_back(std::exchange(command, {}));
    }
  }
  return commands;
}

void run_turns(const std::vector<Command>& commands) {
  std::vector<Run> runs;
  runs.reserve(commands.size());
  for (const Command& command : commands) runs.push_back(run(command));
  const char* separator = "[";
  for (const Run& each : runs) {
    std::printf("%s{\"ms\":%.4f,\"cpu_ms\":%.4f,\"status\":%d,\"bytes\":%zu}", separator, each.ms,
                each.cpu_ms, each.status, each.bytes);
    separator = ",\n";
  }
  std::puts(runs.empty() ? "[]" : "]");
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc == 2 && std::string_view(argv[1]) == "--turns") {
    run_turns(read_commands(std::cin));
    return 0;
  }
  const int runs = argc > 2 ? std::atoi(argv[1]) : 0;
  if (runs < 1) {
    std::fputs("usage: one_shot_bench RUNS COMMAND [ARGUMENT...], or one_shot_bench --turns\n",
               stderr);
    return 2;
  }
  compare_with_empty(Command(argv + 2, argv + argc), runs);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "one_shot_bench: %s\n", error.what());
  return 1;
}
