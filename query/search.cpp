#include "query/search.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "corpus/error.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/unicode.hpp"
#include "query/feedback.hpp"
#include "query/question.hpp"
#include "query/ranking.hpp"
#include "query/similar.hpp"
#include "query/suggestion.hpp"

namespace lede {
namespace {

using Clock = std::chrono::steady_clock;

/// Counting so many matches costs nothing (docs/decisions); beyond it a total is an estimate.
constexpr Xapian::doccount kFreelyCounted = 100;

/// Where texts are read, how many articles pass is not known beforehand: after so many an estimate
/// by their share is a good one. They take some milliseconds.
constexpr Xapian::doccount kCountedInTexts = 1000;

/// Who finds no more than this may have misspelt a word.
constexpr std::uint64_t kLittle = 2;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Xapian::doccount clamped(std::uint64_t count, Xapian::doccount limit) {
  return static_cast<Xapian::doccount>(std::min<std::uint64_t>(count, limit));
}

Total total_of(const Xapian::MSet& matches) {
  const bool is_exact = matches.get_matches_lower_bound() == matches.get_matches_upper_bound();
  return {matches.get_matches_estimated(), is_exact};
}

IndexState state_of(const Xapian::Database& index) {
  return {index_uuid(index), index.get_revision(), index.get_doccount(), index.get_lastdocid()};
}

Xapian::Query weightless(const Xapian::Query& query) {
  return {Xapian::Query::OP_SCALE_WEIGHT, query, 0};
}

std::string in_brackets(const std::string& text) {
  return text.find(' ') == std::string::npos ? text : fmt::format("({})", text);
}

/// Lets through only what all of the filters let through, too.
void restrict(BuiltQuery& built, const std::vector<BuiltQuery>& filters) {
  std::vector<std::string> parts;
  if (!built.parsed.empty()) parts.push_back(in_brackets(built.parsed));
  for (const BuiltQuery& filter : filters) {
    parts.push_back(in_brackets(filter.parsed));
    built.tests.insert(built.tests.end(), filter.tests.begin(), filter.tests.end());
    built.reads_text = built.reads_text || filter.reads_text;
    built.query = built.query.empty()
                      ? weightless(filter.query)
                      : Xapian::Query(Xapian::Query::OP_FILTER, built.query, filter.query);
  }
  built.parsed = fmt::format("{}", fmt::join(parts, " AND "));
}

std::int64_t seconds_of_now(const SearchRequest& request) {
  return request.now ? request.now->unix_seconds : std::time(nullptr);
}

/// Does the place of an article depend on others than those before it?
bool ranks_all(const SearchRequest& request) {
  return request.collapse || request.recency;
}

/// nullptr: the order is that of scores.
std::unique_ptr<Xapian::KeyMaker> sort_keys_of(const SearchRequest& request,
                                               StoredArticles& articles) {
  if (request.sort.key == SortKey::relevance) return nullptr;
  return make_sort_keys(request.sort, articles);
}

std::vector<RankedArticle> part_of(const std::vector<RankedArticle>& ranked, std::uint64_t offset,
                                   std::uint64_t limit) {
  const std::uint64_t begin = std::min<std::uint64_t>(offset, ranked.size());
  const std::uint64_t length = std::min<std::uint64_t>(limit, ranked.size() - begin);
  const auto first = ranked.begin() + static_cast<std::ptrdiff_t>(begin);
  return {first, first + static_cast<std::ptrdiff_t>(length)};
}

/// Which of the matches are wanted, and how many of them to look at in any case.
struct MatchRange {
  Xapian::doccount first = 0;
  Xapian::doccount count = 0;
  Xapian::doccount at_least = 0;
};

/// What a query finds and its texts let through.
Xapian::MSet matches_of(const Xapian::Enquire& enquire, const BuiltQuery& built,
                        StoredArticles& articles, const MatchRange& range) {
  const TextDecider decider(built.tests, articles);
  return enquire.get_mset(range.first, range.count, range.at_least, nullptr,
                          built.tests.empty() ? nullptr : &decider);
}

std::vector<RankedArticle> ranked_articles_of(const Xapian::MSet& matches) {
  std::vector<RankedArticle> ranked;
  ranked.reserve(matches.size());
  for (auto match = matches.begin(); match != matches.end(); ++match)
    ranked.push_back({*match, match.get_weight()});
  return ranked;
}

/// Is something counted that every article found adds to?
bool counts_all(const SearchRequest& request) {
  return !request.facets.empty() || request.histogram.has_value();
}

}  // namespace

/// The hits of one page, in their order.
struct Searcher::Page {
  std::uint64_t offset = 0;
  std::vector<RankedArticle> articles;
  Total total;
};

Searcher::Searcher(std::string index_path)
    : path_(std::move(index_path)),
      reader_(path_),
      index_(reader_.database()),
      settings_(with_index(path_, [&] { return read_settings(index_, path_); })),
      languages_(with_index(path_, [&] { return IndexLanguages(index_, settings_.language); })),
      codec_(std::move(settings_.dictionary)) {}

/// Follows the index to its newest revision, which may have been made anew under other rules.
void Searcher::refresh() {
  if (!reader_.refresh()) return;
  index_ = reader_.database();
  settings_ = read_settings(index_, path_);
  languages_ = IndexLanguages(index_, settings_.language);
  codec_ = ArticleCodec(std::move(settings_.dictionary));
}

Answer Searcher::search(const SearchRequest& request) {
  const Clock::time_point start = Clock::now();
  bool is_fresh = !request.is_of_now;
  Answer answer = on_one_revision(
      path_,
      [&] {
        if (!std::exchange(is_fresh, false)) refresh();
      },
      [&] { return search_once(request); });
  answer.took_ms = milliseconds_since(start);
  return answer;
}

Answer Searcher::search_once(const SearchRequest& request) {
  std::vector<BuiltQuery> filters;
  for (const Filter& filter : request.filters) filters.push_back(built_filter(filter, request.now));
  const Match strictest = request.match == Match::any ? Match::any : Match::all;
  const BuiltQuery strict = built(request, filters, strictest);
  Answer found = answer(request, strict);
  const std::uint64_t strictly_found = found.total.value;
  const bool may_relax = request.match == Match::automatic && strict.can_relax;
  if (strictly_found == 0 && may_relax) {
    Answer partial = answer(request, built(request, filters, Match::any));
    partial.is_relaxed = true;
    if (partial.total.value > 0) found = std::move(partial);
  }
  if (request.wants_suggestion && strictly_found <= kLittle)
    found.suggestion = suggestion(request, filters, strictly_found);
  return found;
}

/// Another question, which finds more than so many articles; else empty.
std::string Searcher::suggestion(const SearchRequest& request,
                                 const std::vector<BuiltQuery>& filters, std::uint64_t found) {
  if (trimmed(request.text).empty()) return {};
  const auto text = suggest_question(request.text, parse_question(request.text), languages_);
  if (!text) return {};
  SearchRequest other = request;
  other.text = *text;
  other.limit = other.offset = 0;
  other.sort = {};
  const BuiltQuery asked =
      built(other, filters, request.match == Match::any ? Match::any : Match::all);
  StoredArticles articles(index_, codec_);
  return match(other, asked, articles, nullptr).get_matches_estimated() > found ? *text
                                                                                : std::string();
}

/// What the request asks for: the question, of what all the filters let through.
BuiltQuery Searcher::built(const SearchRequest& request, const std::vector<BuiltQuery>& filters,
                           Match match) {
  const bool has_question = !trimmed(request.text).empty();
  BuiltQuery all;
  all.wanted.resize(languages_.count());
  if (!request.similar_to.empty())
    all = built_like(request);
  else if (has_question)
    all = built_question(request, match);
  if (!filters.empty()) restrict(all, filters);
  if (all.query.empty()) all.query = weightless(Xapian::Query::MatchAll);
  if (!request.only_id.empty())
    all.query = {Xapian::Query::OP_FILTER, all.query, Xapian::Query(id_term(request.only_id))};
  return all;
}

BuiltQuery Searcher::built_question(const SearchRequest& request, Match match) {
  try {
    return build_query(parse_question(request.text), asked_index(),
                       {match, request.now, request.weights});
  } catch (const QuestionError& error) {
    throw with_place(error, request.text);
  }
}

/// What is like an article, without that itself. Finds nothing where the index does not have it, or
/// it has no words.
BuiltQuery Searcher::built_like(const SearchRequest& request) {
  const Xapian::Query itself(id_term(request.similar_to));
  const std::optional<Article> article = stored_article(request.similar_to);
  const auto question = article ? question_like(*article, languages_, settings_) : std::nullopt;
  BuiltQuery like;
  like.query = itself;
  like.wanted.resize(languages_.count());
  if (question)
    like = build_query(*question, asked_index(), {Match::any, request.now, request.weights});
  like.query = {Xapian::Query::OP_AND_NOT, like.query, itself};
  return like;
}

/// An error in it is the option's.
BuiltQuery Searcher::built_filter(const Filter& filter, const std::optional<Moment>& now) {
  try {
    return build_query(parse_question(filter.query), asked_index(), {Match::all, now, {}});
  } catch (const Error& error) {
    throw Error(fmt::format("{}: {}", filter.option, error.what()), error.hint(), error.status());
  }
}

/// The query, which then ranks by words of the best articles, too.
Xapian::Query Searcher::expanded(const SearchRequest& request, const BuiltQuery& built,
                                 StoredArticles& articles) const {
  const Xapian::MSet found =
      matches_of(enquire(request, built), built, articles, {0, kFeedbackArticles, 0});
  return with_feedback(built.query, built.weight_of_words,
                       feedback_terms(ranked_articles_of(found), articles, languages_, settings_));
}

Answer Searcher::answer(const SearchRequest& request, BuiltQuery built) {
  StoredArticles articles(index_, codec_);
  if (request.expands && request.limit > 0) built.query = expanded(request, built, articles);
  MatchedArticles matched;
  const bool counts = counts_all(request);
  const Page shown = page(request, built, articles, counts ? &matched : nullptr);
  Answer found;
  found.id = request.id;
  found.text = request.text;
  found.similar_to = request.similar_to;
  found.parsed = built.parsed;
  found.match = request.match;
  found.total = shown.total;
  found.collapse = request.collapse;
  found.offset = request.offset;
  found.limit = request.limit;
  found.index = state_of(index_);
  found.hits = read_hits(request, built, shown);
  if (request.wants_explanation) explain(request, built.query, shown, found.hits);
  if (counts) count(request, matched, articles, found);
  return found;
}

IndexState Searcher::state() const {
  return with_index(path_, [&] { return state_of(index_); });
}

/// An index made anew has other articles under the same numbers.
Xapian::Query Searcher::wanted_part(const SearchRequest& request,
                                    const Xapian::Query& query) const {
  const bool is_part = request.seen && request.seen->index_uuid == index_uuid(index_);
  return is_part ? later_than(*request.seen, query) : query;
}

Xapian::Enquire Searcher::enquire(const SearchRequest& request, const BuiltQuery& built) const {
  Xapian::Enquire enquire(index_);
  enquire.set_weighting_scheme(ranking());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);  // so that equal scores keep their order
  enquire.set_query(wanted_part(request, built.query));
  return enquire;
}

