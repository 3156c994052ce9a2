#include "query/feedback.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "query/article_words.hpp"
#include "query/ranking.hpp"

namespace lede {
namespace {

constexpr std::size_t kMostTerms = 50;
constexpr double kSharpness = 8;       // of an article's weight by its score
constexpr double kCommon = .2;         // share of the articles that a word may be in
constexpr double kOfTheQuestion = .6;  // of the score; the rest is that of the terms

using TermWeights = std::unordered_map<std::string, double>;

double sum_of_counts(const ArticleWords& words) {
  double sum = 0;
  for (const auto& [term, word] : words) sum += word.count;
  return sum;
}

/// `weight` is the article's among the others.
void add_terms(const ArticleWords& words, double weight, TermWeights& weights) {
  const double length = sum_of_counts(words);
  if (length == 0) return;
  for (const auto& [term, word] : words)
    if (term.size() >= 2) weights[term] += weight * word.count / length;
}

bool may_tell(double having, double articles) {
  return having >= 2 && having <= kCommon * articles;
}

std::vector<FeedbackTerm> best_of(const TermWeights& weights, const Xapian::Database& index) {
  std::vector<FeedbackTerm> terms;
  for (const auto& [term, weight] : weights) {
    const Xapian::doccount having = index.get_termfreq(term);
    if (may_tell(having, index.get_doccount()))
      terms.push_back({term, weight * idf(index.get_doccount(), having)});
  }
  std::ranges::sort(terms, [](const FeedbackTerm& a, const FeedbackTerm& b) {
    return std::tuple(-a.weight, std::string_view(a.term)) <
           std::tuple(-b.weight, std::string_view(b.term));
  });
  terms.resize(std::min(terms.size(), kMostTerms));
  return terms;
}

void normalize(std::vector<FeedbackTerm>& terms) {
  double sum = 0;
  for (const FeedbackTerm& term : terms) sum += term.weight;
  for (FeedbackTerm& term : terms) term.weight /= sum;
}

}  // namespace

std::vector<FeedbackTerm> feedback_terms(std::span<const RankedArticle> best,
                                         StoredArticles& articles, const IndexLanguages& languages,
                                         const IndexSettings& settings) {
  TermWeights weights;
  for (const RankedArticle& ranked : best.first(std::min(best.size(), kFeedbackArticles))) {
    if (ranked.score <= 0) break;
    const Article& article = articles.article(ranked.docid);
    Analyzer& analyzer = languages.analyzer(languages.number_of(article.language));
    add_terms(words_of(article, analyzer, settings),
              std::pow(ranked.score / best.front().score, kSharpness), weights);
  }
  std::vector<FeedbackTerm> terms = best_of(weights, languages.index());
  normalize(terms);
  return terms;
}

Xapian::Query with_feedback(const Xapian::Query& query, double weight,
                            const std::vector<FeedbackTerm>& terms) {
  if (terms.empty()) return query;
  const double unit = weight * (1 - kOfTheQuestion) / kOfTheQuestion;
  std::vector<Xapian::Query> feedback;
  for (const FeedbackTerm& term : terms)
    feedback.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(term.term),
                          unit * term.weight);
  return {Xapian::Query::OP_AND_MAYBE, query,
          Xapian::Query(Xapian::Query::OP_OR, feedback.begin(), feedback.end())};
}

}  // namespace lede
