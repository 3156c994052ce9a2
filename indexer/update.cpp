#include "indexer/update.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "corpus/index_files.hpp"
#include "corpus/readers/input.hpp"
#include "corpus/readers/read_articles.hpp"
#include "indexer/article_rank.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/find_files.hpp"
#include "indexer/index_folder.hpp"
#include "indexer/last_run.hpp"

namespace lede {

/// What an update knows of an index, and the next one may still know.
struct KnownIndex {
  FileRegistry registry;
  std::string state;  // of the index that this is the registry of; empty for none
};

namespace {

/// More than two are only needed when files change all the time.
constexpr std::uint8_t kMostPasses = 8;

constexpr std::string_view kPipe = "-";
constexpr std::string_view kPipeFormat = "json";

bool can_be_read(const std::string& path) {
  try {
    char byte = 0;
    open_file(path)->read(&byte, 1);
    return true;
  } catch (const InputError&) {
    return false;
  }
}

/// Of all files; nullopt when standard input is among them, which has no size.
std::optional<std::uint64_t> total_bytes(const std::vector<FileToRead>& files) {
  std::uint64_t bytes = 0;
  for (const FileToRead& each : files) {
    if (each.file.path == kPipe) return std::nullopt;
    bytes += each.file.stamp.bytes;
  }
  return bytes;
}

std::int64_t unix_seconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// The file that is being read.
struct OpenFile {
  const FileToRead* task = nullptr;
  FileStamp stamp;         // before it was opened
  bool was_known = false;  // to the registry, before its articles came
  bool has_articles = false;
  FileSkips skips;
};

/// A file that was read to its end in this pass.
struct ReadFile {
  std::string path;
  std::string moved_from;
  bool was_known = false;
  bool has_articles = false;
  bool has_changed = false;  // while it was read
};

class IndexUpdate {
 public:
  IndexUpdate(const IndexOptions& options, const UpdateVoice& voice, KnownIndex& known)
      : options_(options),
        voice_(voice),
        path_(chosen_index_path(options)),
        known_(known),
        registry_(known.registry) {
    report_.index_path = path_;
    report_.is_dry_run = options.is_dry_run;
    rules_.reading = reading_hash(options.reading);
    rules_.pruning = options.pruning;
    if (options.compares_contents)
      rules_.checksum = [this](const std::string& file) {
        return checksum_of(file, voice_.is_stopped);
      };
  }

  /// `find` looks at the disk.
  Report run(const std::function<FoundFiles()>& find) {
    const auto started = std::chrono::steady_clock::now();
    const FoundFiles found = find();
    report_.files_found = found.files.size();
    for (const Skipped& skipped : found.skipped) note_skip(skipped);
    read_index();
    carry_out(plan(found));
    finish();
    report_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return std::move(report_);
  }

 private:
  bool is_stopped() const { return voice_.is_stopped(); }

  // ---- what is there

  void read_index() {
    refuse_what_is_no_index(path_);
    if (options_.is_rebuild || !has_index(path_)) return forget_index();
    const Xapian::Database index = open_index(path_);
    with_index(path_, [&] {
      require_settings(read_settings(index, path_), options_.settings, path_);
      read_registry(index);
      report_.index_articles = index.get_doccount();
      state_ = state_of(index);
    });
  }

  void read_registry(const Xapian::Database& index) {
    if (const std::string state = state_of(index); known_.state != state) {
      forget_index();
      registry_ = FileRegistry(index);
      known_.state = state;
    }
    registry_.begin_run();
  }

  void forget_index() {
    known_.state.clear();
    registry_ = FileRegistry();
  }

  /// What tells that nobody has written the index in the meantime.
  static std::string state_of(const Xapian::Database& index) {
    return fmt::format("{} {}", index.get_uuid(), index.get_revision());
  }

  /// An index that is there is locked before its files are read, and compared again when another
  /// writer was faster.
  UpdatePlan plan(const FoundFiles& found) {
    UpdatePlan plan = plan_update(registry_, found, rules_);
    const bool needs_writer = plan.has_work() || options_.engine == Engine::bulk;
    if (!state_ || !needs_writer || is_stopped()) return plan;
    open();
    if (options_.is_dry_run || state_now() == state_) return plan;
    read_index();
    return plan_update(registry_, found, rules_);
  }

