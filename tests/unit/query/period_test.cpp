#include "query/period.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "query/value_filters.hpp"

namespace lede {
namespace {

/// Wednesday, 3 September 2025, noon UTC.
const Moment kNow{1'756'900'800, CalendarDay(std::chrono::year(2025) / 9 / 3)};

std::string read(std::string_view text) {
  try {
    return period_text(parse_period(text, kNow));
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::usage);
    EXPECT_NE(error.hint(), "");
    return error.what();
  }
}

struct Reading {
  std::string_view text;
  std::string_view period;
};

void expect_readings(const std::vector<Reading>& readings) {
  for (const Reading& reading : readings)
    EXPECT_EQ(read(reading.text), reading.period) << reading.text;
}

TEST(ParsePeriod, ReadsDaysMonthsAndYears) {
  expect_readings({{"2025-08-29", "2025-08-29"},
                   {"2025-08", "2025-08"},
                   {"2025", "2025"},
                   {"2025-W01", "2024-12-30..2025-01-05"},
                   {"2025-Q3", "2025-07-01..2025-09-30"},
                   {"29 August 2025", "2025-08-29"},
                   {"Aug 2025", "2025-08"},
                   {" 2025 ", "2025"}});
}

TEST(ParsePeriod, ReadsDaysByWhatTheyAreCalledToday) {
  expect_readings({{"today", "2025-09-03"},
                   {"Yesterday", "2025-09-02"},
                   {"monday", "2025-09-01"},
                   {"wed", "2025-09-03"},
                   {"thursday", "2025-08-28"},
                   {"september", "2025-09"},
                   {"october", "2024-10"},
                   {"this week", "2025-09-01..2025-09-07"},
                   {"last week", "2025-08-25..2025-08-31"},
                   {"last_month", "2025-08"},
                   {"last-year", "2024"},
                   {"this quarter", "2025-07-01..2025-09-30"},
                   {"3 days ago", "2025-08-31"},
                   {"last 7 days", "2025-08-27.."},
                   {"past 2 weeks", "2025-08-20.."}});
}

TEST(ParsePeriod, ReadsRanges) {
  expect_readings({{"2024..2025-03", "2024-01-01..2025-03-31"},
                   {"2024..2024", "2024"},
                   {"2024..", "2024-01-01.."},
                   {"..2024", "..2024-12-31"},
                   {"7d..", "2025-08-27.."},
                   {"1m..yesterday", "2025-08-03..2025-09-02"},
                   {"1y..", "2024-09-03.."},
                   {"2 weeks..today", "2025-08-20..2025-09-03"},
                   {"last week..", "2025-08-25.."},
                   {"2025-01/P2W", "2025-01-01..2025-01-14"},
                   {"2025-01-15/P1M15D", "2025-01-15..2025-03-01"},
                   {"P1M/2025-03-31", "2025-03"},
                   {"P30D/", "2025-08-05..2025-09-03"},
                   {"2024/2025", "2024-01-01..2025-12-31"},
                   {"2024-02-01/", "2024-02-01.."},
                   {"/2024", "..2024-12-31"}});
}

TEST(ParsePeriod, ReadsTimesToTheSecond) {
  expect_readings({{"2025-08-29T14:05Z", "2025-08-29T14:05:00Z..2025-08-29T14:05:59Z"},
                   {"2025-08-29T14:05:07+02:00", "2025-08-29T12:05:07Z..2025-08-29T12:05:07Z"},
                   {"36h..", "2025-09-02T00:00:00Z.."},
                   {"36h..now", "2025-09-02T00:00:00Z..2025-09-03T12:00:00Z"},
                   {"2025-08-29T00:00:00Z/PT90M", "2025-08-29T00:00:00Z..2025-08-29T01:30:00Z"}});
}

TEST(ParsePeriod, SaysWhatItCannotRead) {
  expect_readings({{"soon", "'soon' is not a date"},
                   {"2025-02-30", "'2025-02-30' is not a date"},
                   {"2024..soon", "'soon' is not a date"},
                   {"2025..2024", "'2025..2024' ends before it begins"},
                   {"..", "'..' has neither a beginning nor an end"},
                   {"/", "'/' has neither a beginning nor an end"},
                   {"P1D/P1D", "'P1D/P1D' has neither a beginning nor an end"},
                   {"7d", "'7d' is a length of time; since then is 7d.."},
                   {"99999999999999999999d..", "'99999999999999999999d' is not a date"},
                   {"2025-W54", "'2025-W54' is not a date"},
                   {"2025-Q5", "'2025-Q5' is not a date"},
                   {"", "'' is not a date"},
                   {"PT..", "'PT' is not a date"}});
}

TEST(ParsePeriod, ReadsBackWhatItHasRead) {
  for (const std::string_view text :
       {"2024", "2025-08", "2025-W01", "7d..", "..2024", "2024..2025-03", "36h..now",
        "2025-08-29T14:05Z", "2025-08-29T14:05:07Z", "last week", "P1M/2025-03-31"}) {
    const Period period = parse_period(text, kNow);
    EXPECT_EQ(parse_period(period_text(period), kNow), period) << text;
  }
}

TEST(PeriodTerms, CoverWholeYearsAndMonthsByOneTermEach) {
  const auto terms = [](std::string_view text) {
    const Period period = parse_period(text, kNow);
    return fmt::format("{}", fmt::join(period_terms(period.days, {2023, 2024, 2025}), " "));
  };
  EXPECT_EQ(terms("2024"), "Y2024");
  EXPECT_EQ(terms("2025-08"), "M202508");
  EXPECT_EQ(terms("2025-08-29"), "D20250829");
  EXPECT_EQ(terms("2023-11-29..2025-01-02"),
            "D20231129 D20231130 M202312 Y2024 D20250101 D20250102");
  EXPECT_EQ(terms("2024.."), "Y2024 Y2025");
  EXPECT_EQ(terms("..2023"), "Y2023");
  EXPECT_EQ(terms("1066..1100"), "");
}

TEST(ParseMoment, ReadsADayAsItsNoonAndATimeAsItIs) {
  EXPECT_EQ(parse_moment("2025-09-03T12:00:00Z")->unix_seconds, kNow.unix_seconds);
  EXPECT_EQ(parse_moment("2025-09-03")->today, kNow.today);
  EXPECT_FALSE(parse_moment("soon"));
}

}  // namespace
}  // namespace lede
