#include "corpus/date.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr int kFirstYear = 1000;
constexpr int kLastYear = 9999;
constexpr std::size_t kLongestDate = 100;  // bytes; no form of a date comes near it

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

struct Zone {
  std::string_view name;
  int offset_minutes;
};
constexpr std::array kZones{
    Zone{"z", 0},      Zone{"ut", 0},     Zone{"utc", 0},    Zone{"gmt", 0},    Zone{"est", -300},
    Zone{"edt", -240}, Zone{"cst", -360}, Zone{"cdt", -300}, Zone{"mst", -420}, Zone{"mdt", -360},
    Zone{"pst", -480}, Zone{"pdt", -420}, Zone{"cet", 60},   Zone{"cest", 120},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What a text says of a date, not yet checked against a calendar.
struct Parts {
  int year = 0;
  int month = 0;  // 0: not said
  int day = 0;
  bool has_time = false;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::optional<int> offset_minutes;
};

/// Eats a text from the left. A taker that finds nothing leaves the text as it was.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool is_done() const { return rest_.empty(); }
  char next() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool take(char wanted) {
    if (next() != wanted || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_any(std::string_view wanted) {
    return !rest_.empty() && wanted.find(next()) != std::string_view::npos && take(next());
  }

  void skip(std::string_view unwanted) {
    while (take_any(unwanted)) {
    }
  }

  std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count])) ++count;
    return count;
  }

  /// A number that is all of the digits here, at least `least` and at most `most` of them.
  std::optional<int> take_number(std::size_t least, std::size_t most) {
    const std::size_t count = digits_ahead();
    return count < least || count > most ? std::nullopt : take_digits(count);
  }

  /// The next `count` digits (at most 9), whatever follows them.
  std::optional<int> take_digits(std::size_t count) {
    if (digits_ahead() < count) return std::nullopt;
    int value = 0;
    for (const char digit : rest_.substr(0, count)) value = value * 10 + (digit - '0');
    rest_.remove_prefix(count);
    return value;
  }

  /// The run of ASCII letters here, in lower case, if `accept` knows it.
  template <typename Accept>
  auto take_word(Accept accept) -> decltype(accept(std::string())) {
    std::size_t length = 0;
    while (length < rest_.size() && is_letter(rest_[length])) ++length;
    const auto meaning = accept(ascii_lower(rest_.substr(0, length)));
    if (meaning) rest_.remove_prefix(length);
    return meaning;
  }

 private:
  std::string_view rest_;
};

template <std::size_t size>
std::optional<int> find_name(const std::array<std::string_view, size>& names,
                             std::string_view word) {
  for (std::size_t at = 0; at < size && word.size() >= 3; ++at) {
    if (word == names[at] || word == names[at].substr(0, 3)) return static_cast<int>(at) + 1;
  }
  return std::nullopt;
}

std::optional<int> month_of(std::string_view word) {
  return word == "sept" ? 9 : find_name(kMonths, word);
}

std::optional<int> weekday_of(std::string_view word) {
  if (word == "tues") return 2;
  if (word == "thur" || word == "thurs") return 4;
  return find_name(kWeekdays, word);
}

std::optional<int> zone_of(std::string_view word) {
  for (const Zone& zone : kZones) {
    if (zone.name == word) return zone.offset_minutes;
  }
  return std::nullopt;
}

