#include "query/build_query.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "corpus/words.hpp"
#include "query/demand.hpp"
#include "query/resolve.hpp"

namespace lede {
namespace {

using Kind = Demand::Kind;

constexpr std::int64_t kEarliest = -62'135'596'800;  // the year 1, before every date that is read

// The query --------------------------------------------------------------------------------------

/// What no article has: Xapian's own empty query would vanish beside OR, and mean all articles to
/// who joins filters to it. No term begins with this byte, since none is outside UTF-8.
Xapian::Query nothing() {
  return Xapian::Query("\xFF");
}

/// The queries joined by OR or AND.
Xapian::Query joined(Xapian::Query::op op, const std::vector<Xapian::Query>& queries) {
  if (queries.size() == 1) return queries[0];
  return {op, queries.begin(), queries.end()};
}

Xapian::Query scaled(const Xapian::Query& query, double factor) {
  if (factor == 1) return query;
  return {Xapian::Query::OP_SCALE_WEIGHT, query, factor};
}

Xapian::Query weightless(const Xapian::Query& query) {
  return scaled(query, 0);
}

/// One term, or several that rank like one.
Xapian::Query synonyms(const std::vector<std::string>& terms, Xapian::termcount wqf) {
  if (terms.size() == 1) return {terms[0], wqf};
  const Xapian::Query each(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end());
  return scaled(each, (kRepeatSaturation + 1) * wqf / (kRepeatSaturation + wqf));
}

bool asks_the_same(const Demand& a, const Demand& b) {
  return a.kind == Kind::words && b.kind == Kind::words && a.field == b.field &&
         a.is_exact == b.is_exact && a.weight == b.weight &&
         std::ranges::equal(a.words, b.words, {}, &QueryWord::terms, &QueryWord::terms);
}

/// Finding words near each other takes three times as long as reading the article.
constexpr std::size_t kCostOfNear = 4;

/// What reading articles for parts of a query may cost: as much as reading each once. Phrases cost
/// nothing: an index without positions must find what one with them does.
std::size_t most_read(const Xapian::Database& index) {
  constexpr std::size_t kInAnyCase = 10'000;
  return std::max<std::size_t>(index.get_doccount(), kInAnyCase);
}

/// Makes a demand Xapian's, over an index of some languages.
class QueryMaker {
 public:
  QueryMaker(const IndexLanguages& languages, Positions positions, ArticleCodec& codec)
      : languages_(languages),
        positions_(positions),
        articles_(std::make_shared<StoredArticles>(languages.index(), codec,
                                                   most_read(languages.index()))) {}

  /// The query and its tests.
  BuiltQuery built(const Demand& demand) {
    BuiltQuery result;
    result.query = query_of(demand, 1, Need::by_all);
    result.tests = std::move(tests_);
    result.reads_text = reads_text_;
    return result;
  }

 private:
  using Terms = std::vector<std::string>;

  /// Which articles need what is asked for: all that are found, or some.
  enum class Need : std::uint8_t { by_all, by_some };

  Xapian::Query query_of(const Demand& demand, Xapian::termcount wqf, Need need) {
    return scaled(unweighted(demand, wqf, need), demand.weight);
  }

  Xapian::Query unweighted(const Demand& demand, Xapian::termcount wqf, Need need) {
    switch (demand.kind) {
      case Kind::nothing:
        return nothing();
      case Kind::words:
        return words_query(demand, wqf, need);
      case Kind::expansion:
        return expansion_query(demand, need);
      case Kind::near:
        return near_query(demand, need);
      case Kind::filter:
        return filter_query(demand);
      case Kind::all:
        return joined(Xapian::Query::OP_AND, needed_queries_of(demand.parts, need));
      case Kind::any:
        return joined(Xapian::Query::OP_OR, queries_of(demand.parts, Need::by_some));
      case Kind::ranked:
        return ranked_query(demand.parts, need);
      case Kind::except:
        return except_query(demand.parts, need);
    }
    return nothing();
  }

  Xapian::Query words_query(const Demand& demand, Xapian::termcount wqf, Need need) {
    const Xapian::Query query = stems_query(demand, wqf, need);
    return demand.is_exact ? as_written(demand, query, need) : query;
  }

