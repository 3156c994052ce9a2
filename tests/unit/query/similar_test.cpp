#include "query/similar.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/date.hpp"
#include "query/search.hpp"
#include "tests/unit/query/hit_ids.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

std::vector<Article> some_articles() {
  std::vector<Article> articles{
      make_article("opec", "The cartel cuts output", "OPEC met in Vienna. The oil cartel cuts."),
      make_article("oil", "Cartel to cut output", "The cartel will cut, a person said in Vienna."),
      make_article("ball", "Vienna dances", "The ball at the opera went on till morning."),
      make_article("lone", "Zyzzyva", "Quagga okapi."), make_article("empty", "", "")};
  for (int i = 0; i < 10; ++i)
    articles.push_back(make_article(fmt::format("w{}", i), "Weather", "Rain and a person in it."));
  return articles;
}

SearchRequest like(std::string id) {
  SearchRequest request;
  request.similar_to = std::move(id);
  request.match = Match::any;
  return request;
}

TEST(Similar, FindsWhatSharesRareWordsWithoutTheArticleItself) {
  const TinyIndex index(some_articles());
  Searcher searcher(index.path());
  const Answer answer = searcher.search(like("opec"));
  EXPECT_EQ(ids_of(answer), (Ids{"oil", "ball"}));
  EXPECT_EQ(answer.total.value, 2U);
  EXPECT_EQ(answer.similar_to, "opec");
  EXPECT_FALSE(answer.hits[0].snippets.empty());
}

TEST(Similar, AsksForWordsByHowOftenTheyStandThereAndLeavesOutStopWords) {
  const TinyIndex index(some_articles());
  const IndexLanguages languages(index.database(), "english");
  const auto question = question_like(some_articles()[0], languages, IndexSettings{});
  ASSERT_TRUE(question);
  std::vector<std::string> texts;
  for (const Question& part : question->parts) texts.push_back(part.text);
  EXPECT_EQ(texts, (Ids{"cartel", "cuts", "output", "Vienna"}));
  EXPECT_DOUBLE_EQ(question->parts[0].weight, 3);  // 9 * 4 / (8 + 4): in the title and once below
  EXPECT_DOUBLE_EQ(question->parts[2].weight, 2.45);
  EXPECT_DOUBLE_EQ(question->parts[3].weight, 1);
}

TEST(Similar, TakesFortyWordsAtMostTheRarestOfThem) {
  std::string few;
  std::string many;
  for (int i = 0; i < 30; ++i) few += fmt::format("rare{} ", i);
  for (int i = 0; i < 30; ++i) many += fmt::format("usual{} ", i);
  const TinyIndex index({make_article("a", "", few + many), make_article("b", "", few + many),
                         make_article("c", "", many), make_article("d", "", many)});
  const IndexLanguages languages(index.database(), "english");
  const auto question =
      question_like(make_article("a", "", few + many), languages, IndexSettings{});
  ASSERT_TRUE(question);
  EXPECT_EQ(question->parts.size(), 40U);
  EXPECT_EQ(
      std::ranges::count_if(question->parts,
                            [](const Question& part) { return part.text.starts_with("rare"); }),
      30);
}

TEST(Similar, FindsNothingWhereNoOtherArticleHasTheWords) {
  const TinyIndex index(some_articles());
  Searcher searcher(index.path());
  for (const std::string id : {"lone", "empty", "nobody"}) {
    const Answer answer = searcher.search(like(id));
    EXPECT_EQ(answer.total.value, 0U) << id;
    EXPECT_TRUE(answer.hits.empty()) << id;
  }
}

TEST(Similar, IsFoundByTheQuestionThatItShows) {
  const TinyIndex index(some_articles());
  Searcher searcher(index.path());
  const Answer answer = searcher.search(like("oil"));
  SearchRequest request;
  request.text = answer.parsed;
  request.match = Match::any;
  request.limit = 11;
  const Answer again = searcher.search(request);
  ASSERT_EQ(ids_of(again).front(), "oil");
  ASSERT_EQ(again.hits.size(), answer.hits.size() + 1);
  for (std::size_t i = 0; i < answer.hits.size(); ++i) {
    EXPECT_EQ(answer.hits[i].article.id, again.hits[i + 1].article.id);
    EXPECT_DOUBLE_EQ(answer.hits[i].score, again.hits[i + 1].score);
  }
}

TEST(Similar, KeepsToFiltersAndGoesWithCollapsingAndExplaining) {
  const TinyIndex index(some_articles());
  Searcher searcher(index.path());
  SearchRequest request = like("opec");
  request.filters = {where_filter("title=dances")};
  request.wants_explanation = true;
  const Answer answer = searcher.search(request);
  ASSERT_EQ(ids_of(answer), Ids{"ball"});
  double sum = 0;
  for (const TermShare& share : *answer.hits[0].explanation) sum += share.weight;
  EXPECT_NEAR(sum, answer.hits[0].score, 1e-9);
  request.filters.clear();
  request.collapse = CollapseField::language;
  EXPECT_EQ(ids_of(searcher.search(request)), (Ids{"oil", "ball"}));
}

TEST(Similar, AsksForPairsInAScriptWithoutSpaces) {
  const TinyIndex index({make_article("a", "", "東京の天気"), make_article("b", "", "東京と大阪"),
                         make_article("c", "", "京東の")});
  Searcher searcher(index.path());
  EXPECT_EQ(ids_of(searcher.search(like("a"))), Ids{"b"});
}

}  // namespace
}  // namespace lede
