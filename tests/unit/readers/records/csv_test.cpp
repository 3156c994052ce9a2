#include "corpus/readers/records/csv.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

struct Results {
  std::vector<Article> articles;
  std::vector<Skipped> skips;
};

Results read_all(const std::string& bytes, const std::vector<FieldMapping>& mappings = {},
                 std::size_t limit = 1 << 20) {
  Results results;
  Input input(from_memory(bytes));
  ReadContext context = context_of("/a.csv", limit);
  context.options.mappings = mappings;
  read_csv(input, context, [&](ReadResult result) {
    if (auto* article = std::get_if<Article>(&result)) {
      results.articles.push_back(std::move(*article));
    } else {
      results.skips.push_back(std::get<Skipped>(std::move(result)));
    }
    return true;
  });
  return results;
}

/// `title|body title|body `
std::string texts(const Results& results) {
  std::string texts;
  for (const Article& article : results.articles) texts += article.title + "|" + article.body + " ";
  return texts;
}

using Names = std::vector<std::string>;

TEST(ReadCsv, ReadsTheFieldsOfARow) {
  const Results results = read_all(
      ",id,title,publication,author,date,year,url,content\n"
      "0,17283,A title,The Wire,Ada Writer,2025-08-29,2025.0,https://x.example/1,\"The text, all "
      "of "
      "it.\"\n");
  ASSERT_EQ(results.articles.size(), 1U);
  const Article& article = results.articles[0];
  EXPECT_EQ(article.id, "17283");
  EXPECT_EQ(article.title, "A title");
  EXPECT_EQ(article.source, "The Wire");
  EXPECT_EQ(article.authors, Names{"Ada Writer"});
  EXPECT_EQ(article.date, parse_date("2025-08-29"));
  EXPECT_EQ(article.url, "https://x.example/1");
  EXPECT_EQ(article.body, "The text, all of it.");
  EXPECT_EQ(article.member, "#1");
  EXPECT_EQ(article.format, "csv");
  EXPECT_EQ(article.origin(Metadata::title), Origin::record);
  EXPECT_TRUE(article.warnings.empty());
}

TEST(ReadCsv, TellsTheDelimiterFromTheBeginning) {
  for (const std::string delimiter : {",", ";", "\t", "|"}) {
    std::string bytes = "title" + delimiter + "text\n";
    for (int row = 0; row < 3; ++row) bytes += "a" + delimiter + "\"b; c, d\"\n";
    EXPECT_EQ(texts(read_all(bytes)), "a|b; c, d a|b; c, d a|b; c, d ") << delimiter;
  }
}

TEST(ReadCsv, TakesTheDelimiterThatTheFirstLineNames) {
  EXPECT_EQ(texts(read_all("sep=;\r\ntitle;text\r\na, b;c\r\n")), "a, b|c ");
  EXPECT_EQ(texts(read_all("\"sep=|\"\ntitle|text\na|b\n")), "a|b ");
  EXPECT_TRUE(looks_like_csv("sep=;\ntitle;text\n"));
}

TEST(ReadCsv, DoesNotMindBlanksBeforeAQuote) {
  EXPECT_EQ(texts(read_all("title, text, n\n\"a\", \"b, c\", \"1\"\n \"d\",  \"e\nf\",2\n")),
            "a|b, c d|e\nf ");
  EXPECT_EQ(texts(read_all("title|text\na| \"b\" c\n")), "a| \"b\" c ");
}

TEST(ReadCsv, TakesNoColumnOfUrlsForTheText) {
  const std::string url = "https://x.example/" + std::string(200, 'x');
  EXPECT_EQ(read_all("a,b,c\n1," + url + ",the text of it\n").articles.at(0).body,
            "the text of it");
  EXPECT_EQ(read_all("1\t" + url + "\tthe text.\t[{\"Label\": \"a long one, longer\"}]\n")
                .articles.at(0)
                .body,
            "the text.");
}

TEST(ReadCsv, ReadsQuotedLineEndsAndDoubledQuotes) {
  EXPECT_EQ(texts(read_all("title,text\r\n\"a \"\"b\"\"\",\"c\r\n\r\nd,\"\r\n\"\",\"\"\"e\"\r\n")),
            "a \"b\"|c\r\n\r\nd, |\"e ");
  EXPECT_EQ(texts(read_all("title,text\n\"a \"bare\" b\",c\n")), "a \"bare\" b|c ");
}

TEST(ReadCsv, ReadsEveryKindOfLineEndAndAByteOrderMark) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    EXPECT_EQ(texts(read_all("\xEF\xBB\xBFtitle,text" + end + "a,b" + end + end + "c,d")),
              "a|b c|d ");
  }
}

TEST(ReadCsv, TakesRowsOfAnyLength) {
  const Results results = read_all("title,text,date\na\nb,c\nd,e,2025,f,g\n");
  EXPECT_EQ(texts(results), "a| b|c d|e ");
  EXPECT_EQ(results.articles[2].warnings,
            Names{"the row has 5 fields, 2 more than there are columns"});
}

