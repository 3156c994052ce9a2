#include "query/batch.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <optional>
#include <poll.h>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "console/json_writer.hpp"
#include "console/printable.hpp"
#include "console/run_tool.hpp"
#include "console/terminal.hpp"
#include "corpus/descriptor.hpp"
#include "corpus/unicode.hpp"
#include "query/answer_threads.hpp"
#include "query/line_reader.hpp"
#include "query/search.hpp"
#include "query/seen_articles.hpp"

namespace lede {
namespace {

/// A batch in which more threads than this are left behind uses up the processors for nothing.
constexpr std::size_t kMostLeftBehind = 4;

BatchQuestion read_question(std::string_view line, std::size_t number) {
  const std::size_t tab = line.find('\t');
  const bool has_id = tab != std::string_view::npos && tab > 0;
  if (!has_id) return {number, std::to_string(number), std::string(line)};
  return {number, std::string(line.substr(0, tab)), std::string(line.substr(tab + 1))};
}

std::string heading(const BatchQuestion& question) {
  return fmt::format("{}: {}\n", printable_line(question.id), printable_line(question.text));
}

std::string error_json(const BatchQuestion& question, const Error& error) {
  JsonWriter json;
  json.begin_object().key("version").value(std::uint64_t{1});
  json.key("query").begin_object();
  json.key("id").value(question.id).key("text").value(question.text).end_object();
  json.key("error").begin_object();
  json.key("message").value(error.what()).key("hint").value(error.hint()).end_object();
  return json.end_object().take() + '\n';
}

/// What stands in the answer's place, so that nobody waits for it.
std::string format_error(const BatchQuestion& question, const Error& error,
                         const QueryOptions& options) {
  if (options.format == OutputFormat::json) return error_json(question, error);
  if (options.wants_count) return fmt::format("{}\terror\n", question.id);
  return options.format == OutputFormat::text ? heading(question) + '\n' : std::string();
}

std::string format_batch_answer(const BatchQuestion& question, const Answer& answer,
                                const QueryOptions& options) {
  const bool is_text = options.format == OutputFormat::text && !options.wants_count;
  if (!is_text) return format_answer(answer, options);
  return fmt::format("{}{}\n", heading(question), format_answer(answer, options));
}

BatchAnswer answer_with(Searcher& searcher, const BatchQuestion& question,
                        const QueryOptions& options, const std::optional<SeenArticles>& seen) {
  BatchAnswer outcome;
  try {
    check_question(question.text, options);
    SearchRequest request = request_of(options, question.id, question.text);
    request.seen = seen;
    const Answer answer = searcher.search(request);
    outcome.has_found = answer.total.value > 0;
    outcome.is_whole = is_whole(answer);
    if (answer.is_relaxed && options.format != OutputFormat::json && !options.is_quiet)
      outcome.problem = kRelaxedNote;
    outcome.index = answer.index;
    outcome.text = format_batch_answer(question, answer, options);
  } catch (const Error& error) {
    if (error.status() != ExitStatus::usage) throw;
    outcome.is_unreadable = true;
    outcome.problem = error.what();
    outcome.text = format_error(question, error, options);
  }
  return outcome;
}

/// Makes what answers in one thread. The first one takes the searcher that is there.
class AnswererMaker {
 public:
  AnswererMaker(std::unique_ptr<Searcher> first, const QueryOptions& options)
      : shared_(std::make_shared<Shared>()) {
    if (options.script.new_since) shared_->seen = seen_before(options, first->state());
    shared_->first = std::move(first);
    shared_->options = options;
  }

  AnswerThreads::Answerer operator()() const {
    const std::shared_ptr<Searcher> searcher = take_searcher();
    return [searcher, shared = shared_](const BatchQuestion& question) {
      return answer_with(*searcher, question, shared->options, shared->seen);
    };
  }

 private:
  /// Of a thread that is left behind, too, which may outlive the batch.
  struct Shared {
    std::mutex mutex;
    std::unique_ptr<Searcher> first;
    QueryOptions options;
    std::optional<SeenArticles> seen;
  };

  std::unique_ptr<Searcher> take_searcher() const {
    {
      const std::lock_guard lock(shared_->mutex);
      if (shared_->first != nullptr) return std::move(shared_->first);
    }
    return std::make_unique<Searcher>(chosen_index_path(shared_->options));
  }

