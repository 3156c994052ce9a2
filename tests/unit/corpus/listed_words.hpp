#pragma once

#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/sorted_words.hpp"

namespace lede {

using WordSet = std::set<std::string, std::less<>>;

inline SortedWords sorted(const WordSet& words) {
  SortedWordsWriter writer;
  for (const std::string& word : words) writer.add(word);
  return writer.take();
}

/// As they come out of a list.
inline std::vector<std::string> words_of(const SortedWords& list) {
  std::vector<std::string> words;
  SortedWordsReader reader(list.bytes);
  while (reader.next()) words.emplace_back(reader.word());
  return words;
}

inline std::vector<std::string> in_order(const WordSet& words) {
  return {words.begin(), words.end()};
}

/// Words of few different bytes, any of them but zero, so that they have much in common; some as
/// long as they may be.
inline std::string random_word(std::mt19937& random) {
  const bool is_long = random() % 8 == 0;
  const std::size_t size = 1 + random() % (is_long ? kLongestListedWord : 8);
  std::string word;
  while (word.size() < size) word += "aabcz\x01\x7F\x80\xC3\xFF"[random() % 10];
  return word;
}

inline WordSet random_words(std::mt19937& random, std::size_t count) {
  WordSet words;
  for (std::size_t at = 0; at < count; ++at) words.insert(random_word(random));
  return words;
}

}  // namespace lede
