#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/lexicon.hpp"
#include "corpus/unicode.hpp"
#include "corpus/words.hpp"

namespace lede {

/// What a matcher says of a word.
struct Verdict {
  bool is_match = false;
  /// No word that begins with these many bytes of it is a match; 0 where that cannot be said.
  std::size_t hopeless_bytes = 0;
};

/// Matches words with `*`, any number of letters, and `?`, one letter. Letters are compared in
/// their folded form.
///
/// A nondeterministic automaton whose states are the bits of a number (Baeza-Yates and Gonnet,
/// "A new approach to text searching", 1992).
class WordPattern {
 public:
  /// Of a longer pattern than this the rest is ignored: words are never so long.
  static constexpr std::size_t kLongest = 63;

  explicit WordPattern(std::string_view pattern);

  /// `folded` as words of a text are.
  Verdict look_at(std::string_view folded) const;

 private:
  static constexpr char32_t kAny = 0xFFFFFFFF;

  void read(std::string_view pattern);
  std::string ascii_tail() const;

  std::vector<char32_t> letters_;  // kAny for `?`
  std::uint64_t stars_ = 0;        // the states that stay whatever comes
  std::string tail_;               // behind a `*` at the beginning: letters of ASCII at the end
};

/// Matches words that typing errors turn into each other: a letter too many, too few, another one,
/// or two neighbours changed (Damerau's four; each letter is touched once, as in the optimal string
/// alignment).
class TypingErrors {
 public:
  TypingErrors(std::string_view folded, std::size_t most);

  /// Words in alphabetic order are fast: what one has in common with the last is not looked at
  /// again.
  Verdict look_at(std::string_view folded);

  /// How many errors the last match has.
  std::size_t distance() const { return distance_; }

 private:
  using Row = std::vector<std::size_t>;

  std::size_t fill_row(std::size_t depth);

  std::vector<char32_t> wanted_;
  std::size_t most_;
  std::size_t distance_ = 0;
  std::vector<char32_t> word_;  // the last one
  std::vector<Row> rows_;  // rows_[i]: errors from its first i letters to each beginning of wanted_
  std::size_t valid_rows_ = 1;
};

/// Words from one on, to before another; empty: to the last.
struct WordRange {
  std::string_view from = {};
  std::string_view until = {};
};

/// Calls `receive(std::string_view written)` with each word of the lexicon that the matcher takes,
/// in order, until it returns false. What is hopeless is jumped over.
template <typename Matcher, typename Receive>
void for_each_match(Lexicon& lexicon, Matcher& matcher, const WordRange& range, Receive&& receive) {
  std::string beyond;
  for (lexicon.seek(range.from); !lexicon.at_end();) {
    const std::string_view word = lexicon.word();
    if (!range.until.empty() && word >= range.until) return;
    const bool is_plain = is_ascii(word);  // then it is its own folded form, byte by byte
    const Verdict verdict = is_plain ? matcher.look_at(word) : matcher.look_at(folded(word));
    if (verdict.is_match && !receive(word)) return;
    if (is_plain && verdict.hopeless_bytes > 0 && verdict.hopeless_bytes < word.size()) {
      beyond.assign(word.substr(0, verdict.hopeless_bytes));
      ++beyond.back();  // an ASCII letter, which has a successor
      lexicon.seek(beyond);
    } else {
      lexicon.next();
    }
  }
}

}  // namespace lede
