#include <string>

#include "corpus/date.hpp"
#include "corpus/date_names.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr int kFirstYear = 1990;  // the web's first
constexpr int kLastYear = 2099;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The value of a text of `least` to `most` digits and nothing else; -1 for any other.
int number_in(std::string_view text, std::size_t least, std::size_t most) {
  if (text.size() < least || text.size() > most) return -1;
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool is_year(std::string_view text) {
  const int year = number_in(text, 4, 4);
  return year >= kFirstYear && year <= kLastYear;
}

/// The date of three parts, checked against the calendar.
std::optional<Date> date_of(std::string_view year, int month, std::string_view day) {
  if (!is_year(year) || month < 1 || number_in(day, 1, 2) < 1) return std::nullopt;
  return parse_date(std::string(year) + '-' + std::to_string(month) + '-' + std::string(day));
}

std::optional<Date> month_of(std::string_view year, int month) {
  if (!is_year(year) || month < 1 || month > 12) return std::nullopt;
  return parse_date(std::string(year) + (month < 10 ? "-0" : "-") + std::to_string(month));
}

/// `08`, `8`, `aug`
int month_in(std::string_view segment) {
  if (segment.size() > 12) return -1;
  return month_named(folded_date_word(segment)).value_or(number_in(segment, 1, 2));
}

/// A segment that is or has in it a whole day: `20250829`, `2025-08-29-slug`, `slug-2025-08-29`.
std::optional<Date> day_in(std::string_view segment) {
  if (number_in(segment, 8, 8) > 0) {
    return date_of(segment.substr(0, 4), number_in(segment.substr(4, 2), 2, 2), segment.substr(6));
  }
  for (auto hyphen = segment.find('-'); hyphen != npos; hyphen = segment.find('-', hyphen + 1)) {
    if (hyphen < 4 || (hyphen > 4 && is_digit(segment[hyphen - 5]))) continue;
    const std::string_view text = segment.substr(hyphen - 4, 10);  // 2025-08-29
    if (text.size() < 10 || text[7] != '-') continue;
    if (hyphen + 6 < segment.size() && is_digit(segment[hyphen + 6])) continue;
    const int month = number_in(text.substr(5, 2), 2, 2);
    if (const auto date = date_of(text.substr(0, 4), month, text.substr(8))) return date;
  }
  return std::nullopt;
}

/// The segments of a URL's path, one after the other, and the one behind the last: empty.
std::string_view take_segment(std::string_view& path) {
  const auto end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return segment;
}

std::string_view path_of(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const auto host = url.find("://");
  if (host == npos) return url;
  const auto path = url.find('/', host + 3);
  return path == npos ? std::string_view{} : url.substr(path + 1);
}

/// `29`, and `0829` or `08-29` behind a year's segment.
std::optional<Date> day_after(std::string_view year, std::string_view segment) {
  const bool has_hyphen = segment.size() == 5 && segment[2] == '-';
  if (segment.size() != 4 && !has_hyphen) return std::nullopt;
  return date_of(year, number_in(segment.substr(0, 2), 2, 2), segment.substr(segment.size() - 2));
}

/// `29` behind `2025-08`
std::optional<Date> day_after_month(std::string_view month, std::string_view segment) {
  if (month.size() != 7 || month[4] != '-') return std::nullopt;
  return date_of(month.substr(0, 4), number_in(month.substr(5), 2, 2), segment);
}

}  // namespace

std::optional<Date> date_in_url(std::string_view url) {
  std::string_view path = path_of(url);
  std::optional<Date> month;
  std::string_view before_last;
  std::string_view last;
  while (!path.empty()) {
    const std::string_view segment = take_segment(path);
    if (const auto day = day_in(segment)) return day;
    if (const auto day = day_after(last, segment)) return day;
    if (const auto day = day_after_month(last, segment)) return day;
    if (const auto day = date_of(before_last, month_in(last), segment)) return day;
    if (!month) month = month_of(last, month_in(segment));
    before_last = last;
    last = segment;
  }
  return month;
}

}  // namespace lede
