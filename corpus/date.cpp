#include "corpus/date.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "corpus/date_clock.hpp"
#include "corpus/date_names.hpp"
#include "corpus/date_scanner.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr int kFirstYear = 1000;
constexpr int kLastYear = 9999;
constexpr std::size_t kLongestDate = 100;  // bytes; no form of a date comes near it

constexpr auto npos = std::string_view::npos;

/// Words between the parts of a written date, as in `29 de agosto de 2025`.
constexpr std::array kJoiningWords{"of"sv, "de"sv, "del"sv, "do"sv, "di"sv, "d"sv, "the"sv};
constexpr std::array kOrdinals{"st"sv, "nd"sv, "rd"sv,  "th"sv, "er"sv,  "re"sv, "o"sv,
                               "a"sv,  "e"sv,  "eme"sv, "en"sv, "ste"sv, "i"sv};
/// What follows a year: `29 августа 2025 г.`
constexpr std::array kYearWords{"г"sv, "года"sv, "р"sv, "року"sv};
constexpr std::array kArticles{"den"sv, "der"sv, "am"sv, "le"sv, "el"sv, "il"sv, "the"sv, "on"sv};
constexpr std::array kYearMarks{"年"sv, "년"sv};
constexpr std::array kMonthMarks{"月"sv, "월"sv};
constexpr std::array kDayMarks{"日"sv, "号"sv, "일"sv};

struct Replacement {
  std::string_view from;
  std::string_view to;
};
/// What typography writes for the plain characters of a date.
constexpr std::array kReplacements{
    Replacement{"\u00A0"sv, " "sv}, Replacement{"\u2009"sv, " "sv}, Replacement{"\u202F"sv, " "sv},
    Replacement{"\u3000"sv, " "sv}, Replacement{"\u2010"sv, "-"sv}, Replacement{"\u2011"sv, "-"sv},
    Replacement{"\u2013"sv, "-"sv}, Replacement{"\u2014"sv, "-"sv}, Replacement{"\u2212"sv, "-"sv},
    Replacement{"\u00B7"sv, "|"sv}, Replacement{"\u2022"sv, "|"sv}, Replacement{"\u2019"sv, "'"sv},
    Replacement{"\u00AA"sv, ""sv},  Replacement{"\u00BA"sv, ""sv},  Replacement{"\uFF08"sv, "("sv},
    Replacement{"\uFF09"sv, ")"sv}, Replacement{"\uFF1A"sv, ":"sv}, Replacement{"\uFF0C"sv, ","sv},
};

/// What a text says of a date, not yet checked against a calendar.
struct Parts {
  int year = 0;
  int month = 0;  // 0: not said
  int day = 0;
  std::optional<Clock> clock;
};

/// The period's first day; a part that is not said counts as the first one. nullopt: no such day.
std::optional<std::chrono::sys_days> first_day(const Parts& parts) {
  const std::chrono::year_month_day day{
      std::chrono::year{parts.year},
      std::chrono::month{static_cast<unsigned>(std::max(parts.month, 1))},
      std::chrono::day{static_cast<unsigned>(std::max(parts.day, 1))}};
  return day.ok() ? std::optional(std::chrono::sys_days{day}) : std::nullopt;
}

DatePrecision precision_of(const Parts& parts) {
  if (parts.clock) return DatePrecision::second;
  if (parts.day != 0) return DatePrecision::day;
  return parts.month != 0 ? DatePrecision::month : DatePrecision::year;
}

int offset_of(const Clock& clock, std::chrono::sys_days day) {
  if (!clock.zone) return 0;
  return clock.zone->offset_minutes + (clock.zone->changes && is_american_summer(day) ? 60 : 0);
}

bool is_usual_year(int year) {
  return year >= kFirstYear && year <= kLastYear;
}

std::optional<Date> date_from(const Parts& parts) {
  const auto day = first_day(parts);
  if (!day || !is_usual_year(parts.year)) return std::nullopt;
  const Clock clock = parts.clock.value_or(Clock{});
  const int offset = offset_of(clock, *day);
  const std::chrono::sys_seconds midnight = *day;
  const std::int64_t seconds = (clock.hour * 60 + clock.minute - offset) * 60 + clock.second;
  return Date{midnight.time_since_epoch().count() + seconds, precision_of(parts),
              static_cast<std::int16_t>(offset), !clock.zone};
}

