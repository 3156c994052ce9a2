#include "query/build_query.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/error.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/languages.hpp"
#include "corpus/unicode.hpp"
#include "corpus/words.hpp"
#include "query/phrase_filter.hpp"

namespace lede {
namespace {

// A question is first resolved into a Demand: its words become terms, its stop words go, and
// --match has been decided. The query, the text that shows it and the list of wanted words follow
// from that.

/// The number of one of the index's languages.
using Language = std::size_t;

constexpr Language kMainLanguage = 0;  // of most articles

/// A word in each of the index's languages.
struct QueryWord {
  std::string written;
  std::vector<std::string> terms;  ///< without prefix
  std::vector<bool> is_stop_word;
  std::string pair;  ///< with the character right before it, in a script without spaces
};

/// What an article must have.
struct Demand {
  enum class Kind : std::uint8_t {
    nothing,  ///< punctuation or stop words: asks for nothing
    words,    ///< a word, or several as a phrase
    filter,   ///< a term that weighs nothing
    all,
    any,
    ranked,  ///< the required parts; the others only count
    except,  ///< the first part, without the others
  };

  Kind kind = Kind::nothing;
  bool is_required = false;
  std::optional<FieldId> field;       ///< words
  std::vector<QueryWord> words;       ///< words
  std::vector<Language> left_out_in;  ///< words: a single one that articles in these need not have
  std::string term;                   ///< filter
  std::string text;                   ///< words, filter: as `parsed` shows it
  std::vector<Demand> parts;
};

using Kind = Demand::Kind;

bool is_nothing(const Demand& demand) {
  return demand.kind == Kind::nothing;
}

/// One demand for all of the parts.
Demand combined(Kind kind, std::vector<Demand>&& parts) {
  std::erase_if(parts, is_nothing);
  if (parts.empty()) return {};
  if (parts.size() == 1) return std::move(parts[0]);
  Demand demand;
  demand.kind = kind;
  demand.parts = std::move(parts);
  return demand;
}

/// `part` behind `parts`; one of the same kind joins its parts to them.
void append_flat(std::vector<Demand>& parts, Kind kind, Demand&& part) {
  if (part.kind != kind || part.is_required) return parts.push_back(std::move(part));
  std::move(part.parts.begin(), part.parts.end(), std::back_inserter(parts));
}

Demand combined_flat(Kind kind, std::vector<Demand>&& parts) {
  std::vector<Demand> flat;
  for (Demand& part : parts) append_flat(flat, kind, std::move(part));
  return combined(kind, std::move(flat));
}

/// A filter, or a part made of nothing else.
bool is_filter(const Demand& demand) {
  if (demand.kind == Kind::words) return demand.field && !field_of(*demand.field).is_bare;
  if (demand.kind == Kind::except) return is_filter(demand.parts[0]);
  return demand.kind == Kind::filter ||
         (!demand.parts.empty() && std::ranges::all_of(demand.parts, is_filter));
}

// Values of exact fields -------------------------------------------------------------------------

std::string host_value(std::string_view value) {
  const bool is_url = value.find("://") != std::string_view::npos;
  return host_of(is_url ? std::string(value) : fmt::format("http://{}", value));
}

std::string path_value(std::string_view value) {
  std::string path = std::filesystem::absolute(value).lexically_normal().string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

/// The code that articles have for `DE`, `deu` or `German`; what is none of these finds nothing.
std::string language_value(std::string_view value) {
  std::string code = language_code(value);
  return code.empty() ? ascii_lower(value) : code;
}

bool is_period(std::string_view value) {
  const bool has_a_length = value.size() == 4 || value.size() == 7 || value.size() == 10;
  return has_a_length && value.find_first_not_of("0123456789-") == std::string_view::npos;
}

std::string date_term(const std::string& value, std::size_t column) {
  const std::optional<Date> date = is_period(value) ? parse_date(value) : std::nullopt;
  if (date) return date_terms(*date).back();
  throw Error(fmt::format("'{}' at column {} is not a date", printable_line(value), column),
              "write a year, a month or a day: date:2025, date:2025-08, date:2025-08-29");
}

/// The value in the form in which the index has it.
std::string stored_value(const Field& field, std::string_view value) {
  switch (field.kind) {
    case FieldKind::path:
      return path_value(value);
    case FieldKind::exact:
      if (field.field == FieldId::host) return host_value(value);
      if (field.field == FieldId::language) return language_value(value);
      return std::string(value);
    case FieldKind::text:
    case FieldKind::date:
      break;
  }
  return std::string(value);
}

/// `value` as a question can hold it behind a field's name.
std::string quoted_value(std::string_view value) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:._-";
  const bool is_plain = value.find_first_not_of(kPlain) == std::string_view::npos;
  return is_plain && !value.starts_with("//") ? std::string(value) : fmt::format("\"{}\"", value);
}

Demand make_filter(const Question& question) {
  const Field& field = field_of(*question.field);
  const std::string value = stored_value(field, trimmed(question.text));
  Demand demand;
  demand.kind = Kind::filter;
  demand.term = field.kind == FieldKind::date ? date_term(value, question.column)
                                              : exact_term(field.prefix, value);
  demand.text = fmt::format("{}:{}", field.name, quoted_value(value));
  return demand;
}

// Words ------------------------------------------------------------------------------------------

QueryWord query_word(const Word& word, const IndexLanguages& languages) {
  QueryWord result{std::string(word.written), {}, {}, std::string(word.pair)};
  for (Language language = 0; language < languages.count(); ++language) {
    const Meaning& meaning = languages.analyzer(language).meaning_of(word);
    result.terms.push_back(meaning.term);
    result.is_stop_word.push_back(meaning.is_query_stop_word);
  }
  return result;
}

std::vector<QueryWord> words_of(std::string_view text, const IndexLanguages& languages) {
  std::vector<QueryWord> words;
  WordReader reader(text);
  for (Word word; reader.next(word);) words.push_back(query_word(word, languages));
  return words;
}

/// Whether some of the words are characters in a row.
bool has_pair(const std::vector<QueryWord>& words) {
  return std::ranges::any_of(words, [](const QueryWord& word) { return !word.pair.empty(); });
}

/// Whether the words are two characters in a row, for which the index has a term.
bool is_pair(const std::vector<QueryWord>& words) {
  return words.size() == 2 && !words[1].pair.empty();
}

/// What can be asked for by itself: each word, and of characters in a row each pair.
std::vector<std::vector<QueryWord>> units_of(const std::vector<QueryWord>& words) {
  std::vector<std::vector<QueryWord>> units;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].pair.empty()) {
      units.push_back({words[i - 1], words[i]});
      units.back()[0].pair.clear();
    } else if (i + 1 == words.size() || words[i + 1].pair.empty()) {
      units.push_back({words[i]});
    }
  }
  return units;
}

