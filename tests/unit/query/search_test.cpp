#include "query/search.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "tests/unit/query/hit_ids.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

SearchRequest ask(std::string text) {
  SearchRequest request;
  request.text = std::move(text);
  return request;
}

std::vector<Article> three_articles() {
  return {make_article("a", "Oil prices", "OPEC met in Vienna to talk about crude."),
          make_article("b", "Vienna at night", "The opera, and the price of oil for its lamps."),
          make_article("c", "The game", "Nothing of that kind.")};
}

std::vector<Article> many_articles(std::size_t count) {
  std::vector<Article> articles;
  for (std::size_t i = 0; i < count; ++i)
    articles.push_back(make_article(fmt::format("n{}", i), "Weather", "Rain again."));
  return articles;
}

TEST(Searcher, RanksAWordInTheTitleBeforeOneInTheBody) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  const Answer answer = searcher.search(ask("oil price"));
  EXPECT_EQ(ids_of(answer), (Ids{"a", "b"}));
  EXPECT_EQ(answer.total.value, 2U);
  EXPECT_TRUE(answer.total.is_exact);
  EXPECT_EQ(answer.parsed, "oil AND price");
  EXPECT_EQ(answer.hits[0].rank, 1U);
  EXPECT_GT(answer.hits[0].score, answer.hits[1].score);
  EXPECT_EQ(answer.index.articles, 3U);
  EXPECT_FALSE(answer.index.uuid.empty());
}

TEST(Searcher, ShowsTheWholeArticleAndItsSnippets) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  const Answer answer = searcher.search(ask("vienna opec"));
  ASSERT_EQ(answer.hits.size(), 1U);
  EXPECT_EQ(answer.hits[0].article, three_articles()[0]);
  ASSERT_FALSE(answer.hits[0].snippets.empty());
  EXPECT_FALSE(answer.hits[0].snippets.back().highlights.empty());
}

TEST(Searcher, ShowsPartialMatchesOnlyWhenNoArticleHasAllTheWords) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  const Answer all = searcher.search(ask("oil vienna"));
  EXPECT_EQ(all.total.value, 2U);
  EXPECT_FALSE(all.is_relaxed);
  const Answer some = searcher.search(ask("opec lamps"));
  EXPECT_EQ(some.total.value, 2U);
  EXPECT_TRUE(some.is_relaxed);
  EXPECT_EQ(some.parsed, "opec OR lamps");
}

TEST(Searcher, NeverRelaxesWhatWasSpeltOut) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  SearchRequest strict = ask("opec lamps");
  strict.match = Match::all;
  EXPECT_EQ(searcher.search(strict).total.value, 0U);
  for (const std::string text : {"opec AND lamps", "+opec +lamps", "\"opec lamps\"", "zebra"}) {
    const Answer answer = searcher.search(ask(text));
    EXPECT_EQ(answer.total.value, 0U) << text;
    EXPECT_FALSE(answer.is_relaxed) << text;
  }
}

TEST(Searcher, SaysNothingOfRelaxingWhenThatFoundNothingEither) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  const Answer answer = searcher.search(ask("zebra quagga"));
  EXPECT_FALSE(answer.is_relaxed);
  EXPECT_EQ(answer.parsed, "zebra AND quagga");
}

TEST(Searcher, FindsNoPhraseAcrossFields) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  EXPECT_EQ(searcher.search(ask("\"oil prices\"")).total.value, 1U);
  EXPECT_EQ(searcher.search(ask("\"prices opec\"")).total.value, 0U);
  EXPECT_EQ(searcher.search(ask("title:\"oil prices\"")).total.value, 1U);
  EXPECT_EQ(searcher.search(ask("title:\"price of oil\"")).total.value, 0U);
}

TEST(Searcher, GivesEqualArticlesInTheOrderOfTheIndexOnEveryPage) {
  const TinyIndex index(many_articles(25));
  Searcher searcher(index.path());
  Ids ids;
  for (std::uint64_t offset = 0; offset < 30; offset += 7) {
    SearchRequest request = ask("rain");
    request.offset = offset;
    request.limit = 7;
    const Answer page = searcher.search(request);
    EXPECT_EQ(page.total.value, 25U);
    for (const Hit& hit : page.hits) {
      ids.push_back(hit.article.id);
      EXPECT_EQ(hit.rank, ids.size());
    }
  }
  ASSERT_EQ(ids.size(), 25U);
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(ids[i], fmt::format("n{}", i));
}

