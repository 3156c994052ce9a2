#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lede {

/// One word of a text: where it stands, and the form in which it meets the same word elsewhere.
struct Word {
  std::size_t begin;         ///< byte offset of its first byte in the text
  std::size_t end;           ///< byte offset past its last byte
  std::string_view folded;   ///< lower case, accents off; valid until the next word is read
  std::string_view written;  ///< the same, but Latin letters keep their accents, for stemmers
  /// Folded, a character of a script without spaces behind the one right before it; of other words
  /// and after a gap empty.
  std::string_view pair = {};
};

/// `word`, which may be no more than a piece of one, folded like the words of a text.
std::string folded(std::string_view word);

/// Whether a word is one character of a script without spaces.
bool is_unspaced_word(std::string_view folded);

/// The last place in a text, `at` at the latest, that words can be read from as if it were the
/// text's beginning: none begins before it and ends behind it. Looks at no more than lies between.
std::size_t word_boundary_before(std::string_view text, std::size_t at);

/// How words of interest begin when folded: with which byte and, where that is known, which second
/// one.
class WordBeginnings {
 public:
  void add(char first);
  /// A letter or digit of ASCII each.
  void add(char first, char second);
  void add_all();

  bool have(char first) const { return first_[static_cast<unsigned char>(first)]; }
  /// Whether a word of ASCII may be meant whose text begins so, in either case.
  bool may_have(char first, char second) const { return pairs_[pair_of(first, second)]; }

 private:
  static constexpr std::size_t kBits = 5;  // in these all letters of ASCII differ

  static std::size_t pair_of(char first, char second) {
    constexpr unsigned kMask = (1U << kBits) - 1;
    return (static_cast<unsigned char>(first) & kMask) << kBits |
           (static_cast<unsigned char>(second) & kMask);
  }

  std::bitset<256> first_;
  std::bitset<1 << (2 * kBits)> pairs_;
};

/// Splits a text into words: the one place that decides what a word is, for indexing, for
/// questions and for snippets.
///
/// - A word is a run of letters, marks and digits. `O'Brien` (any apostrophe), `AT&T`, `3.5` are
///   one word; `U.S.` is `us`; `155,221` is `155221`; `C++` and `C#` keep their sign. A hyphen or
///   slash ends a word: `COVID-19` is two neighbours. An elided article is part of its word and not
///   of its folded form: `l'économie` is `economie`.
/// - Scripts written without spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) give a
///   word for each character with its marks: a run of them is then found as a phrase, and faster by
///   its pairs.
/// - Folding: compatibility decomposition and case folding; accents come off Latin, Greek,
/// Cyrillic,
///   Hebrew and Arabic letters (not off `й`); `ø`, `ł`, `đ`, `ı` and their like become plain
///   letters.
/// - A word longer than kMaxWordBytes when folded keeps its beginning and a hash of the whole.
///
/// The text need not be valid UTF-8: a byte that is not ends a word. Time is linear in the text.
class WordReader {
 public:
  /// Folded forms are at most this long, far below Xapian's limit of 245 bytes a term.
  static constexpr std::size_t kMaxWordBytes = 64;

  /// Begins at a byte between words: where one ended, or word_boundary_before() it.
  explicit WordReader(std::string_view text, std::size_t at = 0)
      : text_(text), at_(at), block_(block_at(text, at - at % kBlockBytes)) {}

  /// Reads the next word; false at the end of the text.
  bool next(Word& word);

  /// Reads the next word that may begin in one of these ways; most others it passes over without
  /// reading them.
  bool next_beginning_with(const WordBeginnings& beginnings, Word& word);

 private:
  /// What 64 bytes of the text are, a bit for each: the first is the lowest.
  struct Block {
    std::size_t begin = 0;
    std::uint64_t letters = 0;  ///< of ASCII, and digits
    std::uint64_t others = 0;   ///< not of ASCII
  };

  /// The same, of those that words begin at.
  struct Starts {
    std::size_t begin = std::string_view::npos;
    std::uint64_t plain = 0;  ///< letters and digits of ASCII behind a gap
    std::uint64_t gaps = 0;   ///< of ASCII; no word goes on behind them
    std::uint64_t risky = 0;  ///< a word that has them must be read to know where it ends
  };

  static Block block_at(std::string_view text, std::size_t begin);
  static Starts starts_at(std::string_view text, std::size_t begin);
  void look_at(std::size_t at) {
    if (at - block_.begin >= kBlockBytes) block_ = block_at(text_, at - at % kBlockBytes);
  }
  std::size_t next_start(std::size_t at);
  std::size_t end_of_letters(std::size_t at);
  std::size_t pass_plain_words(const WordBeginnings& beginnings);
  std::size_t begin_of_risky(std::size_t offset) const;
  bool pass_ascii();
  bool next_ascii(Word& word);
  bool next_unicode(Word& word);
  std::string_view pair_up(std::size_t begin);

  static constexpr std::size_t kBlockBytes = 64;

  std::string_view text_;
  std::size_t at_;
  Block block_;
  Starts starts_;
  std::string folded_;
  std::string written_;
  std::string character_;  // the last one of a script without spaces
  std::size_t character_end_ = 0;
  std::string pair_;
};

}  // namespace lede
