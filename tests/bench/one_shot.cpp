// How long a command takes as a whole process, beside an empty one, over many alternating runs.
//
//   one_shot_bench RUNS COMMAND [ARGUMENT...]
//
// Prints the median and the ninetieth percentile of both, in milliseconds, and what the command
// takes above the empty process. Output of the command goes nowhere.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

/// Redirections to /dev/null for a child.
class Silence {
 public:
  Silence() {
    posix_spawn_file_actions_init(&actions_);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
      posix_spawn_file_actions_addopen(&actions_, stream, "/dev/null", O_WRONLY, 0);
  }
  ~Silence() { posix_spawn_file_actions_destroy(&actions_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

double milliseconds_of(char* const* command, const Silence& silence) {
  const auto started = std::chrono::steady_clock::now();
  pid_t child = 0;
  int status = 0;
  if (posix_spawnp(&child, command[0], silence.actions(), nullptr, command, environ) != 0 ||
      waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
    std::fprintf(stderr, "one_shot_bench: cannot run %s\n", command[0]);
    std::exit(1);
  }
  return Milliseconds(std::chrono::steady_clock::now() - started).count();
}

double at_share(std::vector<double> times, double share) {
  const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(times.size() - 1));
  std::nth_element(times.begin(), times.begin() + place, times.end());
  return times[static_cast<std::size_t>(place)];
}

void print(const char* name, const std::vector<double>& times) {
  std::printf("%-12s median %.2f ms, ninetieth percentile %.2f ms\n", name, at_share(times, 0.5),
              at_share(times, 0.9));
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 2 ? std::atoi(argv[1]) : 0;
  if (runs < 1) {
    std::fprintf(stderr, "usage: one_shot_bench RUNS COMMAND [ARGUMENT...]\n");
    return 2;
  }
  const Silence silence;
  std::string name = "true";
  char* const empty[] = {name.data(), nullptr};
  std::vector<double> of_empty;
  std::vector<double> of_command;
  for (int run = 0; run < runs; ++run) {
    of_empty.push_back(milliseconds_of(empty, silence));
    of_command.push_back(milliseconds_of(argv + 2, silence));
  }
  print("empty", of_empty);
  print("command", of_command);
  std::printf("%-12s median %.2f ms\n", "above empty",
              at_share(of_command, 0.5) - at_share(of_empty, 0.5));
  return 0;
}