  Xapian::Query stems_query(const Demand& demand, Xapian::termcount wqf, Need need) {
    if (!demand.field) return bare_query(demand, wqf, need);
    const Field& field = field_of(*demand.field);
    const Xapian::Query there = neighbours_query(demand.words, demand.field, need);
    if (!field.is_bare) return weightless(there);
    return {Xapian::Query::OP_FILTER, every_word(demand.words, wqf), there};
  }

  Xapian::Query bare_query(const Demand& demand, Xapian::termcount wqf, Need need) {
    if (demand.words.size() == 1) return bare_word(demand, wqf);
    if (is_pair(demand.words)) return {demand.words[1].pair, wqf};
    const Xapian::Query neighbours = neighbours_query(demand.words, {}, need);
    const bool is_one = phrases_of(demand.words, {}).size() == 1;
    if (is_one && !has_pair(demand.words)) return neighbours;
    return {Xapian::Query::OP_FILTER, every_word(demand.words, 1), neighbours};
  }

  /// What a language leaves out ranks by how common it is in the whole index, and finds nothing in
  /// that language.
  Xapian::Query bare_word(const Demand& demand, Xapian::termcount wqf) const {
    const QueryWord& word = demand.words[0];
    const Xapian::Query everywhere = synonyms(terms_of(word, {}), wqf);
    if (demand.left_out_in.empty()) return everywhere;
    const Xapian::Query asked = synonyms(terms_of(word, demand.left_out_in), 1);
    return {Xapian::Query::OP_FILTER, everywhere, asked};
  }

  /// Dates and other values.
  static Xapian::Query filter_query(const Demand& demand) {
    if (demand.period) return weightless(time_query(*demand.period));
    std::vector<Xapian::Query> terms(demand.terms.begin(), demand.terms.end());
    return terms.empty() ? nothing() : weightless(joined(Xapian::Query::OP_OR, terms));
  }

  static Xapian::Query time_query(const Period& period) {
    constexpr auto kSlot = static_cast<Xapian::valueno>(Slot::date);
    const auto value = [](std::int64_t seconds) {
      return Xapian::sortable_serialise(static_cast<double>(seconds));
    };
    if (!period.end_seconds)
      return {Xapian::Query::OP_VALUE_GE, kSlot, value(*period.begin_seconds)};
    const std::string last = value(*period.end_seconds - 1);
    const std::string first = value(period.begin_seconds.value_or(kEarliest));
    return {Xapian::Query::OP_VALUE_RANGE, kSlot, first, last};
  }

  // Patterns and misspelt words ----------------------------------------------------------------

  Xapian::Query expansion_query(const Demand& demand, Need need) {
    if (demand.expansions.empty()) return nothing();
    const Xapian::Query anywhere = best_of(demand.expansions);
    Xapian::Query query = anywhere;
    if (demand.field) {
      const Terms there = terms_in(demand.expansions, *demand.field);
      if (there.empty()) return nothing();
      const Xapian::Query in_field(Xapian::Query::OP_OR, there.begin(), there.end());
      const bool is_bare = field_of(*demand.field).is_bare;
      query = is_bare ? Xapian::Query(Xapian::Query::OP_FILTER, anywhere, in_field)
                      : weightless(in_field);
    }
    return demand.is_exact ? as_written(demand, query, need) : query;
  }

  using Word = std::vector<IndexWord>::const_iterator;

  /// The words rank like one; with a typing error they count half, with two a quarter.
  ///
  /// A word ranks among those with at most as many errors as it has, among those with at most one
  /// more, and so on, and what these add up to is its share. (docs/decisions/0027 says why this is
  /// no OP_MAX.)
  static Xapian::Query best_of(const std::vector<IndexWord>& expansions) {
    constexpr double kOfEachError = .5;
    const auto rank_of = [&](Word end) { return synonyms(terms_of(expansions.begin(), end), 1); };
    const std::size_t fewest = expansions.front().errors;
    if (fewest == expansions.back().errors)
      return scaled(rank_of(expansions.end()), std::pow(kOfEachError, fewest));
    std::vector<Xapian::Query> sum;
    for (auto end = expansions.begin(); end != expansions.end();) {
      const std::size_t errors = end->errors;
      end = std::find_if(end, expansions.end(),
                         [&](const IndexWord& word) { return word.errors > errors; });
      const double next = end == expansions.end() ? 0 : std::pow(kOfEachError, end->errors);
      const double share = std::pow(kOfEachError, errors) - next;
      sum.push_back(scaled(rank_of(end), share / kOfEachError));
    }
    return scaled(joined(Xapian::Query::OP_OR, sum), kOfEachError);
  }

