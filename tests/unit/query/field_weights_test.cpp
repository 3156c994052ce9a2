#include "query/field_weights.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "query/search.hpp"
#include "tests/unit/query/hit_ids.hpp"
#include "tests/unit/query/random_articles.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

TEST(FieldWeight, IsAFieldAndANumber) {
  EXPECT_EQ(parse_field_weight("title=5"), (FieldWeight{FieldId::title, 5}));
  EXPECT_EQ(parse_field_weight("headline=5"), (FieldWeight{FieldId::title, 5}));
  EXPECT_EQ(parse_field_weight("BODY=.5"), (FieldWeight{FieldId::body, .5}));
  EXPECT_EQ(parse_field_weight("by=0"), (FieldWeight{FieldId::authors, 0}));
  for (const std::string text :
       {"", "=", "title", "title=", "title=x", "title=-1", "title=-0", "title=1001", "title=inf",
        "title=nan", "title=1 ", "source=2", "date=2", "=2"})
    EXPECT_THROW(parse_field_weight(text), Error) << text;
}

IndexSettings indexed_with(FieldId field, unsigned weight) {
  IndexSettings settings;
  settings.weights[static_cast<std::size_t>(field)] = weight;
  return settings;
}

TEST(FieldWeights, CountAWordAgainWhereItStands) {
  const std::vector<FieldWeight> asked{{FieldId::title, 5}, {FieldId::tags, .5}};
  const FieldWeights weights(IndexSettings(), asked);
  const std::vector<FieldId> title{FieldId::title};
  const std::vector<FieldId> both{FieldId::title, FieldId::tags};
  EXPECT_DOUBLE_EQ(weights.counted(2, {}), 2);
  EXPECT_DOUBLE_EQ(weights.counted(4, title), 6);
  EXPECT_DOUBLE_EQ(weights.counted(5, both), 6.5);
}

TEST(FieldWeights, CountInTheBodyWhatStandsInNoOtherField) {
  const std::vector<FieldWeight> asked{{FieldId::body, .25}};
  const FieldWeights weights(IndexSettings(), asked);
  const std::vector<FieldId> title{FieldId::title};
  EXPECT_DOUBLE_EQ(weights.counted(8, {}), 2);
  EXPECT_DOUBLE_EQ(weights.counted(7, title), 4);
  EXPECT_DOUBLE_EQ(weights.counted(3, title), 3);
}

TEST(FieldWeights, OfSeveralTheLastHolds) {
  const std::vector<FieldWeight> asked{{FieldId::title, 5}, {FieldId::title, 3}};
  EXPECT_FALSE(FieldWeights(IndexSettings(), asked).changes());
}

TEST(FieldWeights, CannotCountABodyThatTheIndexDoesNotCount) {
  const IndexSettings settings = indexed_with(FieldId::body, 0);
  EXPECT_THROW(FieldWeights(settings, std::vector<FieldWeight>{{FieldId::body, 1}}), Error);
  EXPECT_NO_THROW(FieldWeights(settings, std::vector<FieldWeight>{{FieldId::title, 1}}));
}

Answer asked(Searcher& searcher, const std::string& text, std::vector<FieldWeight> weights) {
  SearchRequest request;
  request.text = text;
  request.match = Match::any;
  request.limit = 1000;
  request.weights = std::move(weights);
  return searcher.search(request);
}

/// So little more that scores show it and no order does.
constexpr double kHardly = 1e-7;

TEST(Reweighed, FindsTheSameArticlesWithTheScoresOfTheMatcher) {
  const FieldWeight as_before{FieldId::title, 3 + kHardly};
  for (unsigned seed = 0; seed < 5; ++seed) {
    const TinyIndex index(random_articles(seed, 150));
    Searcher searcher(index.path());
    for (const std::string text :
         {"oil", "oil opera", "oil oil^2 opera", "\"oil opera\"", "title:oil -port",
          "oil NEAR/4 port", "title:\"oil port\" OR strike", "op*", "+oil strike"}) {
      SCOPED_TRACE(fmt::format("{} {}", seed, text));
      const Answer plain = asked(searcher, text, {});
      const Answer again = asked(searcher, text, {as_before});
      ASSERT_EQ(plain.hits.size(), again.hits.size());
      ASSERT_GT(plain.hits.size(), 0U);
      for (std::size_t i = 0; i < plain.hits.size(); ++i)
        EXPECT_NEAR(again.hits[i].score, plain.hits[i].score, 1e-5);
    }
  }
}

std::vector<Article> titled_and_not() {
  std::vector<Article> articles{
      make_article("title", "opera tonight", "much is sung for long hours"),
      make_article("body", "much is sung", "opera opera for long hours"),
      make_article("other", "much is sung", "nothing for long hours")};
  articles[0].tags = {"culture"};
  articles[1].authors = {"Culture Desk"};
  return articles;
}

TEST(Reweighed, PutsThatFieldFirstWhichCountsMost) {
  const TinyIndex index(titled_and_not());
  Searcher searcher(index.path());
  const auto order = [&](const std::string& text, FieldWeight weight) {
    return ids_of(asked(searcher, text, {weight}));
  };
  EXPECT_EQ(order("opera", {FieldId::title, 9}), (Ids{"title", "body"}));
  EXPECT_EQ(order("opera", {FieldId::title, 1}), (Ids{"body", "title"}));
  EXPECT_EQ(order("opera", {FieldId::body, 9}), (Ids{"body", "title"}));
  EXPECT_EQ(order("culture", {FieldId::tags, 9}), (Ids{"title", "body"}));
  EXPECT_EQ(order("culture", {FieldId::authors, 9}), (Ids{"body", "title"}));
}

TEST(Reweighed, GivesNothingForAFieldThatCountsNothing) {
  const TinyIndex index(titled_and_not());
  Searcher searcher(index.path());
  const Answer answer = asked(searcher, "opera", {{FieldId::title, 0}});
  EXPECT_EQ(ids_of(answer), (Ids{"body", "title"}));
  EXPECT_EQ(answer.hits[1].score, 0);
}

TEST(Reweighed, KnowsThatADerivedTitleIsOfTheBody) {
  std::vector<Article> articles = titled_and_not();
  articles.push_back(make_article("derived", "opera tonight", "opera tonight for long hours"));
  articles.back().origin(Metadata::title) = Origin::derived;
  const TinyIndex index(articles);
  Searcher searcher(index.path());
  const Answer less = asked(searcher, "id:derived opera", {});
  const Answer more = asked(searcher, "id:derived opera", {{FieldId::title, 9}});
  EXPECT_NEAR(less.hits.at(0).score, more.hits.at(0).score, 1e-9);
}

TEST(Reweighed, IsExplainedByTheSharesOfItsWords) {
  const TinyIndex index(titled_and_not());
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "opera tonight";
  request.match = Match::any;
  request.weights = {{FieldId::title, 9}};
  request.wants_explanation = true;
  const Answer answer = searcher.search(request);
  const std::vector<TermShare>& shares = answer.hits.at(0).explanation.value();
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].terms, std::vector<std::string>{"tonight"});
  EXPECT_NEAR(shares[0].weight + shares[1].weight, answer.hits[0].score, 1e-9);
}

}  // namespace
}  // namespace lede
