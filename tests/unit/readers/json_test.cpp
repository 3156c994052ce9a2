#include "corpus/readers/json.hpp"

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

Results read_all(const std::string& bytes, const std::string& path = "/a.json",
                 std::size_t limit = 1 << 20) {
  Results results;
  Input input(from_memory(bytes));
  read_json(input, context_of(path, limit), [&](ReadResult result) {
    if (auto* article = std::get_if<Article>(&result)) {
      results.articles.push_back(std::move(*article));
    } else {
      results.skips.push_back(std::get<Skipped>(std::move(result)));
    }
    return true;
  });
  return results;
}

Article read(const std::string& bytes) {
  const Results results = read_all(bytes);
  EXPECT_EQ(results.articles.size(), 1U) << bytes;
  return results.articles.empty() ? Article{} : results.articles[0];
}

std::string titles(const Results& results) {
  std::string titles;
  for (const Article& article : results.articles) titles += article.title + article.member + " ";
  return titles;
}

using Names = std::vector<std::string>;

TEST(ReadJson, ReadsEveryShapeOfFile) {
  for (const std::string bytes :
       {"{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "{\"title\":\"a\"}\r\n\r\n{\"title\":\"b\"}",
        "{\"title\":\"a\"}{\"title\":\"b\"}", "{\n\"title\":\"a\"\n}\n{\n\"title\":\"b\"\n}",
        "[{\"title\":\"a\"},{\"title\":\"b\"}]",
        "\xEF\xBB\xBF[\n  {\n    \"title\": \"a\"\n  },\n  {\n    \"title\": \"b\"\n  }\n]\n",
        "{\"title\":\"a\"},\n{\"title\":\"b\"},\n",
        "  \n[ {\"title\":\"a\"} , {\"title\":\"b\"} ] "}) {
    const Results results = read_all(bytes);
    EXPECT_EQ(titles(results), "a#1 b#2 ") << bytes;
    EXPECT_TRUE(results.skips.empty()) << bytes << results.skips[0].reason;
  }
}

TEST(ReadJson, GivesAFileOfOneObjectNoMember) {
  EXPECT_EQ(titles(read_all("{\n  \"title\": \"a\"\n}\n")), "a ");
  EXPECT_EQ(titles(read_all("{\"title\":\"a\"}")), "a ");
  EXPECT_EQ(titles(read_all("[{\"title\":\"a\"}]")), "a#1 ");
  EXPECT_EQ(titles(read_all("{\"title\":\"a\"}\n", "/a.jsonl")), "a#1 ");
}

TEST(ReadJson, ReadsTheFieldsOfARecord) {
  const Article article = read(
      R"({"id": 12345678901234567890, "url": "https://x.example/1", "headline": {"main": "T"},
          "description": "In short.", "content": "x", "maintext": "Body.",
          "byline": {"original": "By Ada Writer and Bo Other"}, "source": {"name": "The Wire"},
          "category": ["World", "Other"], "keywords": ["a", "b, c"], "language": "en",
          "publishedAt": "2025-08-29T14:05:00Z", "date_modify": 1756476300})");
  EXPECT_EQ(article.id, "12345678901234567890");
  EXPECT_EQ(article.url, "https://x.example/1");
  EXPECT_EQ(article.title, "T");
  EXPECT_EQ(article.lede, "In short.");
  EXPECT_EQ(article.body, "Body.");
  EXPECT_EQ(article.authors, (Names{"Ada Writer", "Bo Other"}));
  EXPECT_EQ(article.source, "The Wire");
  EXPECT_EQ(article.section, "World");
  EXPECT_EQ(article.tags, (Names{"a", "b", "c"}));
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.date, parse_date("2025-08-29T14:05:00Z"));
  EXPECT_EQ(article.modified, parse_date("2025-08-29T14:05:00Z"));
  EXPECT_EQ(article.origin(Metadata::title), Origin::record);
}

TEST(ReadJson, KnowsAuthorsInEveryForm) {
  for (const std::string value : {R"("Ada Writer and Bo Other")", R"(["Ada Writer", "Bo Other"])",
                                  R"([{"name": "Ada Writer"}, null, {"name": "Bo Other"}, 7])"}) {
    Names authors = read(R"({"title": "t", "authors": )" + value + "}").authors;
    authors.resize(2);
    EXPECT_EQ(authors, (Names{"Ada Writer", "Bo Other"})) << value;
  }
  EXPECT_EQ(read(R"({"title": "t", "author": {"name": "Ada Writer"}})").authors,
            Names{"Ada Writer"});
}

TEST(ReadJson, TakesTheFirstKeyThatIsNotEmpty) {
  EXPECT_EQ(read(R"({"text": "second", "maintext": " ", "title": null})").body, "second");
  EXPECT_EQ(read(R"({"title": "first", "title": "second"})").title, "first");
  EXPECT_EQ(read(R"({"title": "t", "published": "some day", "date": "2025"})").date,
            parse_date("2025"));
}

TEST(ReadJson, JoinsParagraphs) {
  EXPECT_EQ(read(R"({"paragraphs": ["One.", "", "Two."]})").body, "One.\n\nTwo.");
}