/// Weekdays, right or wrong, and articles: `fredag den`. A month's name is left, unless it could be
/// a weekday's as well (`mar.` is March and mardi) and `takes_months` says so.
void skip_weekdays(DateScanner& scanner, bool takes_months) {
  const auto is_known = [&](const std::string& word) {
    if (std::find(kArticles.begin(), kArticles.end(), word) != kArticles.end()) return true;
    return is_weekday(word) && (takes_months || !month_named(word));
  };
  while (scanner.take_word(is_known)) scanner.skip(" .,-");
}

/// The date of parts behind which only a weekday, remarks and a time of the day may stand.
std::optional<Date> date_before_clock(DateScanner scanner, Parts parts) {
  if (!parts.clock && is_zone(scanner)) return date_from(parts);  // `2025-08-29+02:00`
  scanner.skip(" .,|");
  skip_remarks(scanner);
  skip_weekdays(scanner, false);
  if (!scanner.is_done()) {
    if (parts.day == 0 || parts.clock) return std::nullopt;
    parts.clock = take_clock(scanner);
    scanner.skip(" .,");
    if (!parts.clock || !scanner.is_done()) return std::nullopt;
  }
  return date_from(parts);
}

bool take_into(std::optional<int> number, int& part) {
  part = number.value_or(0);
  return part != 0;
}

void skip_joints(DateScanner& scanner) {
  do {
    scanner.skip(" .,-/'");
  } while (scanner.take_word_of(kJoiningWords));
}

bool take_month_name(DateScanner& scanner, Parts& parts) {
  return take_into(scanner.take_word([](const std::string& word) { return month_named(word); }),
                   parts.month);
}

bool take_day(DateScanner& scanner, Parts& parts) {
  if (!take_into(scanner.take_number(1, 2), parts.day)) return false;
  scanner.take_word_of(kOrdinals);
  return true;
}

/// A year of four digits, or of two as RFC 2822 reads them.
bool take_year(DateScanner& scanner, Parts& parts, bool may_be_short) {
  const bool is_short = scanner.digits_ahead() == 2;
  if (is_short && !may_be_short) return false;
  const auto year = is_short ? scanner.take_digits(2) : scanner.take_number(4, 4);
  if (!year) return false;
  parts.year = !is_short ? *year : *year + (*year < 50 ? 2000 : 1900);
  DateScanner ahead = scanner;
  ahead.skip(" ");
  if (ahead.take_word_of(kYearWords)) scanner = ahead;
  return true;
}

// ---- dates that begin with the year

Parts with_day(Parts parts, std::chrono::sys_days days) {
  const std::chrono::year_month_day day{days};
  parts.year = static_cast<int>(day.year());
  parts.month = static_cast<int>(static_cast<unsigned>(day.month()));
  parts.day = static_cast<int>(static_cast<unsigned>(day.day()));
  return parts;
}

/// 2025-W35-5, 2025W355: the day is counted from the Monday of the week that has January 4.
std::optional<Date> parse_week(DateScanner scanner, Parts parts) {
  scanner.take('W');
  const auto week = scanner.take_digits(2);
  scanner.take('-');
  const auto number = scanner.take_digits(1);
  if (!week || !number || *week < 1 || *week > 53 || *number < 1 || *number > 7) {
    return std::nullopt;
  }
  using namespace std::chrono;
  const sys_days fourth = sys_days{year{parts.year} / January / 4};
  const sys_days first_monday = fourth - (weekday{fourth} - Monday);
  return date_before_clock(scanner,
                           with_day(parts, first_monday + days{(*week - 1) * 7 + *number - 1}));
}

/// 2025-241: the day of the year.
std::optional<Date> parse_ordinal(DateScanner scanner, Parts parts) {
  const int number = scanner.take_digits(3).value_or(0);
  using namespace std::chrono;
  const year year{parts.year};
  if (number < 1 || number > (year.is_leap() ? 366 : 365)) return std::nullopt;
  return date_before_clock(scanner,
                           with_day(parts, sys_days{year / January / 1} + days{number - 1}));
}

/// -08-29, /8/29, .08.29, `. 8. 29.`, -08
std::optional<Date> parse_numbers(DateScanner scanner, Parts parts) {
  const char separator = scanner.next();
  scanner.take(separator);
  scanner.skip(" ");
  if (!take_into(scanner.take_number(1, 2), parts.month)) return std::nullopt;
  if (scanner.is_done()) return date_from(parts);
  if (!scanner.take(separator)) return std::nullopt;
  scanner.skip(" ");
  if (!take_into(scanner.take_number(1, 2), parts.day)) return std::nullopt;
  return date_before_clock(scanner, parts);
}