/// +02:00, +0200 or +02.
std::optional<int> take_numeric_offset(Scanner& scanner) {
  const int sign = scanner.next() == '-' ? -1 : 1;
  if (!scanner.take_any("+-")) return std::nullopt;
  const auto hours = scanner.take_digits(2);
  if (!hours || *hours > 23) return std::nullopt;
  scanner.take(':');
  const auto minutes = scanner.digits_ahead() == 0 ? std::optional(0) : scanner.take_digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

/// A comment in parentheses, as mail programs put the zone's name behind its number.
void skip_comment(Scanner& scanner) {
  scanner.skip(" ");
  if (!scanner.take('(')) return;
  while (!scanner.is_done() && !scanner.take(')')) scanner.take(scanner.next());
}

/// Reads the zone, if there is one. False: what stands there is none.
bool take_zone(Scanner& scanner, Parts& parts) {
  scanner.skip(" ");
  if (scanner.is_done()) return true;
  parts.offset_minutes = scanner.take_word(zone_of);
  if (scanner.next() == '+' || scanner.next() == '-') {
    parts.offset_minutes = take_numeric_offset(scanner);
  }
  skip_comment(scanner);
  return parts.offset_minutes.has_value();
}

bool take_half_of_day(Scanner& scanner, Parts& parts) {
  scanner.skip(" ");
  const auto afternoon = scanner.take_word([](const std::string& word) -> std::optional<bool> {
    if (word != "am" && word != "pm") return std::nullopt;
    return word == "pm";
  });
  if (!afternoon) return true;
  if (parts.hour < 1 || parts.hour > 12) return false;
  parts.hour = parts.hour % 12 + (*afternoon ? 12 : 0);
  return true;
}

void skip_fraction(Scanner& scanner) {
  if (scanner.next() != '.' && scanner.next() != ',') return;
  scanner.take(scanner.next());
  scanner.skip("0123456789");
}

/// 14:05, 9:05:00, 15:01:01.79.
bool take_clock(Scanner& scanner, Parts& parts) {
  const auto hour = scanner.take_number(1, 2);
  if (!hour || !scanner.take(':')) return false;
  const auto minute = scanner.take_number(2, 2);
  const auto second = minute && scanner.take(':') ? scanner.take_number(2, 2) : std::optional(0);
  if (!minute || !second) return false;
  skip_fraction(scanner);
  parts.hour = *hour;
  parts.minute = *minute;
  parts.second = *second;
  return true;
}

/// 1405, 140500.
bool take_compact_clock(Scanner& scanner, Parts& parts) {
  const std::size_t digits = scanner.digits_ahead();
  if (digits != 4 && digits != 6) return false;
  parts.hour = *scanner.take_digits(2);
  parts.minute = *scanner.take_digits(2);
  parts.second = digits == 6 ? *scanner.take_digits(2) : 0;
  skip_fraction(scanner);
  return true;
}

/// The clock and the zone that may follow a day, up to the end of the text.
bool take_time(Scanner& scanner, Parts& parts) {
  parts.has_time = true;
  const bool is_compact = scanner.digits_ahead() > 2;
  const bool has_clock =
      is_compact ? take_compact_clock(scanner, parts) : take_clock(scanner, parts);
  return has_clock && take_half_of_day(scanner, parts) && take_zone(scanner, parts) &&
         scanner.is_done();
}

/// The period's first day; a part that is not said counts as the first one. nullopt: no such day.
std::optional<std::chrono::sys_days> first_day(const Parts& parts) {
  const std::chrono::year_month_day day{
      std::chrono::year{parts.year},
      std::chrono::month{static_cast<unsigned>(std::max(parts.month, 1))},
      std::chrono::day{static_cast<unsigned>(std::max(parts.day, 1))}};
  return day.ok() ? std::optional(std::chrono::sys_days{day}) : std::nullopt;
}

bool is_on_clock(const Parts& parts) {
  if (parts.hour == 24) return parts.minute == 0 && parts.second == 0;
  return parts.hour < 24 && parts.minute < 60 && parts.second <= 60;  // 60: a leap second
}

DatePrecision precision_of(const Parts& parts) {
  if (parts.has_time) return DatePrecision::second;
  if (parts.day != 0) return DatePrecision::day;
  return parts.month != 0 ? DatePrecision::month : DatePrecision::year;
}

std::optional<Date> date_from(const Parts& parts) {
  const auto day = first_day(parts);
  if (!day || !is_on_clock(parts)) return std::nullopt;
  if (parts.year < kFirstYear || parts.year > kLastYear) return std::nullopt;
  const std::chrono::sys_seconds midnight = *day;
  const int offset = parts.offset_minutes.value_or(0);
  const std::int64_t clock = (parts.hour * 60 + parts.minute - offset) * 60 + parts.second;
  return Date{midnight.time_since_epoch().count() + clock, precision_of(parts),
              static_cast<std::int16_t>(offset), !parts.offset_minutes};
}

/// The date when everything that `ok` stands for was read and nothing is left.
std::optional<Date> date_when(bool ok, const Parts& parts) {
  return ok ? date_from(parts) : std::nullopt;
}

/// 2025, 2025-08, 2025/08/29, 2025-08-29T14:05:00+02:00, 20250829, 20250829T1405Z.
std::optional<Date> parse_year_first(Scanner scanner) {
  Parts parts;
  const bool is_compact = scanner.digits_ahead() == 8;
  parts.year = scanner.take_digits(4).value_or(0);
  if (scanner.is_done()) return date_from(parts);
  const char separator = scanner.next();
  if (!is_compact && separator != '-' && separator != '/') return std::nullopt;
  if (!is_compact) scanner.take(separator);
  const auto month = is_compact ? scanner.take_digits(2) : scanner.take_number(1, 2);
  if (!month || *month < 1) return std::nullopt;
  parts.month = *month;
  if (scanner.is_done()) return date_from(parts);
  if (!is_compact && !scanner.take(separator)) return std::nullopt;
  const auto day = is_compact ? scanner.take_digits(2) : scanner.take_number(1, 2);
  if (!day || *day < 1) return std::nullopt;
  parts.day = *day;
  if (scanner.is_done()) return date_from(parts);
  if (!scanner.take_any("Tt ,")) return std::nullopt;
  scanner.skip(" ");
  return date_when(take_time(scanner, parts), parts);
}

void skip_ordinal(Scanner& scanner) {
  scanner.take_word([](const std::string& word) {
    return word == "st" || word == "nd" || word == "rd" || word == "th";
  });
}

bool take_month_name(Scanner& scanner, Parts& parts) {
  parts.month = scanner.take_word(month_of).value_or(0);
  scanner.take('.');
  return parts.month != 0;
}

bool take_day_number(Scanner& scanner, Parts& parts) {
  parts.day = scanner.take_number(1, 2).value_or(0);
  skip_ordinal(scanner);
  return parts.day != 0;
}

/// `29 August`, `August 29,`, or `August` alone.
bool take_day_and_month(Scanner& scanner, Parts& parts) {
  constexpr std::string_view kBetween = " -.,";
  if (is_digit(scanner.next())) {
    if (!take_day_number(scanner, parts)) return false;
    scanner.skip(kBetween);
    return take_month_name(scanner, parts);
  }
  if (!take_month_name(scanner, parts)) return false;
  scanner.skip(kBetween);
  return scanner.digits_ahead() > 2 || take_day_number(scanner, parts);
}

void skip_weekday(Scanner& scanner) {
  if (scanner.take_word(weekday_of)) scanner.skip(" .,");
}

void skip_before_clock(Scanner& scanner) {
  scanner.skip(" ,-|T");
  scanner.take_word([](const std::string& word) { return word == "at"; });
  scanner.skip(" ");
}

/// RFC 822, Reuters and written-out dates: those with a month's name.
std::optional<Date> parse_month_name(Scanner scanner) {
  Parts parts;
  skip_weekday(scanner);
  if (!take_day_and_month(scanner, parts)) return std::nullopt;
  scanner.skip(" -.,");
  const auto year = scanner.take_number(4, 4);
  if (!year) return std::nullopt;
  parts.year = *year;
  if (scanner.is_done()) return date_from(parts);
  if (parts.day == 0) return std::nullopt;
  skip_before_clock(scanner);
  return date_when(take_time(scanner, parts), parts);
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

bool has_usual_year(const Date& date) {
  const int year = static_cast<int>(calendar_day(date).year());
  return year >= kFirstYear && year <= kLastYear;
}

/// Unix time in seconds, milliseconds or microseconds: by magnitude, all reach the year 5138.
std::optional<Date> parse_unix_time(std::string_view digits, bool is_negative, bool has_fraction) {
  if (digits.size() < 9 || digits.size() > 17) return std::nullopt;
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  const std::int64_t unit = value < 100'000'000'000       ? 1
                            : value < 100'000'000'000'000 ? 1'000
                                                          : 1'000'000;
  if (is_negative) value = -value - (has_fraction ? 1 : 0);
  const Date date{floor_divide(value, unit), DatePrecision::second, 0, false};
  return has_usual_year(date) ? std::optional(date) : std::nullopt;
}

/// 20250829140500, as archives of feeds write it; as Unix time it would lie centuries ahead.
std::optional<Date> parse_long_digits(std::string_view digits) {
  Parts parts;
  Scanner scanner(digits);
  parts.year = *scanner.take_digits(4);
  parts.month = *scanner.take_digits(2);
  parts.day = *scanner.take_digits(2);
  if (parts.month == 0 || parts.day == 0 || parts.year > 2200) return std::nullopt;
  return date_when(take_time(scanner, parts), parts);
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

std::optional<Date> parse_date(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > kLongestDate) return std::nullopt;
  const auto number = as_number(text);
  if (number && text.size() != 4 && text.size() != 8) return parse_number(*number);
  const Scanner scanner(text);
  const std::size_t digits = scanner.digits_ahead();
  return digits == 4 || digits == 8 ? parse_year_first(scanner) : parse_month_name(scanner);
}

std::string format_date(const Date& date) {
  const auto day = calendar_day(date);
  const int year = static_cast<int>(day.year());
  const unsigned month = static_cast<unsigned>(day.month());
  if (date.precision == DatePrecision::year) return fmt::format("{:04}", year);
  if (date.precision == DatePrecision::month) return fmt::format("{:04}-{:02}", year, month);
  std::string text =
      fmt::format("{:04}-{:02}-{:02}", year, month, static_cast<unsigned>(day.day()));
  if (date.precision == DatePrecision::day) return text;
  const auto time = local_time(date);
  const std::chrono::hh_mm_ss clock{time - std::chrono::floor<std::chrono::days>(time)};
  return text +
         fmt::format("T{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count()) +
         format_offset(date.offset_minutes);
}

std::chrono::year_month_day calendar_day(const Date& date) {
  return std::chrono::floor<std::chrono::days>(local_time(date));
}

}  // namespace lede
