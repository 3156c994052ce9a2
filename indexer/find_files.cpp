#include "indexer/find_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <unordered_set>
#include <utility>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

std::string absolute_path(const std::string& path) {
  std::string normal = std::filesystem::absolute(path).lexically_normal().string();
  if (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal;
}

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
    Entry entry;
    entry.name = item.d_name;
    struct stat status {};
    entry.is_folder = item.d_type == DT_DIR;
    if (item.d_type == DT_UNKNOWN &&
        ::fstatat(folder, item.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
      entry.is_folder = S_ISDIR(status.st_mode);
    if (entry.is_folder) return entry;
    if (::fstatat(folder, item.d_name, &status, 0) != 0) entry.error = errno;
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

}  // namespace

FoundFiles find_files(const std::vector<std::string>& paths,
                      const std::function<bool()>& is_stopped) {
  Walk walk(paths.size() > 1, is_stopped);
  for (const std::string& path : paths) walk.visit_root(path);
  return walk.take();
}

}  // namespace lede
