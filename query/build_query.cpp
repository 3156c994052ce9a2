#include "query/build_query.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/error.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/unicode.hpp"
#include "corpus/words.hpp"

namespace lede {
namespace {

// A question is first resolved into a Demand: its words become terms, its stop words go, and
// --match has been decided. The query, the text that shows it and the list of wanted words follow
// from that.

/// What an article must have.
struct Demand {
  enum class Kind : std::uint8_t {
    nothing,  ///< punctuation or stop words: asks for nothing
    words,    ///< a term, or several as a phrase
    filter,   ///< a term that weighs nothing
    all,
    any,
    ranked,  ///< the required parts; the others only count
    except,  ///< the first part, without the others
  };

  Kind kind = Kind::nothing;
  bool is_required = false;
  std::optional<FieldId> field;    ///< words
  std::vector<std::string> terms;  ///< words: without prefix; filter: the term itself
  std::string text;                ///< words, filter: as `parsed` shows it
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
      if (field.field == FieldId::language) return ascii_lower(value);
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
  demand.terms = {field.kind == FieldKind::date ? date_term(value, question.column)
                                                : exact_term(field.prefix, value)};
  demand.text = fmt::format("{}:{}", field.name, quoted_value(value));
  return demand;
}

// Words ------------------------------------------------------------------------------------------

struct QueryWord {
  std::string folded;
  std::string term;
  bool is_stop_word;
};

std::vector<QueryWord> words_of(std::string_view text, Analyzer& analyzer) {
  std::vector<QueryWord> words;
  WordReader reader(text);
  Word word;
  analyzer.analyze(text, [&](const Token& token) {
    reader.next(word);
    words.push_back({std::string(word.folded), std::string(token.term), token.is_query_stop_word});
  });
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
    if (!demand.text.empty()) demand.text.append(joint);
    demand.text.append(word.folded);
    demand.terms.push_back(word.term);
  }
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
  Resolver(Analyzer& analyzer, Match match) : analyzer_(analyzer), match_(match) {}

  /// Stop words count when without them nothing would be left.
  Demand resolve(const Question& question) {
    Demand demand = resolve_part(question, false);
    return is_nothing(demand) ? resolve_part(question, true) : demand;
  }

  bool can_relax() const { return can_relax_; }

 private:
  Demand resolve_part(const Question& question, bool keeps_stop_words) {
    Demand demand = resolve_kind(question, keeps_stop_words);
    demand.is_required = demand.is_required || question.is_required;
    return demand;
  }

  Demand resolve_kind(const Question& question, bool keeps_stop_words) {
    switch (question.kind) {
      case Question::Kind::word:
        return resolve_word(question, keeps_stop_words);
      case Question::Kind::phrase:
        return resolve_phrase(question);
      case Question::Kind::sequence:
        return side_by_side(resolve_parts(question, keeps_stop_words));
      case Question::Kind::all_of:
        return combined_flat(Kind::all, resolve_parts(question, keeps_stop_words));
      case Question::Kind::any_of:
        return combined_flat(Kind::any, resolve_parts(question, keeps_stop_words));
      case Question::Kind::except:
        return resolve_exception(question);
    }
    return {};
  }

  std::vector<Demand> resolve_parts(const Question& question, bool keeps_stop_words) {
    std::vector<Demand> parts;
    for (const Question& part : question.parts)
      parts.push_back(resolve_part(part, keeps_stop_words));
    return parts;
  }

  Demand resolve_phrase(const Question& question) {
    if (is_exact(question)) return make_filter(question);
    return phrase_of(words_of(question.text, analyzer_), question.field);
  }

  Demand resolve_word(const Question& question, bool keeps_stop_words) {
    if (is_exact(question)) return make_filter(question);
    const std::vector<QueryWord> words = words_of(question.text, analyzer_);
    const bool keeps = keeps_stop_words || question.is_required || question.field.has_value();
    if (words.size() == 1 && words[0].is_stop_word && !keeps) return {};
    if (words.size() == 1 || question.is_required || is_strict(question))
      return word_of(words, question.field);
    can_relax_ = can_relax_ || !words.empty();
    return match_ == Match::any ? any_word(words, question.field, keeps)
                                : word_of(words, question.field);
  }

  static Demand any_word(const std::vector<QueryWord>& words, const std::optional<FieldId>& field,
                         bool keeps_stop_words) {
    std::vector<Demand> parts;
    for (const QueryWord& word : words)
      if (keeps_stop_words || !word.is_stop_word) parts.push_back(word_of({word}, field));
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
    std::vector<Demand> parts{resolve(question.parts[0])};
    if (is_nothing(parts[0])) return {};
    for (std::size_t i = 1; i < question.parts.size(); ++i)
      parts.push_back(Resolver(analyzer_, Match::all).resolve(question.parts[i]));
    return combined(Kind::except, std::move(parts));
  }