/// `matched`: told of every article that is found; then all of them are looked at.
Xapian::MSet Searcher::match(const SearchRequest& request, const BuiltQuery& built,
                             StoredArticles& articles, MatchedArticles* matched) const {
  const Xapian::doccount all = index_.get_doccount();
  const std::unique_ptr<Xapian::KeyMaker> sort_keys = sort_keys_of(request, articles);
  Xapian::Enquire enquire = this->enquire(request, built);
  if (sort_keys) enquire.set_sort_by_key(sort_keys.get(), request.sort.is_descending);
  if (matched != nullptr) enquire.add_matchspy(matched);
  const bool looks_at_all = request.wants_exact_total || matched != nullptr;
  const Xapian::doccount freely = built.reads_text ? kCountedInTexts : kFreelyCounted;
  return matches_of(
      enquire, built, articles,
      {clamped(request.offset, all), clamped(request.limit, all), looks_at_all ? all : freely});
}

Searcher::Page Searcher::page(const SearchRequest& request, const BuiltQuery& built,
                              StoredArticles& articles, MatchedArticles* matched) const {
  if (ranks_all(request)) return page_of_all(request, built, articles, matched);
  const Xapian::MSet matches = match(request, built, articles, matched);
  return {request.offset, ranked_articles_of(matches), total_of(matches)};
}

