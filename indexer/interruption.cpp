#include "indexer/interruption.hpp"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace lede {
namespace {

/// A signal handler reaches nothing but globals: these are the project's only ones.
volatile std::sig_atomic_t requested_signal = 0;  // NOLINT(*-avoid-non-const-global-variables)
volatile std::sig_atomic_t has_hangup = 0;        // NOLINT(*-avoid-non-const-global-variables)

extern "C" void note_signal(int signal) {
  requested_signal = signal;
  std::signal(signal, SIG_DFL);  // the second one ends the process
}

extern "C" void note_hangup(int) {
  has_hangup = 1;
}

bool has_terminal() {
  const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (terminal >= 0) ::close(terminal);
  return terminal >= 0;
}

}  // namespace

InterruptionWatch::InterruptionWatch() {
  requested_signal = 0;
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
}

InterruptionWatch::~InterruptionWatch() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

std::optional<ExitStatus> InterruptionWatch::requested() const {
  if (requested_signal == SIGINT) return ExitStatus::interrupted;
  if (requested_signal == SIGTERM) return ExitStatus::terminated;
  return std::nullopt;
}

HangupWatch::HangupWatch() : had_terminal_(has_terminal()) {
  has_hangup = 0;
  if (std::signal(SIGHUP, note_hangup) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
}

HangupWatch::~HangupWatch() {
  std::signal(SIGHUP, SIG_DFL);
}

std::optional<HangupWatch::Meaning> HangupWatch::take() {
  if (has_hangup == 0) return std::nullopt;
  has_hangup = 0;
  return had_terminal_ && !has_terminal() ? Meaning::terminal_is_gone : Meaning::asked;
}

}  // namespace lede
