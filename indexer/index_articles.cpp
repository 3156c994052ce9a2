#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "console/run_tool.hpp"
#include "console/terminal.hpp"
#include "corpus/index_files.hpp"
#include "corpus/readers/read_articles.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/commands.hpp"
#include "indexer/find_files.hpp"
#include "indexer/interruption.hpp"
#include "indexer/progress.hpp"
#include "indexer/report.hpp"

namespace lede {
namespace {

/// Skips that are named on standard error unless --verbose asks for all.
constexpr std::size_t kNamedSkips = 10;

ProgressStyle progress_style(const IndexOptions& options) {
  if (options.progress == When::always) return ProgressStyle::bar;
  if (options.progress == When::never || options.is_quiet) return ProgressStyle::none;
  return is_terminal(stderr) ? ProgressStyle::bar : ProgressStyle::lines;
}

/// Of all files; nullopt when standard input is among them, which has no size.
std::optional<std::uint64_t> total_bytes(const std::vector<FoundFile>& files) {
  std::uint64_t bytes = 0;
  for (const FoundFile& file : files) {
    if (file.path == "-") return std::nullopt;
    bytes += file.bytes;
  }
  return bytes;
}

/// One run over the files: reads, writes, counts.
class IndexRun {
 public:
  explicit IndexRun(const IndexOptions& options)
      : options_(options), progress_(stderr, progress_style(options)) {
    report_.index_path = chosen_index_path(options);
  }

  Report run() {
    const auto started = std::chrono::steady_clock::now();
    FoundFiles found = find_files(options_.paths);
    report_.files_found = found.files.size();
    progress_state_.total_bytes = total_bytes(found.files);
    for (Skipped& skipped : found.skipped) note_skip(std::move(skipped));
    for (const FoundFile& file : found.files)
      if (!read_file(file)) break;
    finish();
    report_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return std::move(report_);
  }

  std::optional<ExitStatus> interruption() const { return watch_.requested(); }

 private:
  /// Returns false when the run was asked to stop.
  bool read_file(const FoundFile& file) {
    if (interruption()) return false;
    ReadOptions reading = options_.reading;
    reading.is_stopped = [this] { return interruption().has_value(); };
    const std::uint64_t bytes_before = progress_state_.bytes;
    reading.note_bytes_read = [&](std::uint64_t bytes) {
      const bool has_size = progress_state_.total_bytes.has_value();
      progress_state_.bytes = bytes_before + (has_size ? std::min(bytes, file.bytes) : bytes);
    };
    progress_state_.activity = file.path == "-" ? "standard input" : file.path;
    if (file.path == "-" && reading.format.empty()) reading.format = kPipeFormat;
    report_.bytes += read_articles(file.path, reading,
                                   [&](ReadResult result) { return take(std::move(result)); });
    if (interruption()) return false;
    ++report_.files_read;
    if (progress_state_.total_bytes) progress_state_.bytes = bytes_before + file.bytes;
    show_progress();
    return true;
  }

  bool take(ReadResult result) {
    if (auto* skipped = std::get_if<Skipped>(&result)) {
      note_skip(std::move(*skipped));
    } else {
      write(std::get<Article>(std::move(result)));
    }
    show_progress();
    return !interruption();
  }

  void write(Article article) {
    if (!writer_)
      writer_ = open_writer(
          report_.index_path, writer_options(),
          [this](const Article& written, const Outcome& outcome) { count(written, outcome); });
    writer_->add_or_update(std::move(article));
  }

  WriterOptions writer_options() const {
    return {options_.settings, std::chrono::seconds(options_.lock_wait_seconds), options_.engine,
            options_.jobs > 0 ? options_.jobs : std::thread::hardware_concurrency(),
            options_.memory_bytes, options_.is_rebuild};
  }