/// A page of what only all articles that are found tell the order of.
Searcher::Page Searcher::page_of_all(const SearchRequest& request, const BuiltQuery& built,
                                     StoredArticles& articles, MatchedArticles* matched) const {
  const std::unique_ptr<Xapian::KeyMaker> sort_keys = sort_keys_of(request, articles);
  RankedArticles found(sort_keys.get(), request.sort.is_descending);
  Xapian::Enquire enquire = this->enquire(request, built);
  enquire.add_matchspy(&found);
  if (matched != nullptr) enquire.add_matchspy(matched);
  matches_of(enquire, built, articles, {0, 0, index_.get_doccount()});
  std::vector<RankedArticle> ranked = found.take();
  Page page{request.offset, {}, {ranked.size(), true}};
  if (request.recency)
    ranked =
        weighed_by_recency(std::move(ranked), *request.recency, seconds_of_now(request), index_);
  if (request.collapse) ranked = collapsed(std::move(ranked), *request.collapse, articles);
  page.total.collapsed = page.total.value - ranked.size();
  page.articles = part_of(ranked, request.offset, request.limit);
  return page;
}

void Searcher::count(const SearchRequest& request, MatchedArticles& matched,
                     StoredArticles& articles, Answer& answer) const {
  const std::vector<Xapian::docid> docids = matched.take();
  answer.facets =
      count_facets(request.facets, docids, static_cast<std::size_t>(request.facet_limit), articles);
  if (request.histogram) answer.histogram = count_periods(*request.histogram, docids, index_);
}

