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

TEST(ParseDate, ReadsIso8601InItsRarerForms) {
  expect_all({{"2025-W35-5", "2025-08-29"},
              {"2025W355", "2025-08-29"},
              {"2020-W53-7", "2021-01-03"},
              {"2009-W01-1", "2008-12-29"},
              {"2025-241", "2025-08-29"},
              {"2024-366", "2024-12-31"},
              {"2025-366", "none"},
              {"2025241T1405Z", "2025-08-29T14:05:00Z"},
              {"2025.08.29", "2025-08-29"},
              {"2025. 8. 29.", "2025-08-29"},
              {"2025-08-29Z", "2025-08-29"},
              {"2025-08-29+02:00", "2025-08-29"},
              {"2025-08-29 -0400", "2025-08-29"},
              {"2025-08-29T14:05:00\u22120400", "2025-08-29T14:05:00-04:00"},
              {"2025-08-29 14:05:00 +0000 UTC", "2025-08-29T14:05:00Z"},
              {"2025-08-29 14:05:00.123456789 +0200 CEST", "2025-08-29T14:05:00+02:00"},
              {"2025-08-29T14:05:00+02:00[Europe/Berlin]", "2025-08-29T14:05:00+02:00"},
              {"2025-08-29 2:05 PM", "2025-08-29T14:05:00Z"},
              {"2025-08-29T24:00:00Z", "2025-08-30T00:00:00Z"}});
}

TEST(ParseDate, ForgivesTheUsualMistakesOfFeeds) {
  expect_all(
      {{"Mon, 29 Aug 2025 14:05:00 EST", "2025-08-29T14:05:00-05:00"},  // a Friday
       {"Xyz, 29 Aug 2025 14:05:00 GMT", "none"},
       {"Fri 29 Aug 2025 14:05:00 GMT", "2025-08-29T14:05:00Z"},
       {"Friday, 29-Aug-25 14:05:00 GMT", "2025-08-29T14:05:00Z"},
       {"Fri, 29 Aug 25 14:05:00 +0000", "2025-08-29T14:05:00Z"},
       {"Sun, 26 Feb 87 14:05:00 GMT", "1987-02-26T14:05:00Z"},
       {"Fri, 29 Aug 2025 9:05:00 +0000", "2025-08-29T09:05:00Z"},
       {"Fri, 29 Aug 2025 14:05:00 GMT+0200", "2025-08-29T14:05:00+02:00"},
       {"Fri, 29 Aug 2025 14:05:00 UTC+2", "2025-08-29T14:05:00+02:00"},
       {"Fri Aug 29 14:05:00 2025", "2025-08-29T14:05:00Z"},
       {"Fri Aug  1 14:05:00 EDT 2025", "2025-08-01T14:05:00-04:00"},
       {"Fri Aug 29 14:05:00 +0000 2025", "2025-08-29T14:05:00Z"},
       {"Fri Aug 29 2025 14:05:00 GMT+0200 (Central European Summer Time)",
        "2025-08-29T14:05:00+02:00"},
       {"ven., 29 ao\u00FBt 2025 14:05:00 +0200", "2025-08-29T14:05:00+02:00"},
       {"Fr, 29 Okt 2025 14:05:00 +0100", "2025-10-29T14:05:00+01:00"},
       {"\u043F\u0442, 29 \u0430\u0432\u0433 2025 14:05:00 +0300", "2025-08-29T14:05:00+03:00"}});
}

TEST(ParseDate, TakesAWordForAMonthBeforeItTakesItForAWeekday) {
  expect_all({{"Tue Mar  5 14:03:02 2024", "2024-03-05T14:03:02Z"},
              {"Tue Mar 05 14:03:02 +0000 2024", "2024-03-05T14:03:02Z"},
              {"Tue Mar 05 2024 14:03:02 GMT+0100 (CET)", "2024-03-05T14:03:02+01:00"}});
}

TEST(ParseDate, ReadsDatesAsProgramsWriteThem) {
  expect_all({{"14-Feb-18", "2018-02-14"},
              {"14-FEB-87", "1987-02-14"},
              {"/Date(1709647382000)/", "2024-03-05T14:03:02Z"},
              {"/Date(1709647382000+0100)/", "2024-03-05T14:03:02Z"},
              {"1709647382000000000", "2024-03-05T14:03:02Z"},
              {"9999999999999999999", "none"},
              {"/Date(x)/", "none"},
              {"/Date()/", "none"}});
}

TEST(ParseDate, ReadsWhatStandsBehindPublished) {
  expect_all({{"Published on 5 March 2024", "2024-03-05"},
              {"Published: March 5, 2024", "2024-03-05"},
              {"posted 2024-03-05", "2024-03-05"},
              {"Published", "none"},
              {"publisher 2024", "none"}});
}

