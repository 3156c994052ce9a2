#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "corpus/words.hpp"
#include "query/passages.hpp"

namespace lede {

/// A word of a text, in bytes.
struct TextWord {
  std::uint32_t begin;
  std::uint32_t end;

  friend bool operator==(const TextWord&, const TextWord&) = default;
};

/// A sentence with its stop and its quotes, in bytes; the white space around it belongs to none.
struct Sentence {
  std::uint32_t begin;
  std::uint32_t end;
  bool begins_paragraph;

  friend bool operator==(const Sentence&, const Sentence&) = default;
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

  /// The byte so many characters behind another, or before it; at the most the text's end, or 0.
  std::size_t moved(std::size_t byte, std::size_t characters) const {
    return byte_of(before(byte) + characters);
  }
  std::size_t moved_back(std::size_t byte, std::size_t characters) const {
    const std::size_t place = before(byte);
    return place <= characters ? 0 : byte_of(place - characters);
  }

 private:
  static constexpr std::size_t kBlockBytes = 64;

  static std::size_t count(std::string_view text);

  std::string_view text_;
  std::vector<std::uint32_t> before_block_;
};

/// Part of a text as its words and sentences. Both are those of the whole text, but for the first
/// sentence and the last one, where the text goes on beyond the part.
struct TextMap {
  std::string_view text;
  std::vector<TextWord> words;
  std::vector<Sentence> sentences;  ///< never empty; in order, all of the part but white space

  /// All of the part but the white space at its ends.
  Range whole() const { return {sentences.front().begin, sentences.back().end}; }
};

/// Reads a text of at most 4 GiB, in linear time.
TextMap map_text(std::string_view text);

/// Reads what lies around a range, and little more: a word before it, and one behind it, where the
/// text has any. The first sentence of the part counts as a paragraph's beginning.
TextMap map_text_around(std::string_view text, const Range& range);

/// Whether a blank line stands between two words of a text, by what stands between them.
bool has_blank_line(std::string_view between);

/// Tells where sentences begin, reading no more of a text than it is asked for.
class SentenceBegins {
 public:
  explicit SentenceBegins(std::string_view text) : text_(text), words_(text) {}

  /// Where the sentence begins that has the word at `word_begin`; nullopt for one that begins
  /// before `floor`. Neither is ever less than the time before.
  std::optional<std::size_t> of_word_at(std::size_t word_begin, std::size_t floor);

 private:
  void start_before(std::size_t floor);
  void pass(const Word& word);

  std::string_view text_;
  WordReader words_;
  bool has_started_ = false;
  TextWord last_{0, 0};               // the word that was read last
  std::optional<std::size_t> begin_;  // of its sentence, where that is known
};

}  // namespace lede
