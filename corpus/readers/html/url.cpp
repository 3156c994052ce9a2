#include "corpus/readers/html/url.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_scheme_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '+' || c == '-' ||
         c == '.';
}

/// `https` of `https://...`; empty for a relative reference.
std::string_view scheme_of(std::string_view url) {
  const auto colon = url.find(':');
  if (colon == npos || colon == 0) return {};
  const std::string_view scheme = url.substr(0, colon);
  return std::all_of(scheme.begin(), scheme.end(), is_scheme_character) ? scheme
                                                                        : std::string_view{};
}

bool is_page_scheme(std::string_view scheme) {
  const std::string name = ascii_lower(scheme);
  return name == "http" || name == "https" || name == "file";
}

/// `https://host` of `https://host/path`.
std::string_view origin_of(std::string_view url) {
  const auto slashes = url.find("://");
  if (slashes == npos) return {};
  return url.substr(0, url.find_first_of("/?#", slashes + 3));
}

}  // namespace

std::string resolve_url(std::string_view base, std::string_view reference) {
  reference = trimmed(reference);
  const std::string_view scheme = scheme_of(reference);
  if (!scheme.empty()) return is_page_scheme(scheme) ? std::string(reference) : std::string();
  const std::string_view origin = origin_of(base);
  if (reference.starts_with("//")) {
    const std::string_view base_scheme = scheme_of(base);
    return fmt::format("{}:{}", base_scheme.empty() ? "https" : base_scheme, reference);
  }
  if (origin.empty() || reference.empty()) return {};
  if (reference.starts_with('/')) return fmt::format("{}{}", origin, reference);
  const std::string_view page = base.substr(0, base.find_first_of("?#"));
  if (reference.starts_with('?') || reference.starts_with('#')) {
    return fmt::format("{}{}", page, reference);
  }
  const auto slash = page.rfind('/');
  const std::string_view folder = slash < origin.size() ? origin : page.substr(0, slash);
  return fmt::format("{}/{}", folder, reference);
}

}  // namespace lede