TEST(Searcher, CountsExactlyWhenAsked) {
  const TinyIndex index(many_articles(300));
  Searcher searcher(index.path());
  SearchRequest request = ask("rain weather");
  request.limit = 0;
  request.wants_exact_total = true;
  const Answer answer = searcher.search(request);
  EXPECT_EQ(answer.total.value, 300U);
  EXPECT_TRUE(answer.total.is_exact);
  EXPECT_TRUE(answer.hits.empty());
}

TEST(Searcher, EstimatesByWhatPassesWhereTextsAreRead) {
  std::vector<Article> articles;
  for (int i = 0; i < 6000; ++i)
    articles.push_back(
        make_article(std::to_string(i), "", i % 4 == 0 ? "Prices rose" : "The price rose"));
  const TinyIndex index(articles);
  Searcher searcher(index.path());
  for (const std::string question : {"=prices", "=prices rose"}) {
    SCOPED_TRACE(question);
    const Total total = searcher.search(ask(question)).total;
    EXPECT_GT(total.value, 1200U);
    EXPECT_LT(total.value, 1800U);
  }
  SearchRequest counting = ask("=prices");
  counting.wants_exact_total = true;
  EXPECT_EQ(searcher.search(counting).total.value, 1500U);
}

TEST(Searcher, TakesAnyOffsetAndLimit) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  SearchRequest request = ask("oil");
  request.offset = ~std::uint64_t{0};
  EXPECT_TRUE(searcher.search(request).hits.empty());
  request.offset = 0;
  request.limit = ~std::uint64_t{0};
  EXPECT_EQ(searcher.search(request).hits.size(), 2U);
}

TEST(Searcher, GivesIdsAloneWhereArticlesAreNotWanted) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  SearchRequest request = ask("oil");
  request.wants_articles = false;
  const Answer answer = searcher.search(request);
  EXPECT_EQ(ids_of(answer), (Ids{"a", "b"}));
  EXPECT_EQ(answer.hits[0].article.body, "");
  EXPECT_TRUE(answer.hits[0].snippets.empty());
}

TEST(Searcher, FindsStopWordsWhenTheyAreAllThereIs) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  EXPECT_EQ(searcher.search(ask("the")).total.value, 2U);
  EXPECT_EQ(searcher.search(ask("\"the price of\"")).total.value, 1U);
}

TEST(Searcher, AnswersFromAnEmptyIndex) {
  const TinyIndex index;
  Searcher searcher(index.path());
  EXPECT_EQ(searcher.search(ask("oil price")).total.value, 0U);
  EXPECT_FALSE(searcher.find_article("a"));
}

TEST(Searcher, SeesWhatWasWrittenSinceTheLastQuestion) {
  TinyIndex index(three_articles());
  Searcher searcher(index.path());
  const Answer before = searcher.search(ask("zebra"));
  EXPECT_EQ(before.total.value, 0U);
  for (int round = 0; round < 5; ++round) {
    index.add(make_article(fmt::format("z{}", round), "Zebra", "A zebra."));
    index.commit();
  }
  const Answer after = searcher.search(ask("zebra"));
  EXPECT_EQ(after.total.value, 5U);
  EXPECT_GT(after.index.revision, before.index.revision);
}

TEST(Searcher, FindsAnArticleByItsId) {
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  EXPECT_EQ(searcher.find_article("b"), three_articles()[1]);
  EXPECT_EQ(searcher.find_article("x"), std::nullopt);
  EXPECT_EQ(searcher.find_article(""), std::nullopt);
}

TEST(Searcher, RefusesWhatIsNoIndexOrNoQuestion) {
  const TemporaryFolder folder;
  EXPECT_THROW(Searcher searcher(folder.path("none")), Error);
  const TinyIndex index(three_articles());
  Searcher searcher(index.path());
  EXPECT_THROW(searcher.search(ask("foo:bar")), Error);
  EXPECT_THROW(searcher.search(ask("\"oil")), Error);
}