/// 0829 of 20250829
std::optional<Date> parse_compact(DateScanner scanner, Parts parts) {
  const bool has_month = take_into(scanner.take_digits(2), parts.month);
  const bool has_day = take_into(scanner.take_digits(2), parts.day);
  return has_month && has_day ? date_before_clock(scanner, parts) : std::nullopt;
}

/// `8月29日` of 2025年8月29日
std::optional<Date> parse_eastern(DateScanner scanner, Parts parts) {
  scanner.skip(" ");
  if (scanner.is_done()) return date_from(parts);
  if (!take_into(scanner.take_number(1, 2), parts.month)) return std::nullopt;
  if (!scanner.take_mark(kMonthMarks)) return std::nullopt;
  scanner.skip(" ");
  if (scanner.is_done()) return date_from(parts);
  if (!take_into(scanner.take_number(1, 2), parts.day)) return std::nullopt;
  return scanner.take_mark(kDayMarks) ? date_before_clock(scanner, parts) : std::nullopt;
}

/// `. augusztus 29.` of a Hungarian date, `-Aug-29`
std::optional<Date> parse_month_and_day(DateScanner scanner, Parts parts) {
  skip_joints(scanner);
  if (!take_month_name(scanner, parts)) return std::nullopt;
  skip_joints(scanner);
  return take_day(scanner, parts) ? date_before_clock(scanner, parts) : std::nullopt;
}

std::optional<Date> parse_year_first(DateScanner scanner) {
  const std::size_t digits = scanner.digits_ahead();
  Parts parts;
  parts.year = *scanner.take_digits(4);
  if (scanner.is_done()) return date_from(parts);
  if (!is_usual_year(parts.year)) return std::nullopt;
  if (digits == 8) return parse_compact(scanner, parts);
  if (digits == 7) return parse_ordinal(scanner, parts);
  if (scanner.take_mark(kYearMarks)) return parse_eastern(scanner, parts);
  DateScanner ahead = scanner;
  const bool has_hyphen = ahead.take('-');
  if (ahead.next() == 'W') return parse_week(ahead, parts);
  if (has_hyphen && ahead.digits_ahead() == 3) return parse_ordinal(ahead, parts);
  if (const auto date = parse_month_and_day(scanner, parts)) return date;
  return ahead.take_any("/.") || has_hyphen ? parse_numbers(scanner, parts) : std::nullopt;
}

// ---- dates that begin with the day or the month

/// Sets day and month from two numbers with `separator` between; false when they may be meant
/// either way.
bool set_day_and_month(Parts& parts, int first, int second, char separator) {
  const bool is_day_first = separator == '.' || first > 12 || first == second;
  if (!is_day_first && second <= 12) return false;
  parts.day = is_day_first ? first : second;
  parts.month = is_day_first ? second : first;
  return parts.day != 0 && parts.month != 0;
}

/// 29.8.2025, 29. 8. 2025, 29.08.25, 29/8/2025, 8/29/2025
std::optional<Date> parse_three_numbers(DateScanner scanner, Parts parts) {
  const auto first = scanner.take_number(1, 2);
  const char separator = scanner.next();
  if (!first || !scanner.take_any("./-")) return std::nullopt;
  scanner.skip(" ");
  const bool may_be_short = separator == '.' && scanner.digits_ahead() == 2;
  const auto second = scanner.take_number(1, 2);
  if (!second || !scanner.take(separator)) return std::nullopt;
  scanner.skip(" ");
  if (!take_year(scanner, parts, may_be_short)) return std::nullopt;
  if (!set_day_and_month(parts, *first, *second, separator)) return std::nullopt;
  return date_before_clock(scanner, parts);
}

/// 29 August 2025, `29-Aug-25 14:05:00`
std::optional<Date> parse_day_month_year(DateScanner scanner, Parts parts) {
  if (!take_day(scanner, parts)) return std::nullopt;
  const bool has_hyphen = scanner.next() == '-';
  skip_joints(scanner);
  if (!take_month_name(scanner, parts)) return std::nullopt;
  const bool is_of_database = has_hyphen && scanner.next() == '-';  // 29-AUG-25
  skip_joints(scanner);
  const bool is_short = scanner.digits_ahead() == 2;
  if (!take_year(scanner, parts, true)) return std::nullopt;
  // `29 Aug 25` may be any of three dates.
  if (is_short && scanner.is_done() && !is_of_database) return std::nullopt;
  return date_before_clock(scanner, parts);
}

