#include "query/explanation.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "corpus/index_terms.hpp"
#include "corpus/words.hpp"

namespace lede {
namespace {

using Terms = std::vector<std::string>;

/// How many parts of a query, from the first on, add to its weight; the others only decide.
std::size_t weighing_parts(const Xapian::Query& query) {
  switch (query.get_type()) {
    case Xapian::Query::OP_AND:
    case Xapian::Query::OP_OR:
    case Xapian::Query::OP_AND_MAYBE:
    case Xapian::Query::OP_PHRASE:
    case Xapian::Query::OP_NEAR:
      return query.get_num_subqueries();
    case Xapian::Query::OP_FILTER:
      return query.get_subquery(0).get_type() == Xapian::Query::LEAF_POSTING_SOURCE ? 0 : 1;
    case Xapian::Query::OP_AND_NOT:
      return 1;
    default:
      return 0;  // a term, or what ranks as a whole
  }
}

bool has(const Terms& terms, std::string_view term) {
  return !term.empty() && std::ranges::find(terms, term) != terms.end();
}

/// What a text has there, as the lexicon would have it.
std::string written_at(std::string_view text, const Token& token) {
  WordReader reader(text.substr(token.begin, token.end - token.begin));
  Word word;
  return reader.next(word) ? std::string(word.written) : std::string();
}

void add_form(std::string_view form, std::vector<std::string>& words) {
  constexpr std::size_t kMostForms = 8;
  if (words.size() < kMostForms && !has(words, form)) words.emplace_back(form);
}

/// How often one of the terms stands in a text; in which forms goes to `words`.
std::uint64_t count_in(std::string_view text, const Terms& terms, Analyzer& analyzer,
                       std::vector<std::string>& words) {
  std::uint64_t count = 0;
  analyzer.analyze(text, [&](const Token& token) {
    const bool is_pair = has(terms, token.pair);
    if (!is_pair && !has(terms, token.term()) && !has(terms, token.plain_term())) return;
    add_form(is_pair ? std::string(token.pair) : written_at(text, token), words);
    ++count;
  });
  return count;
}

/// In the fields that bare words search. A derived title is a piece of the body.
std::vector<FieldCount> count_in_fields(const Article& article, const Terms& terms,
                                        Analyzer& analyzer, std::vector<std::string>& words) {
  using Texts = std::vector<std::string>;
  const std::vector<std::pair<FieldId, Texts>> fields{
      {FieldId::title, article.title_is_derived() ? Texts{} : Texts{article.title}},
      {FieldId::lede, {article.lede}},
      {FieldId::body, {article.body}},
      {FieldId::tags, article.tags},
      {FieldId::authors, article.authors}};
  std::vector<FieldCount> counts;
  for (const auto& [field, texts] : fields) {
    std::uint64_t count = 0;
    for (const std::string& text : texts) count += count_in(text, terms, analyzer, words);
    if (count > 0) counts.push_back({field, count});
  }
  return counts;
}

}  // namespace

std::vector<TermShare> Explainer::explain(const Xapian::Query& query, Xapian::docid docid,
                                          const Article& article) const {
  std::vector<TermShare> shares;
  add_shares(query, docid, article, shares);
  std::ranges::stable_sort(shares, std::ranges::greater{}, &TermShare::weight);
  return shares;
}

void Explainer::add_shares(const Xapian::Query& query, Xapian::docid docid, const Article& article,
                           std::vector<TermShare>& shares) const {
  const double weight = weight_of(query, article);
  if (weight == 0) return;  // a filter, or a part that the article does not answer
  const std::size_t parts = weighing_parts(query);
  for (std::size_t i = 0; i < parts; ++i) add_shares(query.get_subquery(i), docid, article, shares);
  if (parts == 0) shares.push_back(share_of(query, weight, docid, article));
}

TermShare Explainer::share_of(const Xapian::Query& query, double weight, Xapian::docid docid,
                              const Article& article) const {
  TermShare share;
  share.weight = weight;
  share.articles = count_articles(query);
  const auto end = index_.termlist_end(docid);
  auto in_article = index_.termlist_begin(docid);
  for (auto term = query.get_unique_terms_begin(); term != query.get_terms_end(); ++term) {
    in_article.skip_to(*term);
    if (in_article == end) break;
    if (*in_article != *term) continue;
    share.terms.push_back(*term);
    share.wdf += in_article.get_wdf();
  }
  const std::size_t language = languages_.number_of(article.language);
  share.fields = count_in_fields(article, share.terms, languages_.analyzer(language), share.words);
  return share;
}

/// 0 where it does not answer the query.
double Explainer::weight_of(const Xapian::Query& query, const Article& article) const {
  Xapian::Enquire enquire(index_);
  enquire.set_weighting_scheme(weighting_);
  enquire.set_query({Xapian::Query::OP_FILTER, query, Xapian::Query(id_term(article.id))});
  const Xapian::MSet found = enquire.get_mset(0, 1);
  return found.empty() ? 0 : found.begin().get_weight();
}

std::uint64_t Explainer::count_articles(const Xapian::Query& query) const {
  if (query.get_type() == Xapian::Query::LEAF_TERM)
    return index_.get_termfreq(*query.get_unique_terms_begin());
  Xapian::Enquire enquire(index_);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_query(query);
  return enquire.get_mset(0, 0, index_.get_doccount()).get_matches_estimated();
}

}  // namespace lede
