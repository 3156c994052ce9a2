#include "corpus/date_clock.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace lede {
namespace {

using namespace std::string_view_literals;

/// What stands before a time: `um 14:05`, `a las 14:05`, `kl. 14.05`.
constexpr std::array kLeads{"at"sv, "t"sv,    "um"sv,  "ob"sv, "a"sv,    "la"sv, "las"sv,
                            "as"sv, "alle"sv, "ore"sv, "kl"sv, "klo"sv,  "om"sv, "o"sv,
                            "v"sv,  "ve"sv,   "в"sv,   "о"sv,  "godz"sv, "on"sv};
constexpr std::array kTails{"uhr"sv, "uur"sv, "h"sv, "hrs"sv, "hours"sv, "ч"sv};
constexpr std::array kHourMarks{"時"sv, "时"sv, "点"sv, "시"sv};
constexpr std::array kMinuteMarks{"分"sv, "분"sv};
constexpr std::array kSecondMarks{"秒"sv, "초"sv};
constexpr std::array kMorningMarks{"午前"sv, "上午"sv, "오전"sv};
constexpr std::array kAfternoonMarks{"午後"sv, "下午"sv, "오후"sv};

// ---- zones

/// +02:00, +0200, +02; +2 when `least_digits` is 1.
std::optional<NamedZone> take_numeric_zone(DateScanner& scanner, std::size_t least_digits) {
  const int sign = scanner.next() == '-' ? -1 : 1;
  if (!scanner.take_any("+-")) return std::nullopt;
  const bool is_short = scanner.digits_ahead() < 2;
  const auto hours = scanner.take_digits(is_short ? least_digits : 2);
  if (!hours || *hours > 23) return std::nullopt;
  scanner.take(':');
  const auto minutes = scanner.digits_ahead() == 0 ? std::optional(0) : scanner.take_digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return NamedZone{sign * (*hours * 60 + *minutes)};
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

/// A zone that no table has: `America/New_York`, `AMST`.
void skip_unknown_zone(DateScanner& scanner) {
  const std::string_view name = scanner.rest().substr(0, scanner.rest().find_first_of(" ,()[]"));
  const bool is_place = is_upper(scanner.next()) && name.find('/') != name.npos;
  const bool is_short =
      name.size() >= 2 && name.size() <= 5 && std::all_of(name.begin(), name.end(), is_upper);
  const std::string folded = folded_date_word(name.substr(0, 5));
  if (is_place || (is_short && !month_named(folded) && !is_weekday(folded))) {
    scanner.skip_bytes(name.size());
  }
}

/// `UTC`, `EST`, `GMT+2`, or nothing; false for a name with a number that is no zone's.
bool take_zone_name(DateScanner& scanner, std::optional<NamedZone>& zone) {
  zone = scanner.take_word([](const std::string& word) { return zone_named(word); });
  if (!zone) skip_unknown_zone(scanner);
  if (!zone || !scanner.is_at_sign()) return true;
  zone = take_numeric_zone(scanner, 1);
  return zone.has_value();
}

/// The zone, if there is one; false when a number stands there that is none.
bool take_zone(DateScanner& scanner, std::optional<NamedZone>& zone) {
  scanner.skip(" ");
  if (scanner.is_at_sign()) {
    zone = take_numeric_zone(scanner, 2);
    if (!zone) return false;
    skip_remarks(scanner);
    std::optional<NamedZone> its_name;  // `+0200 CEST`
    return take_zone_name(scanner, its_name);
  }
  const bool is_in_brackets = scanner.take('(');
  if (!take_zone_name(scanner, zone)) return false;
  if (is_in_brackets) scanner.skip_past(')');
  skip_remarks(scanner);
  return true;
}

// ---- the time

enum class HalfOfDay : std::uint8_t { unsaid, morning, afternoon };

/// am, p.m., a. m.
HalfOfDay take_half_of_day(DateScanner& scanner) {
  DateScanner ahead = scanner;
  ahead.skip(" ");
  const bool is_afternoon = ahead.next() == 'p' || ahead.next() == 'P';
  if (!ahead.take_any("aApP")) return HalfOfDay::unsaid;
  if (ahead.take('.')) ahead.skip(" ");
  if (!ahead.take_any("mM") || !ahead.word().empty()) return HalfOfDay::unsaid;
  ahead.take('.');
  scanner = ahead;
  return is_afternoon ? HalfOfDay::afternoon : HalfOfDay::morning;
}

HalfOfDay take_half_mark(DateScanner& scanner) {
  if (scanner.take_mark(kMorningMarks)) return HalfOfDay::morning;
  return scanner.take_mark(kAfternoonMarks) ? HalfOfDay::afternoon : HalfOfDay::unsaid;
}

/// The hour of 24 that an hour of 12 means; nullopt when the two cannot go together.
std::optional<int> hour_in(HalfOfDay half, int hour) {
  if (half == HalfOfDay::unsaid) return hour;
  if (hour > 12) return std::nullopt;
  return hour % 12 + (half == HalfOfDay::afternoon ? 12 : 0);
}

void skip_fraction(DateScanner& scanner) {
  DateScanner ahead = scanner;
  if (!ahead.take_any(".,") || ahead.digits_ahead() == 0) return;
  ahead.skip("0123456789");
  scanner = ahead;
}

/// 14:05, 9:05:00, 15:01:01.79, 14.05.
std::optional<Clock> take_parted(DateScanner& scanner) {
  Clock clock;
  clock.hour = scanner.take_number(1, 2).value_or(-1);
  if (clock.hour < 0 || !scanner.take_any(":.")) return std::nullopt;
  const auto minute = scanner.take_number(2, 2);
  const auto second =
      minute && scanner.take_any(":.") ? scanner.take_number(2, 2) : std::optional(0);
  if (!minute || !second) return std::nullopt;
  skip_fraction(scanner);
  clock.minute = *minute;
  clock.second = *second;
  return clock;
}

/// 1405, 140500.
std::optional<Clock> take_compact(DateScanner& scanner) {
  const std::size_t digits = scanner.digits_ahead();
  if (digits != 4 && digits != 6) return std::nullopt;
  Clock clock;
  clock.hour = *scanner.take_digits(2);
  clock.minute = *scanner.take_digits(2);
  clock.second = digits == 6 ? *scanner.take_digits(2) : 0;
  skip_fraction(scanner);
  return clock;
}

/// 14h05, 14 h 05, 14h.
std::optional<Clock> take_french(DateScanner& scanner) {
  Clock clock;
  clock.hour = scanner.take_number(1, 2).value_or(-1);
  scanner.skip(" ");
  if (clock.hour < 0 || !scanner.take_any("hH") || !scanner.word().empty()) return std::nullopt;
  scanner.skip(" ");
  clock.minute = scanner.take_number(2, 2).value_or(0);
  return clock;
}

/// 14時05分, 2시 5분 30초.
std::optional<Clock> take_eastern(DateScanner& scanner) {
  Clock clock;
  clock.hour = scanner.take_number(1, 2).value_or(-1);
  if (clock.hour < 0 || !scanner.take_mark(kHourMarks)) return std::nullopt;
  scanner.skip(" ");
  clock.minute = scanner.take_number(1, 2).value_or(0);
  if (scanner.take_mark(kMinuteMarks)) scanner.skip(" ");
  clock.second = scanner.take_number(1, 2).value_or(0);
  scanner.take_mark(kSecondMarks);
  return clock;
}

/// The hour alone, as in `2 p.m.`.
std::optional<Clock> take_hour(DateScanner& scanner) {
  Clock clock;
  clock.hour = scanner.take_number(1, 2).value_or(-1);
  DateScanner ahead = scanner;
  const bool is_hour = clock.hour >= 0 && take_half_of_day(ahead) != HalfOfDay::unsaid;
  return is_hour ? std::optional(clock) : std::nullopt;
}

std::optional<Clock> take_any_form(DateScanner& scanner) {
  for (const auto take : {take_parted, take_compact, take_french, take_eastern, take_hour}) {
    DateScanner ahead = scanner;
    if (const auto clock = take(ahead)) {
      scanner = ahead;
      return clock;
    }
  }
  return std::nullopt;
}

void skip_leads(DateScanner& scanner) {
  do {
    scanner.skip(" ,-|.@");
  } while (scanner.take_word_of(kLeads));
}

bool is_on_clock(const Clock& clock) {
  if (clock.hour == 24) return clock.minute == 0 && clock.second == 0;
  return clock.hour < 24 && clock.minute < 60 && clock.second <= 60;
}

}  // namespace

void skip_remarks(DateScanner& scanner) {
  scanner.skip(" ");
  while (scanner.next() == '(' || scanner.next() == '[') {
    scanner.skip_past(scanner.next() == '(' ? ')' : ']');
    scanner.skip(" ");
  }
}

bool is_zone(DateScanner scanner) {
  scanner.skip(" ");
  const bool is_z = scanner.take('Z');
  return (is_z || take_numeric_zone(scanner, 2)) && scanner.is_done();
}

std::optional<Clock> take_clock(DateScanner& scanner) {
  skip_leads(scanner);
  HalfOfDay half = take_half_mark(scanner);
  scanner.skip(" ");
  auto clock = take_any_form(scanner);
  if (!clock) return std::nullopt;
  if (half == HalfOfDay::unsaid) half = take_half_of_day(scanner);
  const auto hour = hour_in(half, clock->hour);
  scanner.skip(" ");
  scanner.take_word_of(kTails);
  if (!hour || !take_zone(scanner, clock->zone)) return std::nullopt;
  clock->hour = *hour;
  return is_on_clock(*clock) ? clock : std::nullopt;
}

}  // namespace lede