  std::string state_now() const {
    return with_index(path_, [&] { return state_of(open_index(path_)); });
  }

  void open() {
    writer_ = open_writer(
        path_, writer_options(), registry_,
        [this](const Article& written, const Outcome& outcome) { count(written, outcome); });
    writer_->start_pass(pass_, files_of_pass_);
    if (!state_) read_index();  // another writer may have made it in the meantime
    known_.state.clear();
  }

  /// A new index is made when there is something to put into it.
  ArticleWriter& writer() {
    if (writer_ == nullptr) open();
    return *writer_;
  }

  WriterOptions writer_options() const {
    return {options_.settings,
            std::chrono::seconds(options_.lock_wait_seconds),
            options_.engine,
            options_.jobs > 0 ? options_.jobs : std::thread::hardware_concurrency(),
            options_.memory_bytes,
            options_.is_rebuild,
            options_.is_dry_run,
            options_.addition};
  }

  // ---- passes

  /// A walk that was stopped has not found all files: what it did not find may well be there.
  void carry_out(const UpdatePlan& plan) {
    if (is_stopped()) return;
    tell_of_unchanged(plan);
    tell_of_kept(plan);
    if (!plan.has_work()) return;
    if (writer_ != nullptr) known_.state.clear();  // until all is written
    run_pass(plan.to_read, plan.vanished);
    if (!plan.restamped.empty()) writer();
    for (const FoundFile& file : plan.restamped) registry_.restamp(file.path, file.stamp);
    while (!is_stopped() && pass_ < kMostPasses) {
      const std::vector<FileToRead> left = left_to_read();
      if (left.empty()) return;
      ++pass_;
      run_pass(left, {});
    }
  }

  void run_pass(const std::vector<FileToRead>& files, const std::vector<std::string>& vanished) {
    files_of_pass_.assign(vanished.begin(), vanished.end());
    progress_.bytes = 0;
    progress_.total_bytes = total_bytes(files);
    for (const FileToRead& each : files)
      for (const std::string* path : {&each.file.path, &each.moved_from})
        if (!path->empty()) files_of_pass_.push_back(*path);
    if (writer_ != nullptr) {
      writer_->start_pass(pass_, files_of_pass_);
      writer_->expect(progress_.total_bytes.value_or(0));
    }
    for (const FileToRead& each : files) {
      if (is_stopped()) break;
      read_file(each);
    }
    if (is_stopped()) voice_.say("interrupted: what was read is being written");
    if (writer_ != nullptr) finish_pass(vanished);
    read_.clear();
  }

  /// What did not come again, goes.
  void finish_pass(const std::vector<std::string>& vanished) {
    show_writing();
    writer_->finish_reading();
    for (const ReadFile& file : read_) finish_file(file);
    if (!is_stopped())
      for (const std::string& path : vanished) forget(path);
    writer_->finish_pass();
  }

  void finish_file(const ReadFile& file) {
    if (file.was_known) report_.removed += writer_->remove_the_rest(file.path);
    if (!file.moved_from.empty()) forget(file.moved_from);
    if (file.has_changed) {
      registry_.require_reading(file.path);
      note_change(file.path);
    } else if (file.has_articles) {
      registry_.settle(file.path);
    } else {
      registry_.forget(file.path);
    }
  }

  void forget(const std::string& path) {
    report_.removed += writer_->remove_the_rest(path);
    registry_.forget(path);
  }

  /// A file that changes while it is read is read once more.
  void note_change(const std::string& path) {
    if (changing_.insert(path).second || !left_alone_.insert(path).second) return;
    voice_.say(fmt::format("{} changes while it is read; the next run reads it again", path));
  }

  /// Files that changed while they were read, and those that have articles in the place of what is
  /// gone, wherever they are.
  std::vector<FileToRead> left_to_read() {
    std::vector<FileToRead> files;
    for (const auto& [path, file] : registry_.files()) {
      if (!file.needs_reading || left_alone_.contains(path)) continue;
      const std::optional<FileStamp> stamp = stamp_of(path);
      if (stamp && file.reading == rules_.reading) {
        files.push_back({{path, *stamp}, {}, {}});
      } else {
        left_alone_.insert(path);
        if (stamp) tell_of_other_options(path);
      }
    }
    return files;
  }