std::string in_field(const std::optional<FieldId>& field, std::string_view text) {
  return field ? fmt::format("{}:{}", field_of(*field).name, text) : std::string(text);
}

/// A demand for the words as neighbours; `joint` stands between them where they are shown.
Demand neighbours(const std::vector<QueryWord>& words, const std::optional<FieldId>& field,
                  std::string_view joint) {
  if (words.empty()) return {};
  Demand demand;
  demand.kind = Kind::words;
  demand.field = field;
  for (const QueryWord& word : words) {
    if (!demand.text.empty() && word.pair.empty()) demand.text.append(joint);
    demand.text.append(word.written);
  }
  demand.words = words;
  return demand;
}

Demand phrase_of(const std::vector<QueryWord>& words, const std::optional<FieldId>& field) {
  Demand demand = neighbours(words, field, " ");
  demand.text = in_field(field, fmt::format("\"{}\"", demand.text));
  return demand;
}

Demand word_of(const std::vector<QueryWord>& words, const std::optional<FieldId>& field) {
  Demand demand = neighbours(words, field, "-");
  demand.text = in_field(field, demand.text);
  return demand;
}

// Resolving --------------------------------------------------------------------------------------

/// Turns a question into a demand under one of the two ways to match.
class Resolver {
 public:
  Resolver(const IndexLanguages& languages, Match match) : languages_(languages), match_(match) {}