Article in_language(Article article, std::string code) {
  article.language = std::move(code);
  return article;
}

std::vector<Article> articles_of_the_world() {
  return {in_language(make_article("en", "Rates", "Rates rose in the war."), "en"),
          in_language(make_article("rats", "Rats", "Rats and a house."), "en"),
          in_language(make_article("de", "Wohnen", "Es war einmal ein Dorf ohne Häuser."), "de"),
          in_language(make_article("es", "Puerto", "La comunicación con el puerto."), "es"),
          in_language(make_article("fr", "Ratés", "Les ratés de la machine."), "fr"),
          in_language(make_article("ja", "東京", "東京都の経済は回復した。水も。"), "ja"),
          in_language(make_article("th", "ปีหน้า", "ท่าเรือจะเปิดในปีหน้า"), "th")};
}

/// What the first hit highlights in its body.
std::string highlighted(const Answer& answer) {
  for (const Snippet& snippet : answer.hits.at(0).snippets)
    if (snippet.field == FieldId::body && !snippet.highlights.empty()) {
      const Range range = snippet.highlights[0];
      return snippet.text.substr(range.begin, range.end - range.begin);
    }
  return {};
}

TEST(Searcher, FindsAndShowsWordsByTheLanguageOfTheArticle) {
  const TinyIndex index(articles_of_the_world());
  Searcher searcher(index.path());
  const std::vector<std::array<std::string, 3>> cases{{"Haus", "de", "Häuser"},
                                                      {"hauser", "de", "Häuser"},
                                                      {"comunicaciones", "es", "comunicación"},
                                                      {"comunicacion", "es", "comunicación"},
                                                      {"東京", "ja", "東京"},
                                                      {"経済", "ja", "経済"},
                                                      {"経済は回復", "ja", "経済は回復"},
                                                      {"水", "ja", "水"},
                                                      {"ท่าเรือ", "th", "ท่าเรือ"}};
  for (const auto& [question, id, shown] : cases) {
    SCOPED_TRACE(question);
    const Answer answer = searcher.search(ask(question));
    ASSERT_EQ(ids_of(answer), (Ids{id}));
    EXPECT_EQ(highlighted(answer), shown);
  }
}

TEST(Searcher, ComparesStemsOfOneLanguageOnly) {
  const TinyIndex index(articles_of_the_world());
  Searcher searcher(index.path());
  EXPECT_EQ(ids_of(searcher.search(ask("rates"))), (Ids{"fr", "en"}));
  EXPECT_EQ(ids_of(searcher.search(ask("rat"))), (Ids{"rats", "fr"}));
  EXPECT_EQ(ids_of(searcher.search(ask("rates lang:fr"))), (Ids{"fr"}));
}

TEST(Searcher, JudgesAStopWordByTheLanguageOfTheArticle) {
  const TinyIndex index(articles_of_the_world());
  Searcher searcher(index.path());
  EXPECT_EQ(ids_of(searcher.search(ask("the rates war"))), (Ids{"en"}));
  EXPECT_EQ(ids_of(searcher.search(ask("war Dorf"))), (Ids{"de"}));
}

/// Puts a copy of the index there as a build, and lets the stub name it.
void publish(const TemporaryFolder& folder, std::uint64_t build, const TinyIndex& index) {
  std::filesystem::copy(index.path(), folder.path(build_name(build)));
  const std::string next = folder.write("next", stub_line(build));
  std::filesystem::rename(next, folder.path(kStubFile));
}

TEST(Searcher, FollowsTheIndexToAnotherBuildUnderOtherRules) {
  const TemporaryFolder folder;
  publish(folder, 1, TinyIndex(three_articles()));
  Searcher searcher(folder.path());
  EXPECT_EQ(searcher.search(ask("oil")).index.articles, 3U);
  publish(folder, 2, TinyIndex(articles_of_the_world()));
  std::filesystem::remove_all(folder.path("build-1"));
  EXPECT_EQ(ids_of(searcher.search(ask("war Dorf"))), (Ids{"de"}));
  EXPECT_EQ(searcher.find_article("a"), std::nullopt);
}

}  // namespace
}  // namespace lede
