#include "indexer/find_files.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <unordered_set>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

std::string absolute_path(const std::string& path) {
  std::string normal = fs::absolute(path).lexically_normal().string();
  if (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal;
}

std::string_view kind_of(fs::file_type type) {
  switch (type) {
    case fs::file_type::fifo:
      return "a pipe, not a file";
    case fs::file_type::socket:
      return "a socket, not a file";
    case fs::file_type::block:
    case fs::file_type::character:
      return "a device, not a file";
    default:
      return "not a file";
  }
}

class Walk {
 public:
  void visit_root(const std::string& path) {
    if (path == "-") return add({path, 0});
    visit(absolute_path(path), true);
  }

  FoundFiles take() { return std::move(found_); }

 private:
  void visit(const std::string& path, bool is_root) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return skip(path, error ? error : no_such_file());
    if (fs::is_directory(status)) {
      if (is_root || !fs::is_symlink(fs::symlink_status(path, error))) visit_folder(path);
    } else if (fs::is_regular_file(status)) {
      add({path, fs::file_size(path, error)});
    } else {
      skip(path, std::string(kind_of(status.type())));
    }
  }

  void visit_folder(const std::string& path) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end;
         entry.increment(error))
      names.push_back(entry->path().filename().string());
    if (error) skip(path, error);
    std::ranges::sort(names);
    const std::string folder = path.ends_with('/') ? path : path + '/';
    for (const std::string& name : names)
      if (!name.starts_with('.')) visit(folder + name, false);
  }

  void add(FoundFile file) {
    if (seen_.insert(file.path).second) found_.files.push_back(std::move(file));
  }

  void skip(const std::string& path, const std::error_code& error) {
    skip(path, ascii_lower(error.message()));
  }

  void skip(const std::string& path, std::string reason) {
    found_.skipped.push_back({path, "", std::move(reason)});
  }

  static std::error_code no_such_file() {
    return std::make_error_code(std::errc::no_such_file_or_directory);
  }

  FoundFiles found_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

FoundFiles find_files(const std::vector<std::string>& paths) {
  Walk walk;
  for (const std::string& path : paths) walk.visit_root(path);
  return walk.take();
}

}  // namespace lede
