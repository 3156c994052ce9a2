#pragma once

#include <string>
#include <string_view>

namespace lede {

/// An http(s) URL that holds nothing but printable ASCII: safe to hand to a terminal or a browser.
bool is_clean_url(std::string_view url);

/// The URL of an absolute path on this machine: `file://host/a%20b`. Whatever the path holds, it is
/// printable ASCII. Empty for a relative path.
std::string file_url(std::string_view path);

}  // namespace lede
