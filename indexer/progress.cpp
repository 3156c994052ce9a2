#include "indexer/progress.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "console/printable.hpp"
#include "console/run_tool.hpp"
#include "console/terminal.hpp"
#include "indexer/options.hpp"
#include "indexer/report.hpp"

namespace lede {
namespace {

constexpr std::chrono::milliseconds kRedrawAfter{100};
constexpr std::chrono::seconds kLineAfter{5};
constexpr std::chrono::seconds kRateSpan{5};
constexpr std::size_t kFewestColumns = 16;  // of an activity: fewer would say nothing

/// Done of total, from 0 to 1; a file may have grown since it was found.
double share_of(const ProgressState& state) {
  if (state.total_bytes.value_or(0) == 0) return 1;
  const auto total = static_cast<double>(*state.total_bytes);
  return std::min(1.0, static_cast<double>(state.bytes) / total);
}

std::string format_bar(double share, std::size_t columns) {
  const auto done = static_cast<std::size_t>(share * static_cast<double>(columns));
  std::string bar;
  for (std::size_t at = 0; at < columns; ++at) bar += at < done ? "━" : "╌";
  return bar;
}

/// `0:09`, `12:30`, `1:02:03`.
std::string format_duration(std::uint64_t seconds) {
  const std::uint64_t minutes = seconds / 60;
  if (minutes < 60) return fmt::format("{}:{:02}", minutes, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", minutes / 60, minutes % 60, seconds % 60);
}

std::optional<std::string> time_left(const ProgressState& state, ProgressRate rate) {
  constexpr double kLongestSeconds = 360'000;  // of more, nothing sure can be said
  if (!state.total_bytes || rate.bytes_per_second <= 0) return std::nullopt;
  const auto total = static_cast<double>(*state.total_bytes);
  const double seconds = total * (1 - share_of(state)) / rate.bytes_per_second;
  if (seconds > kLongestSeconds) return std::nullopt;
  return format_duration(static_cast<std::uint64_t>(seconds + .5)) + " left";
}

/// What there is to say in numbers, the most telling first.
std::vector<std::string> figures_of(const ProgressState& state, ProgressRate rate) {
  std::vector<std::string> figures;
  figures.push_back(state.total_bytes ? fmt::format("{} of {}", format_bytes(state.bytes),
                                                    format_bytes(*state.total_bytes))
                                      : format_bytes(state.bytes));
  if (rate.bytes_per_second > 0)
    figures.push_back(
        fmt::format("{}/s", format_bytes(static_cast<std::uint64_t>(rate.bytes_per_second))));
  if (auto left = time_left(state, rate)) figures.push_back(std::move(*left));
  figures.push_back(count_of(state.articles, "article", "articles"));
  return figures;
}

std::string format_share(const ProgressState& state) {
  return fmt::format("{:3} %", static_cast<int>(share_of(state) * 100));
}

/// A line of parts with two spaces between them, as far as there is room.
class FittedLine {
 public:
  explicit FittedLine(std::size_t columns) : room_(columns) {}

  /// False when it has no room any more; then nothing has any.
  bool add(const std::string& part) {
    const std::size_t columns = columns_of_text(part) + (text_.empty() ? 0 : 2);
    if (columns > room_) room_ = 0;
    if (room_ == 0) return false;
    text_ += (text_.empty() ? "" : "  ") + part;
    room_ -= columns;
    return true;
  }

  std::size_t room() const { return room_ < 2 ? 0 : room_ - 2; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t room_;
};

}  // namespace

std::string format_progress_bar(const ProgressState& state, ProgressRate rate,
                                std::size_t columns) {
  FittedLine line(columns > 0 ? columns - 1 : 0);  // a full line would wrap
  if (state.total_bytes) {
    line.add(format_bar(share_of(state), columns < 120 ? 10 : 24));
    line.add(format_share(state));
  }
  bool has_room = true;
  for (const std::string& figure : figures_of(state, rate)) has_room = has_room && line.add(figure);
  if (line.room() >= kFewestColumns)
    line.add(cut_front_to_columns(printable_line(state.activity), line.room()));
  return line.take();
}

std::string format_progress_line(const ProgressState& state, ProgressRate rate) {
  std::string line = state.total_bytes ? format_share(state) : std::string();
  line.erase(0, line.find_first_not_of(' '));
  for (const std::string& figure : figures_of(state, rate))
    line += (line.empty() ? "" : ", ") + figure;
  return line;
}

void RateMeter::note(Clock::time_point now, std::uint64_t bytes) {
  samples_.push_back({now, bytes});
  while (samples_.size() > 2 && now - samples_[1].time >= kRateSpan) samples_.pop_front();
}

ProgressRate RateMeter::rate() const {
  if (samples_.size() < 2) return {};
  const std::chrono::duration<double> span = samples_.back().time - samples_.front().time;
  if (span.count() <= 0) return {};
  return {static_cast<double>(samples_.back().bytes - samples_.front().bytes) / span.count()};
}

Progress::Progress(std::FILE* stream, ProgressStyle style)
    : stream_(stream), style_(style), sampled_(Clock::now()), shown_(sampled_) {
  meter_.note(sampled_, 0);
}

Progress::~Progress() {
  wipe();
}

bool Progress::is_due() const {
  return style_ != ProgressStyle::none && Clock::now() - sampled_ >= kRedrawAfter;
}

void Progress::show(const ProgressState& state) {
  if (style_ == ProgressStyle::none) return;
  sampled_ = Clock::now();
  meter_.note(sampled_, state.bytes);
  if (style_ == ProgressStyle::bar) {
    write("\r" + format_progress_bar(state, meter_.rate(), terminal_width(stream_)) + "\x1b[K");
    is_drawn_ = true;
  } else if (sampled_ - shown_ >= kLineAfter) {
    write(fmt::format("{}: {}\n", kIndexTool, format_progress_line(state, meter_.rate())));
    shown_ = sampled_;
  }
}

void Progress::wipe() {
  if (!is_drawn_) return;
  write("\r\x1b[K");
  is_drawn_ = false;
}

void Progress::write(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stream_);
  std::fflush(stream_);
}

}  // namespace lede
