#include "query/links.hpp"

#include <algorithm>
#include <array>
#include <unistd.h>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

bool is_unreserved(char c) {
  const char lower = ascii_lower(c);
  return (lower >= 'a' && lower <= 'z') || is_digit(c) ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text)
    encoded += is_unreserved(c) ? std::string(1, c)
                                : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return encoded;
}

}  // namespace

bool is_clean_url(std::string_view url) {
  constexpr std::size_t kLongest = 2000;  // of terminals; VTE takes 2083
  const bool is_web = url.starts_with("http://") || url.starts_with("https://");
  return is_web && url.size() <= kLongest &&
         std::ranges::all_of(url, [](char c) { return c > ' ' && c <= '~'; });
}

std::string file_url(std::string_view path) {
  if (!path.starts_with('/')) return {};
  return fmt::format("file://{}{}", percent_encoded(host_name()), percent_encoded(path));
}

}  // namespace lede
