#include "indexer/watch/folder_watch.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

/// IN_ATTRIB tells of rights and times, IN_CREATE of folders and links: what is written comes with
/// its IN_CLOSE_WRITE.
constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_MOVED_FROM |
                                  IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF |
                                  IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t kOfTheFolder = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT;

int open_queue() {
  const int queue = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (queue >= 0) return queue;
  throw Error(fmt::format("files cannot be watched: {}", ascii_lower(std::strerror(errno))),
              "end other programs that watch, or raise fs.inotify.max_user_instances with sysctl",
              ExitStatus::resources);
}

bool is_hidden(std::string_view name) {
  return name.starts_with('.');
}

std::string entry_of(const std::string& folder, std::string_view name) {
  return fmt::format("{}{}{}", folder, folder.ends_with('/') ? "" : "/", name);
}

std::vector<std::string> folders_in(const std::string& path) {
  std::vector<std::string> folders;
  std::error_code error;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code unknown;  // gone since: an event tells
    if (!is_hidden(entry->path().filename().native()) && !entry->is_symlink(unknown) &&
        entry->is_directory(unknown))
      folders.push_back(entry->path().string());
  }
  return folders;
}

/// Nobody closes what was linked or made otherwise; all else that is created is open for writing.
bool is_created_whole(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && (!S_ISREG(status.st_mode) || status.st_nlink > 1);
}

int milliseconds_until(std::chrono::steady_clock::time_point time) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(time - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

}  // namespace

FolderWatch::FolderWatch(const std::vector<std::string>& paths,
                         std::function<void(const std::string&)> say, WatchRules rules)
    : say_(std::move(say)),
      rules_(std::move(rules)),
      batch_(rules_.times),
      queue_(open_queue()),
      roots_due_(Clock::now() + rules_.look_at_roots),
      unwatched_due_(Clock::now() + rules_.look_again) {
  for (const std::string& path : paths) roots_.try_emplace(absolute_path(path));
  watch_again();
}

FolderWatch::~FolderWatch() {
  ::close(queue_);
}

Changes FolderWatch::wait(std::chrono::milliseconds longest) {
  const Time deadline = Clock::now() + longest;
  for (;;) {
    const bool is_interrupted = !read_events(next_look(deadline));
    const Time now = Clock::now();
    if (now >= roots_due_) look_at_roots(now);
    if (now >= unwatched_due_) look_at_unwatched(now);
    Changes changes = batch_.take(now);
    if (changes.is_everything) watch_again();  // before anybody looks, so that nothing is missed
    if (!changes.is_empty() || is_interrupted || now >= deadline) return changes;
  }
}

FolderWatch::Time FolderWatch::next_look(Time deadline) const {
  Time next = std::min(deadline, roots_due_);
  if (!unwatched_.empty()) next = std::min(next, unwatched_due_);
  return std::min(next, batch_.due().value_or(next));
}

// ---- the paths that were named

std::optional<FolderWatch::Identity> FolderWatch::identity_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return Identity{status.st_dev, status.st_ino, S_ISDIR(status.st_mode)};
}

/// A file may be replaced by another of its name: its folder tells.
void FolderWatch::watch_root(const std::string& root, const std::optional<Identity>& now_there) {
  if (!now_there) return;
  if (now_there->is_folder) return watch_tree(root);
  watch_folder(fs::path(root).parent_path().string());
}

/// Neither what is mounted over a folder nor what is moved with a folder above it makes an event.
void FolderWatch::look_at_roots(Time now) {
  roots_due_ = now + rules_.look_at_roots;
  for (auto& [root, known] : roots_) {
    const std::optional<Identity> there = identity_of(root);
    if (there == known) continue;
    known = there;
    unwatch(root);
    watch_root(root, there);
    batch_.add(root, now);
  }
}

void FolderWatch::watch_again() {
  watches_.clear();
  unwatched_.clear();
  const auto before = std::exchange(paths_, {});
  for (auto& [root, known] : roots_) {
    known = identity_of(root);
    watch_root(root, known);
  }
  for (const auto& [watch, paths] : before)
    if (!paths_.contains(watch)) ::inotify_rm_watch(queue_, watch);
}

// ---- folders

/// Each folder is watched before it is read: what comes into it in between is told of.
void FolderWatch::watch_tree(const std::string& path) {
  std::vector<std::string> left{path};
  while (!left.empty()) {
    const std::string folder = std::move(left.back());
    left.pop_back();
    if (is_at_or_below(folder, rules_.ignored) || !watch_folder(folder)) continue;
    std::ranges::move(folders_in(folder), std::back_inserter(left));
  }
}

