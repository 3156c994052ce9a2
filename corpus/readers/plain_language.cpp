#include "corpus/readers/plain_language.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "corpus/stop_words.hpp"

namespace lede {
namespace {

/// A word of up to 8 bytes, ASCII letters in lower case; 0 is none.
using PackedWord = std::uint64_t;

/// A set of languages, by their numbers.
using Languages = std::uint32_t;

/// The small words of all languages that have a list.
class SmallWords {
 public:
  SmallWords() : languages_(languages_with_stop_words()) {
    for (std::size_t language = 0; language < languages_.size(); ++language) {
      for (const std::string_view word : query_stop_words(languages_[language])) {
        if (word.size() <= sizeof(PackedWord)) add(word, Languages{1} << language);
      }
    }
  }

  std::size_t language_count() const { return languages_.size(); }
  std::string_view name(std::size_t language) const { return languages_[language]; }

  /// The languages in which a word is a small one.
  Languages languages_of(PackedWord word) const { return languages_of_slot_[slot_of(word)]; }

 private:
  static constexpr std::size_t kSlotBits = 12;  // four times the words

  void add(std::string_view word, Languages language) {
    PackedWord packed = 0;
    for (const char c : word) packed = packed << 8 | static_cast<unsigned char>(c);
    const std::size_t slot = slot_of(packed);
    words_[slot] = packed;
    languages_of_slot_[slot] |= language;
  }

  /// Where the word is, or the empty slot where it would be.
  std::size_t slot_of(PackedWord word) const {
    constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;  // 2^64 / the golden ratio
    std::size_t slot = (word * kMultiplier) >> (64 - kSlotBits);
    while (words_[slot] != word && words_[slot] != 0) slot = (slot + 1) % words_.size();
    return slot;
  }

  std::vector<std::string_view> languages_;
  std::array<PackedWord, std::size_t{1} << kSlotBits> words_{};
  std::array<Languages, std::size_t{1} << kSlotBits> languages_of_slot_{};
};

const SmallWords& small_words() {
  static const SmallWords words;
  return words;
}

/// What each byte is in a word: an ASCII letter in lower case, a digit and any byte of another
/// character as it is, and 0 for what stands between words. (The `L` of `6720L` is no word.)
constexpr auto kLetters = [] {
  std::array<unsigned char, 256> letters{};
  for (std::size_t byte = 0; byte < letters.size(); ++byte) {
    const std::size_t lower = byte | 0x20U;
    if (lower >= 'a' && lower <= 'z') letters[byte] = static_cast<unsigned char>(lower);
    if (byte >= 0x80 || (byte >= '0' && byte <= '9'))
      letters[byte] = static_cast<unsigned char>(byte);
  }
  return letters;
}();

/// How many words a text has, and how many of them are small ones of each language.
struct WordCounts {
  std::size_t words = 0;
  std::array<std::size_t, sizeof(Languages) * 8> small{};
};

void count_word(PackedWord word, std::size_t bytes, const SmallWords& known, WordCounts& counts) {
  if (bytes == 0) return;
  ++counts.words;
  if (bytes > sizeof(word)) return;
  for (Languages rest = known.languages_of(word); rest != 0; rest &= rest - 1) {
    ++counts.small[static_cast<std::size_t>(std::countr_zero(rest))];
  }
}

void count_words(std::string_view text, const SmallWords& known, WordCounts& counts) {
  PackedWord word = 0;
  std::size_t bytes = 0;
  for (const char c : text) {
    const unsigned char letter = kLetters[static_cast<unsigned char>(c)];
    if (letter != 0) {
      word = word << 8 | letter;
      ++bytes;
      continue;
    }
    count_word(word, bytes, known, counts);
    word = 0;
    bytes = 0;
  }
  count_word(word, bytes, known, counts);
}

}  // namespace

std::string_view plain_language(std::span<const std::string_view> parts) {
  constexpr std::size_t kFewestSmallWords = 5;
  constexpr std::size_t kWordsToASmallOne = 4;  // at most; running text has two or three
  constexpr std::size_t kLead = 2;              // so many times those of any other language
  const SmallWords& known = small_words();
  WordCounts counts;
  for (const std::string_view part : parts) count_words(part, known, counts);
  const auto end = counts.small.begin() + static_cast<std::ptrdiff_t>(known.language_count());
  const auto best = std::max_element(counts.small.begin(), end);
  const bool is_running_text =
      *best >= kFewestSmallWords && *best * kWordsToASmallOne >= counts.words;
  const bool leads = std::all_of(counts.small.begin(), end, [&](const std::size_t& other) {
    return &other == &*best || other * kLead <= *best;
  });
  if (!is_running_text || !leads) return {};
  return known.name(static_cast<std::size_t>(best - counts.small.begin()));
}

}  // namespace lede