  /// Each once.
  static Terms terms_of(Word first, Word end) {
    Terms terms;
    for (; first != end; ++first)
      for (const std::string& term : first->terms)
        if (!term.empty()) terms.push_back(term);
    std::ranges::sort(terms);
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
    return terms;
  }

  Terms terms_in(const std::vector<IndexWord>& expansions, FieldId field) const {
    Terms terms;
    for (const std::string& term : terms_of(expansions.begin(), expansions.end()))
      terms.push_back(fmt::format("{}{}", field_of(field).prefix, term));
    std::erase_if(terms, [&](const std::string& term) { return !languages_.has_term(term); });
    return terms;
  }

  // Words as they are written, and near each other -------------------------------------------

  Xapian::Query as_written(const Demand& demand, const Xapian::Query& query, Need need) {
    Written written{{}, demand.field};
    for (Language language = 0; language < languages_.count(); ++language)
      written.operands.push_back(operand_of(demand, language));
    if (need == Need::by_some) return written_there(query, std::move(written));
    return tested(query, written_test(std::move(written), languages_), need);
  }

  Xapian::Query written_there(const Xapian::Query& query, Written&& written) {
    reads_text_ = true;
    if (!written_ || written_->size() == WrittenWords::kMost)
      written_ = std::make_shared<WrittenWords>(languages_, articles_);
    const std::size_t number = written_->add(std::move(written));
    return {Xapian::Query::OP_FILTER, query, written_filter(written_, number)};
  }

  Xapian::Query near_query(const Demand& demand, Need need) {
    const bool has_positions = positions_ == Positions::all && !demand.field;
    if (has_positions && std::ranges::all_of(demand.parts, is_one_word)) return window(demand);
    Neighbours neighbours{{}, demand.distance, demand.field};
    for (Language language = 0; language < languages_.count(); ++language) {
      neighbours.operands.emplace_back();
      for (const Demand& part : demand.parts)
        neighbours.operands.back().push_back(operand_of(part, language));
    }
    return tested(joined(Xapian::Query::OP_AND, queries_of(demand.parts, need)),
                  near_test(std::move(neighbours), languages_), need, kCostOfNear);
  }

  /// What of the query passes the test.
  Xapian::Query tested(const Xapian::Query& query, TextTest&& test, Need need,
                       std::size_t cost = 0) {
    reads_text_ = true;
    if (need == Need::by_some)
      return {Xapian::Query::OP_FILTER, query, text_filter(std::move(test), articles_, cost)};
    tests_.push_back(std::move(test));
    return query;
  }

  /// What a place in the index can tell: a word, or one of several, whatever they count.
  static bool is_one_word(const Demand& demand) {
    if (!demand.is_plain() || demand.is_exact) return false;
    if (demand.kind == Kind::words) return demand.words.size() == 1;
    if (demand.kind == Kind::any) return std::ranges::all_of(demand.parts, is_one_word);
    return demand.kind == Kind::expansion;
  }

  Xapian::Query window(const Demand& demand) const {
    std::vector<Xapian::Query> queries;
    for (const Demand& part : demand.parts) {
      const Terms terms = terms_of_one(part);
      if (terms.empty()) return nothing();
      queries.emplace_back(Xapian::Query::OP_OR, terms.begin(), terms.end());
    }
    return {Xapian::Query::OP_NEAR, queries.begin(), queries.end(),
            static_cast<Xapian::termcount>(demand.distance + 1)};
  }

  Terms terms_of_one(const Demand& demand) const {
    if (demand.kind == Kind::words) return terms_of(demand.words[0], {});
    if (demand.kind == Kind::expansion)
      return terms_of(demand.expansions.begin(), demand.expansions.end());
    Terms terms;
    for (const Demand& part : demand.parts)
      std::ranges::move(terms_of_one(part), std::back_inserter(terms));
    return terms;
  }

