#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include <xapian.h>

#include "corpus/words.hpp"

namespace lede {

/// A word of a text as the index knows it.
struct Token {
  std::size_t begin;      ///< byte offset in the text
  std::size_t end;        ///< byte offset past the word
  std::string_view term;  ///< its stem, without a field's prefix; valid until the next token
  bool is_stop_word;  ///< indexed with a wdf of 0: it can be part of a phrase and weighs nothing
  bool is_query_stop_word;  ///< left out of questions, unless quoted, after a `+` or all there is
};

/// Turns text into terms: words, folded, then stemmed. Indexing, questions and snippets all use
/// this class, so what one of them calls a word the others find.
///
/// Not safe to share between threads (a Xapian::Stem is not): one for each.
class Analyzer {
 public:
  /// `language` is a Snowball name (`english`, `german`, ...) or `none`.
  /// Throws Error for a language that Xapian does not know.
  explicit Analyzer(const std::string& language);

  /// Calls `receive(const Token&)` for each word of the text, in order.
  template <typename Receive>
  void analyze(std::string_view text, Receive&& receive) {
    analyze_where(
        text, [](std::string_view) { return true; }, receive);
  }

  /// The same, but a word whose folded form `is_of_interest` refuses is not stemmed: its term is
  /// empty. For texts of which few words matter, since stemming takes the most time.
  template <typename IsOfInterest, typename Receive>
  void analyze_where(std::string_view text, IsOfInterest&& is_of_interest, Receive&& receive) {
    WordReader words(text);
    Word word;
    while (words.next(word)) {
      if (!is_of_interest(word.folded)) {
        receive(Token{word.begin, word.end, {}, false, false});
        continue;
      }
      const Known& known = look_up(word.folded);
      receive(
          Token{word.begin, word.end, known.term, known.is_stop_word, known.is_query_stop_word});
    }
  }

  /// Whether a stem of this language always begins with the first byte of its word. Then words
  /// that begin otherwise are of no interest to who looks for certain terms.
  bool keeps_first_bytes() const { return keeps_first_bytes_; }

 private:
  struct Known {
    std::string term;
    bool is_stop_word;
    bool is_query_stop_word;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Memo = std::unordered_map<std::string, Known, Hash, std::equal_to<>>;

  const Known& look_up(std::string_view folded);

  Xapian::Stem stemmer_;
  bool has_stop_words_;
  bool keeps_first_bytes_;
  Memo memo_;  // folded word -> term; emptied when it outgrows its limit
};

}  // namespace lede