/// False when there is no sense in looking below: it is gone, is closed to us, or there are too
/// many.
bool FolderWatch::watch_folder(const std::string& path) {
  const bool may_be_link = roots_.contains(path) || !is_below(roots_, path);
  const bool is_full = paths_.size() >= rules_.most_folders;
  const std::uint32_t events = may_be_link ? kEvents : kEvents | IN_DONT_FOLLOW;
  errno = ENOSPC;
  const int watch = is_full ? -1 : ::inotify_add_watch(queue_, path.c_str(), events);
  if (watch < 0) {
    if (errno == ENOSPC || errno == ENOMEM) give_up(path);
    return false;
  }
  watches_.insert_or_assign(path, watch);
  paths_[watch].insert(path);
  return true;
}

void FolderWatch::give_up(const std::string& path) {
  unwatched_.insert(path);
  if (std::exchange(has_said_limit_, true)) return;
  say_(
      fmt::format("no more than {} folders can be watched; {} and others are looked at every {} s "
                  "instead, until fs.inotify.max_user_watches is raised with sysctl",
                  paths_.size(), path,
                  std::chrono::duration_cast<std::chrono::seconds>(rules_.look_again).count()));
}

void FolderWatch::unwatch(const std::string& path) {
  std::erase_if(unwatched_, [&](const auto& folder) { return is_at_or_below(folder, path); });
  for (auto each = watches_.lower_bound(path);
       each != watches_.end() && each->first.starts_with(path);) {
    const auto& [folder, watch] = *each;
    if (!is_at_or_below(folder, path)) {
      ++each;
      continue;
    }
    std::set<std::string>& paths = paths_[watch];
    paths.erase(folder);
    if (paths.empty()) {
      ::inotify_rm_watch(queue_, watch);
      paths_.erase(watch);
    }
    each = watches_.erase(each);
  }
}

void FolderWatch::forget(int watch) {
  for (const std::string& path : paths_[watch])
    if (const auto known = watches_.find(path); known != watches_.end() && known->second == watch)
      watches_.erase(known);
  paths_.erase(watch);
}

void FolderWatch::look_at_unwatched(Time now) {
  unwatched_due_ = now + rules_.look_again;
  for (const std::string& path : std::exchange(unwatched_, {})) {
    watch_tree(path);
    batch_.add(path, now);
  }
}

// ---- events

/// One buffer of them at a time, so that a storm cannot keep wait() here. False when a signal came.
bool FolderWatch::read_events(Time until) {
  pollfd queue{queue_, POLLIN, 0};
  const int ready = ::poll(&queue, 1, milliseconds_until(until));
  if (ready < 0) return errno != EINTR;
  if (ready == 0) return true;
  alignas(inotify_event) std::array<char, std::size_t{64} << 10> buffer;
  const ssize_t length = ::read(queue_, buffer.data(), buffer.size());
  const Time now = Clock::now();
  for (ssize_t at = 0; at < length;) {
    const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
    take_event(*event, event->len > 0 ? std::string_view(event->name) : std::string_view(), now);
    at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
  }
  return true;
}

void FolderWatch::take_event(const inotify_event& event, std::string_view name, Time now) {
  if ((event.mask & IN_Q_OVERFLOW) != 0) return batch_.add_everything(now);
  const auto known = paths_.find(event.wd);
  if (known == paths_.end()) return;  // of a folder that is not watched any more
  if ((event.mask & kOfTheFolder) != 0) roots_due_ = now;
  if ((event.mask & IN_IGNORED) != 0) return forget(event.wd);
  const std::set<std::string> folders = known->second;  // which an event may change
  for (const std::string& folder : folders) take_entry(folder, name, event.mask, now);
}

void FolderWatch::take_entry(const std::string& folder, std::string_view name, std::uint32_t what,
                             Time now) {
  if (name.empty()) {  // a folder's own: the one above tells of all but those that were named
    if ((what & IN_ATTRIB) != 0 && roots_.contains(folder)) take_folder(folder, what, now);
    return;
  }
  const std::string path = entry_of(folder, name);
  if (!is_wanted(path, name)) return;
  if ((what & IN_ISDIR) != 0) return take_folder(path, what, now);
  const bool is_being_written =
      (what & IN_MODIFY) != 0 || ((what & IN_CREATE) != 0 && !is_created_whole(path));
  if (is_being_written) return batch_.note_writing(path, now);
  batch_.add(path, now);
}

/// Files may be in a folder before it is watched: it is a change with all that is in it.
void FolderWatch::take_folder(const std::string& path, std::uint32_t what, Time now) {
  if ((what & (IN_MOVED_FROM | IN_DELETE)) != 0) {
    unwatch(path);
  } else {
    watch_tree(path);
  }
  batch_.add(path, now);
}

bool FolderWatch::is_wanted(const std::string& path, std::string_view name) const {
  if (roots_.contains(path)) return true;
  return !is_hidden(name) && !is_at_or_below(path, rules_.ignored) && is_below(roots_, path);
}

}  // namespace lede
