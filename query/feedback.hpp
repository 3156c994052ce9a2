#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <xapian.h>

#include "corpus/settings.hpp"
#include "query/index_languages.hpp"
#include "query/ranked_articles.hpp"
#include "query/stored_articles.hpp"

namespace lede {

// Ranking by the words of the best articles, too (pseudo-relevance feedback): after the relevance
// model RM3 (Lavrenko and Croft, "Relevance-based language models", 2001; Abdul-Jaleel and others,
// "UMass at TREC 2004"), with other weights of articles and terms (docs/decisions/0035).

/// How many of the best articles words are taken from.
inline constexpr std::size_t kFeedbackArticles = 10;

/// A word of the best articles.
struct FeedbackTerm {
  std::string term;
  double weight = 0;  ///< those of all terms add up to 1

  friend bool operator==(const FeedbackTerm&, const FeedbackTerm&) = default;
};

/// The 50 words that tell most about the best articles: by their share of an article's words, idf
/// and the article's score to the power of 8, so that where one article stands out, they are of
/// that alone. Neither stop words nor those of one article only or of more than a fifth of them
/// all. None where the articles have no scores. `best` in the order of their scores. Throws Error
/// (damaged), Xapian::Error.
std::vector<FeedbackTerm> feedback_terms(std::span<const RankedArticle> best,
                                         StoredArticles& articles, const IndexLanguages& languages,
                                         const IndexSettings& settings);

/// A query that finds the same articles, and ranks them by .6 of what its words weigh together,
/// `weight` times that of one, and .4 of the terms: this in units of the former, so that the
/// query's own part of a score stays as it is.
Xapian::Query with_feedback(const Xapian::Query& query, double weight,
                            const std::vector<FeedbackTerm>& terms);

}  // namespace lede