  static bool is_strict(const Question& question) {
    return question.field && !field_of(*question.field).is_bare;
  }

  static bool is_exact(const Question& question) {
    return question.field && field_of(*question.field).kind != FieldKind::text;
  }

  Analyzer& analyzer_;
  Match match_;
  bool can_relax_ = false;
};

// The query --------------------------------------------------------------------------------------

Xapian::Query query_of(const Demand& demand);

Xapian::Query joined(Xapian::Query::op op, const std::vector<Xapian::Query>& queries) {
  if (queries.size() == 1) return queries[0];
  return {op, queries.begin(), queries.end()};
}

Xapian::Query phrase(const std::vector<std::string>& terms, std::string_view prefix) {
  std::vector<Xapian::Query> words;
  for (const std::string& term : terms) words.emplace_back(fmt::format("{}{}", prefix, term));
  if (words.size() == 1) return words[0];
  return {Xapian::Query::OP_PHRASE, words.begin(), words.end(),
          static_cast<Xapian::termcount>(words.size())};
}

Xapian::Query bare_words(const std::vector<std::string>& terms, Xapian::termcount wqf) {
  std::vector<Xapian::Query> words;
  for (const std::string& term : terms) words.emplace_back(term, wqf);
  return joined(Xapian::Query::OP_AND, words);
}

Xapian::Query words_query(const Demand& demand, Xapian::termcount wqf) {
  const bool is_phrase = demand.terms.size() > 1;
  if (!demand.field) return is_phrase ? phrase(demand.terms, {}) : bare_words(demand.terms, wqf);
  const Field& field = field_of(*demand.field);
  const Xapian::Query there = phrase(demand.terms, field.prefix);
  if (!field.is_bare) return {Xapian::Query::OP_SCALE_WEIGHT, there, 0};
  return {Xapian::Query::OP_FILTER, bare_words(demand.terms, wqf), there};
}

bool asks_the_same(const Demand& a, const Demand& b) {
  return a.kind == Kind::words && b.kind == Kind::words && a.terms == b.terms && a.field == b.field;
}

/// The queries of parts that stand on one level, a word that comes again joined to its first.
std::vector<Xapian::Query> queries_of(const std::vector<Demand>& parts) {
  std::vector<Xapian::Query> queries;
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    const auto is_same = [&](const Demand& other) { return asks_the_same(*part, other); };
    if (std::any_of(parts.begin(), part, is_same)) continue;
    const auto wqf = static_cast<Xapian::termcount>(std::count_if(part, parts.end(), is_same));
    queries.push_back(wqf > 0 ? words_query(*part, wqf) : query_of(*part));
  }
  return queries;
}

Xapian::Query ranked_query(const std::vector<Demand>& parts) {
  std::vector<Demand> required;
  std::vector<Demand> optional;
  for (const Demand& part : parts) (part.is_required ? required : optional).push_back(part);
  return {Xapian::Query::OP_AND_MAYBE, joined(Xapian::Query::OP_AND, queries_of(required)),
          joined(Xapian::Query::OP_OR, queries_of(optional))};
}

Xapian::Query except_query(const std::vector<Demand>& parts) {
  const std::vector<Demand> excluded(parts.begin() + 1, parts.end());
  return {Xapian::Query::OP_AND_NOT, query_of(parts[0]),
          joined(Xapian::Query::OP_OR, queries_of(excluded))};
}

Xapian::Query query_of(const Demand& demand) {
  switch (demand.kind) {
    case Kind::nothing:
      return {};
    case Kind::words:
      return words_query(demand, 1);
    case Kind::filter:
      return {Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(demand.terms[0]), 0};
    case Kind::all:
      return joined(Xapian::Query::OP_AND, queries_of(demand.parts));
    case Kind::any:
      return joined(Xapian::Query::OP_OR, queries_of(demand.parts));
    case Kind::ranked:
      return ranked_query(demand.parts);
    case Kind::except:
      return except_query(demand.parts);
  }
  return {};
}

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

void collect_wanted(const Demand& demand, std::vector<Wanted>& wanted) {
  if (demand.kind == Kind::words) {
    Wanted words{demand.terms, demand.field};
    if (std::ranges::find(wanted, words) == wanted.end()) wanted.push_back(std::move(words));
    return;
  }
  for (const Demand& part : demand.parts) {
    collect_wanted(part, wanted);
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

BuiltQuery build_query(const Question& question, Analyzer& analyzer, Match match) {
  Resolver resolver(analyzer, match);
  const Demand demand = resolver.resolve(question);
  if (is_nothing(demand))
    throw Error("there is no word to look for", "give words, as in: crude oil");
  BuiltQuery built;
  built.query = query_of(demand);
  built.parsed = top_text(demand);
  built.can_relax = resolver.can_relax();
  collect_wanted(demand, built.wanted);
  return built;
}

}  // namespace lede
