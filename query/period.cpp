#include "query/period.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <iterator>

#include <fmt/format.h>

#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/date_names.hpp"
#include "corpus/error.hpp"
#include "corpus/fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kLongestLength = 100'000;  // of any unit: beyond every calendar lede reads

constexpr std::string_view kHint =
    "write date:2025-08, date:2024..2025-03, date:7d.., date:yesterday or date:\"last week\"; see "
    "docs/query-language.md";

[[noreturn]] void fail(std::string_view text, std::string_view what) {
  throw Error(fmt::format("'{}' {}", printable_line(text), what), std::string(kHint));
}

// The reader's clock -----------------------------------------------------------------------------

/// The instant of a wall clock in the reader's zone.
std::int64_t seconds_at(CalendarDay day, std::int64_t seconds_of_day) {
  const year_month_day date(day);
  std::tm clock{};
  clock.tm_year = static_cast<int>(date.year()) - 1900;
  clock.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  clock.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  clock.tm_hour = static_cast<int>(seconds_of_day / kHour);
  clock.tm_min = static_cast<int>(seconds_of_day % kHour / kMinute);
  clock.tm_sec = static_cast<int>(seconds_of_day % kMinute);
  clock.tm_isdst = -1;
  return std::mktime(&clock);
}

/// A date's wall clock: its seconds since 1970 by the calendar it was written in.
std::int64_t wall_seconds(const Date& date) {
  return date.unix_seconds + date.offset_minutes * kMinute;
}

/// The instant of a date with a time; without a zone it is the reader's.
std::int64_t instant_of(const Date& date) {
  if (!date.zone_is_assumed) return date.unix_seconds;
  const std::int64_t wall = wall_seconds(date);
  const std::int64_t day = (wall - ((wall % kDay) + kDay) % kDay) / kDay;
  return seconds_at(CalendarDay(days(day)), wall - day * kDay);
}

// Points -----------------------------------------------------------------------------------------

/// A day, month, ... or an instant: from its beginning to its end.
struct Span {
  CalendarDay first;
  CalendarDay end;
  bool has_time = false;
  std::int64_t begin_seconds = 0;
  std::int64_t end_seconds = 0;
};

Span span_of(CalendarDay first, CalendarDay end) {
  return {first, end, false, 0, 0};
}
Span span_of(year_month first, months length = months(1)) {
  return span_of(CalendarDay(first / 1), CalendarDay((first + length) / 1));
}
Span span_of(year first) {
  return span_of(first / std::chrono::January, months(12));
}
Span instant(std::int64_t begin, std::int64_t length) {
  return {{}, {}, true, begin, begin + length};
}

CalendarDay monday_before(CalendarDay day) {
  return day - (weekday(day) - std::chrono::Monday);
}

/// The same day of another month, or that month's last one.
CalendarDay moved(CalendarDay day, months by) {
  const year_month_day from(day);
  const year_month_day to = from + by;
  return CalendarDay(to.ok() ? to : year_month_day(to.year() / to.month() / std::chrono::last));
}