  /// Stop words of a language count when without them nothing would be left to ask in it.
  Demand resolve(const Question& question) {
    leaves_out_.clear();
    for (Language language = 0; language < languages_.count(); ++language)
      leaves_out_.push_back(asks_more_than_stop_words(question, language));
    return resolve_part(question);
  }

  bool can_relax() const { return can_relax_; }

 private:
  bool asks_more_than_stop_words(const Question& question, Language language) const {
    switch (question.kind) {
      case Question::Kind::word:
        return asks_more_than_a_stop_word(question, language);
      case Question::Kind::phrase:
        return is_exact(question) || has_words(question);
      case Question::Kind::except:
        return has_words(question.parts[0]);
      case Question::Kind::sequence:
      case Question::Kind::all_of:
      case Question::Kind::any_of:
        break;
    }
    return std::ranges::any_of(question.parts, [&](const Question& part) {
      return asks_more_than_stop_words(part, language);
    });
  }

  bool asks_more_than_a_stop_word(const Question& question, Language language) const {
    if (is_exact(question)) return true;
    const std::vector<QueryWord> words = words_of(question.text, languages_);
    const bool is_phrase = words.size() > 1 && match_ != Match::any;
    if (is_phrase || keeps_stop_words(question)) return !words.empty();
    return std::ranges::any_of(words,
                               [&](const QueryWord& word) { return !word.is_stop_word[language]; });
  }

  static bool has_words(const Question& question) {
    Word word;
    return WordReader(question.text).next(word) || std::ranges::any_of(question.parts, has_words);
  }

  Demand resolve_part(const Question& question) {
    Demand demand = resolve_kind(question);
    demand.is_required = demand.is_required || question.is_required;
    return demand;
  }

  Demand resolve_kind(const Question& question) {
    switch (question.kind) {
      case Question::Kind::word:
        return resolve_word(question);
      case Question::Kind::phrase:
        return resolve_phrase(question);
      case Question::Kind::sequence:
        return side_by_side(resolve_parts(question));
      case Question::Kind::all_of:
        return combined_flat(Kind::all, resolve_parts(question));
      case Question::Kind::any_of:
        return combined_flat(Kind::any, resolve_parts(question));
      case Question::Kind::except:
        return resolve_exception(question);
    }
    return {};
  }

  std::vector<Demand> resolve_parts(const Question& question) {
    std::vector<Demand> parts;
    for (const Question& part : question.parts) parts.push_back(resolve_part(part));
    return parts;
  }

  Demand resolve_phrase(const Question& question) const {
    if (is_exact(question)) return make_filter(question);
    return phrase_of(words_of(question.text, languages_), question.field);
  }

  Demand resolve_word(const Question& question) {
    if (is_exact(question)) return make_filter(question);
    const std::vector<QueryWord> words = words_of(question.text, languages_);
    if (words.size() == 1 && !keeps_stop_words(question)) return optional_word(words[0]);
    if (words.size() == 1 || question.is_required || is_strict(question))
      return word_of(words, question.field);
    can_relax_ = can_relax_ || !words.empty();
    return match_ == Match::any ? any_word(words, question.field) : word_of(words, question.field);
  }

  /// A bare word, left out where it is a stop word: a stop word of the language of most articles
  /// in all of them, since most questions are asked in it.
  Demand optional_word(const QueryWord& word) const {
    if (is_left_out(word, kMainLanguage)) return {};
    Demand demand = word_of({word}, std::nullopt);
    for (Language language = 0; language < languages_.count(); ++language)
      if (is_left_out(word, language)) demand.left_out_in.push_back(language);
    return demand;
  }

  bool is_left_out(const QueryWord& word, Language language) const {
    return word.is_stop_word[language] && leaves_out_[language];
  }

