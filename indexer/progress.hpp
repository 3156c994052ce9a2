#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>

namespace lede {

/// How far a run has come.
struct ProgressState {
  std::uint64_t files_read = 0;
  std::uint64_t files_found = 0;
  std::uint64_t bytes = 0;
  std::uint64_t articles = 0;
};

/// A line on a terminal that says how far the work is: files, MB, MB/s, articles. Redrawn at most
/// ten times a second, and wiped when it goes.
class ProgressLine {
 public:
  /// Writes to `stream`; not shown at all unless `is_shown`.
  ProgressLine(std::FILE* stream, bool is_shown);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const ProgressState& state);

  /// Takes the line away so that a message can be written; the next show() brings it back.
  void wipe();

 private:
  using Clock = std::chrono::steady_clock;

  std::FILE* stream_;
  bool is_shown_;
  bool is_drawn_ = false;
  Clock::time_point started_;
  Clock::time_point drawn_;
};

}  // namespace lede
