#include "query/batch.hpp"

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "console/json_writer.hpp"
#include "console/printable.hpp"
#include "console/run_tool.hpp"
#include "console/terminal.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

[[noreturn]] void fail_to_read(const std::string& path) {
  throw Error(fmt::format("cannot read the questions in {}: {}", path,
                          std::generic_category().message(errno)),
              "name a file of questions, or - for standard input", ExitStatus::resources);
}

/// Reads lines of any length and content.
class LineReader {
 public:
  explicit LineReader(std::FILE* file) : file_(file) {}
  ~LineReader() { std::free(buffer_); }
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  /// The next line without its end; nullopt behind the last. Valid until the next call.
  std::optional<std::string_view> next() {
    errno = 0;
    const ssize_t length = getline(&buffer_, &capacity_, file_);
    if (length < 0 && std::ferror(file_) != 0) fail_to_read("the batch");
    if (length < 0) return std::nullopt;
    ++number_;
    std::string_view line(buffer_, static_cast<std::size_t>(length));
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  std::size_t number() const { return number_; }

 private:
  std::FILE* file_;
  char* buffer_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t number_ = 0;
};

struct BatchQuestion {
  std::size_t line = 0;
  std::string id;
  std::string text;
};

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

/// Answers questions one by one and remembers how that went.
class Batch {
 public:
  Batch(Searcher& searcher, const QueryOptions& options) : searcher_(searcher), options_(options) {}

  void answer(const BatchQuestion& question) {
    const std::string answer = answer_or_error(question);
    if (options_.is_quiet) return;
    write_all(stdout, answer);
    finish_output();
  }

  ExitStatus status() const {
    return has_unreadable_ ? ExitStatus::usage : found_status(has_found_, options_);
  }

 private:
  std::string answer_or_error(const BatchQuestion& question) {
    try {
      const Answer answer = searcher_.search(request_of(options_, question.id, question.text));
      has_found_ = has_found_ || answer.total.value > 0;
      return format_batch_answer(question, answer, options_);
    } catch (const Error& error) {
      if (error.status() != ExitStatus::usage) throw;
      has_unreadable_ = true;
      warn(kQueryTool, fmt::format("line {}: {}", question.line, error.what()));
      return format_error(question, error, options_);
    }
  }

  Searcher& searcher_;
  const QueryOptions& options_;
  bool has_found_ = false;
  bool has_unreadable_ = false;
};

}  // namespace

ExitStatus answer_batch(std::FILE* questions, Searcher& searcher, const QueryOptions& options) {
  if (!options.is_quiet) write_all(stdout, format_header(options, true));
  LineReader lines(questions);
  Batch batch(searcher, options);
  while (const auto line = lines.next())
    if (!trimmed(*line).empty()) batch.answer(read_question(*line, lines.number()));
  return batch.status();
}

ExitStatus answer_batch_file(Searcher& searcher, const QueryOptions& options) {
  if (options.batch == "-") return answer_batch(stdin, searcher, options);
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(options.batch.c_str(), "rb"));
  if (file == nullptr) fail_to_read(options.batch);
  return answer_batch(file.get(), searcher, options);
}

}  // namespace lede
