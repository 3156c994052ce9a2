#include "corpus/learned_words.hpp"

#include <algorithm>
#include <utility>

#include "corpus/sort_key.hpp"
#include "corpus/words.hpp"

namespace lede {
namespace {

/// The shortest that WordReader makes of a long word: it cuts before a code point of up to four
/// bytes.
constexpr std::size_t kShortestShortened = WordReader::kMaxWordBytes - 3;
static_assert(kLongestListedWord < kShortestShortened);

std::string_view behind_front(std::string_view word) {
  return word.substr(std::min(word.size(), sizeof(std::uint64_t)));
}

}  // namespace

void LearnedWords::add(std::string_view written, std::string_view folded) {
  if (written.size() > kLongestListedWord || written.empty() || is_unspaced_word(folded)) return;
  waiting_.push_back({sort_key_of(written), sort_key_of(behind_front(written)),
                      static_cast<std::uint32_t>(bytes_.size()),
                      static_cast<std::uint32_t>(written.size())});
  bytes_.append(written);
  if (bytes_.size() + waiting_.size() * sizeof(Waiting) >= waiting_bytes_) put_away(sort_waiting());
}

SortedWords LearnedWords::sort_waiting() {
  std::ranges::sort(waiting_, [&](const Waiting& one, const Waiting& other) {
    if (one.front != other.front) return one.front < other.front;
    if (one.next != other.next) return one.next < other.next;
    return word_of(one) < word_of(other);
  });
  SortedWordsWriter sorted;
  for (const Waiting& word : waiting_) sorted.add(word_of(word));
  waiting_.clear();
  bytes_.clear();
  return sorted.take();
}

/// A list that is not longer than twice the new one becomes part of it: so each word is gone
/// through a few times, and the lists together are hardly longer than that of all words.
void LearnedWords::put_away(SortedWords list) {
  while (!lists_.empty() && lists_.back().bytes.size() <= 2 * list.bytes.size()) {
    list = united(lists_.back(), list);
    lists_.pop_back();
  }
  lists_.push_back(std::move(list));
}

SortedWords LearnedWords::take() {
  SortedWords all = sort_waiting();
  for (; !lists_.empty(); lists_.pop_back()) all = united(lists_.back(), all);
  return all;
}

}  // namespace lede