TEST(ParseDate, ReadsMonthsInManyLanguages) {
  for (const std::string text : {"29. August 2025",
                                 "Freitag, 29. August 2025",
                                 "29 ao\u00FBt 2025",
                                 "le 29 ao\u00FBt 2025",
                                 "vendredi 29 AO\u00DBT 2025",
                                 "29 aou\u0302t 2025",
                                 "29 de agosto de 2025",
                                 "viernes, 29 de agosto de 2025",
                                 "sexta-feira, 29 de agosto de 2025",
                                 "venerd\u00EC 29 agosto 2025",
                                 "29 agost 2025",
                                 "vrijdag 29 augustus 2025",
                                 "fredag 29 augusti 2025",
                                 "fredag den 29. august 2025",
                                 "29. elokuuta 2025",
                                 "29 sierpnia 2025",
                                 "29. srpna 2025",
                                 "29. augusta 2025",
                                 "29 august 2025",
                                 "2025. augusztus 29.",
                                 "29 A\u011Fustos 2025",
                                 "29 \u0430\u0432\u0433\u0443\u0441\u0442\u0430 2025 \u0433.",
                                 "29 \u0441\u0435\u0440\u043F\u043D\u044F 2025",
                                 "29 \u0391\u03C5\u03B3\u03BF\u03CD\u03C3\u03C4\u03BF\u03C5 2025",
                                 "2025\u5E748\u670829\u65E5",
                                 "2025\uB144 8\uC6D4 29\uC77C",
                                 "29th of August, 2025",
                                 "August 29th, 2025",
                                 "2025-Aug-29",
                                 "29\u00A0August\u00A02025"}) {
    EXPECT_EQ(reformatted(text), "2025-08-29") << text;
  }
  expect_all({{"1er septembre 2025", "2025-09-01"},
              {"1\u00BA de setembro de 2025", "2025-09-01"},
              {"5. M\u00E4rz 2025", "2025-03-05"},
              {"mar. 5 mars 2025", "2025-03-05"},
              {"mar 5 abr 2025", "2025-04-05"},
              {"30 listopada 2025", "2025-11-30"},
              {"3 juil. 2025", "2025-07-03"},
              {"3 mrt 2025", "2025-03-03"},
              {"9. \u010Dervence 2025", "2025-07-09"},
              {"9. \u010Dervna 2025", "2025-06-09"},
              {"9. \u010Der 2025", "none"},  // June or July
              {"ao\u00FBt 2025", "2025-08"},
              {"2025\u5E748\u6708", "2025-08"}});
}

TEST(ParseDate, ReadsTimesAsPagesWriteThem) {
  expect_all(
      {{"Aug. 29, 2025 at 2:05 p.m. ET", "2025-08-29T14:05:00-04:00"},
       {"Jan. 29, 2025 at 2:05 p.m. ET", "2025-01-29T14:05:00-05:00"},
       {"Aug. 29, 2025, 2 p.m. PT", "2025-08-29T14:00:00-07:00"},
       {"March 8, 2025 9 am ET", "2025-03-08T09:00:00-05:00"},
       {"March 9, 2025 9 am ET", "2025-03-09T09:00:00-04:00"},
       {"2:05 PM EDT, Fri August 29, 2025", "2025-08-29T14:05:00-04:00"},
       {"14:05, 29 August 2025", "2025-08-29T14:05:00Z"},
       {"29.08.2025, 14:05 Uhr", "2025-08-29T14:05:00Z"},
       {"29. August 2025 um 14.05 Uhr", "2025-08-29T14:05:00Z"},
       {"29/08/2025 \u00E0 14h05", "2025-08-29T14:05:00Z"},
       {"29 de agosto de 2025 a las 14:05 h", "2025-08-29T14:05:00Z"},
       {"29 august 2025 kl. 14.05", "2025-08-29T14:05:00Z"},
       {"29 August 2025 \u2022 14:05 BST", "2025-08-29T14:05:00+01:00"},
       {"2025\u5E748\u670829\u65E5\uFF08\u91D1\uFF09 14\u664205\u5206", "2025-08-29T14:05:00Z"},
       {"2025\u5E748\u670829\u65E5 \u5348\u5F8C2:05", "2025-08-29T14:05:00Z"},
       {"August 29, 2025 12:05 a.m.", "2025-08-29T00:05:00Z"},
       {"August 29, 2025 13:05 pm", "none"}});
}