/// Words of a point, in lower case, as in `last_week` or `3 days ago`.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find_first_not_of(" _"), text.size());
    const std::size_t end = std::min(text.find_first_of(" _", begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return words;
}

/// A hyphen between letters stands for a space: `last-week`.
std::string normal(std::string_view text) {
  std::string result = ascii_lower(trimmed(text));
  for (std::size_t i = 1; i + 1 < result.size(); ++i) {
    const auto is_letter = [&](std::size_t at) { return result[at] >= 'a' && result[at] <= 'z'; };
    if (result[i] == '-' && is_letter(i - 1) && is_letter(i + 1)) result[i] = ' ';
  }
  return result;
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
  return is_whole && number >= 0 ? std::optional(number) : std::nullopt;
}

/// Of a word as long as three letters or more, the names it begins.
template <std::size_t kCount>
std::optional<unsigned> beginning_of(const std::array<std::string_view, kCount>& names,
                                     std::string_view word) {
  constexpr std::size_t kShortest = 3;
  for (unsigned i = 0; i < kCount; ++i)
    if (word.size() >= kShortest && names[i].starts_with(word)) return i;
  return std::nullopt;
}

std::optional<unsigned> weekday_named(std::string_view word) {
  constexpr std::array<std::string_view, 7> kNames{"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};
  return beginning_of(kNames, word);
}

// Lengths of time --------------------------------------------------------------------------------

/// A length of time: by the calendar, and by the clock.
struct Length {
  months calendar_months{0};
  days calendar_days{0};
  std::int64_t seconds = 0;
};

std::optional<Length> length_of(std::int64_t count, std::string_view unit) {
  struct Unit {
    std::array<std::string_view, 4> names;
    Length length;
  };
  constexpr std::array<Unit, 6> kUnits{
      {{{"d", "day", "days", ""}, {months(0), days(1), 0}},
       {{"w", "wk", "week", "weeks"}, {months(0), days(7), 0}},
       {{"m", "mo", "month", "months"}, {months(1), days(0), 0}},
       {{"y", "yr", "year", "years"}, {months(12), days(0), 0}},
       {{"h", "hr", "hour", "hours"}, {months(0), days(0), kHour}},
       {{"min", "mins", "minute", "minutes"}, {months(0), days(0), kMinute}}}};
  if (count > kLongestLength || unit.empty()) return std::nullopt;
  for (const Unit& each : kUnits) {
    if (std::ranges::find(each.names, unit) == each.names.end()) continue;
    const int times = static_cast<int>(count);
    return Length{each.length.calendar_months * times, each.length.calendar_days * times,
                  each.length.seconds * count};
  }
  return std::nullopt;
}

/// `7d`, `2 weeks`, `36h`: digits and a unit, in one word or two.
std::optional<Length> take_length(std::vector<std::string_view>& words) {
  if (words.empty()) return std::nullopt;
  const std::size_t digits = std::min(words[0].find_first_not_of("0123456789"), words[0].size());
  const auto count = number_of(words[0].substr(0, digits));
  if (!count) return std::nullopt;
  const bool is_one_word = digits < words[0].size();
  if (!is_one_word && words.size() < 2) return std::nullopt;
  const auto length = length_of(*count, is_one_word ? words[0].substr(digits) : words[1]);
  if (length) words.erase(words.begin(), words.begin() + (is_one_word ? 1 : 2));
  return length;
}

/// ISO 8601's `P1Y2M3W4DT5H6M`; nullopt for anything else.
std::optional<Length> iso_length(std::string_view text) {
  if (!text.starts_with('p')) return std::nullopt;
  text.remove_prefix(1);
  Length length;
  bool is_clock = false;
  bool has_part = false;
  while (!text.empty()) {
    if (text.front() == 't' && !is_clock) {
      is_clock = true;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = number_of(text.substr(0, digits));
    if (!count || digits == text.size()) return std::nullopt;
    const std::string_view unit = text.substr(digits, 1);
    if (is_clock != (unit == "h" || (unit == "m" && is_clock))) return std::nullopt;
    const auto part = length_of(*count, is_clock && unit == "m" ? "min" : unit);
    if (!part) return std::nullopt;
    length.calendar_months += part->calendar_months;
    length.calendar_days += part->calendar_days;
    length.seconds += part->seconds;
    has_part = true;
    text.remove_prefix(digits + 1);
  }
  return has_part ? std::optional(length) : std::nullopt;
}

/// A span's beginning or end, `direction` times the length away: an instant where either has one.
Span away(const Span& from, bool from_its_end, const Length& length, int direction) {
  const CalendarDay start = from_its_end ? from.end : from.first;
  if (from.has_time || length.seconds > 0) {
    const std::int64_t start_seconds = !from.has_time ? seconds_at(start, 0)
                                       : from_its_end ? from.end_seconds
                                                      : from.begin_seconds;
    constexpr int kDaysOfAMonth = 30;  // beside a time of day the calendar does not matter
    const days whole_days =
        length.calendar_days + days(kDaysOfAMonth) * length.calendar_months.count();
    const std::int64_t seconds = length.seconds + whole_days.count() * kDay;
    return instant(start_seconds + direction * seconds, 0);
  }
  const CalendarDay day =
      moved(start, length.calendar_months * direction) + length.calendar_days * direction;
  return span_of(day, day);
}

// Reading points ---------------------------------------------------------------------------------

std::optional<Span> calendar_word(const std::vector<std::string_view>& words, CalendarDay today) {
  if (words.size() != 1) return std::nullopt;
  if (words[0] == "today") return span_of(today, today + days(1));
  if (words[0] == "yesterday") return span_of(today - days(1), today);
  if (const auto number = weekday_named(words[0])) {
    const CalendarDay day = today - (weekday(today) - weekday(*number));
    return span_of(day, day + days(1));
  }
  const bool is_a_name = words[0].find_first_of("0123456789") == std::string_view::npos;
  const auto named = is_a_name ? month_named(folded_date_word(words[0])) : std::nullopt;
  if (!named) return std::nullopt;
  const year_month_day date(today);
  const month wanted(static_cast<unsigned>(*named));
  return span_of((wanted > date.month() ? date.year() - years(1) : date.year()) / wanted);
}

/// `this week`, `last month`.
std::optional<Span> unit_around(const std::vector<std::string_view>& words, CalendarDay today) {
  if (words.size() != 2 || (words[0] != "this" && words[0] != "last")) return std::nullopt;
  const int back = words[0] == "last" ? 1 : 0;
  const year_month_day date(today);
  if (words[1] == "week") {
    const CalendarDay monday = monday_before(today) - days(7 * back);
    return span_of(monday, monday + days(7));
  }
  if (words[1] == "month") return span_of(date.year() / date.month() - months(back));
  if (words[1] == "year") return span_of(date.year() - years(back));
  if (words[1] != "quarter") return std::nullopt;
  const unsigned first = (static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1;
  return span_of(date.year() / month(first) - months(3 * back), months(3));
}

/// `2025-W35`, `2025-Q3`.
std::optional<Span> week_or_quarter(std::string_view text) {
  if (text.size() < 6 || text.size() > 8) return std::nullopt;
  const auto number = number_of(text.substr(0, 4));
  std::string_view rest = text.substr(4);
  if (rest.starts_with('-')) rest.remove_prefix(1);
  const auto part = number_of(rest.substr(1));
  if (!number || *number < 1000 || !part) return std::nullopt;
  const year of(static_cast<int>(*number));
  if (rest[0] == 'q' && *part >= 1 && *part <= 4 && rest.size() == 2)
    return span_of(of / month(static_cast<unsigned>(3 * *part - 2)), months(3));
  if (rest[0] != 'w' || rest.size() != 3 || *part < 1) return std::nullopt;
  const auto first_monday = [](year each) {
    return monday_before(CalendarDay(each / std::chrono::January / 4));
  };
  const CalendarDay monday = first_monday(of) + days(7 * (*part - 1));
  if (monday >= first_monday(of + years(1))) return std::nullopt;
  return span_of(monday, monday + days(7));
}

/// Whether a time is written to the second, `14:05:00`, or in digits alone.
bool has_seconds(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon == std::string_view::npos || (colon + 3 < text.size() && text[colon + 3] == ':');
}

std::optional<Span> written_date(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return std::nullopt;
  const auto day = local_days(calendar_day(*date));
  const year_month_day calendar(day);
  switch (date->precision) {
    case DatePrecision::year:
      return span_of(calendar.year());
    case DatePrecision::month:
      return span_of(calendar.year() / calendar.month());
    case DatePrecision::day:
      return span_of(day, day + days(1));
    case DatePrecision::second:
      break;
  }
  return instant(instant_of(*date), has_seconds(text) ? 1 : kMinute);
}

/// A point that is a length before now.
std::optional<Span> so_long_ago(std::vector<std::string_view> words, const Moment& now) {
  const auto length = take_length(words);
  const bool has_ago = words.size() == 1 && words[0] == "ago";
  if (!length || !(words.empty() || has_ago)) return std::nullopt;
  if (length->seconds > 0) return instant(now.unix_seconds - length->seconds, 0);
  const CalendarDay day = moved(now.today, -length->calendar_months) - length->calendar_days;
  return span_of(day, day + days(1));
}

std::optional<Span> find_point(std::string_view text, const Moment& now) {
  const std::string normalized = normal(text);
  const std::vector<std::string_view> words = words_of(normalized);
  if (words.size() == 1 && words[0] == "now") return instant(now.unix_seconds, 0);
  if (const auto found = calendar_word(words, now.today)) return found;
  if (const auto found = unit_around(words, now.today)) return found;
  if (const auto found = so_long_ago(words, now)) return found;
  if (const auto found = week_or_quarter(normalized)) return found;
  return written_date(trimmed(text));
}

Span point(std::string_view text, const Moment& now) {
  if (const auto found = find_point(text, now)) return *found;
  fail(text, "is not a date");
}

// Periods ----------------------------------------------------------------------------------------

Period whole(const Span& span) {
  if (span.has_time) return {{}, true, span.begin_seconds, span.end_seconds};
  return {{span.first, span.end}, false, {}, {}};
}

std::int64_t beginning(const Span& span) {
  return span.has_time ? span.begin_seconds : seconds_at(span.first, 0);
}
std::int64_t ending(const Span& span) {
  return span.has_time ? std::max(span.end_seconds, span.begin_seconds + 1)
                       : seconds_at(span.end, 0);
}

Period between(std::string_view text, const std::optional<Span>& from,
               const std::optional<Span>& to) {
  Period period;
  period.has_times = (from && from->has_time) || (to && to->has_time);
  if (period.has_times) {
    if (from) period.begin_seconds = beginning(*from);
    if (to) period.end_seconds = ending(*to);
  } else {
    if (from) period.days.first = from->first;
    if (to) period.days.end = to->end;
  }
  const bool is_empty = from && to &&
                        (period.has_times ? *period.begin_seconds >= *period.end_seconds
                                          : *period.days.first >= *period.days.end);
  if (is_empty) fail(text, "ends before it begins");
  return period;
}

Period range(std::string_view text, std::string_view from, std::string_view to, const Moment& now) {
  const bool has_from = !trimmed(from).empty();
  const bool has_to = !trimmed(to).empty();
  if (!has_from && !has_to) fail(text, "has neither a beginning nor an end");
  return between(text, has_from ? std::optional(point(from, now)) : std::nullopt,
                 has_to ? std::optional(point(to, now)) : std::nullopt);
}

Period interval(std::string_view text, std::size_t slash, const Moment& now) {
  const std::string_view from = text.substr(0, slash);
  const std::string_view to = text.substr(slash + 1);
  const auto length_first = iso_length(normal(from));
  const auto length_last = iso_length(normal(to));
  if (length_first && length_last) fail(text, "has neither a beginning nor an end");
  if (length_last) {
    const Span begin = point(from, now);
    return between(text, begin, away(begin, false, *length_last, 1));
  }
  if (length_first) {
    const Span end = trimmed(to).empty() ? span_of(now.today, now.today + days(1)) : point(to, now);
    return between(text, away(end, true, *length_first, -1), end);
  }
  return range(text, from, to, now);
}

/// `last 7 days`: from then to now.
std::optional<Period> last_while(std::string_view text, const Moment& now) {
  const std::string normalized = normal(text);
  std::vector<std::string_view> words = words_of(normalized);
  if (words.size() < 2 || (words[0] != "last" && words[0] != "past")) return std::nullopt;
  words.erase(words.begin());
  if (!take_length(words) || !words.empty()) return std::nullopt;
  words = words_of(normalized);
  words.erase(words.begin());
  return between(text, so_long_ago(words, now), std::nullopt);
}

bool is_bare_length(std::string_view text) {
  const std::string normalized = normal(text);
  std::vector<std::string_view> words = words_of(normalized);
  return take_length(words) && words.empty();
}

// Terms ------------------------------------------------------------------------------------------

class TermCollector {
 public:
  explicit TermCollector(std::vector<std::string>& terms) : terms_(terms) {}

  /// From the first day to the one before the end.
  void add(CalendarDay first, CalendarDay end) {
    while (first < end) {
      const year_month_day date(first);
      const CalendarDay next_year(date.year() / std::chrono::January / 1 + years(1));
      const CalendarDay next_month((date.year() / date.month() + months(1)) / 1);
      const bool begins_month = date.day() == std::chrono::day(1);
      const bool begins_year = begins_month && date.month() == std::chrono::January;
      const int number = static_cast<int>(date.year());
      const auto month_number = static_cast<unsigned>(date.month());
      if (begins_year && next_year <= end) {
        add(fmt::format("{}{:04}", kYearPrefix, number));
        first = next_year;
      } else if (begins_month && next_month <= end) {
        add(fmt::format("{}{:04}{:02}", kMonthPrefix, number, month_number));
        first = next_month;
      } else {
        add(fmt::format("{}{:04}{:02}{:02}", kDayPrefix, number, month_number,
                        static_cast<unsigned>(date.day())));
        first += days(1);
      }
    }
  }

 private:
  void add(std::string term) { terms_.push_back(std::move(term)); }

  std::vector<std::string>& terms_;
};

}  // namespace

Moment moment_at(std::int64_t unix_seconds) {
  const std::time_t instant = unix_seconds;
  std::tm clock{};
  localtime_r(&instant, &clock);
  const year_month_day day(year(clock.tm_year + 1900),
                           month(static_cast<unsigned>(clock.tm_mon + 1)),
                           std::chrono::day(static_cast<unsigned>(clock.tm_mday)));
  return {unix_seconds, CalendarDay(day)};
}

std::optional<Moment> parse_moment(std::string_view text) {
  const auto date = parse_date(trimmed(text));
  if (!date) return std::nullopt;
  if (date->precision == DatePrecision::second) return moment_at(instant_of(*date));
  const auto day = local_days(calendar_day(*date));
  return Moment{seconds_at(day, kDay / 2), day};
}

Period parse_period(std::string_view text, const Moment& now) {
  text = trimmed(text);
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos)
    return range(text, text.substr(0, dots), text.substr(dots + 2), now);
  if (const auto found = last_while(text, now)) return *found;
  if (is_bare_length(text))
    fail(text, fmt::format("is a length of time; since then is {}..", trimmed(text)));
  if (const auto found = find_point(text, now)) return whole(*found);
  if (const std::size_t slash = text.find('/');
      slash != std::string_view::npos && text.find('/', slash + 1) == std::string_view::npos)
    return interval(text, slash, now);
  fail(text, "is not a date");
}

std::vector<std::string> period_terms(const Days& days, const std::vector<int>& years) {
  std::vector<std::string> terms;
  TermCollector collector(terms);
  constexpr std::chrono::days kShort(366);
  if (days.first && days.end && *days.end - *days.first <= kShort) {
    collector.add(*days.first, *days.end);
    return terms;
  }
  for (const int number : years) {
    const CalendarDay first(year(number) / std::chrono::January / 1);
    const CalendarDay end(year(number + 1) / std::chrono::January / 1);
    collector.add(std::max(first, days.first.value_or(first)),
                  std::min(end, days.end.value_or(end)));
  }
  return terms;
}

}  // namespace lede