  Demand any_word(const std::vector<QueryWord>& words, const std::optional<FieldId>& field) const {
    std::vector<Demand> parts;
    for (const std::vector<QueryWord>& unit : units_of(words))
      parts.push_back(field || is_pair(unit) ? word_of(unit, field) : optional_word(unit[0]));
    return combined(Kind::any, std::move(parts));
  }

  Demand side_by_side(std::vector<Demand>&& parts) {
    std::erase_if(parts, is_nothing);
    const auto is_optional = [](const Demand& part) {
      return !part.is_required && !is_filter(part);
    };
    can_relax_ = can_relax_ || std::ranges::count_if(parts, is_optional) > 1;
    if (match_ != Match::any) return combined_flat(Kind::all, std::move(parts));
    std::vector<Demand> ranked;
    std::vector<Demand> demanded;
    for (Demand& part : parts) (is_filter(part) ? demanded : ranked).push_back(std::move(part));
    append_flat(demanded, Kind::all, ranked_by(std::move(ranked)));
    return combined(Kind::all, std::move(demanded));
  }

  /// Of parts that rank: what has a `+` must be there; without such parts, any of them.
  static Demand ranked_by(std::vector<Demand>&& parts) {
    const auto required = std::ranges::count_if(parts, &Demand::is_required);
    if (required == 0) return combined_flat(Kind::any, std::move(parts));
    const bool has_optional = required < std::ssize(parts);
    return combined(has_optional ? Kind::ranked : Kind::all, std::move(parts));
  }

  /// What is left out is read strictly: `any` must not leave out more than was asked for.
  Demand resolve_exception(const Question& question) {
    Resolver first(languages_, match_);
    std::vector<Demand> parts{first.resolve(question.parts[0])};
    can_relax_ = can_relax_ || first.can_relax();
    if (is_nothing(parts[0])) return {};
    for (std::size_t i = 1; i < question.parts.size(); ++i)
      parts.push_back(Resolver(languages_, Match::all).resolve(question.parts[i]));
    return combined(Kind::except, std::move(parts));
  }

  static bool keeps_stop_words(const Question& question) {
    return question.is_required || question.field.has_value();
  }

  static bool is_strict(const Question& question) {
    return question.field && !field_of(*question.field).is_bare;
  }

  static bool is_exact(const Question& question) {
    return question.field && field_of(*question.field).kind != FieldKind::text;
  }

  const IndexLanguages& languages_;
  Match match_;
  std::vector<bool> leaves_out_;  // for each language whether its stop words are left out
  bool can_relax_ = false;
};

// The query --------------------------------------------------------------------------------------

/// The queries joined by OR or AND.
Xapian::Query joined(Xapian::Query::op op, const std::vector<Xapian::Query>& queries) {
  if (queries.size() == 1) return queries[0];
  return {op, queries.begin(), queries.end()};
}

Xapian::Query weightless(const Xapian::Query& query) {
  return {Xapian::Query::OP_SCALE_WEIGHT, query, 0};
}

/// One term, or several that rank like one.
Xapian::Query synonyms(const std::vector<std::string>& terms, Xapian::termcount wqf) {
  if (terms.size() == 1) return {terms[0], wqf};
  const Xapian::Query each(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end());
  if (wqf == 1) return each;
  return {Xapian::Query::OP_SCALE_WEIGHT, each,
          (kRepeatSaturation + 1) * wqf / (kRepeatSaturation + wqf)};
}

bool asks_the_same(const Demand& a, const Demand& b) {
  return a.kind == Kind::words && b.kind == Kind::words && a.field == b.field &&
         std::ranges::equal(a.words, b.words, {}, &QueryWord::terms, &QueryWord::terms);
}

/// Makes a demand Xapian's, over an index of some languages.
class QueryMaker {
 public:
  QueryMaker(const IndexLanguages& languages, Positions positions, ArticleCodec& codec)
      : languages_(languages),
        positions_(positions),
        articles_(std::make_shared<StoredArticles>(languages.index(), codec)) {}

