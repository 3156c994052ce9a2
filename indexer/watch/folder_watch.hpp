#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/paths.hpp"
#include "indexer/watch/change_batch.hpp"

struct inotify_event;

namespace lede {

/// How files and folders are watched.
struct WatchRules {
  BatchTimes times;
  std::chrono::milliseconds look_at_roots{1'000};  ///< for those that went, came or were mounted
  std::chrono::milliseconds look_again{60'000};    ///< at folders that cannot be watched
  std::size_t most_folders =
      std::numeric_limits<std::size_t>::max();  ///< beside the system's limit
  std::string ignored;  ///< a folder that changes with each update: the index
};

/// Watches files, and folders with all that is below them, through inotify: what find_files finds
/// in them, so neither hidden entries nor what links to folders lead to.
///
/// Paths that are missing are looked for until they come. Folders beyond the number that the system
/// lets one watch are named once, and counted as changed from time to time. Not seen: what other
/// machines do to a network file system, writes through mmap, and file systems that are mounted
/// below a path.
class FolderWatch {
 public:
  /// All that changes after this is told of. `say` gets what a person should know. Throws Error
  /// (resources).
  FolderWatch(const std::vector<std::string>& paths,
              std::function<void(const std::string& message)> say, WatchRules rules = {});
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  /// Waits for changes and a pause after them. Nothing after `longest`, or when a signal came.
  Changes wait(std::chrono::milliseconds longest);

  /// Looks for folders anew, as after a loss of events.
  void watch_again();

  std::size_t folder_count() const { return paths_.size(); }

 private:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  /// What a path that was named is now.
  struct Identity {
    std::uint64_t device = 0, inode = 0;
    bool is_folder = false;
    friend bool operator==(const Identity&, const Identity&) = default;
  };
  using Roots = std::map<std::string, std::optional<Identity>, std::less<>>;

  static std::optional<Identity> identity_of(const std::string& path);
  void watch_root(const std::string& root, const std::optional<Identity>& now_there);
  void look_at_roots(Time now);

  void watch_tree(const std::string& path);
  bool watch_folder(const std::string& path);
  void give_up(const std::string& path);
  void unwatch(const std::string& path);
  void forget(int watch);
  void look_at_unwatched(Time now);

  bool read_events(Time until);
  void take_event(const inotify_event& event, std::string_view name, Time now);
  void take_entry(const std::string& folder, std::string_view name, std::uint32_t what, Time now);
  void take_folder(const std::string& path, std::uint32_t what, Time now);
  bool is_wanted(const std::string& path, std::string_view name) const;
  Time next_look(Time deadline) const;

  std::function<void(const std::string&)> say_;
  WatchRules rules_;
  ChangeBatch batch_;
  int queue_;
  Roots roots_;
  std::map<std::string, int> watches_;                    // by folder
  std::unordered_map<int, std::set<std::string>> paths_;  // one folder may lie at several
  PathSet unwatched_;
  bool has_said_limit_ = false;
  Time roots_due_, unwatched_due_;
};

}  // namespace lede
