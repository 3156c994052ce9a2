#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lede {

/// What who indexes a text notes of a word, to know it again without its letters.
struct WordNote {
  std::uint32_t made_in = 0;  ///< tells whether it still holds: 0 in none
  std::uint32_t term = 0;
};

/// What an index makes of a word.
struct Meaning {
  std::string term;  ///< its stem, without a field's prefix
  /// What who writes the word without its accents asks for, where that is another term, else empty.
  /// Indexed beside the first.
  std::string plain_term;
  bool is_stop_word = false;        ///< indexed with a wdf of 0: it can be part of a phrase only
  bool is_query_stop_word = false;  ///< left out of questions, unless quoted, after a `+` or alone
};

/// The meanings of words, by their written form. Looking one up is what happens to every word of
/// every text, and most of its time is waiting for memory: a short word is found by its letters as
/// two numbers, and all that indexing it again takes stands beside these, in one cache line.
class WordMemo {
 public:
  /// A word of up to 16 bytes, as two numbers that together with its size are no other's.
  struct Key {
    std::uint64_t front = 0;
    std::uint64_t back = 0;
    std::uint8_t size = 0;

    friend bool operator==(const Key&, const Key&) = default;
  };
  static constexpr std::size_t kLongestKey = 16;
  static Key key_of(std::string_view word);
  /// The word that has the key.
  static std::string word_of(const Key& key);

  /// A word that is known.
  struct Entry {
    std::uint64_t front = 0;
    std::uint64_t back = 0;
    std::uint32_t meaning = 0;  // its number from 1 on; 0: the entry is free
    WordNote note;
    std::uint8_t size = 0;
    bool is_stop_word = false;
    bool has_plain_term = false;

    bool has(const Key& key) const {
      return front == key.front && back == key.back && size == key.size;
    }
  };

  WordMemo();

  /// nullptr for a word that was not added. Valid until the next word is.
  Entry* find(std::string_view written) {
    if (written.size() > kLongestKey) return find_long(written);
    return find(key_of(written));
  }
  Entry* find(const Key& key) {
    const std::size_t mask = entries_.size() - 1;
    for (std::size_t at = hash(key) & mask; entries_[at].meaning != 0; at = (at + 1) & mask)
      if (entries_[at].has(key)) return &entries_[at];
    return nullptr;
  }
  /// Lets the memory come that find() will look at.
  void prefetch(const Key& key) const {
    __builtin_prefetch(&entries_[hash(key) & (entries_.size() - 1)]);
  }

  /// Of a word that find() does not find.
  Entry& add(std::string_view written, Meaning meaning);

  /// Valid until clear().
  const Meaning& meaning_of(const Entry& entry) const { return meanings_[entry.meaning - 1]; }

  std::size_t size() const { return meanings_.size(); }
  void clear();

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  /// The halves of a product, as in Wang Yi's wyhash.
  std::size_t hash(const Key& key) const {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide{key.front ^ seed_} * (key.back ^ (kOdd + key.size));
    return static_cast<std::size_t>(static_cast<std::uint64_t>(product) ^
                                    static_cast<std::uint64_t>(product >> 64));
  }
  Entry* find_long(std::string_view written);
  Entry& free_entry(const Key& key);
  void grow();

  std::uint64_t seed_;  // so that nobody can write words that share a place
  std::vector<Entry> entries_;
  std::deque<Meaning> meanings_;
  std::unordered_map<std::string, Entry, Hash, std::equal_to<>> long_words_;
};
static_assert(sizeof(WordMemo::Entry) == 32);

}  // namespace lede
