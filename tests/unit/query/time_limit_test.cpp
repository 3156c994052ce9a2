#include "query/time_limit.hpp"

#include <csignal>
#include <thread>

#include <gtest/gtest.h>

namespace lede {
namespace {

using namespace std::chrono_literals;

void wait_in_vain() {
  for (;;) std::this_thread::sleep_for(1s);
}

TEST(TimeLimit, IsNoneForZeroSecondsAndNeverRoundedToNone) {
  EXPECT_EQ(time_limit(0), std::nullopt);
  EXPECT_EQ(time_limit(1e-12), TimeLimit(1ns));
  EXPECT_EQ(time_limit(2.5), TimeLimit(2500ms));
}

TEST(TimeLimit, IsNamedAsItWasGiven) {
  EXPECT_STREQ(time_limit_error(time_limit(10)).what(), "the question took longer than 10 s");
  EXPECT_STREQ(time_limit_error(time_limit(.25)).what(), "the question took longer than 0.25 s");
  EXPECT_EQ(time_limit_error(time_limit(1)).status(), ExitStatus::resources);
}

TEST(WatchdogDeathTest, EndsTheProcessWithItsStatusAndReason) {
  EXPECT_EXIT(within(time_limit(.02), [] { wait_in_vain(); }), testing::ExitedWithCode(5),
              "lede-query: the question took longer than 0.02 s\nhint: .*--timeout SECONDS\n");
}

TEST(WatchdogDeathTest, EndsItAlsoWhereTheSignalIsBlocked) {
  const auto block_and_wait = [] {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    within(time_limit(.02), [] { wait_in_vain(); });
  };
  EXPECT_EXIT(block_and_wait(), testing::ExitedWithCode(5), "took longer");
}

TEST(Watchdog, LetsGoWhenTheWorkIsDone) {
  EXPECT_EQ(within(time_limit(.05), [] { return 7; }), 7);
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(within(time_limit(0), [] { return 8; }), 8);
}

TEST(Watchdog, DoesNotMindTheSignalOfAnotherProcess) {
  within(time_limit(20), [] { return raise(SIGALRM); });
}

}  // namespace
}  // namespace lede