  Xapian::Query query_of(const Demand& demand) const {
    switch (demand.kind) {
      case Kind::nothing:
        return {};
      case Kind::words:
        return words_query(demand, 1);
      case Kind::filter:
        return weightless(Xapian::Query(demand.term));
      case Kind::all:
        return joined(Xapian::Query::OP_AND, queries_of(demand.parts, true));
      case Kind::any:
        return joined(Xapian::Query::OP_OR, queries_of(demand.parts));
      case Kind::ranked:
        return ranked_query(demand.parts);
      case Kind::except:
        return except_query(demand.parts);
    }
    return {};
  }

 private:
  using Terms = std::vector<std::string>;

  Xapian::Query words_query(const Demand& demand, Xapian::termcount wqf) const {
    if (!demand.field) return bare_query(demand, wqf);
    const Field& field = field_of(*demand.field);
    const Xapian::Query there = neighbours_query(demand.words, demand.field);
    if (!field.is_bare) return weightless(there);
    return {Xapian::Query::OP_FILTER, every_word(demand.words, wqf), there};
  }

  Xapian::Query bare_query(const Demand& demand, Xapian::termcount wqf) const {
    if (demand.words.size() == 1) return bare_word(demand, wqf);
    if (is_pair(demand.words)) return {demand.words[1].pair, wqf};
    const Xapian::Query neighbours = neighbours_query(demand.words, {});
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
                                 const std::optional<FieldId>& field) const {
    const std::string_view prefix = field ? field_of(*field).prefix : std::string_view();
    if (is_pair(words)) return Xapian::Query(fmt::format("{}{}", prefix, words[1].pair));
    const bool has_positions = positions_ == Positions::all && prefix.empty();
    std::vector<Xapian::Query> queries;
    for (const Terms& terms : phrases_of(words, prefix))
      queries.push_back(has_positions ? phrase(terms) : all_of(terms));
    const Xapian::Query found = joined(Xapian::Query::OP_OR, queries);
    if (words.size() == 1 || has_positions) return found;
    return {Xapian::Query::OP_FILTER, found, in_text(words, field)};
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

  Xapian::Query in_text(const std::vector<QueryWord>& words,
                        const std::optional<FieldId>& field) const {
    Phrase phrase{std::vector<Terms>(languages_.count()), field};
    for (Language language = 0; language < languages_.count(); ++language)
      for (const QueryWord& word : words) phrase.terms[language].push_back(word.terms[language]);
    return phrase_filter(std::move(phrase), languages_, articles_);
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
  /// Where all are needed, articles in a language that leaves a word out need not have it.
  std::vector<Xapian::Query> queries_of(const std::vector<Demand>& parts,
                                        bool are_all_needed = false) const {
    std::vector<Xapian::Query> queries;
    for (auto part = parts.begin(); part != parts.end(); ++part) {
      const auto is_same = [&](const Demand& other) { return asks_the_same(*part, other); };
      if (std::any_of(parts.begin(), part, is_same)) continue;
      const auto wqf = static_cast<Xapian::termcount>(std::count_if(part, parts.end(), is_same));
      queries.push_back(wqf > 0 ? words_query(*part, wqf) : query_of(*part));
      if (are_all_needed && !part->left_out_in.empty())
        queries.back() |= written_in(part->left_out_in);
    }
    return queries;
  }

  Xapian::Query written_in(const std::vector<Language>& languages) const {
    std::vector<Xapian::Query> queries;
    for (const Language language : languages)
      for (const std::string& filter : languages_.filters(language)) queries.emplace_back(filter);
    return weightless(joined(Xapian::Query::OP_OR, queries));
  }

  Xapian::Query ranked_query(const std::vector<Demand>& parts) const {
    std::vector<Demand> required;
    std::vector<Demand> optional;
    for (const Demand& part : parts) (part.is_required ? required : optional).push_back(part);
    return {Xapian::Query::OP_AND_MAYBE, joined(Xapian::Query::OP_AND, queries_of(required)),
            joined(Xapian::Query::OP_OR, queries_of(optional))};
  }

  Xapian::Query except_query(const std::vector<Demand>& parts) const {
    const std::vector<Demand> excluded(parts.begin() + 1, parts.end());
    return {Xapian::Query::OP_AND_NOT, query_of(parts[0]),
            joined(Xapian::Query::OP_OR, queries_of(excluded))};
  }

  const IndexLanguages& languages_;
  Positions positions_;
  std::shared_ptr<StoredArticles> articles_;
};

// The question as it was understood --------------------------------------------------------------

std::string text_of(const Demand& demand);

std::string operand_text(const Demand& part) {
  const std::string text = part.parts.empty() ? text_of(part) : fmt::format("({})", text_of(part));
  return part.is_required ? fmt::format("+{}", text) : text;
}

std::string joined_text(const std::vector<Demand>& parts, std::string_view joint) {
  std::vector<std::string> operands;
  for (const Demand& part : parts) operands.push_back(operand_text(part));
  return fmt::format("{}", fmt::join(operands, joint));
}

/// `a AND b AND NOT c`: NOT and AND bind alike, so that such a beginning needs no brackets.
std::string except_text(std::vector<Demand> parts) {
  const bool is_plain = parts[0].kind == Kind::all && !parts[0].is_required;
  const std::string first = is_plain ? text_of(parts[0]) : operand_text(parts[0]);
  for (Demand& part : parts) part.is_required = false;
  parts.erase(parts.begin());
  return fmt::format("{} AND NOT {}", first, joined_text(parts, " AND NOT "));
}

std::string text_of(const Demand& demand) {
  switch (demand.kind) {
    case Kind::nothing:
      return {};
    case Kind::words:
    case Kind::filter:
      return demand.text;
    case Kind::all:
      return joined_text(demand.parts, " AND ");
    case Kind::any:
      return joined_text(demand.parts, " OR ");
    case Kind::ranked:
      return joined_text(demand.parts, " ");
    case Kind::except:
      return except_text(demand.parts);
  }
  return {};
}

// What snippets show -----------------------------------------------------------------------------

void collect_words(const Demand& demand, Language language, std::vector<Wanted>& wanted) {
  if (std::ranges::find(demand.left_out_in, language) != demand.left_out_in.end()) return;
  Wanted words{{}, demand.field};
  for (const QueryWord& word : demand.words) words.terms.push_back(word.terms[language]);
  if (std::ranges::find(wanted, words) == wanted.end()) wanted.push_back(std::move(words));
}

void collect_wanted(const Demand& demand, Language language, std::vector<Wanted>& wanted) {
  if (demand.kind == Kind::words) return collect_words(demand, language, wanted);
  for (const Demand& part : demand.parts) {
    collect_wanted(part, language, wanted);
    if (demand.kind == Kind::except) return;
  }
}

std::string top_text(const Demand& demand) {
  return demand.is_required ? operand_text(demand) : text_of(demand);
}

}  // namespace

std::string_view name_of(Match match) {
  switch (match) {
    case Match::automatic:
      return "auto";
    case Match::all:
      return "all";
    case Match::any:
      return "any";
  }
  return {};
}

BuiltQuery build_query(const Question& question, const IndexLanguages& languages,
                       Positions positions, ArticleCodec& codec, Match match) {
  Resolver resolver(languages, match);
  const Demand demand = resolver.resolve(question);
  if (is_nothing(demand))
    throw Error("there is no word to look for", "give words, as in: crude oil");
  BuiltQuery built;
  built.query = QueryMaker(languages, positions, codec).query_of(demand);
  built.parsed = top_text(demand);
  built.can_relax = resolver.can_relax();
  built.wanted.resize(languages.count());
  for (Language language = 0; language < languages.count(); ++language)
    collect_wanted(demand, language, built.wanted[language]);
  return built;
}

}  // namespace lede
