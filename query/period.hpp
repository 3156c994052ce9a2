#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lede {

/// A day of the calendar, wherever it is lived.
using CalendarDay = std::chrono::local_days;

/// The moment a question is asked at, and the reader's day then.
struct Moment {
  std::int64_t unix_seconds = 0;
  CalendarDay today;
};

/// That moment in the zone of this process (TZ).
Moment moment_at(std::int64_t unix_seconds);

/// Reads `--now`: any date that an article may carry (corpus/date.hpp). A day without a time is
/// that day's noon; a time without a zone is the reader's. nullopt for anything else.
std::optional<Moment> parse_moment(std::string_view text);

/// The days a question asks for: from the first one to the one before `end`. At least one of them
/// is there.
struct Days {
  std::optional<CalendarDay> first;
  std::optional<CalendarDay> end;

  friend bool operator==(const Days&, const Days&) = default;
};

/// A stretch of time: days, or, where a time of day was named, an interval of Unix seconds
/// [begin, end).
struct Period {
  Days days;
  bool has_times = false;
  std::optional<std::int64_t> begin_seconds;
  std::optional<std::int64_t> end_seconds;

  friend bool operator==(const Period&, const Period&) = default;
};

/// Reads what stands behind `date:`. A point is one of
///
/// - a day, month, year, week or quarter: `2025-08-29`, `2025-08`, `2025`, `2025-W35`, `2025-Q3`;
///   a date in words: `29 August 2025`, `Aug 2025`; a time: `2025-08-29T14:05`, with or without
///   zone
/// - `today`, `yesterday`, a weekday or month by its English name: the last one that has begun
/// - `this week`, `last month`, `last year`: calendar weeks begin on Monday
/// - so long before now: `7d`, `2 weeks ago`, `3months`, `1y`, `36h`
///
/// and a period is a point, `A..B` (B is part of it), `A..`, `..B`, or ISO 8601's intervals: `A/B`,
/// `A/`, `/B`, `A/P2W`, `P1M/B`. Case does not count, `_` and `-` stand for spaces between words.
/// Days without a zone are the calendar's; times without one are the reader's.
///
/// Throws Error (usage) that says what is wrong with the text: not a date, an end before its
/// beginning, a length of time where a point is needed.
Period parse_period(std::string_view text, const Moment& now);

/// The terms (corpus/index_terms.hpp) whose articles lie within the days by the calendar that they
/// were published in: whole years, whole months, and the days at the ends. `years` are those that
/// the index has, in order; of a long time nothing is asked outside them. An article of which only
/// the year is known is found where the whole year was asked for.
std::vector<std::string> period_terms(const Days& days, const std::vector<int>& years);

}  // namespace lede