  void tell_of_other_options(const std::string& path) {
    voice_.say(
        fmt::format("{} has to be read again, with the options that it was read with", path));
  }

  // ---- one file

  void read_file(const FileToRead& task) {
    const std::string& path = task.file.path;
    const bool is_pipe = path == kPipe;
    const std::optional<FileStamp> stamp = is_pipe ? FileStamp() : settled_stamp_of(path);
    if (!stamp) return;  // gone since it was found: the next run sees to it
    const std::uint64_t bytes_before = progress_.bytes;
    progress_.activity = is_pipe ? "standard input" : path;
    file_ = {&task, *stamp, registry_.find(path) != nullptr, false, {}};
    ReadOptions reading = reading_options(is_pipe);
    reading.note_bytes_read = [&](std::uint64_t bytes) {
      progress_.bytes = bytes_before + (is_pipe ? bytes : std::min(bytes, stamp->bytes));
    };
    report_.bytes +=
        read_articles(path, reading, [&](ReadResult result) { return take(std::move(result)); });
    if (is_stopped()) return;
    ++report_.files_read;
    if (!is_pipe) progress_.bytes = bytes_before + stamp->bytes;
    if (!is_pipe) note_read();
    show_progress();
  }

  ReadOptions reading_options(bool is_pipe) const {
    ReadOptions reading = options_.reading;
    reading.is_stopped = voice_.is_stopped;
    if (is_pipe && reading.format.empty()) reading.format = kPipeFormat;
    return reading;
  }

  bool take(ReadResult result) {
    if (auto* skipped = std::get_if<Skipped>(&result)) {
      file_.skips.add(*skipped);
      note_skip(std::move(*skipped));
    } else {
      write(std::get<Article>(std::move(result)));
    }
    show_progress();
    return !is_stopped();
  }

  void write(Article article) {
    ArticleWriter& writer = this->writer();
    if (!file_.has_articles) note_first_article();
    if (!was_removed(article)) writer.add_or_update(std::move(article), file_.task->moved_from);
  }

  void note_first_article() {
    file_.has_articles = true;
    const std::string& path = file_.task->file.path;
    if (path == kPipe) return;
    const FileRecord* record = registry_.find(path);
    file_.was_known = record != nullptr;
    registry_.start(path, record != nullptr && record->stamp == file_.stamp, rules_.reading, pass_);
  }

  bool was_removed(const Article& article) const {
    const FileRecord* record = registry_.find(file_.task->file.path);
    return record != nullptr && record->details != nullptr &&
           record->details->removed.contains(hash_of_id(article));
  }

  /// A file that cannot be opened any more is not one without articles: what it gave stays.
  void note_read() {
    const std::string& path = file_.task->file.path;
    const bool has_changed = stamp_of(path) != file_.stamp;
    if (file_.has_articles) {
      registry_.finish(path, file_.stamp, checksum_of_file(), std::move(file_.skips));
    } else if (file_.was_known && !can_be_read(path)) {
      left_alone_.insert(path);
      return;
    }
    if (file_.has_articles || file_.was_known || !file_.task->moved_from.empty())
      read_.push_back(
          {path, file_.task->moved_from, file_.was_known, file_.has_articles, has_changed});
  }

  Checksum checksum_of_file() const {
    if (!options_.compares_contents) return {};
    if (file_.stamp == file_.task->file.stamp && file_.task->checksum.is_known())
      return file_.task->checksum;
    return checksum_of(file_.task->file.path, voice_.is_stopped).value_or(Checksum());
  }

  // ---- what is said

  void count(const Article& article, const Outcome& outcome) {
    switch (outcome.kind) {
      case Outcome::Kind::added:
        ++report_.added;
        break;
      case Outcome::Kind::updated:
        ++report_.updated;
        break;
      case Outcome::Kind::moved:
        ++report_.moved;
        break;
      case Outcome::Kind::unchanged:
        ++report_.unchanged;
        break;
      case Outcome::Kind::repeated:
        break;
    }
    if (!outcome.other.empty()) note_repeat(location(article), article.id, outcome);
  }

  void note_repeat(const std::string& place, const std::string& id, const Outcome& outcome) {
    ++report_.repeated;
    if (!options_.is_verbose) return;
    voice_.say(fmt::format("{} has the id of {}, which is kept: {}",
                           outcome.is_kept ? place : outcome.other,
                           outcome.is_kept ? outcome.other : place, id));
  }

