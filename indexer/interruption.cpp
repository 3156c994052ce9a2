#include "indexer/interruption.hpp"

#include <csignal>

namespace lede {
namespace {

/// A signal handler reaches nothing but a global: this is the project's only one.
volatile std::sig_atomic_t requested_signal = 0;  // NOLINT(*-avoid-non-const-global-variables)

extern "C" void note_signal(int signal) {
  requested_signal = signal;
  std::signal(signal, SIG_DFL);  // the second one ends the process
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

}  // namespace lede