  static Operand operand_of(const Demand& demand, Language language) {
    if (demand.kind == Kind::words) return {sequence_of(demand, language)};
    if (demand.kind == Kind::expansion) return {{test_of(demand, language)}};
    Operand operand;
    for (const Demand& part : demand.parts)
      std::ranges::move(operand_of(part, language), std::back_inserter(operand));
    return operand;
  }

  static WordSequence sequence_of(const Demand& demand, Language language) {
    WordSequence sequence;
    for (const QueryWord& word : demand.words) {
      sequence.push_back({{word.terms[language]}, {}});
      if (demand.is_exact) sequence.back().forms.push_back(word.folded);
    }
    return sequence;
  }

  static WordTest test_of(const Demand& demand, Language language) {
    WordTest test;
    for (const IndexWord& word : demand.expansions) {
      if (word.terms[language].empty()) continue;
      test.terms.push_back(word.terms[language]);
      if (demand.is_exact) test.forms.push_back(folded(word.written));
    }
    std::ranges::sort(test.forms);
    return test;
  }

  // Words --------------------------------------------------------------------------------------

  Xapian::Query every_word(const std::vector<QueryWord>& words, Xapian::termcount wqf) const {
    std::vector<Xapian::Query> queries;
    for (const std::vector<QueryWord>& unit : units_of(words)) {
      const bool is_one = !is_pair(unit);
      queries.push_back(is_one ? synonyms(terms_of(unit[0], {}), wqf)
                               : Xapian::Query(unit[1].pair, wqf));
    }
    return joined(Xapian::Query::OP_AND, queries);
  }

  Xapian::Query neighbours_query(const std::vector<QueryWord>& words,
                                 const std::optional<FieldId>& field, Need need) {
    const std::string_view prefix = field ? field_of(*field).prefix : std::string_view();
    if (is_pair(words)) return Xapian::Query(fmt::format("{}{}", prefix, words[1].pair));
    const bool has_positions = positions_ == Positions::all && prefix.empty();
    std::vector<Xapian::Query> queries;
    for (const Terms& terms : phrases_of(words, prefix))
      queries.push_back(has_positions ? phrase(terms) : all_of(terms));
    const Xapian::Query found = joined(Xapian::Query::OP_OR, queries);
    if (words.size() == 1 || has_positions) return found;
    return tested(found, in_text(words, field), need);
  }

  static Xapian::Query phrase(const Terms& terms) {
    if (terms.size() == 1) return Xapian::Query(terms[0]);
    return {Xapian::Query::OP_PHRASE, terms.begin(), terms.end(),
            static_cast<Xapian::termcount>(terms.size())};
  }

  /// What has the words, wherever they stand.
  static Xapian::Query all_of(const Terms& terms) {
    return {Xapian::Query::OP_AND, terms.begin(), terms.end()};
  }

  TextTest in_text(const std::vector<QueryWord>& words, const std::optional<FieldId>& field) const {
    Phrase phrase{std::vector<Terms>(languages_.count()), field};
    for (Language language = 0; language < languages_.count(); ++language)
      for (const QueryWord& word : words) phrase.terms[language].push_back(word.terms[language]);
    return phrase_test(std::move(phrase), languages_);
  }

  /// The word's terms in all languages but some; of several only those that the index has.
  Terms terms_of(const QueryWord& word, const std::vector<Language>& but) const {
    Terms terms;
    for (Language language = 0; language < word.terms.size(); ++language)
      if (std::ranges::find(but, language) == but.end()) terms.push_back(word.terms[language]);
    return known(std::move(terms),
                 [&](const std::string& term) { return languages_.has_term(term); });
  }

  /// The terms, with their prefix, that stand side by side in each language.
  std::vector<Terms> phrases_of(const std::vector<QueryWord>& words,
                                std::string_view prefix) const {
    std::vector<Terms> phrases(languages_.count());
    for (Language language = 0; language < phrases.size(); ++language)
      for (const QueryWord& word : words)
        phrases[language].push_back(fmt::format("{}{}", prefix, word.terms[language]));
    return known(std::move(phrases), [&](const Terms& terms) {
      return std::ranges::all_of(
          terms, [&](const std::string& term) { return languages_.has_term(term); });
    });
  }

