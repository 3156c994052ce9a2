#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corpus/article.hpp"
#include "query/build_query.hpp"
#include "query/collapse.hpp"
#include "query/explanation.hpp"
#include "query/facets.hpp"
#include "query/passages.hpp"

namespace lede {

/// One article that answers a question.
struct Hit {
  std::uint64_t rank = 0;  ///< counts from 1 over the whole answer, not the page
  double score = 0;
  Article article;
  std::vector<Snippet> snippets;
  std::uint64_t similar = 0;  ///< articles that --collapse leaves out for this one
  std::optional<std::vector<TermShare>> explanation;  ///< where it was asked for
  std::optional<double>
      recency{};  ///< what the shares' sum is multiplied by; where that was asked for
};

/// How many articles answer a question; a lower bound's estimate when it is not exact.
struct Total {
  std::uint64_t value = 0;
  bool is_exact = true;
  std::uint64_t collapsed = 0;  ///< those of them that are on no page, but in some hit's `similar`
};

/// Which index answered, and in which state.
struct IndexState {
  std::string uuid;
  std::uint64_t revision = 0;
  std::uint64_t articles = 0;
  std::uint64_t last_docid = 0;  ///< the highest that a document ever had
};

/// The answer to one question: values only, ready to be printed in any format.
struct Answer {
  std::string id;          ///< the question's own id in a batch, else empty
  std::string text;        ///< the question as it was asked
  std::string similar_to;  ///< the id of the article that others like it were asked for; else empty
  std::string parsed;      ///< as it was understood
  Match match = Match::automatic;
  bool is_relaxed = false;  ///< no article has all the words; these have some
  std::string suggestion;   ///< a question that finds more, where this one has little; else empty
  Total total;
  std::uint64_t offset = 0;
  std::uint64_t limit = 0;
  double took_ms = 0;
  IndexState index;
  std::optional<CollapseField> collapse{};  ///< what hits have each for itself
  std::vector<Hit> hits;
  std::vector<Facet> facets;                            ///< those that were asked for
  std::optional<std::vector<PeriodCount>> histogram{};  ///< where it was asked for
};

/// Whether no article comes behind the hits; not where that is not known.
inline bool ends_there(const Answer& answer) {
  const std::uint64_t shown_end = answer.offset + answer.hits.size();
  return answer.total.is_exact && shown_end >= answer.total.value - answer.total.collapsed;
}

/// Whether the hits are all there is.
inline bool is_whole(const Answer& answer) {
  return answer.offset == 0 && ends_there(answer);
}

}  // namespace lede
