#include "corpus/readers/programs/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

using Clock = std::chrono::steady_clock;
using End = ChildResult::End;

/// Our own descriptors lie above those that the child is given, so that dup2 overwrites none.
constexpr int kLowestDescriptor = 10;
constexpr int kInputDescriptor = 3;
constexpr std::chrono::milliseconds kLongestWait{100};  // until is_stopped is asked again
constexpr std::size_t kComplaintBytes = 4096;
constexpr int kLastReads = 16;  // a pipe holds at most 1 MiB, and a read takes 64 KiB
constexpr std::size_t kReadBytes = std::size_t{64} << 10;
constexpr std::array kKeptVariables{"PATH", "HOME", "USER", "TMPDIR", "TZ"};

// ---- the child's side, between fork and exec: nothing but system calls

/// Everything that the child needs, made before the fork.
struct Launch {
  const char* program;
  char* const* arguments;
  char* const* environment;
  int input;
  bool has_input;
  int output;
  int complaints;
  int report;  ///< takes the errno of what failed; closed by exec
  pid_t parent;
  ChildLimits limits;
};

/// Limits below which we already are stay as they are.
bool set_limit(int resource, rlim_t wanted) {
  rlimit limit{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0) return false;
  limit.rlim_max = std::min(limit.rlim_max, wanted);
  limit.rlim_cur = limit.rlim_max;
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
}

bool set_limits(const ChildLimits& limits) {
  return set_limit(RLIMIT_AS, limits.memory_bytes) && set_limit(RLIMIT_CPU, limits.seconds + 1) &&
         set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_FSIZE, limits.file_bytes);
}

void reset_signals() {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &standard, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool set_descriptors(const Launch& launch) {
  if (::dup2(launch.input, STDIN_FILENO) < 0 || ::dup2(launch.output, STDOUT_FILENO) < 0 ||
      ::dup2(launch.complaints, STDERR_FILENO) < 0) {
    return false;
  }
  if (launch.has_input && ::dup2(launch.input, kInputDescriptor) < 0) return false;
  const unsigned first = launch.has_input ? kInputDescriptor + 1 : kInputDescriptor;
  // An old kernel refuses; ours are closed by exec all the same.
  ::close_range(first, ~0U, CLOSE_RANGE_CLOEXEC);
  return true;
}

/// The child dies with us, whatever we die of; if we are dead already, at once.
bool tie_to_parent(pid_t parent) {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == parent;
}

[[noreturn]] void become_program(const Launch& launch) {
  reset_signals();
  if (::setsid() >= 0 && tie_to_parent(launch.parent) && set_descriptors(launch) &&
      set_limits(launch.limits)) {
    ::execve(launch.program, launch.arguments, launch.environment);
  }
  const int error = errno;
  [[maybe_unused]] const auto written = ::write(launch.report, &error, sizeof error);
  ::_exit(127);
}

// ---- our side

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

Descriptor moved_up(Descriptor descriptor) {
  return Descriptor(::fcntl(descriptor.number(), F_DUPFD_CLOEXEC, kLowestDescriptor));
}

/// A pipe whose ends are closed by exec; without ends when there are too many descriptors.
Pipe make_pipe() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  return {moved_up(Descriptor(ends[0])), moved_up(Descriptor(ends[1]))};
}

bool is_whole(const Pipe& pipe) {
  return pipe.read_end && pipe.write_end;
}

std::vector<std::string> environment() {
  std::vector<std::string> variables{"LC_ALL=C.UTF-8"};
  for (const char* name : kKeptVariables) {
    if (const char* value = std::getenv(name))
      variables.push_back(fmt::format("{}={}", name, value));
  }
  return variables;
}

/// The texts as exec takes them, which promises not to change them; valid as long as they are.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// The errno that the child reports, 0 once it has become the program.
int read_report(const Descriptor& report) {
  int error = 0;
  ssize_t count = 0;
  do {
    count = ::read(report.number(), &error, sizeof error);
  } while (count < 0 && errno == EINTR);
  return count == sizeof error ? error : 0;
}

ChildResult ended(End end, int number = 0) {
  ChildResult result;
  result.end = end;
  result.number = number;
  return result;
}