  /// Of several, those that are known, each once; the first where none is.
  template <typename Item, typename IsKnown>
  static std::vector<Item> known(std::vector<Item> items, IsKnown&& is_known) {
    std::vector<Item> kept;
    for (Item& item : items)
      if (std::ranges::find(kept, item) == kept.end()) kept.push_back(std::move(item));
    if (kept.size() == 1) return kept;
    const Item first = kept.front();
    std::erase_if(kept, [&](const Item& item) { return !is_known(item); });
    return kept.empty() ? std::vector<Item>{first} : kept;
  }

  /// The queries of parts that stand on one level, a word that comes again joined to its first.
  std::vector<Xapian::Query> queries_of(const std::vector<Demand>& parts, Need need) {
    std::vector<Xapian::Query> queries;
    for_each_once(parts, [&](const Demand& part, Xapian::termcount wqf) {
      queries.push_back(query_of(part, wqf, need));
    });
    return queries;
  }

  /// The same where all are needed: but articles in a language that leaves a word out need not have
  /// it.
  std::vector<Xapian::Query> needed_queries_of(const std::vector<Demand>& parts, Need need) {
    std::vector<Xapian::Query> queries;
    for_each_once(parts, [&](const Demand& part, Xapian::termcount wqf) {
      const bool is_for_some = !part.left_out_in.empty();
      queries.push_back(query_of(part, wqf, is_for_some ? Need::by_some : need));
      if (is_for_some) queries.back() |= written_in(part.left_out_in);
    });
    return queries;
  }

  /// Calls `receive(part, wqf)`.
  template <typename Receive>
  static void for_each_once(const std::vector<Demand>& parts, Receive&& receive) {
    for (auto part = parts.begin(); part != parts.end(); ++part) {
      const auto is_same = [&](const Demand& other) { return asks_the_same(*part, other); };
      if (std::any_of(parts.begin(), part, is_same)) continue;
      const auto wqf = static_cast<Xapian::termcount>(std::count_if(part, parts.end(), is_same));
      receive(*part, std::max<Xapian::termcount>(wqf, 1));
    }
  }

  Xapian::Query written_in(const std::vector<Language>& languages) const {
    std::vector<Xapian::Query> queries;
    for (const Language language : languages)
      for (const std::string& filter : languages_.filters(language)) queries.emplace_back(filter);
    return weightless(joined(Xapian::Query::OP_OR, queries));
  }

  Xapian::Query ranked_query(const std::vector<Demand>& parts, Need need) {
    std::vector<Demand> required;
    std::vector<Demand> optional;
    for (const Demand& part : parts) (part.is_required ? required : optional).push_back(part);
    return {Xapian::Query::OP_AND_MAYBE, joined(Xapian::Query::OP_AND, queries_of(required, need)),
            joined(Xapian::Query::OP_OR, queries_of(optional, Need::by_some))};
  }

  Xapian::Query except_query(const std::vector<Demand>& parts, Need need) {
    const std::vector<Demand> excluded(parts.begin() + 1, parts.end());
    return {Xapian::Query::OP_AND_NOT, query_of(parts[0], 1, need),
            joined(Xapian::Query::OP_OR, queries_of(excluded, Need::by_some))};
  }

  const IndexLanguages& languages_;
  Positions positions_;
  std::shared_ptr<StoredArticles> articles_;
  std::shared_ptr<WrittenWords> written_;  // what some articles must have
  std::vector<TextTest> tests_;            // which all articles must pass
  bool reads_text_ = false;
};

}  // namespace

BuiltQuery build_query(const Question& question, const IndexLanguages& languages,
                       Positions positions, ArticleCodec& codec, const std::optional<Moment>& now,
                       Match match) {
  const ResolvedQuestion resolved = resolve(question, languages, now, match);
  BuiltQuery built = QueryMaker(languages, positions, codec).built(resolved.demand);
  built.parsed = resolved.text;
  built.can_relax = resolved.can_relax;
  for (Language language = 0; language < languages.count(); ++language)
    built.wanted.push_back(wanted_in(language, resolved.demand));
  return built;
}

}  // namespace lede
