#include "indexer/progress.hpp"

#include <string>

#include <fmt/format.h>

#include "indexer/report.hpp"

namespace lede {
namespace {

constexpr std::chrono::milliseconds kRedrawAfter{100};

std::string format_progress(const ProgressState& state, std::chrono::duration<double> elapsed) {
  const double per_second = static_cast<double>(state.bytes) / std::max(elapsed.count(), 0.001);
  return fmt::format("{} of {}  {}  {}/s  {}", state.files_read,
                     count_of(state.files_found, "file", "files"), format_bytes(state.bytes),
                     format_bytes(static_cast<std::uint64_t>(per_second)),
                     count_of(state.articles, "article", "articles"));
}

}  // namespace

ProgressLine::ProgressLine(std::FILE* stream, bool is_shown)
    : stream_(stream), is_shown_(is_shown), started_(Clock::now()), drawn_(started_) {}

ProgressLine::~ProgressLine() {
  wipe();
}

void ProgressLine::show(const ProgressState& state) {
  if (!is_shown_) return;
  const Clock::time_point now = Clock::now();
  if (now - drawn_ < kRedrawAfter) return;
  fmt::print(stream_, "\r\x1b[K{}", format_progress(state, now - started_));
  std::fflush(stream_);
  drawn_ = now;
  is_drawn_ = true;
}

void ProgressLine::wipe() {
  if (!is_drawn_) return;
  fmt::print(stream_, "\r\x1b[K");
  std::fflush(stream_);
  is_drawn_ = false;
}

}  // namespace lede
