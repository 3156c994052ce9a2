#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "console/run_tool.hpp"
#include "console/terminal.hpp"
#include "corpus/error.hpp"
#include "indexer/commands.hpp"
#include "indexer/interruption.hpp"
#include "indexer/report.hpp"
#include "indexer/service_notice.hpp"
#include "indexer/update.hpp"
#include "indexer/watch/folder_watch.hpp"

namespace lede {
namespace {

using Clock = std::chrono::steady_clock;

/// How long a signal may go unseen that comes just before a wait.
constexpr std::chrono::milliseconds kLongestWait{1'000};
constexpr std::chrono::seconds kAgainWhenLocked{1};
constexpr std::chrono::seconds kAgainWhenFailed{30};
constexpr std::size_t kRememberedMessages = 10'000;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(what, "see lede-index watch --help");
}

void require_watchable(const IndexOptions& options) {
  require_paths(options);
  if (std::ranges::find(options.paths, "-") != options.paths.end())
    refuse("standard input cannot be watched");
  if (options.is_dry_run) refuse("--dry-run goes with a single update, not with watch");
  if (options.is_rebuild) refuse("--rebuild goes with a single update, not with watch");
  if (options.engine == Engine::bulk) refuse("--engine bulk makes an index and cannot update it");
}

/// Nobody waits for a lock where signals are not seen: the watch tries again instead.
IndexOptions without_lock_wait(IndexOptions options) {
  options.lock_wait_seconds = 0;
  return options;
}

WatchRules rules_for(const IndexOptions& options) {
  WatchRules rules;
  rules.ignored = absolute_path(chosen_index_path(options));
  return rules;
}

class Watcher {
 public:
  explicit Watcher(const IndexOptions& options)
      : options_(options),
        folders_(
            options.paths, [this](const std::string& message) { say(message); },
            rules_for(options)),
        updater_(without_lock_wait(options),
                 {[this](const std::string& message) { say_once(message); },
                  [](const ProgressState&) {}, [this] { return is_stopped(); }}) {}

  ExitStatus run() {
    while (!is_stopped()) {
      if (!pending_.is_empty() && Clock::now() >= try_at_) try_update();
      if (!is_stopped()) take(folders_.wait(kLongestWait));
    }
    notify_service("STOPPING=1");
    return interruption_.requested().value_or(ExitStatus::terminated);
  }

 private:
  bool is_stopped() {
    if (const auto hangup = hangups_.take()) {
      is_alone_ = is_alone_ || *hangup == HangupWatch::Meaning::terminal_is_gone;
      is_asked_ = true;
    }
    return is_alone_ || interruption_.requested().has_value();
  }

  /// What could not be done is tried again when more has changed.
  void take(Changes changes) {
    if (std::exchange(is_asked_, false)) {
      folders_.watch_again();
      said_.clear();
      changes.add({true, {}});
    }
    if (!changes.is_empty()) try_at_ = {};
    pending_.add(std::move(changes));
  }

  void try_update() {
    try {
      finish(pending_.is_everything ? updater_.update() : updater_.update(pending_.paths));
    } catch (const Error& error) {
      put_off(error);
    }
  }

  void finish(const Report& report) {
    is_waiting_for_lock_ = false;
    if (!report.is_interrupted) pending_ = {};
    tell(report);
    if (!std::exchange(is_ready_, true) && !report.is_interrupted) tell_ready(report);
  }

  /// Another writer ends some day, a disk may get room. But what fails from the beginning is rather
  /// a mistake, for which somebody is still waiting.
  void put_off(const Error& error) {
    const bool is_locked = error.status() == ExitStatus::locked;
    const bool may_pass = is_locked || (is_ready_ && error.status() == ExitStatus::resources);
    if (!may_pass) throw error;
    try_at_ = Clock::now() + (is_locked ? kAgainWhenLocked : kAgainWhenFailed);
    if (is_locked && std::exchange(is_waiting_for_lock_, true)) return;
    warn(kIndexTool, fmt::format("{}; it is tried again", error.what()));
    notify_service(fmt::format("STATUS={}", error.what()));
  }

  void tell(const Report& report) {
    for (const std::string& message : closing_messages(report, options_.is_verbose))
      say_once(message);
    if (options_.is_json) {
      write_all(stdout, format_report_json(report));
      finish_output();
    }
    const std::string changes = format_changes(report);
    if (changes.empty()) return;
    const std::string line = fmt::format("{}, in {:.1f} s", changes, report.seconds);
    say(line);
    notify_service(fmt::format("STATUS={}; {}", line, held(report)));
  }

  void tell_ready(const Report& report) {
    say(fmt::format("{}; watching {}", held(report),
                    count_of(folders_.folder_count(), "folder", "folders")));
    notify_service(fmt::format("READY=1\nSTATUS={}", held(report)));
  }

  static std::string held(const Report& report) {
    return fmt::format("the index holds {}",
                       count_of(report.index_articles, "article", "articles"));
  }

  void say(const std::string& message) const {
    if (!options_.is_quiet) warn(kIndexTool, message);
  }

  /// A file that cannot be read is met again whenever its folder is looked at.
  void say_once(const std::string& message) {
    if (said_.size() >= kRememberedMessages) said_.clear();
    if (said_.insert(message).second) say(message);
  }

  const IndexOptions& options_;
  InterruptionWatch interruption_;
  HangupWatch hangups_;
  FolderWatch folders_;
  IndexUpdater updater_;
  Changes pending_{true, {}};  // what has changed and is not in the index
  Clock::time_point try_at_;
  std::set<std::string> said_;
  bool is_ready_ = false;  // after the first update
  bool is_waiting_for_lock_ = false;
  bool is_asked_ = false;  // to look at everything
  bool is_alone_ = false;  // its terminal is gone
};

}  // namespace

ExitStatus watch_articles(const IndexOptions& options) {
  require_watchable(options);
  return Watcher(options).run();
}

}  // namespace lede
