#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <optional>
#include <string>

namespace lede {

/// How far a run has come.
struct ProgressState {
  std::uint64_t bytes = 0;                   ///< done, as files lie on disk
  std::optional<std::uint64_t> total_bytes;  ///< nullopt: a pipe is among them
  std::uint64_t articles = 0;
  std::string activity = {};  ///< the file at hand, or what is done else
  std::uint64_t files = 0;    ///< read to their end
  bool is_turning = false;    ///< something else is done from now on: shown also before it is due
};

/// How fast it is.
struct ProgressRate {
  double bytes_per_second = 0;  ///< 0: not known yet
};

/// What a terminal of so many columns shows: a bar, done of total, rate, time left, articles and
/// the activity, shortened at its beginning; as many of these as have room, in this order. Without
/// a total no bar, no share and no time left. Safe to show, on one line that never wraps.
std::string format_progress_bar(const ProgressState& state, ProgressRate rate, std::size_t columns);

/// The same but for the bar and the activity, as a line in a log, without its end.
std::string format_progress_line(const ProgressState& state, ProgressRate rate);

/// The rate of the last seconds.
class RateMeter {
 public:
  using Clock = std::chrono::steady_clock;

  /// Takes note of how far the work is; times do not descend.
  void note(Clock::time_point now, std::uint64_t bytes);
  ProgressRate rate() const;

 private:
  struct Sample {
    Clock::time_point time;
    std::uint64_t bytes;
  };
  std::deque<Sample> samples_;
};

/// How a run shows its progress.
enum class ProgressStyle : std::uint8_t {
  none,
  bar,    ///< one line of a terminal, redrawn at most ten times a second, wiped when it goes
  lines,  ///< a line of its own every five seconds
};

/// Says on a stream how far the work is.
class Progress {
 public:
  Progress(std::FILE* stream, ProgressStyle style);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Is it time to show() again? Asking costs little.
  bool is_due() const;
  void show(const ProgressState& state);

  /// Takes the bar away so that a message can be written; the next show() brings it back.
  void wipe();

 private:
  using Clock = RateMeter::Clock;

  void write(const std::string& text);

  std::FILE* stream_;
  ProgressStyle style_;
  bool is_drawn_ = false;
  Clock::time_point sampled_;
  Clock::time_point shown_;
  RateMeter meter_;
};

}  // namespace lede
