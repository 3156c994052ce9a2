#include "query/time_limit.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "console/run_tool.hpp"
#include "corpus/unicode.hpp"
#include "query/options.hpp"

namespace lede {
namespace {

constexpr int kSignal = SIGALRM;

/// What is called here must be safe in a signal's handler.
void end_process(int, siginfo_t* info, void*) {
  if (info->si_code != SI_TIMER) return;  // another process has sent it
  const auto* last_words = static_cast<const std::string*>(info->si_value.sival_ptr);
  [[maybe_unused]] const ssize_t written =
      ::write(STDERR_FILENO, last_words->data(), last_words->size());
  ::_exit(static_cast<int>(ExitStatus::resources));
}

[[noreturn]] void fail_to_watch() {
  throw Error(fmt::format("cannot limit the time of a question: {}",
                          ascii_lower(std::generic_category().message(errno))),
              "ask without a limit: --timeout 0", ExitStatus::resources);
}

/// A parent may have left the signal ignored or blocked.
void listen() {
  struct sigaction action {};
  action.sa_sigaction = end_process;
  action.sa_flags = SA_SIGINFO;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, kSignal);
  if (sigaction(kSignal, &action, nullptr) != 0 ||
      pthread_sigmask(SIG_UNBLOCK, &signals, nullptr) != 0)
    fail_to_watch();
}

timer_t start_timer(std::chrono::nanoseconds limit, std::string& last_words) {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = kSignal;
  event.sigev_value.sival_ptr = &last_words;
  timer_t timer{};
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) fail_to_watch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit);
  itimerspec once{};
  once.it_value.tv_sec = seconds.count();
  once.it_value.tv_nsec = (limit - seconds).count();
  if (timer_settime(timer, 0, &once, nullptr) != 0) fail_to_watch();
  return timer;
}

}  // namespace

TimeLimit time_limit(double seconds) {
  if (seconds <= 0) return std::nullopt;
  using namespace std::chrono_literals;
  const auto exact = std::chrono::duration<double>(seconds);
  return std::max(1ns, std::chrono::duration_cast<std::chrono::nanoseconds>(exact));
}

Error time_limit_error(TimeLimit limit) {
  const double seconds =
      std::chrono::duration<double>(limit.value_or(TimeLimit::value_type{})).count();
  return Error(fmt::format("the question took longer than {} s", seconds),
               "ask with fewer or rarer words, or allow it more: --timeout SECONDS",
               ExitStatus::resources);
}

Watchdog::Watchdog(TimeLimit limit) {
  if (!limit) return;
  last_words_ = error_lines(kQueryTool, time_limit_error(limit));
  listen();
  timer_ = start_timer(*limit, last_words_);
}

Watchdog::~Watchdog() {
  if (timer_) timer_delete(*timer_);
}

}  // namespace lede