TEST(ParseDate, TakesNumbersOnlyWhenOneOrderIsPossible) {
  expect_all({{"8/29/2025", "2025-08-29"},
              {"29/8/2025", "2025-08-29"},
              {"29-08-2025", "2025-08-29"},
              {"8/8/2025", "2025-08-08"},
              {"8/9/2025", "none"},
              {"08-09-2025", "none"},
              {"8.9.2025", "2025-09-08"},  // dots are written where the day comes first
              {"29.08.25", "2025-08-29"},
              {"8/29/25", "none"},
              {"31/31/2025", "none"},
              {"8/29/2025 2:05:00 PM", "2025-08-29T14:05:00Z"}});
}

TEST(ParseDate, AssumesUtcForAZoneThatIsUnknown) {
  const auto date = parse_date("2025-08-29 14:05:00 America/New_York");
  ASSERT_TRUE(date);
  EXPECT_TRUE(date->zone_is_assumed);
  EXPECT_EQ(format_date(*date), "2025-08-29T14:05:00Z");
  EXPECT_TRUE(parse_date("29 Aug 2025 14:05 QQQT")->zone_is_assumed);
  EXPECT_FALSE(parse_date("29 Aug 2025 14:05 nonsense"));
}

TEST(DateInUrl, IsThatOfItsPath) {
  const auto in_url = [](std::string_view url) -> std::string {
    const auto date = date_in_url(url);
    return date ? format_date(*date) : "none";
  };
  for (const auto& [url, expected] :
       std::vector<Case>{{"https://a.example/2025/08/29/slug.html", "2025-08-29"},
                         {"https://a.example/news/2025/8/9/slug", "2025-08-09"},
                         {"https://a.example/world/2025/aug/29/slug", "2025-08-29"},
                         {"https://a.example/2025-08-29-slug/", "2025-08-29"},
                         {"https://a.example/world/slug-2025-08-29/", "2025-08-29"},
                         {"https://a.example/2025-08/29/c_1234.htm", "2025-08-29"},
                         {"https://a.example/2025/0829/c90-1.html", "2025-08-29"},
                         {"https://a.example/2025/08-29/1.shtml", "2025-08-29"},
                         {"https://a.example/a/20250829/1.html", "2025-08-29"},
                         {"https://a.example/2025/08/slug", "2025-08"},
                         {"https://a.example/2025/08", "2025-08"},
                         {"/2025/08/29/slug", "2025-08-29"},
                         {"https://a.example/2025/slug", "none"},
                         {"https://a.example/2025/13/01/slug", "none"},
                         {"https://a.example/2025/02/30/slug", "2025-02"},
                         {"https://a.example/1234/08/29/slug", "none"},
                         {"https://a.example/?p=/2025/08/29/", "none"},
                         {"https://2025/08/29", "none"},
                         {"https://a.example/12025-08-29-x", "none"},
                         {"https://a.example/2025-08-291", "none"},
                         {"", "none"}}) {
    EXPECT_EQ(in_url(url), expected) << url;
  }
}

TEST(ParseDate, TellsTheUnitOfUnixTimeByItsMagnitude) {
  expect_all({{"1756476300", "2025-08-29T14:05:00Z"},
              {"1756476300123", "2025-08-29T14:05:00Z"},
              {"1756476300123456", "2025-08-29T14:05:00Z"},
              {"1756476300.9", "2025-08-29T14:05:00Z"},
              {"-157766400", "1965-01-01T00:00:00Z"},
              {"-157766400.5", "1964-12-31T23:59:59Z"},
              {"99999999", "none"},
              {"999999999999999999", "2001-09-09T01:46:39Z"}});
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
  constexpr std::string_view kAlphabet = "0123456789-/:T .,+Zaugstfripmh()[]W\0\xff\xE5\xB9\xB4";
  std::mt19937 random(2);
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 24, ' ');
    for (char& c : text) c = kAlphabet[random() % kAlphabet.size()];
    const auto date = parse_date(text);
    EXPECT_TRUE(!date || calendar_day(*date).ok()) << text;
    date_in_url(text);
  }
  EXPECT_FALSE(parse_date(std::string(1'000'000, '9')));
}

TEST(UsualDate, IsOneThatCanBeWritten) {
  EXPECT_TRUE(is_usual_date(*parse_date("1000-01-01")));
  EXPECT_TRUE(is_usual_date(*parse_date("9999-12-31T23:59:59Z")));
  EXPECT_TRUE(is_usual_date({0, DatePrecision::day, -1439, true}));
  EXPECT_FALSE(is_usual_date({0, DatePrecision::day, 1440, true}));
  EXPECT_FALSE(is_usual_date({253'402'300'800, DatePrecision::day, 0, true}));
  for (const std::int64_t seconds : {INT64_MIN, INT64_MAX})
    EXPECT_FALSE(is_usual_date({seconds, DatePrecision::day, -60, true}));
}

}  // namespace
}  // namespace lede
