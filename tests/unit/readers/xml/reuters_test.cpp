#include "corpus/readers/xml/reuters.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

std::vector<ReadResult> read_all(const std::string& bytes, std::size_t limit = 1 << 20) {
  std::vector<ReadResult> results;
  Input input(from_memory(bytes));
  read_reuters(input, context_of("/a.sgm", limit), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

Article read(const std::string& record) {
  return std::get<Article>(read_all(record).at(0));
}

std::string record(const std::string& text, const std::string& head = "") {
  return "<REUTERS TOPICS=\"YES\" NEWID=\"7\">\n" + head + "<TEXT>&#2;\n" + text +
         "</TEXT>\n</REUTERS>\n";
}

TEST(ReadReuters, ReadsARecord) {
  const Article article = read(
      "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n" +
      record(
          "<TITLE>ACME &lt;ACM> BUYS B&amp;K</TITLE>\n<AUTHOR>    by Ada Writer, Reuters</AUTHOR>\n"
          "<DATELINE>    VESSA, March 9 - </DATELINE><BODY>Acme Corp said it bought\nB&amp;K.\n"
          "    It paid cash for\nit.\n Reuter\n&#3;</BODY>",
          "<DATE> 9-MAR-1987 15:01:01.79&#9;&#9;&#9;RM</DATE>\n"
          "<TOPICS><D>acq</D><D>earn</D></TOPICS>\n<PLACES><D>usa</D></PLACES>\n<ORGS></ORGS>\n"));
  EXPECT_EQ(article.id, "reuters-7");
  EXPECT_EQ(article.member, "#1");
  EXPECT_EQ(article.title, "ACME <ACM> BUYS B&K");
  EXPECT_EQ(article.origin(Metadata::title), Origin::markup);
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Writer"});
  EXPECT_EQ(article.source, "Reuters");
  EXPECT_EQ(article.tags, (std::vector<std::string>{"acq", "earn", "usa"}));
  EXPECT_EQ(article.date, parse_date("1987-03-09T15:01:01"));
  EXPECT_EQ(article.language, "");
  EXPECT_EQ(article.body, "VESSA, March 9 - Acme Corp said it bought B&K.\n\nIt paid cash for it.");
}

TEST(ReadReuters, ReadsDatesWithSomethingBehindThem) {
  for (const auto& [date, expected] : std::vector<std::pair<std::string, std::string>>{
           {"26-MAR-1987 15:01:01.79&#9;&#9;&#9;E F", "1987-03-26T15:01:01Z"},
           {" 9-APR-1987 00:00:00.00    # date added as guesswork", "1987-04-09T00:00:00Z"},
           {"31-MAR-1987 605:12:19.12", "1987-03-31"}}) {
    const Article article = read(record("<TITLE>T</TITLE>", "<DATE>" + date + "</DATE>"));
    ASSERT_TRUE(article.date) << date;
    EXPECT_EQ(format_date(*article.date), expected);
  }
}

TEST(ReadReuters, KeepsTheLinesOfATable) {
  EXPECT_EQ(read(record("<BODY>The prices were as these lines of prose go on to say here:\n"
                        "    Jan     12     13\n    Feb     14     15\n"
                        "    The market, which had been calm until noon, was then closed.\n"
                        "</BODY>"))
                .body,
            "The prices were as these lines of prose go on to say here:\n\n"
            "Jan     12     13\nFeb     14     15\n\n"
            "The market, which had been calm until noon, was then closed.");
}

TEST(ReadReuters, ReadsATitleWithoutABody) {
  const Article article =
      read(record("******<TITLE>RATES RISE\n</TITLE>Blah blah blah.\n&#3;\n\n"));
  EXPECT_EQ(article.title, "RATES RISE");
  EXPECT_EQ(article.body, "");
}

TEST(ReadReuters, ReadsATextWithoutMarkup) {
  const Article article =
      read(record("MONEY SUPPLY REPORT\n    One week ended\n M-1....736.7\n\n Reuter\n&#3;\n"));
  EXPECT_EQ(article.title, "MONEY SUPPLY REPORT");
  EXPECT_EQ(article.origin(Metadata::title), Origin::text);
  EXPECT_EQ(article.body, "One week ended\nM-1....736.7");
  EXPECT_EQ(read(record("161125******BANK CUTS RATES BY\nHALF A POINT\n&#3;\n")).title,
            "BANK CUTS RATES BY HALF A POINT");
}

TEST(ReadReuters, DecodesEntitiesOnce) {
  EXPECT_EQ(
      read(record("<TITLE>&amp;lt; &quot;x&apos; &#65;&#x42; &nope; & &#3;&#127;.</TITLE>")).title,
      "&lt; \"x' AB &nope; & .");
}

TEST(ReadReuters, KnowsAttributesInAnyQuotes) {
  for (const std::string attribute :
       {"NEWID=\"3\"", "NEWID='3'", "NEWID=3", "OLDID=\"9\" NEWID=\"3\""}) {
    EXPECT_EQ(read("<REUTERS " + attribute + "><TEXT>x</TEXT></REUTERS>").id, "reuters-3");
  }
  EXPECT_EQ(read("<REUTERS ><TEXT>x</TEXT></REUTERS>").id, "");
}

TEST(ReadReuters, SkipsARecordThatNeverEndsAndReadsTheNext) {
  const auto results = read_all("<REUTERS NEWID=\"1\">\n<TEXT>x\n" + record("<TITLE>T</TITLE>"));
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(std::get<Skipped>(results[0]).record, "line 1");
  EXPECT_EQ(std::get<Article>(results[1]).title, "T");
  EXPECT_EQ(std::get<Article>(results[1]).member, "#2");
  const auto last = read_all(record("<TITLE>T</TITLE>") + "<REUTERS NEWID=\"2\">\n");
  ASSERT_EQ(last.size(), 2U);
  EXPECT_EQ(std::get<Skipped>(last[1]).record, "line 5");
}

TEST(ReadReuters, SkipsARecordThatIsTooLongAndReadsTheNext) {
  const auto results = read_all(
      record("<BODY>" + std::string(300'000, 'x') + "</BODY>") + record("<TITLE>T</TITLE>"), 1000);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(std::get<Skipped>(results[0]).reason, "the record is longer than 1000 bytes");
  EXPECT_EQ(std::get<Article>(results[1]).title, "T");
}

TEST(ReadReuters, ReadsManyRecordsAcrossItsBuffer) {
  std::string bytes;
  for (int count = 0; count < 2000; ++count) {
    bytes += record("<TITLE>T</TITLE><BODY>" + std::string(static_cast<std::size_t>(count), 'x') +
                    "</BODY>");
  }
  const auto results = read_all(bytes);
  ASSERT_EQ(results.size(), 2000U);
  for (std::size_t at = 0; at < results.size(); ++at) {
    ASSERT_EQ(std::get<Article>(results[at]).body.size(), at);
  }
}

}  // namespace
}  // namespace lede