/// `14:05:00 2025` of `Aug 29 14:05:00 2025`, as C's asctime and Unix's date write it.
std::optional<Date> parse_clock_and_year(DateScanner scanner, Parts parts) {
  parts.clock = take_clock(scanner);
  scanner.skip(" ");
  const bool is_date = parts.clock && take_year(scanner, parts, false) && scanner.is_done();
  return is_date ? date_from(parts) : std::nullopt;
}

/// August 29, 2025; August 2025
std::optional<Date> parse_month_first(DateScanner scanner, Parts parts) {
  if (!take_month_name(scanner, parts)) return std::nullopt;
  skip_joints(scanner);
  const bool has_day = take_day(scanner, parts);
  if (has_day) skip_joints(scanner);
  if (take_year(scanner, parts, false)) return date_before_clock(scanner, parts);
  return has_day && !parts.clock ? parse_clock_and_year(scanner, parts) : std::nullopt;
}

std::optional<Date> parse_year_last(DateScanner scanner, const Parts& parts) {
  for (const auto parse : {parse_month_first, parse_day_month_year, parse_three_numbers}) {
    if (const auto date = parse(scanner, parts)) return date;
  }
  return std::nullopt;
}

/// 2:05 PM EDT, Fri August 29, 2025
std::optional<Date> parse_clock_first(DateScanner scanner) {
  Parts parts;
  parts.clock = take_clock(scanner);
  if (!parts.clock) return std::nullopt;
  scanner.skip(" ,-|");
  skip_weekdays(scanner, false);
  return parse_year_last(scanner, parts);
}

std::optional<Date> parse_words(DateScanner scanner) {
  if (const auto date = parse_year_last(scanner, {})) return date;
  for (const bool takes_months : {false, true}) {  // `Tue Mar 5`, else `mar. 5 mars`
    DateScanner behind_weekday = scanner;
    skip_weekdays(behind_weekday, takes_months);
    if (const auto date = parse_year_last(behind_weekday, {})) return date;
  }
  return parse_clock_first(scanner);
}

// ---- numbers

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

bool has_usual_year(const Date& date) {
  return is_usual_year(static_cast<int>(calendar_day(date).year()));
}

/// Unix time in seconds, milliseconds, microseconds or nanoseconds: by magnitude, all but the last
/// reach the year 5138.
std::optional<Date> parse_unix_time(std::string_view digits, bool is_negative, bool has_fraction) {
  if (digits.size() < 9 || digits.size() > 19) return std::nullopt;
  if (digits.size() == 19 && digits.front() == '9') return std::nullopt;  // beyond 64 bits
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  const std::int64_t unit = value < 100'000'000'000           ? 1
                            : value < 100'000'000'000'000     ? 1'000
                            : value < 100'000'000'000'000'000 ? 1'000'000
                                                              : 1'000'000'000;
  if (is_negative) value = -value - (has_fraction ? 1 : 0);
  const Date date{floor_divide(value, unit), DatePrecision::second, 0, false};
  return has_usual_year(date) ? std::optional(date) : std::nullopt;
}

/// 20250829140500, as archives of feeds write it; as Unix time it would lie centuries ahead.
std::optional<Date> parse_long_digits(std::string_view digits) {
  Parts parts;
  DateScanner scanner(digits);
  parts.year = *scanner.take_digits(4);
  return parts.year > 2200 ? std::nullopt : parse_compact(scanner, parts);
}

struct Number {
  std::string_view digits;  // of the whole part
  bool is_negative;
  bool has_fraction;
};

/// A text that is one decimal number.
std::optional<Number> as_number(std::string_view text) {
  const bool is_signed = text.starts_with('-') || text.starts_with('+');
  const std::string_view unsigned_text = text.substr(is_signed ? 1 : 0);
  const std::size_t end = unsigned_text.find_first_not_of("0123456789");
  const std::string_view whole = unsigned_text.substr(0, end);
  if (whole.empty()) return std::nullopt;
  if (end == std::string_view::npos) return Number{whole, text.front() == '-', false};
  const std::string_view fraction = unsigned_text.substr(end);
  if (fraction.size() < 2 || fraction.front() != '.') return std::nullopt;
  if (fraction.find_first_not_of("0123456789", 1) != std::string_view::npos) return std::nullopt;
  const bool has_fraction = fraction.find_first_not_of('0', 1) != std::string_view::npos;
  return Number{whole, text.front() == '-', has_fraction};
}

