#include "indexer/interruption.hpp"

#include <csignal>

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(InterruptionWatch, SeesNothingUntilASignalComes) {
  EXPECT_EQ(InterruptionWatch().requested(), std::nullopt);
}

TEST(InterruptionWatch, TellsTheSignalsApart) {
  {
    const InterruptionWatch watch;
    std::raise(SIGINT);
    EXPECT_EQ(watch.requested(), ExitStatus::interrupted);
  }
  const InterruptionWatch watch;
  std::raise(SIGTERM);
  EXPECT_EQ(watch.requested(), ExitStatus::terminated);
}

TEST(InterruptionWatchDeathTest, LetsTheSecondSignalEndTheProcess) {
  EXPECT_EXIT(
      {
        const InterruptionWatch watch;
        std::raise(SIGINT);
        std::raise(SIGINT);
      },
      testing::KilledBySignal(SIGINT), "");
}

TEST(HangupWatch, TakesTheSignalForAQuestionOnce) {
  HangupWatch watch;
  EXPECT_EQ(watch.take(), std::nullopt);
  std::raise(SIGHUP);
  EXPECT_EQ(watch.take(), HangupWatch::Meaning::asked);
  EXPECT_EQ(watch.take(), std::nullopt);
}

TEST(HangupWatch, LeavesASignalIgnoredThatWasIgnored) {
  std::signal(SIGHUP, SIG_IGN);
  HangupWatch watch;
  std::raise(SIGHUP);
  EXPECT_EQ(watch.take(), std::nullopt);
}

}  // namespace
}  // namespace lede