  void count(const Article& article, const Outcome& outcome) {
    switch (outcome.kind) {
      case Outcome::Kind::added:
        ++report_.added;
        break;
      case Outcome::Kind::updated:
        ++report_.updated;
        break;
      case Outcome::Kind::unchanged:
        ++report_.unchanged;
        break;
    }
    if (!outcome.replaced.empty()) note_repeat(article, outcome.replaced);
  }

  void note_repeat(const Article& article, const std::string& replaced) {
    ++report_.repeated;
    if (options_.is_verbose)
      say(fmt::format("{} has the id of {}, and replaces it: {}", location(article), replaced,
                      article.id));
  }

  void note_skip(Skipped skipped) {
    if (options_.is_verbose || report_.skipped.size() < kNamedSkips)
      say("skipped " + format_skip(skipped));
    report_.skipped.push_back(std::move(skipped));
  }

  void say(const std::string& message) {
    if (options_.is_quiet) return;
    progress_.wipe();
    warn(kIndexTool, message);
  }

  void show_progress() {
    if (!progress_.is_due()) return;
    progress_state_.articles = report_.articles();
    progress_.show(progress_state_);
  }

  void show_end_of_reading() {
    progress_state_.articles = report_.articles();
    progress_state_.activity = "writing the index";
    progress_.show(progress_state_);
  }

  void finish() {
    report_.is_interrupted = interruption().has_value();
    if (writer_ && keeps_what_was_done()) {
      show_end_of_reading();
      writer_->commit();
      report_.index_articles = writer_->article_count();
      report_.is_interrupted = !options_.is_rebuild && interruption().has_value();
    } else if (writer_) {
      give_up_rebuild();
    }
    progress_.wipe();
    say_the_rest();
  }

  /// Half a rebuild does not take the place of a whole index.
  bool keeps_what_was_done() const { return !(report_.is_interrupted && options_.is_rebuild); }

  void give_up_rebuild() {
    writer_.reset();
    report_.added = report_.updated = report_.unchanged = report_.repeated = 0;
    const bool is_there = read_stub(report_.index_path).build != 0;
    report_.index_articles = is_there ? open_index(report_.index_path).get_doccount() : 0;
  }

  void say_the_rest() {
    if (!options_.is_verbose && report_.skipped.size() > kNamedSkips)
      say(fmt::format("skipped {} more; --verbose names them all",
                      report_.skipped.size() - kNamedSkips));
    if (!options_.is_verbose && report_.repeated > 0)
      say(
          fmt::format("{} replaced one of the same id that came before in this run; --verbose "
                      "names them",
                      count_of(report_.repeated, "article", "articles")));
    if (report_.is_interrupted && !keeps_what_was_done())
      say("interrupted: the index is as it was; run the same command again to make it anew");
    else if (report_.is_interrupted)
      say(fmt::format("interrupted: {} of {} done and kept; run the same command again to go on",
                      report_.files_read, count_of(report_.files_found, "file", "files")));
  }

  static constexpr std::string_view kPipeFormat = "json";

  const IndexOptions& options_;
  InterruptionWatch watch_;
  Progress progress_;
  ProgressState progress_state_;
  Report report_;
  std::unique_ptr<ArticleWriter> writer_;
};

ExitStatus status_of(const Report& report) {
  if (!report.skipped.empty()) return ExitStatus::inputs_skipped;
  if (report.articles() > 0) return ExitStatus::success;
  return ExitStatus::inputs_skipped;
}

void print_report(const Report& report, const IndexOptions& options) {
  if (options.is_json) return write_all(stdout, format_report_json(report));
  if (options.is_quiet) return;
  if (report.articles() > 0) return write_all(stdout, format_report(report));
  if (!report.is_interrupted)
    warn(kIndexTool,
         fmt::format("no article was found in {}", count_of(report.files_read, "file", "files")));
}

}  // namespace

ExitStatus index_articles(const IndexOptions& options) {
  require_paths(options);
  IndexRun run(options);
  const Report report = run.run();
  print_report(report, options);
  return report.is_interrupted ? *run.interruption() : status_of(report);
}

}  // namespace lede
