#include "query/formats.hpp"

#include <algorithm>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>
#include <utf8proc.h>

#include "console/article_json.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr TextStyle kPlain{};
constexpr TextStyle kColored{true, false, 80};
constexpr TextStyle kTerminal{false, true, 40};

Snippet passage(std::string text, std::vector<Range> highlights, bool is_beginning = true,
                bool is_end = true) {
  return {FieldId::body, std::move(text), std::move(highlights), 0, is_beginning, is_end};
}

Hit hit_of(std::vector<Snippet> snippets) {
  Hit hit;
  hit.rank = 1;
  hit.score = 2.5;
  hit.article.id = "id-1";
  hit.article.path = "/archive/wire.jsonl";
  hit.article.member = "#3";
  hit.article.title = "Oil falls";
  hit.article.source = "Coastal Wire";
  hit.article.authors = {"Anna Beispiel", "Bo Ek"};
  hit.article.date = parse_date("2025-08-29T14:05:00+02:00");
  hit.snippets = std::move(snippets);
  return hit;
}

Answer answer_of(std::vector<Hit> hits) {
  Answer answer;
  answer.text = "oil";
  answer.parsed = "oil";
  answer.total = {hits.size(), true};
  answer.limit = 10;
  answer.took_ms = 1.23456;
  answer.index = {"0b1e", 7, 250};
  answer.hits = std::move(hits);
  return answer;
}

std::vector<std::string> keys_of(simdjson::dom::object object) {
  std::vector<std::string> keys;
  for (const auto field : object) keys.emplace_back(field.key);
  return keys;
}

using Keys = std::vector<std::string>;

TEST(FormatText, ShowsTitleMetadataAndPassages) {
  const Hit hit =
      hit_of({passage("The oil fell.", {{4, 7}}), passage("more oil", {}, false, false)});
  EXPECT_EQ(format_text(answer_of({hit}), kPlain),
            " 1  Oil falls\n"
            "    2025-08-29 · Coastal Wire · Anna Beispiel, Bo Ek · /archive/wire.jsonl#3\n"
            "    The oil fell.\n"
            "    … more oil …\n");
}

TEST(FormatText, PutsABlankLineBetweenHitsAndNothingWhereThereAreNone) {
  Hit second = hit_of({});
  second.rank = 100;
  second.article = {};
  second.article.id = "only-an-id";
  EXPECT_EQ(format_text(answer_of({hit_of({}), second}), kPlain),
            "  1  Oil falls\n"
            "     2025-08-29 · Coastal Wire · Anna Beispiel, Bo Ek · /archive/wire.jsonl#3\n"
            "\n"
            "100  only-an-id\n");
  EXPECT_EQ(format_text(answer_of({}), kPlain), "");
}

TEST(FormatText, MarksHighlightsOnlyInColor) {
  Hit hit = hit_of({passage("The  oil\nfell.", {{5, 8}, {9, 13}})});
  Snippet title = passage("Oil falls", {{0, 3}});
  title.field = FieldId::title;
  hit.snippets.insert(hit.snippets.begin(), title);
  EXPECT_EQ(format_text(answer_of({hit}), kColored),
            " 1  \x1b[1m\x1b[1;31mOil\x1b[0m\x1b[1m falls\x1b[0m\n"
            "    \x1b[2m2025-08-29 · Coastal Wire · Anna Beispiel, Bo Ek · "
            "/archive/wire.jsonl#3\x1b[0m\n"
            "    The \x1b[1;31moil\x1b[0m \x1b[1;31mfell\x1b[0m.\n");
}

TEST(FormatText, ShowsPathsFromTheCurrentFolder) {
  Hit hit = hit_of({});
  hit.article.path = (std::filesystem::current_path() / "news" / "a.zip").string();
  hit.article.member = "b.txt";
  EXPECT_NE(format_text(answer_of({hit}), kPlain).find(" · news/a.zip!b.txt\n"), std::string::npos);
}

TEST(FormatText, FoldsPassagesOnATerminal) {
  const Hit hit = hit_of({passage("The oil price fell on Friday after the pilots had voted", {}),
                          passage("石油价格下跌石油价格下跌石油价格下跌石油价格下跌", {})});
  const std::string text = format_text(answer_of({hit}), kTerminal);
  EXPECT_NE(text.find("    The oil price fell on Friday after\n"
                      "    the pilots had voted\n"
                      "    石油价格下跌石油价格下跌石油价格下跌\n"
                      "    石油价格下跌\n"),
            std::string::npos)
      << text;
}

