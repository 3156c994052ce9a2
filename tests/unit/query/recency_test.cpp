#include "query/recency.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/date.hpp"
#include "corpus/error.hpp"
#include "query/search.hpp"
#include "tests/unit/query/hit_ids.hpp"
#include "tests/unit/query/random_articles.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

constexpr double kDay = 86400;

Article dated(std::string id, std::string_view date, std::string body) {
  Article article = make_article(std::move(id), "", std::move(body));
  article.date = parse_date(date);
  return article;
}

SearchRequest asking(std::string text, std::string_view half_life, std::string_view now) {
  SearchRequest request;
  request.text = std::move(text);
  request.limit = 1000;
  request.match = Match::any;
  request.now = parse_moment(now);
  if (!half_life.empty()) request.recency = parse_half_life(half_life);
  return request;
}

TEST(HalfLife, IsANumberAndAUnit) {
  EXPECT_EQ(parse_half_life("12h").seconds, 12 * 3600);
  EXPECT_EQ(parse_half_life("30d").seconds, 30 * kDay);
  EXPECT_EQ(parse_half_life("2w").seconds, 14 * kDay);
  EXPECT_EQ(parse_half_life("1y").seconds, 365.25 * kDay);
  EXPECT_DOUBLE_EQ(parse_half_life("12m").seconds, 365.25 * kDay);
  for (const std::string text : {"", "d", "30", "0d", "-1d", "1.5d", "30 d", "30x", "30dd",
                                 "100001d", "99999999999d", "+1d"})
    EXPECT_THROW(parse_half_life(text), Error) << text;
}

/// The score of an article after so many days, by the formula.
double faded(double score, const Article& article, std::int64_t now, double half_life,
             double middle) {
  const double age =
      article.date ? std::max<double>(0, static_cast<double>(now - article.date->unix_seconds))
                   : middle;
  return score * std::pow(.5, age / half_life);
}

double middle_age(const std::vector<Hit>& hits, std::int64_t now) {
  std::vector<double> ages;
  for (const Hit& hit : hits)
    if (hit.article.date)
      ages.push_back(
          std::max<double>(0, static_cast<double>(now - hit.article.date->unix_seconds)));
  std::ranges::sort(ages);
  return ages.empty() ? 0 : ages[ages.size() / 2];
}

TEST(Recency, MultipliesTheScoreOfEveryArticleThatIsFound) {
  for (unsigned seed = 0; seed < 4; ++seed) {
    const TinyIndex index(random_articles(seed, 150));
    Searcher searcher(index.path());
    for (const std::string text : {"oil opera", "\"oil opera\"", "strike -port"}) {
      for (const std::string_view now : {"2025-06-01", "2026-01-01"}) {
        SCOPED_TRACE(fmt::format("{} {} {}", seed, text, now));
        SearchRequest request = asking(text, "", now);
        const Answer plain = searcher.search(request);
        const std::int64_t seconds = request.now->unix_seconds;
        const double middle = middle_age(plain.hits, seconds);
        std::map<std::string, double> expected;
        for (const Hit& hit : plain.hits)
          expected[hit.article.id] = faded(hit.score, hit.article, seconds, 30 * kDay, middle);
        request.recency = parse_half_life("30d");
        const Answer answer = searcher.search(request);
        ASSERT_EQ(answer.hits.size(), plain.hits.size());
        EXPECT_EQ(answer.total.value, plain.hits.size());
        for (const Hit& hit : answer.hits)
          EXPECT_NEAR(hit.score, expected.at(hit.article.id), 1e-9 * hit.score);
        EXPECT_TRUE(std::ranges::is_sorted(answer.hits, std::ranges::greater{}, &Hit::score));
      }
    }
  }
}

TEST(Recency, FindsAnArticleThatNoFirstPageWouldHave) {
  std::vector<Article> articles;
  for (int i = 0; i < 2000; ++i)
    articles.push_back(dated(fmt::format("old{}", i), "2001-01-01", "oil oil"));
  articles.push_back(dated("new", "2025-08-01", "oil, at the end of a text about other things"));
  const TinyIndex index(articles);
  Searcher searcher(index.path());
  SearchRequest request = asking("oil", "", "2025-08-02");
  request.limit = 1;
  EXPECT_NE(ids_of(searcher.search(request)), Ids{"new"});
  request.recency = parse_half_life("1y");
  EXPECT_EQ(ids_of(searcher.search(request)), Ids{"new"});
}

