#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <xapian.h>

#include "corpus/analyzer.hpp"
#include "corpus/article.hpp"
#include "corpus/article_codec.hpp"
#include "corpus/index_files.hpp"
#include "corpus/settings.hpp"
#include "query/answer.hpp"
#include "query/field_weights.hpp"
#include "query/filters.hpp"
#include "query/index_languages.hpp"
#include "query/period.hpp"
#include "query/ranked_articles.hpp"
#include "query/recency.hpp"
#include "query/seen_articles.hpp"
#include "query/sort_order.hpp"

namespace lede {

/// What is asked, and how much of the answer is wanted.
struct SearchRequest {
  std::string id;    ///< handed on to the Answer
  std::string text;  ///< blank: all articles that the filters let through
  std::vector<Filter> filters;
  std::string similar_to;  ///< not empty: in the place of a text, articles like that with this id
  std::string only_id;     ///< not empty: only the article with this id
  Match match = Match::automatic;
  std::uint64_t offset = 0;
  std::uint64_t limit = 10;
  bool wants_articles = true;  ///< false: hits carry ids, places and scores only, no snippets
  bool wants_exact_total = false;
  bool is_of_now = true;           ///< false: the index as it was opened, or last asked, will do
  bool wants_suggestion = false;   ///< of another question, where little is found
  std::optional<Moment> now = {};  ///< when relative dates are read; none is the present
  bool wants_explanation = false;
  SortOrder sort;
  std::optional<HalfLife> recency = {};        ///< of scores; the order is that of relevance then
  std::optional<CollapseField> collapse = {};  ///< shows one article of each value
  bool expands = false;                        ///< ranks by words of the best articles, too
  std::vector<FieldWeight> weights;            ///< beside those of the index
  std::vector<FacetField> facets;
  std::uint64_t facet_limit = 10;         ///< values of a facet at most
  std::optional<CalendarUnit> histogram;  ///< the length of its bars
  SnippetOptions snippets;
  std::optional<SeenArticles> seen;  ///< leaves these out, if they are of the index as it is now
};

/// One index, open for reading. Not to be shared between threads.
class Searcher {
 public:
  /// Throws Error: no_index, damaged, resources.
  explicit Searcher(std::string index_path);

  /// Answers a question from the index as it is now. While another process writes, the whole
  /// question is asked again, so that an Answer is of one revision. Throws Error for an unreadable
  /// question or filter, a damaged index, or one that changes too fast (locked).
  Answer search(const SearchRequest& request);

  /// The index as it was when it was opened or asked last.
  IndexState state() const;

  /// The stored article; nullopt when the index has none with this id.
  std::optional<Article> find_article(const std::string& id);

 private:
  void refresh();
  AskedIndex asked_index() { return {languages_, settings_, codec_}; }
  std::optional<Article> stored_article(const std::string& id);
  Answer search_once(const SearchRequest& request);
  BuiltQuery built(const SearchRequest& request, const std::vector<BuiltQuery>& filters,
                   Match match);
  Xapian::Query expanded(const SearchRequest& request, const BuiltQuery& built,
                         StoredArticles& articles) const;
  BuiltQuery built_question(const SearchRequest& request, Match match);
  BuiltQuery built_like(const SearchRequest& request);
  std::string suggestion(const SearchRequest& request, const std::vector<BuiltQuery>& filters,
                         std::uint64_t found);
  BuiltQuery built_filter(const Filter& filter, const std::optional<Moment>& now);
  Answer answer(const SearchRequest& request, BuiltQuery built);
  Xapian::Query wanted_part(const SearchRequest& request, const Xapian::Query& query) const;
  struct Page;
  Page page(const SearchRequest& request, const BuiltQuery& built, StoredArticles& articles,
            MatchedArticles* matched) const;
  Page page_of_all(const SearchRequest& request, const BuiltQuery& built, StoredArticles& articles,
                   MatchedArticles* matched) const;
  Xapian::MSet match(const SearchRequest& request, const BuiltQuery& built,
                     StoredArticles& articles, MatchedArticles* matched) const;
  Xapian::Enquire enquire(const SearchRequest& request, const BuiltQuery& built) const;
  void count(const SearchRequest& request, MatchedArticles& matched, StoredArticles& articles,
             Answer& answer) const;
  std::vector<Hit> read_hits(const SearchRequest& request, const BuiltQuery& built,
                             const Page& page);
  void explain(const SearchRequest& request, const Xapian::Query& query, const Page& page,
               std::vector<Hit>& hits) const;
  Hit read_hit(const SearchRequest& request, const RankedArticle& ranked);
  std::vector<Wanted> weighed(std::vector<Wanted> wanted) const;
  double weight_of(const Wanted& wanted) const;

  std::string path_;
  IndexReader reader_;
  Xapian::Database index_;  // the reader's
  IndexSettings settings_;
  IndexLanguages languages_;
  ArticleCodec codec_;
};

}  // namespace lede