TEST(ReadCsv, ReadsATableWithoutColumnNames) {
  const Results labelled = read_all(
      "\"3\",\"Oil rises\",\"Prices rose - again, on Monday.\"\n"
      "\"1\",\"Rain\",\"It rained in the north.\"\n");
  EXPECT_EQ(texts(labelled),
            "Oil rises|Prices rose - again, on Monday. Rain|It rained in the north. ");
  EXPECT_EQ(labelled.articles[0].warnings,
            Names{"no column has a name: taken are the second for the title, the third for the "
                  "text"});
  const Results other = read_all("2025-08-29,The text of it all.,7\n2025-08-30,More.,8\n");
  EXPECT_EQ(texts(other), "|The text of it all. |More. ");
  EXPECT_EQ(other.articles[1].warnings,
            Names{"no column says that it is the text: taken for it is the longest, column 2"});
}

TEST(ReadCsv, FollowsMappingsToNamesAndNumbers) {
  const std::vector<FieldMapping> by_name{{Metadata::title, "Kop"}, {kBody, "Tekst"}};
  EXPECT_EQ(texts(read_all("Kop,Tekst,n\na,b,1\n", by_name)), "a|b ");
  const std::vector<FieldMapping> by_number{{Metadata::title, "3"}, {kBody, "1"}};
  const Results results = read_all("2025 was long.,7,a.\nb.,8,c.\n", by_number);
  EXPECT_EQ(texts(results), "a.|2025 was long. c.|b. ");
  EXPECT_TRUE(results.articles[0].warnings.empty());
}

TEST(ReadCsv, LosesOneRowToAQuoteThatNeverEnds) {
  const Results results = read_all("title,text\na,b\nc,\"d\ne,f\ng,h\n");
  EXPECT_EQ(texts(results), "a|b e|f g|h ");
  ASSERT_EQ(results.skips.size(), 1U);
  EXPECT_EQ(results.skips[0].record, "line 3");
  EXPECT_EQ(results.skips[0].reason, "a quote in it never ends");
}

TEST(ReadCsv, GivesUpWhenTooMuchIsBroken) {
  std::string bytes = "title,text\n";
  for (int row = 0; row < 20'000; ++row) bytes += "\"a\n";
  const Results results = read_all(bytes);
  EXPECT_LE(results.skips.size(), 20U);
  EXPECT_EQ(results.skips.back().reason, "too much is broken: the rest of the file is passed over");
}

TEST(ReadCsv, PassesOverARowThatIsTooLong) {
  const Results results =
      read_all("title,text\na,b\nc," + std::string(300'000, 'x') + "\ne,f\n", {}, 1000);
  EXPECT_EQ(texts(results), "a|b e|f ");
  ASSERT_EQ(results.skips.size(), 1U);
  EXPECT_EQ(results.skips[0].reason, "the record is longer than 1000 bytes");
}

TEST(ReadCsv, ReadsAFieldOfManyMegabytes) {
  const std::string text(3 << 20, 'x');
  const Results results = read_all("title,text\na,\"" + text + "\"\nb,c\n", {}, 8 << 20);
  ASSERT_EQ(results.articles.size(), 2U);
  EXPECT_EQ(results.articles[0].body.size(), text.size());
}

TEST(ReadCsv, CountsRowsWithoutTextInOneSkip) {
  std::string bytes = "title,text,n\n";
  for (int row = 0; row < 10'000; ++row) bytes += ",,1\n";
  const Results results = read_all(bytes);
  ASSERT_EQ(results.skips.size(), 11U);
  EXPECT_EQ(results.skips[0].record, "line 2");
  EXPECT_EQ(results.skips[10].record, "up to line 10001");
  EXPECT_EQ(results.skips[10].reason,
            "9990 more records: no column of it holds a title, a summary or a text");
}

TEST(ReadCsv, ReadsLegacyCharsets) {
  EXPECT_EQ(texts(read_all("title;text\ncaf\xE9;d\xE9j\xE0 vu, na\xEFve gar\xE7on\n")),
            "café|déjà vu, naïve garçon ");
}

TEST(LooksLikeCsv, WantsNamesOfColumns) {
  for (const char* head : {"title,text,subject,date\nx", "\xEF\xBB\xBFid;Title;Body\r\n",
                           "link\theadline\tcategory\n", "\"url\",\"content\"\n"}) {
    EXPECT_TRUE(looks_like_csv(head)) << head;
  }
  for (const char* head :
       {"", "title", "title,text", "Rain, wind\nand more", "By Ada, Bo\n", "date,year,month\n",
        "Title: a, b\nDate: c\n", "The news, in short, by category, today.\n"}) {
    EXPECT_FALSE(looks_like_csv(head)) << head;
  }
}

}  // namespace
}  // namespace lede
