#include "corpus/date.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

std::string reformatted(std::string_view text) {
  const auto date = parse_date(text);
  return date ? format_date(*date) : "none";
}

struct Case {
  std::string text;
  std::string expected;  // format_date of it, or `none`
};

void expect_all(const std::vector<Case>& cases) {
  for (const Case& it : cases) EXPECT_EQ(reformatted(it.text), it.expected) << it.text;
}

TEST(ParseDate, ReadsIso8601AtItsOwnPrecision) {
  expect_all({{"2025", "2025"},
              {"2025-08", "2025-08"},
              {"2025-08-29", "2025-08-29"},
              {"2025/08/29", "2025-08-29"},
              {"20250829", "2025-08-29"},
              {"2025-8-9", "2025-08-09"},
              {"2025-08-29T14:05", "2025-08-29T14:05:00Z"},
              {"2025-08-29T14:05:00Z", "2025-08-29T14:05:00Z"},
              {"2025-08-29 14:05:07.123", "2025-08-29T14:05:07Z"},
              {"2025-08-29T14:05:07,123Z", "2025-08-29T14:05:07Z"},
              {"2025-08-29T14:05:00+02:00", "2025-08-29T14:05:00+02:00"},
              {"2025-08-29T14:05:00+0200", "2025-08-29T14:05:00+02:00"},
              {"2025-08-29T14:05:00-03", "2025-08-29T14:05:00-03:00"},
              {"2010-10-22 11:33:15 -0400", "2010-10-22T11:33:15-04:00"},
              {"2010-10-22 9:05:00 -0400", "2010-10-22T09:05:00-04:00"},
              {"20190516T180000Z", "2019-05-16T18:00:00Z"},
              {"20250829140507", "2025-08-29T14:05:07Z"},
              {"  2025-08-29 \n", "2025-08-29"}});
}

TEST(ParseDate, ReadsRfc822) {
  expect_all({{"Fri, 29 Aug 2025 14:05:00 +0200", "2025-08-29T14:05:00+02:00"},
              {"29 Aug 2025 14:05:00 GMT", "2025-08-29T14:05:00Z"},
              {"Fri, 29 Aug 2025 14:05 EDT", "2025-08-29T14:05:00-04:00"},
              {"Fri, 29 Aug 2025 14:05:00 PST", "2025-08-29T14:05:00-08:00"},
              {"Fri, 29 Aug 2025 14:05:00 +0200 (CEST)", "2025-08-29T14:05:00+02:00"},
              {"Friday, 29 August 2025 24:00:00 UT", "2025-08-30T00:00:00Z"}});
}

TEST(ParseDate, ReadsDatesAsNewspapersWriteThem) {
  expect_all({{"August 29, 2025", "2025-08-29"},
              {"Aug. 29, 2025", "2025-08-29"},
              {"Sept. 1, 2025", "2025-09-01"},
              {"29 August 2025", "2025-08-29"},
              {"29 Aug 2025 14:05", "2025-08-29T14:05:00Z"},
              {"1st May 2025", "2025-05-01"},
              {"August 2025", "2025-08"},
              {"Friday, August 29, 2025 at 2:05 pm", "2025-08-29T14:05:00Z"},
              {"August 29, 2025 12:05 AM EST", "2025-08-29T00:05:00-05:00"},
              {"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z"},
              {" 2-APR-1987 16:28:14.26", "1987-04-02T16:28:14Z"},
              {"9-MAR-1987  07:28:14.26", "1987-03-09T07:28:14Z"}});
}

TEST(ParseDate, TellsTheUnitOfUnixTimeByItsMagnitude) {
  expect_all({{"1756476300", "2025-08-29T14:05:00Z"},
              {"1756476300123", "2025-08-29T14:05:00Z"},
              {"1756476300123456", "2025-08-29T14:05:00Z"},
              {"1756476300.9", "2025-08-29T14:05:00Z"},
              {"-157766400", "1965-01-01T00:00:00Z"},
              {"-157766400.5", "1964-12-31T23:59:59Z"},
              {"99999999", "none"},
              {"999999999999999999", "none"}});
}

