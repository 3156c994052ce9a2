#include "query/explanation.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "query/search.hpp"
#include "tests/unit/query/random_articles.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

SearchRequest explaining(std::string text) {
  SearchRequest request;
  request.text = std::move(text);
  request.limit = 1000;
  request.wants_explanation = true;
  return request;
}

TEST(Explanation, TellsWhereAWordStandsAndWhatItCounts) {
  Article article = make_article("a", "Oil prices", "The OIL, and more oils.");
  article.tags = {"crude oil"};
  const TinyIndex index(
      {article, make_article("b", "Opera", "nothing"), make_article("c", "Oil", "again")});
  Searcher searcher(index.path());
  const Answer answer = searcher.search(explaining("oils price"));
  ASSERT_EQ(answer.hits.size(), 1U);
  ASSERT_TRUE(answer.hits[0].explanation.has_value());
  const std::vector<TermShare>& shares = *answer.hits[0].explanation;
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].terms, (std::vector<std::string>{"price"}));
  EXPECT_EQ(shares[0].words, (std::vector<std::string>{"prices"}));
  EXPECT_EQ(shares[0].fields, (std::vector<FieldCount>{{FieldId::title, 1}}));
  EXPECT_EQ(shares[0].wdf, 3U);
  EXPECT_EQ(shares[0].articles, 1U);
  EXPECT_EQ(shares[1].terms, (std::vector<std::string>{"oil"}));
  EXPECT_EQ(shares[1].words, (std::vector<std::string>{"oil", "oils"}));
  EXPECT_EQ(shares[1].fields,
            (std::vector<FieldCount>{{FieldId::title, 1}, {FieldId::body, 2}, {FieldId::tags, 1}}));
  EXPECT_EQ(shares[1].wdf, 6U);
  EXPECT_EQ(shares[1].articles, 2U);
}

TEST(Explanation, TellsTheFormsOfAWordAndNotAllOfMany) {
  std::string body = "Café, cafe";
  for (char letter = 'a'; letter <= 'z'; ++letter) body += fmt::format(" caf{}x", letter);
  const TinyIndex index({make_article("a", "", "東京都に行く"), make_article("b", "", body)});
  Searcher searcher(index.path());
  const auto words_of = [&](std::string text) {
    return searcher.search(explaining(std::move(text))).hits.at(0).explanation->at(0).words;
  };
  EXPECT_EQ(words_of("東京"), (std::vector<std::string>{"東京"}));
  EXPECT_EQ(words_of("cafe"), (std::vector<std::string>{"café", "cafe"}));
  EXPECT_EQ(words_of("caf*").size(), 8U);
}

TEST(Explanation, SaysNothingOfWhatWeighsNothing) {
  Article article = make_article("a", "Oil", "oil");
  article.source = "Coastal Wire";
  const TinyIndex index({article, make_article("b", "Opera", "nothing")});
  Searcher searcher(index.path());
  const Answer answer = searcher.search(explaining("oil source:coastal -opera"));
  ASSERT_EQ(answer.hits.size(), 1U);
  ASSERT_EQ(answer.hits[0].explanation->size(), 1U);
  EXPECT_EQ(answer.hits[0].explanation->front().terms, (std::vector<std::string>{"oil"}));
  EXPECT_TRUE(searcher.search(explaining("source:coastal")).hits[0].explanation->empty());
}

TEST(Explanation, IsLeftOutUnlessItIsWanted) {
  const TinyIndex index({make_article("a", "Oil", "oil")});
  Searcher searcher(index.path());
  SearchRequest request = explaining("oil");
  request.wants_explanation = false;
  EXPECT_FALSE(searcher.search(request).hits.at(0).explanation.has_value());
}

TEST(Explanation, HasWeightsThatAddUpToTheScoreWhateverIsAsked) {
  for (unsigned seed = 0; seed < 4; ++seed) {
    for (const Positions positions : {Positions::all, Positions::none}) {
      std::vector<Article> articles = random_articles(seed, 120);
      for (std::size_t i = 0; i < articles.size(); i += 5) articles[i].language = "de";
      const TinyIndex index(articles, positions);
      Searcher searcher(index.path());
      for (const std::string text : {"oil",
                                     "oil port",
                                     "oil oil strike",
                                     "oil OR (port AND rain)",
                                     "\"oil price\"",
                                     "title:oil rain",
                                     "+oil port strike",
                                     "(oil OR opera) -port",
                                     "title:\"oil port\" rain",
                                     "oil AND (\"port rain\" OR vienna)",
                                     "harbours oil-price the",
                                     "o* port",
                                     "ol~ prot~2 rain",
                                     "oil^2 port^0.5",
                                     "(oil port)^3 rain",
                                     "=oil rain",
                                     "=\"oil price\" port",
                                     "=o* port",
                                     "title:o* rain",
                                     "oil NEAR/5 port rain",
                                     "title:(oil NEAR/3 p*)",
                                     "date:2025 oil"}) {
        for (const Match match : {Match::all, Match::any}) {
          SCOPED_TRACE(fmt::format("{} {}", seed, text));
          SearchRequest request = explaining(text);
          request.match = match;
          request.filters = {{"--where", "language:\"en\""}};
          for (const Hit& hit : searcher.search(request).hits) {
            double sum = 0;
            for (const TermShare& share : *hit.explanation) sum += share.weight;
            EXPECT_NEAR(sum, hit.score, 1e-9 * std::abs(hit.score));
            EXPECT_GT(hit.score, 0);
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace lede
