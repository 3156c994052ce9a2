#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/sorted_words.hpp"

namespace lede {

/// Gathers words for a lexicon as they come, the same ones again and again. Words wait until there
/// are many, and are then sorted into a list of some 4 bytes a word; lists of like sizes become
/// one. Not to be shared between threads.
class LearnedWords {
 public:
  /// Those that wait take up to `waiting_bytes`.
  explicit LearnedWords(std::size_t waiting_bytes = kUsualWaiting)
      : waiting_bytes_(waiting_bytes) {}

  /// Some 250,000 words.
  static constexpr std::size_t kUsualWaiting = std::size_t{8} << 20;

  /// A word as it is written, and folded. Passes over what a lexicon leaves out.
  void add(std::string_view written, std::string_view folded);

  /// Words since the last call. None are left.
  SortedWords take();

 private:
  struct Waiting {
    std::uint64_t front;  // sort_key_of() the word
    std::uint64_t next;   // and of what is behind that: most words are told apart by these
    std::uint32_t begin;  // of the word in bytes_
    std::uint32_t size;
  };

  std::string_view word_of(const Waiting& word) const {
    return std::string_view(bytes_).substr(word.begin, word.size);
  }
  SortedWords sort_waiting();
  void put_away(SortedWords list);

  std::size_t waiting_bytes_;
  std::vector<Waiting> waiting_;
  std::string bytes_;               // of the words that wait
  std::vector<SortedWords> lists_;  // each far longer than the next
};

}  // namespace lede