TEST(Recency, TellsAgesApartThatMakeEveryScoreZero) {
  const TinyIndex index({dated("a", "1970-01-01", "oil"), dated("b", "1990-01-01", "oil"),
                         dated("c", "1980-01-01", "oil")});
  Searcher searcher(index.path());
  const Answer answer = searcher.search(asking("oil", "1h", "2025-01-01"));
  EXPECT_EQ(ids_of(answer), (Ids{"b", "c", "a"}));
  EXPECT_EQ(answer.hits[0].score, 0);
}

TEST(Recency, TakesAnArticleWithoutADateForOneOfMiddleAge) {
  const TinyIndex index({dated("none", "", "oil"), dated("a", "2025-01-01", "oil"),
                         dated("b", "2025-03-01", "oil"), dated("c", "2025-02-01", "oil")});
  Searcher searcher(index.path());
  const Answer answer = searcher.search(asking("oil", "30d", "2025-04-01"));
  EXPECT_EQ(ids_of(answer), (Ids{"b", "none", "c", "a"}));
  EXPECT_EQ(answer.hits[1].score, answer.hits[2].score);
}

TEST(Recency, ChangesNothingWhereNoArticleHasADate) {
  const TinyIndex index(
      {dated("a", "", "oil"), dated("b", "", "oil oil rain"), dated("c", "", "oil wax")});
  Searcher searcher(index.path());
  const Answer plain = searcher.search(asking("oil", "", "2025-04-01"));
  const Answer answer = searcher.search(asking("oil", "30d", "2025-04-01"));
  EXPECT_EQ(ids_of(answer), ids_of(plain));
  for (std::size_t i = 0; i < plain.hits.size(); ++i)
    EXPECT_EQ(answer.hits[i].score, plain.hits[i].score);
}

TEST(Recency, TakesTheFutureForNow) {
  const TinyIndex index({dated("a", "2030-01-01", "oil"), dated("b", "2029-01-01", "oil")});
  Searcher searcher(index.path());
  const Answer answer = searcher.search(asking("oil", "1d", "2025-04-01"));
  EXPECT_EQ(ids_of(answer), (Ids{"a", "b"}));
  EXPECT_EQ(answer.hits[0].score, answer.hits[1].score);
  EXPECT_GT(answer.hits[0].score, 0);
}

TEST(Recency, PutsTheNewestFirstWhereNoWordIsAskedFor) {
  const TinyIndex index({dated("a", "2024-01-01", "oil"), dated("b", "2025-03-01", "oil"),
                         dated("c", "2025-02-01", "oil")});
  Searcher searcher(index.path());
  EXPECT_EQ(ids_of(searcher.search(asking("", "30d", "2025-04-01"))), (Ids{"b", "c", "a"}));
}

TEST(Recency, PagesNeitherRepeatNorSkip) {
  const TinyIndex index(random_articles(1, 150));
  Searcher searcher(index.path());
  SearchRequest request = asking("oil opera rain", "30d", "2025-10-01");
  request.collapse = CollapseField::title;
  const Answer whole = searcher.search(request);
  Ids ids;
  request.limit = 7;
  for (request.offset = 0; request.offset <= whole.hits.size(); request.offset += 7)
    for (const std::string& id : ids_of(searcher.search(request))) ids.push_back(id);
  EXPECT_EQ(ids, ids_of(whole));
}

TEST(Recency, IsWhatTheSharesOfAScoreAreMultipliedBy) {
  const TinyIndex index(random_articles(4, 150));
  Searcher searcher(index.path());
  SearchRequest request = asking("oil opera", "30d", "2025-10-01");
  EXPECT_FALSE(searcher.search(request).hits[0].recency);
  request.wants_explanation = true;
  const Answer answer = searcher.search(request);
  ASSERT_FALSE(answer.hits.empty());
  for (const Hit& hit : answer.hits) {
    double sum = 0;
    for (const TermShare& share : *hit.explanation) sum += share.weight;
    EXPECT_NEAR(sum * hit.recency.value(), hit.score, 1e-9 * hit.score);
  }
}

TEST(Recency, LeavesOutWhatTheTextDoesNotHaveAsItIsWritten) {
  const TinyIndex index({make_article("one", "", "price"), make_article("many", "", "prices")});
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "=prices";
  request.recency = parse_half_life("30d");
  const Answer answer = searcher.search(request);
  EXPECT_EQ(answer.total.value, 1U);
  ASSERT_EQ(answer.hits.size(), 1U);
  EXPECT_EQ(answer.hits[0].article.id, "many");
}

}  // namespace
}  // namespace lede
