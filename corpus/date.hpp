#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lede {

/// How much of a date its source said. A month is not turned into the first day of it.
enum class DatePrecision : std::uint8_t { year, month, day, second };

/// The name of a precision as JSON shows it: `year`, ...
std::string_view name_of(DatePrecision precision);

/// A publishing date: an instant, how precise it is, and the calendar it was written in.
struct Date {
  std::int64_t unix_seconds = 0;  ///< the instant the period begins, UTC
  DatePrecision precision = DatePrecision::second;
  std::int16_t offset_minutes = 0;  ///< east of UTC, as the source wrote it
  bool zone_is_assumed = true;      ///< the source named no zone, UTC was taken

  friend bool operator==(const Date&, const Date&) = default;
};

/// Is its day, in its own zone, in the years from 1000 to 9999, and the zone less than a day from
/// UTC? So is every date that is read; one that comes as numbers may be anything.
bool is_usual_date(const Date& date);

/// Reads a date as articles carry it, in any of these forms; anything else, every day that no
/// calendar has, and every year but 1000 to 9999 gives nullopt. Never throws.
///
/// - ISO 8601, also only a year or a month: `2025-08-29T14:05:00+02:00`, `20190516T180000Z`,
///   `2025-08-29 9:05:00 -0400`, `2025-W35-5`, `2025-241`, `2025/8/29`, `2025.08.29`. A week
///   without a day gives nullopt: there is no such precision.
/// - RFC 822, 850 and 2822, asctime and JavaScript, whatever the weekday says, with years of two
///   digits when a time follows or as in `29-Aug-25`.
/// - A month's name in English or another European language (date_names.cpp), in any usual order:
///   `August 29, 2025 at 2:05 p.m. ET`, `29. August 2025, 14.05 Uhr`, `1er septembre 2025`,
///   `29 de agosto de 2025`, `14:05, 29 Aug 2025`.
/// - `2025年8月29日 14:05`.
/// - Numbers alone: `29.8.2025` has the day first, wherever there are dots; with slashes or hyphens
///   the number above 12 is the day, and when both could be, as in `8/9/2025`, there is no telling:
///   nullopt.
/// - Unix seconds, milliseconds, microseconds or nanoseconds, told by their magnitude, also in
///   `/Date(...)/`.
/// - Any of these behind `Published`, `Posted on` and the like.
///
/// 24:00 is the next day's beginning. A zone's name that is unknown, as `America/New_York`, counts
/// as none: UTC is assumed. `ET` and the like follow the summer time of the United States.
std::optional<Date> parse_date(std::string_view text);

/// The date in the path of a URL, which many sites take from the day of publishing: `/2025/08/29/`,
/// `/2025/aug/29/`, `/2025/08-29/`, `/2025-08/29/`, `/2025-08-29-slug`, `-2025-08-29/`,
/// `/20250829/`; the month when there is no day: `/2025/08/`. Years before 1990 and after 2099 are
/// taken for other numbers.
std::optional<Date> date_in_url(std::string_view url);

/// The date in ISO 8601 at its own precision and in its own zone: `2025-08`,
/// `2025-08-29T14:05:00+02:00`; an assumed zone is written as `Z`. parse_date reads it back as the
/// same date, but for a second's assumed zone, which has a name then.
std::string format_date(const Date& date);

/// A day in ISO 8601: `2025-08-29`.
std::string format_day(std::chrono::year_month_day day);

/// The calendar day on which the date begins in its own zone, as a reader of the page saw it.
std::chrono::year_month_day calendar_day(const Date& date);

}  // namespace lede