TEST(FormatText, KeepsAHighlightThatIsFolded) {
  const Hit hit = hit_of({passage("The oil price of the long winter of 1947 fell", {{4, 40}})});
  const std::string text = format_text(answer_of({hit}), {true, true, 30});
  EXPECT_NE(text.find("    The \x1b[1;31moil price of the long\x1b[0m\n"
                      "    \x1b[1;31mwinter of 1947\x1b[0m fell\n"),
            std::string::npos)
      << text;
}

/// Text with everything in it that a terminal obeys.
std::string hostile_text(std::mt19937& random) {
  static const std::vector<std::string> pieces{"oil",    " ",      "\x1b[31m", "\x1b]0;title\x07",
                                               "\u202e", "\u2066", "\u009b",   "\x7f",
                                               "\r\n",   "\t",     "\u2028",   "\x80",
                                               "price",  "石油",   "\u200d",   "e\u0301"};
  std::string text;
  for (std::size_t i = random() % 30; i > 0; --i) text += pieces[random() % pieces.size()];
  return text;
}

Hit hostile_hit(std::mt19937& random) {
  Hit hit = hit_of({passage(hostile_text(random), {}, false, false)});
  for (std::string* text : {&hit.article.title, &hit.article.source, &hit.article.path,
                            &hit.article.member, &hit.article.id, &hit.article.url,
                            &hit.article.lede, &hit.article.body, &hit.article.authors[0]})
    *text = hostile_text(random);
  const std::string_view text = hit.snippets[0].text;
  if (const std::size_t at = text.find("oil"); at != text.npos)
    hit.snippets[0].highlights.push_back({at, at + 3});
  return hit;
}

bool is_safe(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(decode_code_point(text).length_bytes)) {
    const CodePoint point = decode_code_point(text);
    const char32_t c = point.value;
    const bool is_control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    const bool is_bidi = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    if (!point.is_valid || is_control || is_bidi || c == 0x2028) return false;
  }
  return true;
}

TEST(FormatText, LetsNothingThroughThatATerminalObeys) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    const Hit hit = hostile_hit(random);
    for (const TextStyle& style : {kPlain, kTerminal}) {
      EXPECT_TRUE(is_safe(format_text(answer_of({hit}), style)));
      EXPECT_TRUE(is_safe(format_article_text(hit.article, style)));
    }
  }
}

std::size_t columns_of(std::string_view line) {
  std::size_t columns = 0;
  for (; !line.empty(); line.remove_prefix(decode_code_point(line).length_bytes))
    columns += static_cast<std::size_t>(
        utf8proc_charwidth(static_cast<utf8proc_int32_t>(decode_code_point(line).value)));
  return columns;
}

TEST(FormatText, FoldsWithoutLosingAnything) {
  std::mt19937 random(2);
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    static const std::vector<std::string> pieces{"oil ", "a ",    "price ",
                                                 "石油", "Żółć ", "e\u0301 "};
    std::string body;
    for (std::size_t i = random() % 60; i > 0; --i) body += pieces[random() % pieces.size()];
    Article article;
    article.body = body;
    const std::string text = format_article_text(article, kTerminal);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns_of(line), 41u) << line;
    const auto without_gaps = [](std::string text_with) {
      std::erase_if(text_with, [](char c) { return c == ' ' || c == '\n'; });
      return text_with;
    };
    EXPECT_EQ(without_gaps(text), without_gaps(body));
  }
}

TEST(FormatArticleText, ShowsTheWholeArticle) {
  Article article = hit_of({}).article;
  article.lede = "In short.";
  article.body = "First paragraph.\n\nSecond one.";
  EXPECT_EQ(format_article_text(article, kPlain),
            "Oil falls\n"
            "Author: Anna Beispiel, Bo Ek\n"
            "Date: 2025-08-29T14:05:00+02:00\n"
            "Source: Coastal Wire\n"
            "File: /archive/wire.jsonl#3\n"
            "Id: id-1\n"
            "\n"
            "In short.\n"
            "\n"
            "First paragraph.\n"
            "\n"
            "Second one.\n");
}