TEST(ReadJson, MendsWhatItSafelyCan) {
  for (const auto& [bytes, expected] : std::vector<std::pair<std::string, std::string>>{
           {"{\"title\":\"caf\xe9\"}", "café"},
           {"{\"title\":\"a\x01 b\tc\"}", "a b\tc"},
           {"{\"title\":\"x\",\"score\":NaN,\"n\":[-Infinity,Infinity]}", "x"},
           {R"({"title":"a\ud83d b"})", "a\uFFFD b"},
           {R"({"title":"\ude00\ud83d\ude00"})", "\uFFFD\U0001F600"},
           {R"({"title":"x","n":123456789012345678901234567890})", "x"},
           {R"({"title":"it\'s"})", "it\\'s"},
       }) {
    const Article article = read(bytes);
    EXPECT_EQ(article.title, expected) << bytes;
    EXPECT_EQ(article.warnings.size(), 1U) << bytes;
  }
}

TEST(ReadJson, LosesOneRecordToOneBrokenLine) {
  for (const std::string broken : {"{\"title\":\"a", "garbage", "{\"title\":}", "[1,2", "\"text\"",
                                   "{}", "{\"n\":1}", "}}}}", "{\"title\":\"x\",\"n\":tru}"}) {
    const Results results =
        read_all("{\"title\":\"a\"}\n" + broken + "\n{\"title\":\"c\"}\n", "/a.jsonl");
    EXPECT_EQ(titles(results), "a#1 c#3 ") << broken;
    ASSERT_EQ(results.skips.size(), 1U) << broken;
    EXPECT_EQ(results.skips[0].record, "line 2");
  }
}

TEST(ReadJson, ReadsTheRestBehindABrokenFirstLine) {
  for (const std::string broken : {"{\"title\":\"a", "garbage", "{\"title\":}"}) {
    const Results results = read_all(broken + "\n{\"title\":\"b\"}\n{\"title\":\"c\"}\n");
    EXPECT_EQ(titles(results), "b#2 c#3 ") << broken;
  }
}

TEST(ReadJson, LosesOneRecordToOneBrokenElement) {
  for (const std::string broken :
       {"{\"title\":\"a", "{\"title\": }", "{\"title\": \"a\", \"x\": [}", "{\"title\": \"a\"]}"}) {
    const Results results = read_all("[\n  {\"title\":\"a\"},\n  " + broken +
                                     ",\n  {\"title\":\"c\"},\n  {\"title\":\"d\"}\n]\n");
    EXPECT_EQ(titles(results), "a#1 c#3 d#4 ") << broken;
    ASSERT_EQ(results.skips.size(), 1U) << broken;
    EXPECT_EQ(results.skips[0].record, "line 3");
  }
}

TEST(ReadJson, SeesABrokenEndOfARecord) {
  const Results results = read_all("{\"title\":\"a\",\"text\":\"b\",\"z\":[1,}\n");
  EXPECT_TRUE(results.articles.empty());
  ASSERT_EQ(results.skips.size(), 1U);
  EXPECT_TRUE(results.skips[0].reason.starts_with("not valid JSON: ")) << results.skips[0].reason;
}

TEST(ReadJson, SaysWhyARecordIsSkipped) {
  const auto reason = [](const std::string& bytes) { return read_all(bytes).skips.at(0).reason; };
  EXPECT_EQ(reason("[1]"), "it is not an object");
  EXPECT_EQ(reason("{\"image\":\"x\"}"), "no key of it is a title, a summary or a text");
  EXPECT_EQ(reason("{\"title\":\"x"), "not valid JSON: it never ends");
  EXPECT_EQ(reason("[{\"title\" \"x\"}]"),
            "not valid JSON: a comma, colon or bracket is missing or misplaced");
  EXPECT_EQ(reason("  "), "there is no record in it");
}

TEST(ReadJson, PassesOverARecordThatIsTooLong) {
  const std::string huge = "{\"title\":\"" + std::string(300'000, 'x') + "\"}";
  const Results lines =
      read_all("{\"title\":\"a\"}\n" + huge + "\n{\"title\":\"c\"}\n", "/a.jsonl", 1000);
  EXPECT_EQ(titles(lines), "a#1 c#3 ");
  EXPECT_EQ(lines.skips.at(0).reason, "the record is longer than 1000 bytes");
  const Results array =
      read_all("[\n{\"title\":\"a\"},\n" + huge + ",\n{\"title\":\"c\"}\n]\n", "/a.json", 1000);
  EXPECT_EQ(titles(array), "a#1 c#3 ");
}

TEST(ReadJson, IsNotDeepenedByDeepNesting) {
  for (const std::string opening :
       {"[", "{\"a\":", "[{\"text\":", "{\n", "{\"a\n", "[\n{\"a\":\n"}) {
    std::string bytes;
    for (int level = 0; level < 100'000; ++level) bytes += opening;
    EXPECT_GE(read_all(bytes).skips.size(), 1U) << opening;
    const Results results = read_all(bytes + "\n{\"title\":\"b\"}\n", "/a.jsonl");
    EXPECT_TRUE(results.articles.size() <= 1) << opening;
  }
}

TEST(ReadJson, ReadsRecordsAcrossItsBuffer) {
  std::string bytes = "[";
  for (int count = 0; count < 1000; ++count) {
    bytes += count ? ",\n{\"title\":\"" : "{\"title\":\"";
    bytes += std::string(static_cast<std::size_t>(count) + 1, 'x') + "\"}";
  }
  const Results results = read_all(bytes + "]");
  ASSERT_EQ(results.articles.size(), 1000U);
  for (std::size_t at = 0; at < 1000; ++at) ASSERT_EQ(results.articles[at].title.size(), at + 1);
}

TEST(LooksLikeJson, WantsAnObject) {
  for (const char* head : {"{\"a\"", " {\n \"a\"", "{}", "[{", "[ ]", "\xEF\xBB\xBF{\"a"}) {
    EXPECT_TRUE(looks_like_json(head)) << head;
  }
  for (const char* head : {"", "{", "[Note]", "{{template}}", "text", "[1]", "{a"}) {
    EXPECT_FALSE(looks_like_json(head)) << head;
  }
}

}  // namespace
}  // namespace lede
