#include "query/answer_threads.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "corpus/error.hpp"

namespace lede {
namespace {

/// Questions on their way for each thread: enough for none to wait while one takes long, few enough
/// for their answers to fit into memory.
constexpr std::size_t kPlacesOfThread = 16;

/// A counter in the system that can be waited for beside other descriptors.
class Bell {
 public:
  Bell() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0)
      throw Error("cannot make an event descriptor: " + std::generic_category().message(errno),
                  "raise the limit of open files", ExitStatus::resources);
  }
  ~Bell() { ::close(descriptor_); }
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  int descriptor() const { return descriptor_; }
  void ring() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(descriptor_, &one, sizeof one);
  }
  void settle() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t read = ::read(descriptor_, &count, sizeof count);
  }

 private:
  int descriptor_;
};

}  // namespace

/// A question on its way.
struct AnswerThreads::Place {
  enum class State : std::uint8_t { waiting, running, answered, late };

  BatchQuestion question;
  State state = State::waiting;
  Clock::time_point started;
  std::thread::id thread;
  BatchAnswer answer;
  std::exception_ptr failure;
};

/// What the threads share. A Place that is in the queue or running belongs to it.
struct AnswerThreads::Shared {
  mutable std::mutex mutex;
  std::condition_variable has_news;
  std::deque<std::shared_ptr<Place>> queue;
  std::size_t threads = 0;      // that are not left behind
  std::size_t running = 0;      // of them
  std::size_t left_behind = 0;  // that run still
  bool is_over = false;
  Bell bell;

  /// The next question; none when there will be none.
  std::shared_ptr<Place> begin_next() {
    std::unique_lock lock(mutex);
    has_news.wait(lock, [&] { return is_over || !queue.empty(); });
    if (is_over) return nullptr;
    std::shared_ptr<Place> place = std::move(queue.front());
    queue.pop_front();
    place->state = Place::State::running;
    place->started = Clock::now();
    place->thread = std::this_thread::get_id();
    ++running;
    return place;
  }

  /// False: the answer comes too late, and the thread is not wanted any more.
  bool end(Place& place, BatchAnswer answer, std::exception_ptr failure) {
    const std::lock_guard lock(mutex);
    if (place.state == Place::State::late) {
      --left_behind;
      return false;
    }
    place.answer = std::move(answer);
    place.failure = std::move(failure);
    place.state = Place::State::answered;
    --running;
    bell.ring();
    return true;
  }
};

AnswerThreads::AnswerThreads(std::size_t most_threads, MakeAnswerer make_answerer, TimeLimit limit)
    : most_threads_(std::max<std::size_t>(most_threads, 1)),
      make_answerer_(std::move(make_answerer)),
      limit_(limit),
      shared_(std::make_shared<Shared>()) {}

AnswerThreads::~AnswerThreads() {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->is_over = true;
  }
  shared_->has_news.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool AnswerThreads::has_room() const {
  return asked_.size() < most_threads_ * kPlacesOfThread;
}

void AnswerThreads::ask(BatchQuestion question) {
  auto place = std::make_shared<Place>();
  place->question = std::move(question);
  asked_.push_back(place);
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->queue.push_back(std::move(place));
    const std::size_t free = shared_->threads - shared_->running;
    if (shared_->queue.size() > free && shared_->threads < most_threads_) start_thread();
  }
  shared_->has_news.notify_one();
}

/// With the lock held. Where the system gives no further thread, those that there are must do.
void AnswerThreads::start_thread() {
  try {
    threads_.emplace_back(work, shared_, make_answerer_);
    ++shared_->threads;
  } catch (const std::system_error& error) {
    if (shared_->threads > 0) return;
    throw Error(std::string("cannot start a thread: ") + error.what(),
                "raise the limit of processes", ExitStatus::resources);
  }
}

/// The Answerer is made for the first question, so that a failure has a place to stand in.
void AnswerThreads::work(std::shared_ptr<Shared> shared, MakeAnswerer make_answerer) {
  Answerer answerer;
  while (const std::shared_ptr<Place> place = shared->begin_next()) {
    BatchAnswer answer;
    std::exception_ptr failure;
    try {
      if (!answerer) answerer = make_answerer();
      answer = answerer(place->question);
    } catch (...) {
      failure = std::current_exception();
    }
    if (!shared->end(*place, std::move(answer), std::move(failure))) return;
  }
}

std::optional<BatchAnswer> AnswerThreads::take() {
  if (asked_.empty()) return std::nullopt;
  const std::lock_guard lock(shared_->mutex);
  leave_late_ones_behind();
  Place& first = *asked_.front();
  if (first.state != Place::State::answered && first.state != Place::State::late)
    return std::nullopt;
  const std::shared_ptr<Place> taken = std::move(asked_.front());
  asked_.pop_front();
  if (taken->failure != nullptr) std::rethrow_exception(taken->failure);
  if (taken->state == Place::State::answered) {
    taken->answer.question = std::move(taken->question);
    return std::move(taken->answer);
  }
  BatchAnswer late;
  late.question = taken->question;  // which its thread may be reading
  late.is_late = true;
  return late;
}

/// With the lock held.
void AnswerThreads::leave_late_ones_behind() {
  if (!limit_) return;
  const Clock::time_point now = Clock::now();
  for (const std::shared_ptr<Place>& place : asked_)
    if (place->state == Place::State::running && now - place->started >= *limit_)
      leave_behind(*place);
}

/// With the lock held.
void AnswerThreads::leave_behind(Place& place) {
  place.state = Place::State::late;
  const auto thread = std::ranges::find(threads_, place.thread, &std::thread::get_id);
  thread->detach();
  threads_.erase(thread);
  --shared_->threads;
  --shared_->running;
  ++shared_->left_behind;
  if (!shared_->queue.empty()) start_thread();
}

int AnswerThreads::descriptor() const {
  return shared_->bell.descriptor();
}

void AnswerThreads::settle() {
  shared_->bell.settle();
}

std::optional<std::chrono::steady_clock::time_point> AnswerThreads::next_deadline() const {
  if (!limit_) return std::nullopt;
  const std::lock_guard lock(shared_->mutex);
  std::optional<Clock::time_point> next;
  for (const std::shared_ptr<Place>& place : asked_) {
    if (place->state == Place::State::answered || place->state == Place::State::late) continue;
    const bool has_begun = place->state == Place::State::running;
    const Clock::time_point deadline = (has_begun ? place->started : Clock::now()) + *limit_;
    next = next ? std::min(*next, deadline) : deadline;
  }
  return next;
}

std::size_t AnswerThreads::left_behind() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->left_behind;
}

bool AnswerThreads::is_running() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->running + shared_->left_behind > 0;
}

}  // namespace lede