std::optional<Date> parse_number(const Number& number) {
  if (number.digits.size() == 14 && !number.is_negative) {
    if (const auto date = parse_long_digits(number.digits)) return date;
  }
  return parse_unix_time(number.digits, number.is_negative, number.has_fraction);
}

std::string with_plain_marks(std::string_view text) {
  std::string plain(text);
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(plain.begin(), plain.end(), is_ascii)) return plain;
  for (const auto& [from, to] : kReplacements) {
    for (auto at = plain.find(from); at != npos; at = plain.find(from, at + to.size())) {
      plain.replace(at, from.size(), to);
    }
  }
  return plain;
}

/// What stands in `/Date(1709647382000)/`, as .NET writes dates in JSON; a zone in it is no more
/// than how to show the instant.
std::string_view inside_net_date(std::string_view text) {
  constexpr std::string_view kStart = "/Date(";
  constexpr std::string_view kEnd = ")/";
  if (!text.starts_with(kStart) || !text.ends_with(kEnd)) return text;
  text = text.substr(kStart.size(), text.size() - kStart.size() - kEnd.size());
  return text.substr(0, text.find_first_of("+-", 1));
}

/// `5 March 2024` of `Published on 5 March 2024`.
std::string_view behind_published(std::string_view text) {
  constexpr std::array kWords{"published"sv, "posted"sv};
  for (const std::string_view word : kWords) {
    if (ascii_lower(text.substr(0, word.size())) != word) continue;
    DateScanner scanner(text.substr(word.size()));
    if (!scanner.word().empty()) return text;
    scanner.skip(" :");
    DateScanner ahead = scanner;
    if (ahead.take_word_of(std::array{"on"sv})) scanner = ahead;
    scanner.skip(" :");
    return scanner.rest();
  }
  return text;
}

std::string format_offset(int minutes) {
  if (minutes == 0) return "Z";
  const int size = std::abs(minutes);
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

std::chrono::sys_seconds local_time(const Date& date) {
  return std::chrono::sys_seconds{
      std::chrono::seconds{date.unix_seconds + std::int64_t{date.offset_minutes} * 60}};
}

}  // namespace

std::string_view name_of(DatePrecision precision) {
  switch (precision) {
    case DatePrecision::year:
      return "year";
    case DatePrecision::month:
      return "month";
    case DatePrecision::day:
      return "day";
    case DatePrecision::second:
      return "second";
  }
  return "";
}

bool is_usual_date(const Date& date) {
  constexpr std::int64_t kFarSeconds = 1'000'000'000'000;  // calendars cannot count for ever
  constexpr int kDayMinutes = 24 * 60;
  return std::abs(date.offset_minutes) < kDayMinutes && date.unix_seconds > -kFarSeconds &&
         date.unix_seconds < kFarSeconds && has_usual_year(date);
}

std::optional<Date> parse_date(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > kLongestDate) return std::nullopt;
  text = text.front() == '/' ? inside_net_date(text) : behind_published(text);
  const auto number = as_number(text);
  if (number && text.size() != 4 && text.size() != 8) return parse_number(*number);
  const std::string plain = with_plain_marks(text);
  const DateScanner scanner(trimmed(plain));
  const std::size_t digits = scanner.digits_ahead();
  const bool is_year_first = digits == 4 || digits == 7 || digits == 8;
  return is_year_first ? parse_year_first(scanner) : parse_words(scanner);
}

std::string format_date(const Date& date) {
  const auto day = calendar_day(date);
  const int year = static_cast<int>(day.year());
  const unsigned month = static_cast<unsigned>(day.month());
  if (date.precision == DatePrecision::year) return fmt::format("{:04}", year);
  if (date.precision == DatePrecision::month) return fmt::format("{:04}-{:02}", year, month);
  std::string text = format_day(day);
  if (date.precision == DatePrecision::day) return text;
  const auto time = local_time(date);
  const std::chrono::hh_mm_ss clock{time - std::chrono::floor<std::chrono::days>(time)};
  return text +
         fmt::format("T{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count()) +
         format_offset(date.offset_minutes);
}

std::string format_day(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::chrono::year_month_day calendar_day(const Date& date) {
  return std::chrono::floor<std::chrono::days>(local_time(date));
}

}  // namespace lede
