#include "query/resolve.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/words.hpp"
#include "query/value_filters.hpp"

namespace lede {
namespace {

using Kind = Demand::Kind;

/// One demand for all of the parts.
Demand combined(Kind kind, std::vector<Demand>&& parts) {
  std::erase_if(parts, [](const Demand& part) { return part.is_nothing(); });
  if (parts.empty()) return {};
  if (parts.size() == 1) return std::move(parts[0]);
  Demand demand;
  demand.kind = kind;
  demand.parts = std::move(parts);
  return demand;
}

/// `part` behind `parts`; one of the same kind joins its parts to them.
void append_flat(std::vector<Demand>& parts, Kind kind, Demand&& part) {
  if (part.kind != kind || !part.is_plain()) return parts.push_back(std::move(part));
  std::move(part.parts.begin(), part.parts.end(), std::back_inserter(parts));
}

Demand combined_flat(Kind kind, std::vector<Demand>&& parts) {
  std::vector<Demand> flat;
  for (Demand& part : parts) append_flat(flat, kind, std::move(part));
  return combined(kind, std::move(flat));
}

// Words ------------------------------------------------------------------------------------------

QueryWord query_word(const Word& word, const IndexLanguages& languages) {
  QueryWord result{
      std::string(word.written), std::string(word.folded), {}, {}, std::string(word.pair)};
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

/// With what stands around its words where the question is shown.
Demand shown_with(Demand demand, bool is_exact, std::string_view quote) {
  demand.is_exact = is_exact;
  demand.text =
      in_field(demand.field, fmt::format("{0}{1}{2}{1}", is_exact ? "=" : "", quote, demand.text));
  return demand;
}

Demand phrase_of(const std::vector<QueryWord>& words, const std::optional<FieldId>& field,
                 bool is_exact = false) {
  return shown_with(neighbours(words, field, " "), is_exact, "\"");
}

Demand word_of(const std::vector<QueryWord>& words, const std::optional<FieldId>& field,
               bool is_exact = false) {
  return shown_with(neighbours(words, field, "-"), is_exact, "");
}

/// As many patterns and misspelt words as there are.
std::size_t count_expanded(const Question& question) {
  const bool is_one =
      question.kind == Question::Kind::pattern || question.kind == Question::Kind::misspelt;
  std::size_t count = is_one ? 1 : 0;
  for (const Question& part : question.parts) count += count_expanded(part);
  return count;
}

/// The years that the index has articles of, in order.
std::vector<int> years_of(const Xapian::Database& index) {
  std::vector<int> years;
  const std::string prefix(kYearPrefix);
  for (auto term = index.allterms_begin(prefix); term != index.allterms_end(prefix); ++term) {
    const std::string name = *term;
    int year = 0;
    const char* const end = name.data() + name.size();
    if (std::from_chars(name.data() + prefix.size(), end, year).ptr == end) years.push_back(year);
  }
  return years;
}

// Resolving --------------------------------------------------------------------------------------

/// What all parts of a question are resolved with.
struct Asked {
  const IndexLanguages& languages;
  const std::optional<Moment>& now;
  Expander& expander;
  std::size_t expansions;  ///< words that a pattern may stand for
};

/// Turns a question into a demand under one of the two ways to match.
class Resolver {
 public:
  /// Where sequences are kept, what stands side by side is shown so (as Kind::ranked), not as
  /// `match` reads it.
  Resolver(const Asked& asked, Match match, bool keeps_sequences = false)
      : asked_(asked),
        languages_(asked.languages),
        match_(match),
        keeps_sequences_(keeps_sequences) {}

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
        return is_value(question) || has_words(question);
      case Question::Kind::except:
        return has_words(question.parts[0]);
      case Question::Kind::pattern:
      case Question::Kind::misspelt:
      case Question::Kind::near:
        return true;
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
    if (is_value(question)) return true;
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
    demand.weight *= question.weight;
    demand.is_required = demand.is_required || question.is_required;
    return demand;
  }

  Demand resolve_kind(const Question& question) {
    switch (question.kind) {
      case Question::Kind::word:
        return resolve_word(question);
      case Question::Kind::phrase:
        return resolve_phrase(question);
      case Question::Kind::pattern:
      case Question::Kind::misspelt:
        return resolve_expanded(question);
      case Question::Kind::near:
        return resolve_near(question);
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

  Demand resolve_value(const Question& question) const {
    if (field_of(*question.field).kind != FieldKind::date)
      return value_filter(question, asked_.languages.index());
    return date_filter(question, years_of(languages_.index()),
                       asked_.now ? *asked_.now : moment_at(std::time(nullptr)));
  }

  Demand resolve_phrase(const Question& question) const {
    if (is_value(question)) return resolve_value(question);
    return phrase_of(words_of(question.text, languages_), question.field, question.is_exact);
  }

  Demand resolve_word(const Question& question) {
    if (is_value(question)) return resolve_value(question);
    const std::vector<QueryWord> words = words_of(question.text, languages_);
    if (words.size() == 1 && !keeps_stop_words(question)) return optional_word(words[0]);
    if (words.size() == 1 || question.is_required || question.is_exact || is_strict(question))
      return word_of(words, question.field, question.is_exact);
    can_relax_ = can_relax_ || !words.empty();
    const bool is_split = match_ == Match::any && !keeps_sequences_;
    return is_split ? any_word(words, question.field) : word_of(words, question.field);
  }

  Demand resolve_expanded(const Question& question) const {
    const bool is_pattern = question.kind == Question::Kind::pattern;
    Demand demand;
    demand.kind = Kind::expansion;
    demand.is_exact = question.is_exact;
    demand.field = question.field;
    demand.expansions = is_pattern ? matching(question)
                                   : asked_.expander.similar(question.text, question.distance,
                                                             question.field, asked_.expansions);
    const std::string suffix = is_pattern ? "" : fmt::format("~{}", question.distance);
    demand.text = in_field(
        question.field, fmt::format("{}{}{}", question.is_exact ? "=" : "", question.text, suffix));
    return demand;
  }

  std::vector<IndexWord> matching(const Question& question) const {
    try {
      return asked_.expander.matching(question.text, question.field, asked_.expansions);
    } catch (const Error& error) {
      if (error.status() != ExitStatus::usage) throw;
      throw QuestionError(error.what(), error.hint(), question.column);
    }
  }

  /// All of its words count, as in a phrase.
  Demand resolve_near(const Question& question) const {
    Resolver every_word(asked_, Match::all);
    every_word.leaves_out_.assign(languages_.count(), false);
    Demand demand;
    demand.kind = Kind::near;
    demand.distance = question.distance;
    demand.field = question.field;
    demand.parts = every_word.resolve_parts(question);
    return demand;
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
    std::erase_if(parts, [](const Demand& part) { return part.is_nothing(); });
    const auto is_optional = [](const Demand& part) {
      return !part.is_required && !is_filter(part);
    };
    can_relax_ = can_relax_ || std::ranges::count_if(parts, is_optional) > 1;
    if (keeps_sequences_) return combined(Kind::ranked, std::move(parts));
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
    Resolver first(asked_, match_, keeps_sequences_);
    std::vector<Demand> parts{first.resolve(question.parts[0])};
    can_relax_ = can_relax_ || first.can_relax();
    if (parts[0].is_nothing()) return {};
    for (std::size_t i = 1; i < question.parts.size(); ++i) {
      Resolver excluded(asked_, Match::all);
      parts.push_back(excluded.resolve(question.parts[i]));
      parts.back().weight = 1;  // what nothing has counts nothing
    }
    return combined(Kind::except, std::move(parts));
  }

  static bool keeps_stop_words(const Question& question) {
    return question.is_required || question.is_exact || question.field.has_value();
  }

  static bool is_strict(const Question& question) {
    return question.field && !field_of(*question.field).is_bare;
  }

  static bool is_value(const Question& question) {
    return question.field && field_of(*question.field).kind != FieldKind::text;
  }

  const Asked& asked_;
  const IndexLanguages& languages_;  // of what is asked
  Match match_;
  bool keeps_sequences_;
  std::vector<bool> leaves_out_;  // for each language whether its stop words are left out
  bool can_relax_ = false;
};

bool has_ranked(const Demand& demand) {
  return demand.kind == Kind::ranked || std::ranges::any_of(demand.parts, has_ranked);
}

}  // namespace

ResolvedQuestion resolve(const Question& question, const IndexLanguages& languages,
                         const std::optional<Moment>& now, Match match) {
  const std::size_t expanded = std::max<std::size_t>(count_expanded(question), 1);
  Expander expander(languages);
  const Asked asked{languages, now, expander, QuestionLimits::kExpansions / expanded};
  Resolver resolver(asked, match);
  ResolvedQuestion resolved{resolver.resolve(question), {}, false};
  if (resolved.demand.is_nothing())
    throw Error("there is no word to look for", "give words, as in: crude oil");
  resolved.can_relax = resolver.can_relax();
  resolved.text = text_of(resolved.demand);
  if (has_ranked(resolved.demand)) {
    // Beside a `+`, words joined by OR would be needed by a stricter match: not what was asked.
    Resolver shown(asked, match, true);
    resolved.text = text_of(shown.resolve(question));
  }
  return resolved;
}

}  // namespace lede
