#include "indexer/find_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <unordered_set>
#include <utility>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

std::string_view kind_of(mode_t mode) {
  if (S_ISFIFO(mode)) return "a pipe, not a file";
  if (S_ISSOCK(mode)) return "a socket, not a file";
  if (S_ISBLK(mode) || S_ISCHR(mode)) return "a device, not a file";
  return "not a file";
}

/// An entry of a folder, as far as the folder tells or one stat.
struct Entry {
  std::string name;
  bool is_folder = false;  // and no link to one
  int error = 0;           // of looking at it
  mode_t mode = 0;         // of what it is or links to, unless is_folder
  FileStamp stamp;         // the same
};

/// And no link to one.
bool is_folder(int folder, const dirent& item) {
  struct stat status {};
  if (item.d_type != DT_UNKNOWN) return item.d_type == DT_DIR;
  return ::fstatat(folder, item.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(status.st_mode);
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

class Walk {
 public:
  Walk(bool has_more_roots, const std::function<bool()>& is_stopped)
      : has_more_roots_(has_more_roots), is_stopped_(is_stopped) {}

  void visit_root(const std::string& path) {
    if (path == "-") return add({path, {}});
    const std::string root = absolute_path(path);
    const std::uint64_t before = files_met_;
    struct stat status {};
    const int error = ::stat(root.c_str(), &status) != 0 ? errno : 0;
    if (error != 0) {
      skip(root, error);
    } else if (S_ISDIR(status.st_mode)) {
      visit_folder(root);
    } else {
      visit_file(root, status.st_mode, stamp_of(status));
    }
    found_.roots.push_back({root, error == 0, files_met_ > before});
  }

  /// An entry of a folder that has files, or had it.
  void visit_changed(const std::string& path) {
    struct stat status {};
    const int error = ::lstat(path.c_str(), &status) != 0 ? errno : 0;
    const bool is_gone = error == ENOENT || error == ENOTDIR;
    if (error == 0) {
      visit(path, look_at(AT_FDCWD, path, S_ISDIR(status.st_mode)));
    } else if (!is_gone) {
      skip(path, error);
    }
    found_.roots.push_back({path, error == 0, true});
  }

  FoundFiles take() { return std::move(found_); }

 private:
  void visit_file(std::string path, mode_t mode, const FileStamp& stamp) {
    if (!S_ISREG(mode)) return skip(path, std::string(kind_of(mode)));
    ++files_met_;
    add({std::move(path), stamp});
  }

  void visit_folder(const std::string& path) {
    const std::string beginning = path.ends_with('/') ? path : path + '/';
    for (const Entry& entry : entries_of(path)) {
      if (is_stopped_()) return;
      visit(beginning + entry.name, entry);
    }
  }

  void visit(std::string path, const Entry& entry) {
    if (entry.is_folder) return visit_folder(path);
    if (entry.error == ENOENT && !is_link(path)) return;  // gone since the folder was read
    if (entry.error != 0) return skip(path, entry.error);
    if (!S_ISDIR(entry.mode)) visit_file(std::move(path), entry.mode, entry.stamp);
  }

  /// Those of a folder that are not hidden, by name. The folder is closed when they are walked: a
  /// deep tree takes no more descriptors than a flat one.
  std::vector<Entry> entries_of(const std::string& path) {
    std::vector<Entry> entries;
    const Folder folder(::opendir(path.c_str()));
    errno = folder == nullptr ? errno : 0;
    while (folder != nullptr && !is_stopped_()) {
      errno = 0;
      const dirent* item = ::readdir(folder.get());
      if (item == nullptr) break;
      if (item->d_name[0] != '.') entries.push_back(look_at(::dirfd(folder.get()), *item));
    }
    if (errno != 0) skip(path, errno);
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
  }

  static Entry look_at(int folder, const dirent& item) {
    return look_at(folder, item.d_name, is_folder(folder, item));
  }

  static Entry look_at(int folder, const std::string& name, bool is_folder) {
    Entry entry;
    entry.name = name;
    entry.is_folder = is_folder;
    if (is_folder) return entry;
    struct stat status {};
    if (::fstatat(folder, name.c_str(), &status, 0) != 0) entry.error = errno;
    entry.mode = status.st_mode;
    entry.stamp = stamp_of(status);
    return entry;
  }

  static bool is_link(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
  }

  /// A file comes twice only when more than one path is named.
  void add(FoundFile file) {
    if (!has_more_roots_ || seen_.insert(file.path).second) found_.files.push_back(std::move(file));
  }

  void skip(const std::string& path, int error) { skip(path, ascii_lower(std::strerror(error))); }

  void skip(const std::string& path, std::string reason) {
    found_.skipped.push_back({path, "", std::move(reason)});
  }

  bool has_more_roots_;
  const std::function<bool()>& is_stopped_;
  FoundFiles found_;
  std::uint64_t files_met_ = 0;
  std::unordered_set<std::string> seen_;
};

bool is_regular(int folder, const dirent& item) {
  struct stat status {};
  if (item.d_type == DT_REG) return true;
  if (item.d_type != DT_LNK && item.d_type != DT_UNKNOWN) return false;
  return ::fstatat(folder, item.d_name, &status, 0) == 0 && S_ISREG(status.st_mode);
}

/// Is there a file that a walk would meet? Looks no further than the first.
bool has_files(const std::string& root) {
  std::vector<std::string> left{root};
  while (!left.empty()) {
    const std::string path = std::move(left.back());
    left.pop_back();
    const Folder folder(::opendir(path.c_str()));
    if (folder == nullptr && path == root) return stamp_of(root).has_value();
    while (const dirent* item = folder == nullptr ? nullptr : ::readdir(folder.get())) {
      if (item->d_name[0] == '.') continue;
      if (is_regular(::dirfd(folder.get()), *item)) return true;
      if (is_folder(::dirfd(folder.get()), *item)) left.push_back(path + '/' + item->d_name);
    }
  }
  return false;
}

/// The innermost of the paths that were named at which `path` lies; empty for none.
std::string root_of(const PathSet& roots, const std::string& path) {
  for (std::string at = path; !at.empty();
       at.resize(at == "/" ? 0 : std::max<std::size_t>(1, at.rfind('/'))))
    if (roots.contains(at)) return at;
  return {};
}

}  // namespace

FoundFiles find_files(const std::vector<std::string>& paths,
                      const std::function<bool()>& is_stopped) {
  Walk walk(paths.size() > 1, is_stopped);
  for (const std::string& path : paths) walk.visit_root(path);
  return walk.take();
}

FoundFiles find_changed_files(const std::vector<std::string>& paths, const PathSet& changed,
                              const std::function<bool()>& is_stopped) {
  PathSet roots;
  for (const std::string& path : paths) roots.insert(absolute_path(path));
  std::map<std::string, bool> with_files;
  Walk walk(true, is_stopped);
  for (const std::string& path : changed) {
    const std::string root = root_of(roots, path);
    if (root.empty() || is_below(changed, path)) continue;
    const auto [known, is_new] = with_files.try_emplace(root);
    if (is_new) known->second = path != root && has_files(root);
    if (known->second) {
      walk.visit_changed(path);
    } else if (is_new) {
      walk.visit_root(root);  // nothing is held to be gone because of a folder without files
    }
  }
  return walk.take();
}

}  // namespace lede
