#include "corpus/index_terms.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <xxhash.h>

#include "corpus/fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// Xapian takes 245 bytes, and its keys store a NUL byte as two.
constexpr std::size_t kMaxExactBytes = 200;

std::size_t stored_bytes(std::string_view text) {
  return text.size() + static_cast<std::size_t>(std::ranges::count(text, '\0'));
}

std::string shortened(std::string_view value) {
  const XXH128_hash_t hash = XXH3_128bits(value.data(), value.size());
  std::string beginning(prefix_of(value, kMaxExactBytes / 2));
  std::erase(beginning, '\0');
  return fmt::format("{}~{:016x}{:016x}", beginning, hash.high64, hash.low64);
}

std::string term_of(FieldId field, std::string_view value) {
  return exact_term(field_of(field).prefix, value);
}

}  // namespace

std::string exact_term(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  if (stored_bytes(value) <= kMaxExactBytes) return term.append(value);
  return term.append(shortened(value));
}

std::string id_term(std::string_view id) {
  return term_of(FieldId::id, id);
}

std::vector<std::string> path_terms(std::string_view path) {
  std::vector<std::string> terms;
  while (!path.empty()) {
    terms.push_back(term_of(FieldId::path, path));
    const std::size_t slash = path.rfind('/');
    path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  return terms;
}

std::vector<std::string> date_terms(const Date& date) {
  const std::chrono::year_month_day day = calendar_day(date);
  const int year = static_cast<int>(day.year());
  const auto month = static_cast<unsigned>(day.month());
  std::vector<std::string> terms{fmt::format("{}{:04}", kYearPrefix, year)};
  if (date.precision >= DatePrecision::month)
    terms.push_back(fmt::format("{}{:04}{:02}", kMonthPrefix, year, month));
  if (date.precision >= DatePrecision::day)
    terms.push_back(fmt::format("{}{:04}{:02}{:02}", kDayPrefix, year, month,
                                static_cast<unsigned>(day.day())));
  return terms;
}

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto user = host.rfind('@'); user != std::string_view::npos)
    host.remove_prefix(user + 1);
  if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
  std::string lower = ascii_lower(host);
  return lower.starts_with("www.") ? lower.substr(4) : lower;
}

}  // namespace lede
