#include "query/answer_threads.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

using namespace std::chrono_literals;

/// What the next answer is, waited for as a batch does.
BatchAnswer wait_for_answer(AnswerThreads& threads) {
  for (;;) {
    if (auto answer = threads.take()) return *answer;
    const auto deadline = threads.next_deadline();
    const auto left = deadline ? std::chrono::ceil<std::chrono::milliseconds>(
                                     *deadline - std::chrono::steady_clock::now())
                               : 20'000ms;
    pollfd wanted{threads.descriptor(), POLLIN, 0};
    const int count = poll(&wanted, 1, static_cast<int>(std::max(left, 0ms).count()));
    if (!deadline && count == 0) throw std::runtime_error("no answer came");
    if (count > 0) threads.settle();
  }
}

BatchQuestion question(std::size_t number) {
  return {number, std::to_string(number), "q" + std::to_string(number)};
}

BatchAnswer answer_of(const BatchQuestion& question) {
  BatchAnswer answer;
  answer.text = "answer to " + question.text;
  return answer;
}

TEST(AnswerThreads, GivesAnswersInTheOrderOfTheQuestionsWhateverTheyTake) {
  const auto make = [] {
    return [](const BatchQuestion& asked) {
      if (asked.line % 7 == 0) std::this_thread::sleep_for(3ms);
      return answer_of(asked);
    };
  };
  AnswerThreads threads(4, make, std::nullopt);
  constexpr std::size_t kQuestions = 500;
  std::size_t next = 1;
  for (std::size_t asked = 0; next <= kQuestions;) {
    while (asked < kQuestions && threads.has_room()) threads.ask(question(++asked));
    const BatchAnswer answer = wait_for_answer(threads);
    ASSERT_EQ(answer.question.line, next);
    ASSERT_EQ(answer.text, "answer to q" + std::to_string(next));
    ++next;
  }
  EXPECT_TRUE(threads.is_done());
  EXPECT_FALSE(threads.is_running());
}

TEST(AnswerThreads, HasRoomForABoundedNumberOfQuestions) {
  std::promise<void> go;
  const std::shared_future<void> gate = go.get_future().share();
  const auto make = [gate] {
    return [gate](const BatchQuestion& asked) {
      gate.wait();
      return answer_of(asked);
    };
  };
  AnswerThreads threads(2, make, std::nullopt);
  std::size_t asked = 0;
  while (threads.has_room() && asked < 1000) threads.ask(question(++asked));
  EXPECT_LT(asked, 100U);
  EXPECT_EQ(threads.take(), std::nullopt);
  go.set_value();
  for (std::size_t i = 1; i <= asked; ++i) EXPECT_EQ(wait_for_answer(threads).question.line, i);
}

TEST(AnswerThreads, StartsAThreadOnlyForAQuestionThatNoOtherIsFreeFor) {
  const auto made = std::make_shared<std::atomic<int>>(0);
  const auto make = [made] {
    ++*made;
    return answer_of;
  };
  AnswerThreads threads(8, make, std::nullopt);
  for (std::size_t i = 1; i <= 200; ++i) {
    threads.ask(question(i));
    wait_for_answer(threads);
  }
  EXPECT_EQ(*made, 1);
}

TEST(AnswerThreads, UsesAllThreadsForQuestionsThatQueueUp) {
  constexpr int kThreads = 3;
  const auto at_once = std::make_shared<std::atomic<int>>(0);
  const auto make = [at_once] {
    return [at_once](const BatchQuestion& asked) {
      ++*at_once;
      for (int i = 0; i < 4000 && *at_once < kThreads; ++i) std::this_thread::sleep_for(5ms);
      return answer_of(asked);
    };
  };
  AnswerThreads threads(kThreads, make, std::nullopt);
  for (std::size_t i = 1; i <= kThreads; ++i) threads.ask(question(i));
  for (std::size_t i = 1; i <= kThreads; ++i) wait_for_answer(threads);
  EXPECT_EQ(*at_once, kThreads);
}

TEST(AnswerThreads, ThrowsWhatAnAnswererThrowsInItsPlace) {
  const auto make = [] {
    return [](const BatchQuestion& asked) {
      if (asked.line == 2) throw std::runtime_error("the disk is gone");
      return answer_of(asked);
    };
  };
  AnswerThreads threads(2, make, std::nullopt);
  for (std::size_t i = 1; i <= 3; ++i) threads.ask(question(i));
  EXPECT_EQ(wait_for_answer(threads).question.line, 1U);
  EXPECT_THROW(wait_for_answer(threads), std::runtime_error);
  EXPECT_EQ(wait_for_answer(threads).question.line, 3U);
}

TEST(AnswerThreads, ThrowsWhatMakingAnAnswererThrows) {
  const auto make = []() -> AnswerThreads::Answerer { throw std::runtime_error("no index"); };
  AnswerThreads threads(2, make, 10s);
  threads.ask(question(1));
  EXPECT_THROW(wait_for_answer(threads), std::runtime_error);
}

TEST(AnswerThreads, LeavesALateQuestionBehindAndAnswersTheOthers) {
  const auto is_over = std::make_shared<std::atomic<bool>>(false);
  const auto make = [is_over] {
    return [is_over](const BatchQuestion& asked) {
      while (asked.line == 2 && !*is_over) std::this_thread::sleep_for(1ms);
      return answer_of(asked);
    };
  };
  for (const std::size_t most : {1U, 4U}) {
    *is_over = false;
    AnswerThreads threads(most, make, 200ms);
    for (std::size_t i = 1; i <= 6; ++i) threads.ask(question(i));
    for (std::size_t i = 1; i <= 6; ++i) {
      const BatchAnswer answer = wait_for_answer(threads);
      EXPECT_EQ(answer.question.line, i);
      EXPECT_EQ(answer.is_late, i == 2);
    }
    EXPECT_EQ(threads.left_behind(), 1U);
    EXPECT_TRUE(threads.is_running());
    *is_over = true;
    for (int i = 0; i < 2000 && threads.left_behind() > 0; ++i) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(threads.left_behind(), 0U);
    EXPECT_FALSE(threads.is_running());
  }
}

}  // namespace
}  // namespace lede
