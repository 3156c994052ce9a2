#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lede {

/// How much of a date its source said. A month is not turned into the first day of it.
enum class DatePrecision : std::uint8_t { year, month, day, second };

/// A publishing date: an instant, how precise it is, and the calendar it was written in.
struct Date {
  std::int64_t unix_seconds = 0;  ///< the instant the period begins, UTC
  DatePrecision precision = DatePrecision::second;
  std::int16_t offset_minutes = 0;  ///< east of UTC, as the source wrote it
  bool zone_is_assumed = true;      ///< the source named no zone, UTC was taken

  friend bool operator==(const Date&, const Date&) = default;
};

/// Reads a date as articles carry it: ISO 8601 (also only a year or month), RFC 822, Unix seconds,
/// milliseconds or microseconds, `26-FEB-1987 15:01:01.79`, `August 29, 2025`, `29 Aug 2025`.
/// Anything else, every day that no calendar has, and every year but 1000 to 9999 gives nullopt.
/// 24:00 is the next day's beginning. Never throws.
std::optional<Date> parse_date(std::string_view text);

/// The date in ISO 8601 at its own precision and in its own zone: `2025-08`,
/// `2025-08-29T14:05:00+02:00`; an assumed zone is written as `Z`. parse_date reads it back as the
/// same date, but for a second's assumed zone, which has a name then.
std::string format_date(const Date& date);

/// The calendar day on which the date begins in its own zone, as a reader of the page saw it.
std::chrono::year_month_day calendar_day(const Date& date);

}  // namespace lede