  void tell_of_unchanged(const UpdatePlan& plan) {
    for (const std::string_view path : plan.unchanged) count_unchanged(*registry_.find(path), path);
    for (const FoundFile& file : plan.restamped)
      count_unchanged(*registry_.find(file.path), file.path);
  }

  void count_unchanged(const FileRecord& file, std::string_view path) {
    report_.unchanged += file.articles;
    if (file.details == nullptr || file.details->skips.count == 0) return;
    const FileSkips& skips = file.details->skips;
    for (const Skipped& skipped : skips.named) note_skip(skipped);
    if (skips.count > skips.named.size())
      note_skip({std::string(path), "",
                 fmt::format("{} more of it could not be read", skips.count - skips.named.size())});
  }

  void tell_of_kept(const UpdatePlan& plan) {
    for (const KeptFiles& kept : plan.kept) {
      const std::string files = count_of(kept.files, "file", "files");
      voice_.say(
          kept.is_root_there
              ? fmt::format("the articles of {} under {} are kept, as nobody can say whether "
                            "they are gone; --prune removes them",
                            files, kept.root)
              : fmt::format("the articles of {} are kept, though there are no files at {}; "
                            "--prune removes them",
                            files, kept.root));
    }
  }

  void note_skip(Skipped skipped) {
    if (options_.is_verbose || report_.skipped.size() < kNamedSkips)
      voice_.say("skipped " + format_skip(skipped));
    report_.skipped.push_back(std::move(skipped));
  }

  void show_progress() {
    progress_.files = report_.files_read;
    progress_.articles = report_.articles();
    voice_.show(progress_);
  }

  /// What may take a while.
  void show_writing() {
    progress_.activity = "writing the index";
    progress_.is_turning = true;
    show_progress();
    progress_.is_turning = false;
  }

  // ---- the end

  void finish() {
    report_.is_interrupted = is_stopped();
    if (writer_ == nullptr) return;
    if (report_.is_interrupted && options_.is_rebuild) return give_up_rebuild();
    if (writer_->has_changes()) {
      show_writing();
      writer_->set_metadata(kLastRunKey, encode_last_run(last_run_of(report_, unix_seconds_now())));
      writer_->commit();
    }
    report_.index_articles = writer_->article_count();
    if (!options_.is_dry_run)  // the writer still has the lock
      known_.state = with_index(path_, [&] { return state_of(open_index(path_)); });
  }

  /// Half a rebuild does not take the place of a whole index.
  void give_up_rebuild() {
    writer_.reset();
    report_.added = report_.updated = report_.moved = report_.unchanged = report_.repeated = 0;
    report_.is_given_up = true;
    report_.index_articles = has_index(path_) ? open_index(path_).get_doccount() : 0;
  }

  const IndexOptions& options_;
  const UpdateVoice& voice_;
  std::string path_;
  Report report_;
  ProgressState progress_;
  PlanRules rules_;
  KnownIndex& known_;
  FileRegistry& registry_;
  std::optional<std::string> state_;  // of an index that is there
  std::unique_ptr<ArticleWriter> writer_;

  std::uint8_t pass_ = 1;
  std::vector<std::string_view> files_of_pass_;
  OpenFile file_;
  std::vector<ReadFile> read_;        // in this pass
  std::set<std::string> changing_;    // that changed while they were read
  std::set<std::string> left_alone_;  // that need reading, but not in this run
};

}  // namespace

Report update_index(const IndexOptions& options, const UpdateVoice& voice) {
  return IndexUpdater(options, voice).update();
}

IndexUpdater::IndexUpdater(IndexOptions options, UpdateVoice voice)
    : options_(std::move(options)),
      voice_(std::move(voice)),
      known_(std::make_unique<KnownIndex>()) {}

IndexUpdater::~IndexUpdater() = default;

Report IndexUpdater::update() {
  return IndexUpdate(options_, voice_, *known_).run([this] {
    return find_files(options_.paths, voice_.is_stopped);
  });
}

Report IndexUpdater::update(const PathSet& changed) {
  return IndexUpdate(options_, voice_, *known_).run([&] {
    return find_changed_files(options_.paths, changed, voice_.is_stopped);
  });
}

}  // namespace lede
