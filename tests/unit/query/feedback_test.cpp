#include "query/feedback.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "query/search.hpp"
#include "tests/unit/query/hit_ids.hpp"
#include "tests/unit/query/random_articles.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

/// The first so many articles of an index as the best, each with that score.
class Feedback {
 public:
  explicit Feedback(const std::vector<Article>& articles)
      : index_(articles), languages_(index_.database(), settings_.language) {}

  std::vector<FeedbackTerm> terms(const std::vector<double>& scores) {
    std::vector<RankedArticle> best;
    for (const double score : scores)
      best.push_back({static_cast<Xapian::docid>(best.size() + 1), score});
    StoredArticles articles(index_.database(), codec_);
    return feedback_terms(best, articles, languages_, settings_);
  }

 private:
  IndexSettings settings_;
  TinyIndex index_;
  IndexLanguages languages_;
  ArticleCodec codec_{{}};
};

bool has(const std::vector<FeedbackTerm>& terms, const std::string& term) {
  return std::ranges::find(terms, term, &FeedbackTerm::term) != terms.end();
}

/// Two of each kind about something, and many about nothing.
std::vector<Article> of_two_subjects() {
  std::vector<Article> articles{make_article("oil", "", "the cartel cut output of crude barrels"),
                                make_article("opera", "", "the singer met the conductor once"),
                                make_article("oil2", "", "a cartel and its crude output"),
                                make_article("opera2", "", "a singer and a conductor sang once")};
  for (int i = 0; i < 20; ++i)
    articles.push_back(make_article(fmt::format("other{}", i), "", "rain all day once"));
  return articles;
}

TEST(FeedbackTerms, AreThoseOfTheBestArticles) {
  const std::vector<FeedbackTerm> terms = Feedback(of_two_subjects()).terms({5});
  EXPECT_TRUE(has(terms, "cartel"));
  EXPECT_TRUE(has(terms, "crude"));
  EXPECT_FALSE(has(terms, "singer"));
}

TEST(FeedbackTerms, AddUpToOne) {
  double sum = 0;
  for (const FeedbackTerm& term : Feedback(of_two_subjects()).terms({5, 4, 3})) sum += term.weight;
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(FeedbackTerms, AreNeitherStopWordsNorOfOneArticleNorOfMost) {
  const std::vector<FeedbackTerm> terms = Feedback(of_two_subjects()).terms({5, 5, 5, 5});
  EXPECT_FALSE(has(terms, "the"));
  EXPECT_FALSE(has(terms, "barrel"));
  EXPECT_FALSE(has(terms, "onc"));
}

TEST(FeedbackTerms, AreOfOneArticleWhereItStandsOut) {
  const auto weight_of = [](const std::vector<FeedbackTerm>& terms, const std::string& term) {
    return std::ranges::find(terms, term, &FeedbackTerm::term)->weight;
  };
  Feedback feedback(of_two_subjects());
  const auto even = feedback.terms({5, 5});
  EXPECT_NEAR(weight_of(even, "singer") / weight_of(even, "cartel"), 5. / 3, 1e-9);
  const auto uneven = feedback.terms({5, 2.5});
  EXPECT_LT(weight_of(uneven, "singer"), weight_of(uneven, "cartel") / 100);
}

TEST(FeedbackTerms, AreNoneWithoutScores) {
  Feedback feedback(of_two_subjects());
  EXPECT_TRUE(feedback.terms({}).empty());
  EXPECT_TRUE(feedback.terms({0, 0}).empty());
}

TEST(FeedbackTerms, AreFiftyAtMost) {
  std::vector<Article> articles;
  for (int i = 0; i < 40; ++i) {
    std::string body;
    for (int word = 0; word < 30; ++word) body += fmt::format("w{}x ", (i * 17 + word * 7) % 199);
    articles.push_back(make_article(fmt::format("id{}", i), "", body));
  }
  EXPECT_EQ(Feedback(articles).terms({9, 9, 9, 9, 9, 9, 9, 9, 9, 9}).size(), 50U);
}

Answer asked(Searcher& searcher, const std::string& text, bool expands) {
  SearchRequest request;
  request.text = text;
  request.match = Match::any;
  request.limit = 1000;
  request.expands = expands;
  return searcher.search(request);
}

std::map<std::string, double> scores_of(const Answer& answer) {
  std::map<std::string, double> scores;
  for (const Hit& hit : answer.hits) scores.emplace(hit.article.id, hit.score);
  return scores;
}

TEST(Expansion, FindsTheSameArticlesAndTakesNothingFromTheirScores) {
  for (unsigned seed = 0; seed < 4; ++seed) {
    const TinyIndex index(random_articles(seed, 120));
    Searcher searcher(index.path());
    for (const std::string text :
         {"oil", "vienna rain", "\"oil port\" -opera", "oil source:coastal"}) {
      SCOPED_TRACE(fmt::format("{} {}", seed, text));
      const auto plain = scores_of(asked(searcher, text, false));
      const auto expanded = scores_of(asked(searcher, text, true));
      ASSERT_EQ(plain.size(), expanded.size());
      for (const auto& [id, score] : plain) EXPECT_GE(expanded.at(id), score - 1e-9);
    }
  }
}

TEST(Expansion, PutsThoseFirstThatSpeakOfTheSameAsTheBest) {
  std::vector<Article> articles = of_two_subjects();
  articles.push_back(make_article("quota", "quota quota", "crude quota of the cartel"));
  articles.push_back(make_article("milk", "", "milk quota in a village where rain fell"));
  articles.push_back(make_article("output", "", "crude output of a cartel where quota fell"));
  const TinyIndex index(articles);
  Searcher searcher(index.path());
  EXPECT_EQ(ids_of(asked(searcher, "quota", false)), (Ids{"quota", "milk", "output"}));
  EXPECT_EQ(ids_of(asked(searcher, "quota", true)), (Ids{"quota", "output", "milk"}));
}

TEST(Expansion, OfAQuestionWithoutWordsChangesNothing) {
  const TinyIndex index(random_articles(1, 50));
  Searcher searcher(index.path());
  EXPECT_EQ(ids_of(asked(searcher, "date:2025", true)),
            ids_of(asked(searcher, "date:2025", false)));
}

}  // namespace
}  // namespace lede
