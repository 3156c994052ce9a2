#include "indexer/progress.hpp"

#include <string>

#include <gtest/gtest.h>

#include "console/printable.hpp"

namespace lede {
namespace {

using namespace std::chrono_literals;

const ProgressState kHalf{66'500'000, 133'000'000, 9214, "/news/2025/08/harbour.html"};

TEST(ProgressBar, SaysItAllWhereThereIsRoom) {
  EXPECT_EQ(format_progress_bar(kHalf, {9'500'000}, 140),
            "━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌   50 %  66.5 MB of 133.0 MB  9.5 MB/s  0:07 left  "
            "9,214 articles  /news/2025/08/harbour.html");
}

TEST(ProgressBar, LeavesOutTheLastThingsFirst) {
  EXPECT_EQ(format_progress_bar(kHalf, {9'500'000}, 94),
            "━━━━━╌╌╌╌╌   50 %  66.5 MB of 133.0 MB  9.5 MB/s  0:07 left  9,214 articles  "
            "…08/harbour.html");
  EXPECT_EQ(format_progress_bar(kHalf, {9'500'000}, 80),
            "━━━━━╌╌╌╌╌   50 %  66.5 MB of 133.0 MB  9.5 MB/s  0:07 left  9,214 articles");
  EXPECT_EQ(format_progress_bar(kHalf, {9'500'000}, 40), "━━━━━╌╌╌╌╌   50 %  66.5 MB of 133.0 MB");
}

TEST(ProgressBar, HasNoShareAndNoTimeLeftOfAPipe) {
  EXPECT_EQ(format_progress_bar({1'500'000, std::nullopt, 1, "standard input"}, {500'000}, 80),
            "1.5 MB  500.0 KB/s  1 article  standard input");
}

TEST(ProgressBar, NeverFillsTheLineAndNeverObeysAFileName) {
  const ProgressState state{1, 2, 3, "/\x1b[2J\n東京" + std::string(500, 'x') + "東京.html"};
  for (std::size_t columns = 0; columns < 200; ++columns) {
    const std::string line = format_progress_bar(state, {1}, columns);
    EXPECT_LE(columns_of_text(line), columns == 0 ? 0 : columns - 1) << columns;
    EXPECT_EQ(line.find_first_of("\x1b\n"), std::string::npos);
  }
}

TEST(ProgressBar, IsFullAtMostWhenFilesGrow) {
  const std::string line = format_progress_bar({200, 100, 1, ""}, {1}, 80);
  EXPECT_NE(line.find("100 %"), std::string::npos) << line;
  EXPECT_NE(line.find("0:00 left"), std::string::npos) << line;
}

TEST(ProgressLine, IsForALog) {
  EXPECT_EQ(format_progress_line(kHalf, {9'500'000}),
            "50 %, 66.5 MB of 133.0 MB, 9.5 MB/s, 0:07 left, 9,214 articles");
  EXPECT_EQ(format_progress_line({0, std::nullopt, 0, ""}, {}), "0.0 KB, 0 articles");
}

TEST(ProgressLine, TellsLongTimesInHours) {
  const auto line = format_progress_line({0, 3'725'000, 0, ""}, {1000});
  EXPECT_NE(line.find("1:02:05 left"), std::string::npos) << line;
  EXPECT_EQ(format_progress_line({0, 3'725'000, 0, ""}, {.001}).find("left"), std::string::npos);
}

TEST(RateMeter, TellsTheRateOfTheLastSeconds) {
  RateMeter meter;
  const RateMeter::Clock::time_point start;
  EXPECT_EQ(meter.rate().bytes_per_second, 0);
  meter.note(start, 0);
  EXPECT_EQ(meter.rate().bytes_per_second, 0);
  std::uint64_t bytes = 0;
  for (int second = 1; second <= 10; ++second) meter.note(start + second * 1s, bytes += 100);
  EXPECT_DOUBLE_EQ(meter.rate().bytes_per_second, 100);
  for (int second = 11; second <= 20; ++second) meter.note(start + second * 1s, bytes += 700);
  EXPECT_DOUBLE_EQ(meter.rate().bytes_per_second, 700);
}

}  // namespace
}  // namespace lede