TEST(FormatJson, IsOneObjectAlsoWhenNothingIsFound) {
  EXPECT_EQ(
      format_json(answer_of({})),
      R"({"version":1,"query":{"text":"oil","parsed":"oil","match":"auto","relaxed":false,"suggestion":null},)"
      R"("total":{"value":0,"exact":true},"offset":0,"limit":10,"took_ms":1.235,)"
      R"("index":{"uuid":"0b1e","revision":7,"articles":250},"hits":[]})"
      "\n");
}

TEST(FormatJson, HasItsKeysInOneOrder) {
  simdjson::dom::parser parser;
  const auto json = parser.parse(format_json(answer_of({hit_of({passage("oil", {{0, 3}})})})));
  EXPECT_EQ(keys_of(json),
            (Keys{"version", "query", "total", "offset", "limit", "took_ms", "index", "hits"}));
  const auto hit = json["hits"].at(0);
  EXPECT_EQ(keys_of(hit), (Keys{"rank", "score", "id", "path", "member", "url", "title",
                                "title_derived", "date", "timestamp", "authors", "source",
                                "section", "tags", "language", "snippets", "similar"}));
  EXPECT_EQ(keys_of(hit["snippets"].at(0)), (Keys{"field", "text", "offset", "highlights"}));
}

TEST(FormatJson, CountsHighlightsInCharacters) {
  const std::string text = "Żółć oil 😀 oil";
  const std::size_t first = text.find("oil");
  const std::size_t second = text.rfind("oil");
  const Hit hit = hit_of({passage(text, {{first, first + 3}, {second, second + 3}})});
  EXPECT_NE(format_json(answer_of({hit})).find(R"("highlights":[[5,8],[11,14]])"),
            std::string::npos);
}

TEST(FormatJson, SaysNullForADateThatIsNotKnown) {
  Hit hit = hit_of({});
  EXPECT_NE(format_json(answer_of({hit}))
                .find(R"("date":"2025-08-29T14:05:00+02:00","timestamp":1756469100,)"),
            std::string::npos);
  hit.article.date.reset();
  EXPECT_NE(format_json(answer_of({hit})).find(R"("date":null,"timestamp":null,)"),
            std::string::npos);
}

TEST(FormatJson, NamesTheQuestionOnlyInABatch) {
  Answer answer = answer_of({hit_of({})});
  EXPECT_EQ(format_jsonl(answer).find("query_id"), std::string::npos);
  answer.id = "q7";
  EXPECT_NE(format_json(answer).find(R"("query":{"id":"q7","text":"oil")"), std::string::npos);
  EXPECT_TRUE(format_jsonl(answer).starts_with(R"({"query_id":"q7","rank":1,"score":2.5,)"));
}

TEST(FormatJson, IsStrictJsonWhateverTheTextHolds) {
  std::mt19937 random(3);
  simdjson::dom::parser parser;
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    const Answer answer = answer_of({hostile_hit(random), hostile_hit(random)});
    EXPECT_EQ(parser.parse(format_json(answer)).error(), simdjson::SUCCESS);
    std::istringstream lines(format_jsonl(answer));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count)
      EXPECT_EQ(parser.parse(line).error(), simdjson::SUCCESS) << line;
    EXPECT_EQ(count, 2u);
  }
}

TEST(FormatTrec, HasSixColumnsWhateverTheIds) {
  std::mt19937 random(4);
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    Answer answer = answer_of({hostile_hit(random)});
    answer.id = hostile_text(random);
    std::istringstream line(format_trec(answer));
    std::vector<std::string> columns;
    for (std::string column; line >> column;) columns.push_back(column);
    EXPECT_EQ(columns.size(), 6u);
  }
  Hit hit = hit_of({});
  hit.article.id = "/a b/c\u3000d";
  EXPECT_EQ(format_trec(answer_of({hit})), "1 Q0 /a%20b/c%E3%80%80d 1 2.500000 lede\n");
}

TEST(FormatArticleJson, IsTheArticleOnALine) {
  const Article article = hit_of({}).article;
  EXPECT_EQ(format_article_json(article), article_json(article) + "\n");
}

TEST(FormatIds, PrintsALineOrAnyIdWithANullBehindIt) {
  Answer answer = answer_of({hit_of({}), hit_of({})});
  answer.hits[1].article.id = "a\nid-1\x1b";
  EXPECT_EQ(format_ids(answer, false), "id-1\na\\nid-1\\x1b\n");
  EXPECT_EQ(format_ids(answer, true), std::string("id-1\0a\nid-1\x1b\0", 13));
}

}  // namespace
}  // namespace lede
