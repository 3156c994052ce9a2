#pragma once

#include <set>
#include <string>
#include <string_view>

namespace lede {

using PathSet = std::set<std::string, std::less<>>;

/// Absolute and normal, without a slash at the end; links are not followed.
std::string absolute_path(const std::string& path);

/// Is it the folder, or does it lie below it? Never for an empty folder.
bool is_at_or_below(std::string_view path, std::string_view folder);

/// Is any folder above `path` one of `folders`, a set or map of absolute paths?
template <typename Folders>
bool is_below(const Folders& folders, std::string_view path) {
  for (std::size_t slash = path.rfind('/'); slash != path.npos && path.size() > 1;
       slash = path.rfind('/')) {
    path = path.substr(0, slash == 0 ? 1 : slash);
    if (folders.contains(path)) return true;
  }
  return false;
}

}  // namespace lede
