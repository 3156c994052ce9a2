#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "corpus/analyzer.hpp"
#include "corpus/fields.hpp"
#include "query/build_query.hpp"
#include "query/passages.hpp"

namespace lede {

/// A word of a text, in bytes. Compact: a long text has millions.
struct TextWord {
  std::uint32_t begin;
  std::uint32_t end;
};

/// A sentence with its stop and its quotes, in bytes; the white space around it belongs to none.
struct Sentence {
  std::uint32_t begin;
  std::uint32_t end;
  bool begins_paragraph;
};

/// A wanted word, or all words of a wanted phrase, in a text.
struct Occurrence {
  std::uint32_t first_word;
  std::uint32_t last_word;  ///< the same for a single word
  std::uint32_t wanted;     ///< index of what was asked for
};

/// The terms of a question, found fast: most words of a text are none of them.
class WantedTerms {
 public:
  static constexpr std::uint32_t kNone = 0;

  /// Keeps views of `wanted`, which must outlive it.
  explicit WantedTerms(std::span<const Wanted> wanted);

  /// The number of a term, from 1; kNone for a term that nobody asked for.
  std::uint32_t number_of(std::string_view term) const {
    for (std::size_t slot = hash(term);; ++slot) {
      const std::uint32_t number = slots_[slot & mask_];
      if (number == kNone || terms_[number - 1] == term) return number;
    }
  }

  /// Which of the wanted end with this term.
  std::span<const std::uint32_t> ending_in(std::uint32_t number) const {
    return endings_[number - 1];
  }
  /// The numbers of a wanted word's or phrase's terms, in order.
  std::span<const std::uint32_t> numbers_of(std::uint32_t wanted) const { return numbers_[wanted]; }
  const Wanted& operator[](std::uint32_t wanted) const { return wanted_[wanted]; }

  /// False for a first byte that no term begins with.
  bool has_any_beginning_with(char byte) const {
    return first_bytes_[static_cast<unsigned char>(byte)];
  }

  std::size_t size() const { return wanted_.size(); }
  bool has_any_in(FieldId field) const;
  bool has_phrase() const { return has_phrase_; }

 private:
  static std::size_t hash(std::string_view term) {
    if (term.empty()) return 0;
    const auto byte = [&](std::size_t i) -> std::size_t {
      return static_cast<unsigned char>(term[i]);
    };
    return term.size() * 3 + byte(0) * 7 + byte(term.size() / 2) * 31 + byte(term.size() - 1);
  }
  void make_slots(std::size_t count);
  std::uint32_t add(std::string_view term);

  std::span<const Wanted> wanted_;
  std::vector<std::string_view> terms_;
  std::vector<std::vector<std::uint32_t>> endings_;
  std::vector<std::vector<std::uint32_t>> numbers_;
  std::vector<std::uint32_t> slots_;  // open addressing; a power of two, at most a quarter full
  std::size_t mask_ = 0;
  std::bitset<256> first_bytes_;
  bool has_phrase_ = false;
};

/// Turns bytes of a text, which is valid UTF-8, into characters and back without reading all of it.
class CharacterCounter {
 public:
  explicit CharacterCounter(std::string_view text);

  /// How many characters begin before a byte.
  std::size_t before(std::size_t byte) const {
    if (before_block_.empty()) return byte;  // all of it is ASCII
    const std::size_t block = byte / kBlockBytes;
    return before_block_[block] + count(text_.substr(block * kBlockBytes, byte % kBlockBytes));
  }

  /// Where a character begins; the text's end for one past it.
  std::size_t byte_of(std::size_t character) const;

 private:
  static constexpr std::size_t kBlockBytes = 64;

  static std::size_t count(std::string_view text);

  std::string_view text_;
  std::vector<std::uint32_t> before_block_;
};

/// One field's text as its words, its sentences and what it has of the question.
struct TextMap {
  std::string_view text;
  std::vector<TextWord> words;
  std::vector<Sentence> sentences;      ///< never empty; in order, all of the text but white space
  std::vector<Occurrence> occurrences;  ///< in the order in which they begin

  CharacterCounter characters;

  explicit TextMap(std::string_view whole) : text(whole), characters(whole) {}

  /// An occurrence in bytes.
  Range range_of(const Occurrence& occurrence) const {
    return {words[occurrence.first_word].begin, words[occurrence.last_word].end};
  }

  /// All of the text but the white space at its ends.
  Range whole() const { return {sentences.front().begin, sentences.back().end}; }
};

/// Reads a text once, in linear time. `text` must outlive the map; what lies past 4 GiB is left
/// out.
TextMap map_text(std::string_view text, FieldId field, const WantedTerms& wanted,
                 Analyzer& analyzer);

}  // namespace lede