TEST(ParseDate, RefusesDaysAndHoursThatDoNotExist) {
  for (const std::string text :
       {"2025-02-29", "2025-13-01", "2025-00-10", "2025-01-00", "2025-04-31", "31 April 2025",
        "29 Feb 2023", "2025-08-29T25:00:00Z", "2025-08-29T24:01:00Z", "2025-08-29T14:60:00Z",
        "0999", "0000-01-01", "20251301", "2025-08-29T14:05:00+25:00", "13:00 pm"}) {
    EXPECT_EQ(reformatted(text), "none") << text;
  }
  EXPECT_EQ(reformatted("2024-02-29"), "2024-02-29");
}

TEST(ParseDate, RefusesWhatIsNoDate) {
  for (const std::string text : {"",         " ",           "yesterday",
                                 "May",      "12",          "29 Aug",
                                 "Aug 29",   "29 Foo 2025", "2025-08-29 junk",
                                 "2025-W35", "2025-08-29T", "2025-08-29T14",
                                 "1.2.3",    "+",           "-",
                                 ".",        "29 Aug 25",   "2025-08-29 and more",
                                 "Monday",   "August"}) {
    EXPECT_EQ(reformatted(text), "none") << text;
  }
}

TEST(ParseDate, RemembersWhetherTheSourceNamedAZone) {
  EXPECT_TRUE(parse_date("2025-08-29 14:05:00")->zone_is_assumed);
  EXPECT_TRUE(parse_date("2025-08-29")->zone_is_assumed);
  EXPECT_FALSE(parse_date("2025-08-29T14:05:00Z")->zone_is_assumed);
  EXPECT_FALSE(parse_date("1756476300")->zone_is_assumed);
  EXPECT_EQ(parse_date("2025-08-29T14:05:00+02:00")->offset_minutes, 120);
  EXPECT_EQ(parse_date("2025-08-29T14:05:00+02:00")->unix_seconds,
            parse_date("2025-08-29T12:05:00Z")->unix_seconds);
}

TEST(CalendarDay, IsTheDayWhereItWasWritten) {
  using namespace std::chrono;
  EXPECT_EQ(calendar_day(*parse_date("2025-08-29T23:30:00-05:00")), 2025y / August / 29);
  EXPECT_EQ(calendar_day(*parse_date("2025-08-29T00:30:00+05:00")), 2025y / August / 29);
  EXPECT_EQ(calendar_day(*parse_date("1965-03-01")), 1965y / March / 1);
}

TEST(FormatDate, IsReadBackAsTheSameDate) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 5000; ++round) {
    SCOPED_TRACE(round);
    const auto seconds = static_cast<std::int64_t>(random() % 200'000'000'000ULL) - 20'000'000'000;
    const auto offset = static_cast<std::int16_t>(static_cast<int>(random() % 1681) - 840);
    const Date date{seconds, DatePrecision::second, offset, false};
    ASSERT_EQ(parse_date(format_date(date)), date) << format_date(date);
    for (const std::size_t length : {4U, 7U, 10U}) {
      const std::string shorter = format_date(date).substr(0, length);
      ASSERT_EQ(reformatted(shorter), shorter);
    }
  }
}

TEST(FormatDate, NamesUtcForAnAssumedZone) {
  const auto date = *parse_date("2025-08-29 14:05:00");
  auto named = date;
  named.zone_is_assumed = false;
  EXPECT_EQ(format_date(date), "2025-08-29T14:05:00Z");
  EXPECT_EQ(parse_date(format_date(date)), named);
}

TEST(ParseDate, EndsForEveryText) {
  constexpr std::string_view kAlphabet = "0123456789-/:T .,+Zaugstfri()\0\xff";
  std::mt19937 random(2);
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 24, ' ');
    for (char& c : text) c = kAlphabet[random() % kAlphabet.size()];
    const auto date = parse_date(text);
    EXPECT_TRUE(!date || calendar_day(*date).ok()) << text;
  }
  EXPECT_FALSE(parse_date(std::string(1'000'000, '9')));
}

}  // namespace
}  // namespace lede
