#include "corpus/readers/html/url.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

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

/// `11` of `11`, `nov` and `november`; 0 for what is no month.
int month_of(std::string_view text) {
  if (text.size() == 2 && is_digit(text[0]) && is_digit(text[1])) {
    return (text[0] - '0') * 10 + (text[1] - '0');
  }
  if (text.size() < 3) return 0;
  const auto found = std::find(kMonths.begin(), kMonths.end(), ascii_lower(text.substr(0, 3)));
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// The day in a path that begins with a year: `2019/11/18/...`.
std::optional<Date> date_at(std::string_view path) {
  constexpr std::string_view kSeparators = "/-_";
  const std::string_view year = path.substr(0, 4);
  if (path.size() < 9 || !is_number(year) || kSeparators.find(path[4]) == npos) return std::nullopt;
  path.remove_prefix(5);
  const std::string_view month = path.substr(0, path.find_first_of(kSeparators));
  path.remove_prefix(std::min(month.size() + 1, path.size()));
  const std::string_view day = path.substr(0, path.find_first_of("/-_.?#"));
  if (day.empty() || day.size() > 2 || !is_number(day) || month_of(month) == 0) return std::nullopt;
  return parse_date(fmt::format("{}-{:02}-{:0>2}", year, month_of(month), day));
}

}  // namespace

std::string_view host_of(std::string_view url) {
  std::string_view host = origin_of(url);
  host.remove_prefix(std::min(host.find("://") + 3, host.size()));
  host.remove_prefix(host.find('@') == npos ? 0 : host.find('@') + 1);
  host = host.substr(0, host.find(':'));
  return host.starts_with("www.") ? host.substr(4) : host;
}

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

std::optional<Date> date_in_url(std::string_view url) {
  url.remove_prefix(origin_of(url).size());
  url = url.substr(0, url.find_first_of("?#"));
  for (auto slash = url.find('/'); slash != npos; slash = url.find('/', slash + 1)) {
    if (const auto date = date_at(url.substr(slash + 1, 24))) return date;
  }
  return std::nullopt;
}

}  // namespace lede