  std::shared_ptr<Shared> shared_;
};

/// How long to wait for something, as poll() takes it: whole milliseconds, not too few.
int milliseconds_until(const std::optional<std::chrono::steady_clock::time_point>& time) {
  if (!time) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(*time - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1'000'000));
}

/// Hands questions to threads as they come, prints the answers in order as soon as each is there,
/// and remembers how that went. The thread that does it answers none itself, so it never keeps
/// anyone waiting.
class Batch {
 public:
  Batch(LineReader lines, std::unique_ptr<Searcher> searcher, const QueryOptions& options)
      : lines_(std::move(lines)),
        options_(options),
        limit_(time_limit(options.script.timeout_seconds)),
        threads_(options.script.jobs, AnswererMaker(std::move(searcher), options), limit_) {}

  ExitStatus run() {
    try {
      answer_all();
      remember();
    } catch (...) {
      if (threads_.is_running()) end_at_once(kQueryTool, std::current_exception());
      throw;
    }
    if (threads_.is_running()) std::_Exit(static_cast<int>(status()));
    return status();
  }

 private:
  void answer_all() {
    for (;;) {
      while (std::optional<BatchAnswer> answer = threads_.take()) print(*answer);
      ask_those_that_came();
      if (lines_.is_at_end() && threads_.is_done()) return;
      wait();
    }
  }

  void ask_those_that_came() {
    while (threads_.has_room()) {
      const std::optional<std::string> line = lines_.next();
      if (!line) return;
      if (!trimmed(*line).empty()) threads_.ask(read_question(*line, lines_.number()));
    }
  }

  /// For more questions, if there is room for any, for an answer, or for the end of a question's
  /// time.
  void wait() {
    const bool wants_more = threads_.has_room() && !lines_.is_at_end();
    std::array<pollfd, 2> wanted{pollfd{threads_.descriptor(), POLLIN, 0},
                                 pollfd{wants_more ? lines_.descriptor() : -1, POLLIN, 0}};
    const int count =
        poll(wanted.data(), wanted.size(), milliseconds_until(threads_.next_deadline()));
    if (count <= 0) return;
    if (wanted[0].revents != 0) threads_.settle();
    if (wanted[1].revents != 0) lines_.read_more();
  }

  void print(BatchAnswer& answer) {
    if (answer.is_late) fill_in_late(answer);
    has_found_ = has_found_ || answer.has_found;
    has_unreadable_ = has_unreadable_ || answer.is_unreadable;
    is_whole_ = is_whole_ && answer.is_whole;
    if (answer.index) note_index(*answer.index);
    if (answer.problem)
      warn(kQueryTool, fmt::format("line {}: {}", answer.question.line, *answer.problem));
    if (!options_.is_quiet) {
      write_all(stdout, answer.text);
      finish_output();
    }
    if (threads_.left_behind() > kMostLeftBehind) throw time_limit_error(limit_);
  }

  void fill_in_late(BatchAnswer& answer) {
    const Error error = time_limit_error(limit_);
    answer.problem = error.what();
    answer.text = format_error(answer.question, error, options_);
    has_late_ = true;
  }

  /// While the batch goes on the index may grow, or be made anew.
  void note_index(const IndexState& index) {
    if (!oldest_index_) oldest_index_ = index;
    is_one_index_ = is_one_index_ && oldest_index_->uuid == index.uuid;
    if (index.last_docid < oldest_index_->last_docid) oldest_index_ = index;
  }

  /// Only what every question has been asked of was seen.
  void remember() const {
    const bool is_seen = !has_late_ && !has_unreadable_ && is_one_index_;
    if (!oldest_index_ || !is_seen) return;
    if (!remember_seen(options_, *oldest_index_, is_whole_)) warn(kQueryTool, kStaysNewNote);
  }

  ExitStatus status() const {
    if (has_late_) return ExitStatus::resources;
    return has_unreadable_ ? ExitStatus::usage : found_status(has_found_, options_);
  }

  LineReader lines_;
  const QueryOptions& options_;
  TimeLimit limit_;
  AnswerThreads threads_;
  bool has_found_ = false;
  bool has_unreadable_ = false;
  bool has_late_ = false;
  bool is_whole_ = true;                    // all articles of all answers are shown
  std::optional<IndexState> oldest_index_;  // of those that answered
  bool is_one_index_ = true;
};

ExitStatus answer_lines(LineReader lines, const QueryOptions& options) {
  auto searcher = std::make_unique<Searcher>(chosen_index_path(options));
  if (!options.is_quiet) write_all(stdout, format_header(options, true));
  return Batch(std::move(lines), std::move(searcher), options).run();
}

}  // namespace

ExitStatus answer_batch(const QueryOptions& options) {
  if (options.batch == "-") return answer_lines({STDIN_FILENO, "standard input"}, options);
  const Descriptor file(::open(options.batch.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) fail_to_read_questions(options.batch, errno);
  return answer_lines({file.number(), options.batch}, options);
}

}  // namespace lede
