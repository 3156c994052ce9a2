#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "query/answer.hpp"
#include "query/time_limit.hpp"

namespace lede {

/// A question of a batch.
struct BatchQuestion {
  std::size_t line = 0;  ///< where it stands, from 1
  std::string id;
  std::string text;
};

/// What became of one.
struct BatchAnswer {
  BatchQuestion question;
  std::string text;                    ///< what to print in its place
  bool has_found = false;              ///< an article
  bool is_whole = true;                ///< no article is left out for a limit
  std::optional<IndexState> index;     ///< that answered
  std::optional<std::string> problem;  ///< what to say on standard error
  bool is_unreadable = false;
  bool is_late = false;  ///< it took longer than allowed: all the rest is as it was made
};

/// Threads that answer questions, and hand the answers out in the order of the questions. A thread
/// is started only for a question that no other one is free for.
///
/// A question that takes longer than its limit cannot be stopped, since libxapian cannot be: its
/// thread is left behind, with all that it uses, and another one takes its place. Where
/// is_running() is true in the end, the process must end without unwinding (end_at_once,
/// std::_Exit).
class AnswerThreads {
 public:
  /// Answers one question; what it throws, take() throws.
  using Answerer = std::function<BatchAnswer(const BatchQuestion&)>;
  /// Makes the Answerer of one thread, in that thread. Called by several at a time.
  using MakeAnswerer = std::function<Answerer()>;

  AnswerThreads(std::size_t most_threads, MakeAnswerer make_answerer, TimeLimit limit);
  /// Waits for the threads that are not left behind.
  ~AnswerThreads();
  AnswerThreads(const AnswerThreads&) = delete;
  AnswerThreads& operator=(const AnswerThreads&) = delete;

  /// Whether another question may be asked: the number of those on their way is bounded.
  bool has_room() const;
  void ask(BatchQuestion question);

  /// The answer to the first question whose answer has not been taken, if it is there, or if its
  /// time is over. Throws what its Answerer threw.
  std::optional<BatchAnswer> take();

  /// Every answer was taken.
  bool is_done() const { return asked_.empty(); }

  /// Readable from when an answer has come until settle() is called. Where it is not, take() has
  /// nothing new before next_deadline().
  int descriptor() const;
  void settle();
  std::optional<std::chrono::steady_clock::time_point> next_deadline() const;

  /// Threads that were left behind and still run.
  std::size_t left_behind() const;
  /// Whether any thread is answering something, left behind or not.
  bool is_running() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Place;
  struct Shared;

  static void work(std::shared_ptr<Shared> shared, MakeAnswerer make_answerer);
  void start_thread();
  void leave_behind(Place& place);
  void leave_late_ones_behind();

  std::size_t most_threads_;
  MakeAnswerer make_answerer_;
  TimeLimit limit_;
  std::deque<std::shared_ptr<Place>> asked_;  // in order, until its answer is taken
  std::vector<std::thread> threads_;          // those that were not left behind
  std::shared_ptr<Shared> shared_;            // with the threads, for as long as any of them runs
};

}  // namespace lede
