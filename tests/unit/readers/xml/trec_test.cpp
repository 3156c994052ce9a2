#include "corpus/readers/xml/trec.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

std::vector<ReadResult> read_all(const std::string& bytes, std::size_t limit = 1 << 20) {
  std::vector<ReadResult> results;
  Input input(from_memory(bytes));
  read_trec(input, context_of("/a", limit), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

std::vector<Article> read(const std::string& bytes) {
  std::vector<Article> articles;
  for (const ReadResult& result : read_all(bytes)) articles.push_back(std::get<Article>(result));
  return articles;
}

Article read_page(const std::string& bytes) {
  Article article;
  Input input(from_memory(bytes));
  read_wikiextractor(input, context_of("/a"), [&](ReadResult result) {
    article = std::get<Article>(result);
    return true;
  });
  return article;
}

TEST(ReadTrec, ReadsARecord) {
  const Article article =
      read(
          "<DOC>\n<DOCNO> AP880217-0012 </DOCNO>\n<FILEID>AP-1</FILEID>\n<HEAD>Fog &amp; "
          "ferries</HEAD>\n"
          "<BYLINE>By ADA WRITER</BYLINE>\n<DATELINE>VESSA (AP) </DATELINE>\n<TEXT>\n   One line "
          "that is\n"
          "wrapped in forty&hyph;one places or so.\n   "
          "Two.\n</TEXT>\n<TEXT>Three.</TEXT>\n</DOC>\n")
          .at(0);
  EXPECT_EQ(article.id, "AP880217-0012");
  EXPECT_EQ(article.member, "#1");
  EXPECT_EQ(article.title, "Fog & ferries");
  EXPECT_EQ(article.authors, std::vector<std::string>{"ADA WRITER"});
  EXPECT_EQ(article.body,
            "VESSA (AP)\n\nOne line that is wrapped in forty-one places or so.\n\nTwo.\nThree.");
}

TEST(ReadTrec, NeedsNoEndTags) {
  const auto articles = read(
      "<doc><docno>1\n<hl>Fog\n<dd>03/27/90\n<so>The Paper\n<text><p>One.\n<p>Two & 3 < 4.\n"
      "<DOC><DOCNO>2</DOCNO><H3><TI>Ferries</TI></H3><TEXT>Cut of");
  ASSERT_EQ(articles.size(), 2U);
  EXPECT_EQ(articles[0].id, "1");
  EXPECT_EQ(articles[0].title, "Fog");
  EXPECT_EQ(articles[0].source, "The Paper");
  EXPECT_EQ(format_date(*articles[0].date), "1990-03-27");
  EXPECT_EQ(articles[0].body, "One.\nTwo & 3 < 4.");
  EXPECT_EQ(articles[1].title, "Ferries");
  EXPECT_EQ(articles[1].body, "Cut of");
}

TEST(ReadTrec, ReadsATitleThatStandsInTheText) {
  const Article article =
      read("<DOC><DOCNO>1</DOCNO><TEXT>Before <TI>Title</TI> after <F P=106>[x]</F></TEXT></DOC>")
          .at(0);
  EXPECT_EQ(article.title, "Title");
  EXPECT_EQ(article.body, "Before\nafter [x]");
}

TEST(ReadTrec, ReadsTheDatesOfItsCollections) {
  for (const auto& [date, expected] : std::vector<std::pair<std::string, std::string>>{
           {"<DATE>910514</DATE>", "1991-05-14"},
           {"<DATE><P>January 1, 1989, Sunday, Home Edition</P></DATE>", "1989-01-01"},
           {"<DATE1>21 March 1994</DATE1>", "1994-03-21"},
           {"<DATE_TIME> 2000-06-01 09:30:00 </DATE_TIME>", "2000-06-01T09:30:00Z"}}) {
    const Article article = read("<DOC>" + date + "<TEXT>x</TEXT></DOC>").at(0);
    ASSERT_TRUE(article.date) << date;
    EXPECT_EQ(format_date(*article.date), expected);
  }
}

TEST(ReadTrec, ReadsRecordsWithoutATextElement) {
  EXPECT_EQ(read("<DOC>\n<DOCNO>1</DOCNO>\nBare text.\n</DOC>").at(0).body, "Bare text.");
  EXPECT_EQ(read("<DOC id=\"G1\" type=\"story\"><TEXT>x</TEXT></DOC>").at(0).id, "G1");
}

TEST(ReadTrec, SkipsARecordThatIsTooLong) {
  const auto results =
      read_all("<DOC><TEXT>" + std::string(5000, 'x') + "</DOC><DOC><TEXT>y</DOC>", 1000);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(std::get<Skipped>(results[0]).reason, "the record is longer than 1000 bytes");
  EXPECT_EQ(std::get<Article>(results[1]).body, "y");
}

TEST(ReadWikiExtractor, ReadsAPage) {
  const Article article = read_page(
      "<doc id=\"3\" url=\"https://w.example/?curid=3\" title=\"B &amp; K\">\nB & K\n\nThey sell "
      "&lt;tea&gt;"
      " and <a href=\"x\">coffee</a>.\n\n</doc>\n");
  EXPECT_EQ(article.title, "B & K");
  EXPECT_EQ(article.url, "https://w.example/?curid=3");
  EXPECT_EQ(article.id, "");
  EXPECT_EQ(article.body.find("B & K"), std::string::npos);
  EXPECT_NE(article.body.find("They sell <tea> and coffee."), std::string::npos) << article.body;
}

TEST(LooksLikeTrec, TellsItFromAPageOfAWiki) {
  EXPECT_TRUE(looks_like_trec("\n<DOC>\n<DOCNO>1</DOCNO>"));
  EXPECT_TRUE(looks_like_trec("<DOC id=\"G1\" type=\"story\" >\n<TEXT>"));
  const std::string page = "<doc id=\"3\" url=\"u\" title=\"T\">\nT\n";
  EXPECT_FALSE(looks_like_trec(page));
  EXPECT_TRUE(looks_like_wikiextractor(page));
  EXPECT_FALSE(looks_like_trec("<DOCTYPE>"));
  EXPECT_FALSE(looks_like_trec("<DOC>"));
}

}  // namespace
}  // namespace lede