void Searcher::explain(const SearchRequest& request, const Xapian::Query& query, const Page& page,
                       std::vector<Hit>& hits) const {
  const Xapian::BM25Weight weighting = ranking();
  const Explainer explainer(index_, languages_, weighting);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    hits[i].explanation = explainer.explain(query, page.articles[i].docid, hits[i].article);
    if (request.recency) hits[i].recency = page.articles[i].recency;
  }
}

std::vector<Hit> Searcher::read_hits(const SearchRequest& request, const BuiltQuery& built,
                                     const Page& page) {
  std::vector<Hit> hits;
  hits.reserve(page.articles.size());
  std::vector<std::vector<Wanted>> wanted(languages_.count());
  for (const RankedArticle& ranked : page.articles) {
    hits.push_back(read_hit(request, ranked));
    hits.back().rank = page.offset + hits.size();
    if (!request.wants_articles) continue;
    const Article& article = hits.back().article;
    const std::size_t language = languages_.number_of(article.language);
    if (wanted[language].empty()) wanted[language] = weighed(built.wanted[language]);
    hits.back().snippets =
        make_snippets(article, wanted[language], languages_.analyzer(language), request.snippets);
  }
  return hits;
}

Hit Searcher::read_hit(const SearchRequest& request, const RankedArticle& ranked) {
  Hit hit;
  hit.score = ranked.score;
  hit.similar = ranked.similar;
  Article article = codec_.article_of(index_, ranked.docid);
  if (request.wants_articles) {
    hit.article = std::move(article);
  } else {
    hit.article.id = std::move(article.id);
    hit.article.path = std::move(article.path);
    hit.article.member = std::move(article.member);
  }
  return hit;
}

std::vector<Wanted> Searcher::weighed(std::vector<Wanted> wanted) const {
  for (Wanted& words : wanted) words.weight = weight_of(words);
  return wanted;
}

/// The idf of a word, or of a phrase's words together.
double Searcher::weight_of(const Wanted& wanted) const {
  const bool is_bare = !wanted.field || field_of(*wanted.field).is_bare;
  const std::string prefix(is_bare ? "" : field_of(*wanted.field).prefix);
  double weight = 0;
  for (const std::string& term : wanted.terms)
    weight += idf(index_.get_doccount(), index_.get_termfreq(prefix + term));
  return weight;
}

/// Of the revision that is open.
std::optional<Article> Searcher::stored_article(const std::string& id) {
  const std::string term = id_term(id);
  const Xapian::PostingIterator article = index_.postlist_begin(term);
  if (article == index_.postlist_end(term)) return std::nullopt;
  return codec_.article_of(index_, *article);
}

std::optional<Article> Searcher::find_article(const std::string& id) {
  return on_one_revision(
      path_, [&] { refresh(); }, [&] { return stored_article(id); });
}

}  // namespace lede