/// glibc 2.36 declares its own wrapper in a way that C++ cannot link.
int open_pidfd(pid_t pid) {
  return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

/// A child that runs. Destroying it kills its whole group.
class Child {
 public:
  Child(pid_t pid, Descriptor output, Descriptor complaints)
      : pid_(pid),
        leader_(open_pidfd(pid)),  // without it (an old kernel) the waits are only longer
        output_(std::move(output)),
        complaints_(std::move(complaints)) {
    for (const Descriptor* pipe : {&output_, &complaints_}) {
      ::fcntl(pipe->number(), F_SETFL, O_NONBLOCK);
    }
  }
  ~Child() { end_all(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  ChildResult watch(const ChildCommand& command) {
    const auto deadline = Clock::now() + std::chrono::seconds(command.limits.seconds);
    while (!has_exited()) {
      if (command.is_stopped && command.is_stopped()) return ended(End::stopped);
      if (Clock::now() >= deadline) return ended(End::too_slow);
      wait_for_news(deadline);
      take_output(command.limits.output_bytes);
      take_complaints();
      if (text_.size() > command.limits.output_bytes) return ended(End::too_much_output);
    }
    return result_of_exit(command);
  }

 private:
  /// Its number stays its own until end_all reaps it.
  bool has_exited() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == pid_;
  }

  void wait_for_news(Clock::time_point deadline) {
    std::array<pollfd, 3> news{pollfd{output_.number(), POLLIN, 0},
                               pollfd{complaints_.number(), POLLIN, 0},
                               pollfd{leader_.number(), POLLIN, 0}};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    const auto wait = std::clamp(left, std::chrono::milliseconds{0}, kLongestWait);
    ::poll(news.data(), news.size(), static_cast<int>(wait.count()));  // interrupted: we ask again
  }

  /// Reads once from a pipe to the end of `text`; closes the pipe at its end.
  static bool read_some(Descriptor& pipe, std::string& text) {
    if (!pipe) return false;
    const std::size_t held = text.size();
    text.resize(held + kReadBytes);
    const ssize_t count = ::read(pipe.number(), text.data() + held, kReadBytes);
    const bool is_over = count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
    text.resize(held + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (is_over) pipe = Descriptor();
    return count > 0;
  }

  bool take_output(std::uint64_t limit_bytes) {
    return text_.size() <= limit_bytes && read_some(output_, text_);
  }

  /// Reads on when enough has been said: a full pipe would hold the child up.
  bool take_complaints() {
    const bool has_read = read_some(complaints_, complaints_text_);
    complaints_text_.resize(std::min(complaints_text_.size(), kComplaintBytes));
    return has_read;
  }

  void take_the_rest(std::uint64_t limit_bytes) {
    for (int count = 0; count < kLastReads && take_output(limit_bytes); ++count) {
    }
    for (int count = 0; count < kLastReads && take_complaints(); ++count) {
    }
  }

  ChildResult result_of_exit(const ChildCommand& command) {
    const int status = end_all();
    take_the_rest(command.limits.output_bytes);
    if (text_.size() > command.limits.output_bytes) return ended(End::too_much_output);
    ChildResult result = WIFSIGNALED(status) ? ended(End::signalled, WTERMSIG(status))
                                             : ended(End::exited, WEXITSTATUS(status));
    result.output = std::move(text_);
    result.complaint = first_complaint();
    result.is_near_memory_limit = peak_bytes_ > command.limits.memory_bytes / 2;
    return result;
  }

  std::string first_complaint() const {
    const std::string_view text = trimmed(complaints_text_);
    return clean_line(text.substr(0, text.find('\n')));
  }

  /// Kills the group, then reaps its leader: the other way round its number could be another's.
  int end_all() {
    if (pid_ <= 0) return 0;
    ::kill(-pid_, SIGKILL);
    int status = 0;
    rusage usage{};
    while (::wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    peak_bytes_ = own_peak(usage);
    return status;
  }

  /// The peak that the kernel names is at least ours: the child began as our copy.
  static std::uint64_t own_peak(const rusage& usage) {
    rusage ours{};
    ::getrusage(RUSAGE_SELF, &ours);
    if (usage.ru_maxrss <= ours.ru_maxrss) return 0;
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  }

  pid_t pid_;
  Descriptor leader_;
  Descriptor output_;
  Descriptor complaints_;
  std::string text_;
  std::string complaints_text_;
  std::uint64_t peak_bytes_ = 0;
};

std::string name_of_signal(int number) {
  const char* name = ::sigdescr_np(number);
  return name == nullptr ? fmt::format("signal {}", number)
                         : fmt::format("signal {} ({})", number, ascii_lower(name));
}

std::string with_reason(std::string text, const ChildResult& result, const ChildLimits& limits) {
  if (result.is_near_memory_limit) {
    text += fmt::format(", near its limit of {} MiB of memory", limits.memory_bytes >> 20);
  }
  if (!result.complaint.empty()) text += ": " + result.complaint;
  return text;
}

}  // namespace

std::optional<std::string> find_program(std::string_view name) {
  const char* variable = std::getenv("PATH");
  std::string_view folders = variable == nullptr ? "/usr/local/bin:/usr/bin:/bin" : variable;
  while (!folders.empty()) {
    const std::string_view folder = folders.substr(0, folders.find(':'));
    folders.remove_prefix(std::min(folder.size() + 1, folders.size()));
    const std::string path = fmt::format("{}/{}", folder, name);
    struct stat status {};
    // A folder that is not absolute would let the place we are called from choose the program.
    if (folder.starts_with('/') && ::access(path.c_str(), X_OK) == 0 &&
        ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
      return path;
    }
  }
  return std::nullopt;
}

ChildResult run_child(const ChildCommand& command) {
  std::vector<std::string> words{command.program};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> variables = environment();
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> environment = pointers_to(variables);
  Pipe output = make_pipe();
  Pipe complaints = make_pipe();
  Pipe report = make_pipe();
  const bool has_input = command.input >= 0;
  const Descriptor input =
      moved_up(Descriptor(has_input ? ::fcntl(command.input, F_DUPFD_CLOEXEC, kLowestDescriptor)
                                    : ::open("/dev/null", O_RDONLY | O_CLOEXEC)));
  if (!is_whole(output) || !is_whole(complaints) || !is_whole(report) || !input) {
    return ended(End::not_started, errno);
  }
  const Launch launch{command.program.c_str(),
                      arguments.data(),
                      environment.data(),
                      input.number(),
                      has_input,
                      output.write_end.number(),
                      complaints.write_end.number(),
                      report.write_end.number(),
                      ::getpid(),
                      command.limits};
  const pid_t pid = ::fork();
  if (pid < 0) return ended(End::not_started, errno);
  if (pid == 0) become_program(launch);
  for (Pipe* pipe : {&output, &complaints, &report}) pipe->write_end = Descriptor();
  Child child(pid, std::move(output.read_end), std::move(complaints.read_end));
  if (const int error = read_report(report.read_end)) return ended(End::not_started, error);
  return child.watch(command);
}

std::string describe_failure(std::string_view name, const ChildResult& result,
                             const ChildLimits& limits) {
  switch (result.end) {
    case End::exited:
      return with_reason(fmt::format("{} failed with status {}", name, result.number), result,
                         limits);
    case End::signalled:
      return with_reason(fmt::format("{} was ended by {}", name, name_of_signal(result.number)),
                         result, limits);
    case End::not_started:
      return fmt::format("{} cannot be started: {}", name,
                         ascii_lower(std::strerror(result.number)));
    case End::too_slow:
      return fmt::format("{} took longer than {} seconds", name, limits.seconds);
    case End::too_much_output:
      return fmt::format("{} wrote more than {} bytes", name, limits.output_bytes);
    case End::stopped:
      break;
  }
  return fmt::format("{} was interrupted", name);
}

Descriptor memory_file(std::string_view bytes) {
  Descriptor file(::memfd_create("lede", MFD_CLOEXEC));
  while (file && !bytes.empty()) {
    const ssize_t count = ::write(file.number(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) return Descriptor();
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  if (file) ::lseek(file.number(), 0, SEEK_SET);
  return file;
}

std::optional<Descriptor> descriptor_of(Input& input, std::size_t limit_bytes) {
  if (const int file = input.descriptor(); file >= 0) {
    // Opened anew, because a duplicate would share the place up to which we have read.
    const std::string path = fmt::format("/proc/self/fd/{}", file);
    Descriptor own(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (own) return own;
  }
  const auto bytes = input.all(limit_bytes);
  if (!bytes) return std::nullopt;
  return memory_file(*bytes);
}

}  // namespace lede
