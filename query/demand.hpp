#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corpus/fields.hpp"
#include "query/expansions.hpp"
#include "query/period.hpp"

namespace lede {

// A question is first resolved into a Demand: its words become terms, its stop words go, and
// --match has been decided. The query, the text that shows it and the list of wanted words follow
// from that.

/// The number of one of the index's languages.
using Language = std::size_t;

inline constexpr Language kMainLanguage = 0;  // of most articles

/// A word in each of the index's languages.
struct QueryWord {
  std::string written;
  std::string folded;
  std::vector<std::string> terms;  ///< without prefix
  std::vector<bool> is_stop_word;
  std::string pair;  ///< with the character right before it, in a script without spaces
};

/// Whether some of the words are characters in a row.
bool has_pair(const std::vector<QueryWord>& words);

/// Whether the words are two characters in a row, for which the index has a term.
bool is_pair(const std::vector<QueryWord>& words);

/// What can be asked for by itself: each word, and of characters in a row each pair.
std::vector<std::vector<QueryWord>> units_of(const std::vector<QueryWord>& words);

/// What an article must have.
struct Demand {
  enum class Kind : std::uint8_t {
    nothing,    ///< punctuation or stop words: asks for nothing
    words,      ///< a word, or several as a phrase
    expansion,  ///< one of many words that a pattern or a misspelt word stands for
    near,       ///< the parts near each other
    filter,     ///< terms of which an article has one, or a stretch of time; weighs nothing
    all,
    any,
    ranked,  ///< the required parts; the others only count
    except,  ///< the first part, without the others
  };

  Kind kind = Kind::nothing;
  bool is_required = false;
  bool is_exact = false;              ///< words, expansion: as they are written
  double weight = 1;                  ///< how much more than others it counts
  std::size_t distance = 0;           ///< near: words from the first to the last
  std::optional<FieldId> field;       ///< words, expansion, near
  std::vector<QueryWord> words;       ///< words
  std::vector<IndexWord> expansions;  ///< expansion: maybe none
  std::vector<Language> left_out_in;  ///< words: a single one that articles in these need not have
  std::vector<std::string> terms;     ///< filter
  std::optional<Period> period;       ///< filter: with times
  std::string text;                   ///< words, expansion, filter: as `parsed` shows it
  std::vector<Demand> parts;          ///< near, all, any, ranked, except

  bool is_nothing() const { return kind == Kind::nothing; }

  /// Does nothing stand around it that would be lost when its parts join others?
  bool is_plain() const { return !is_required && weight == 1; }
};

/// A filter, or a part made of nothing else.
bool is_filter(const Demand& demand);

/// How much all its words count together, a word by itself 1. Filters and what is excluded count
/// nothing.
double weight_of_words(const Demand& demand);

/// The question as it was understood, with its operators spelt out.
std::string text_of(const Demand& demand);

}  // namespace lede
