#include "corpus/sorted_words.hpp"

#include <algorithm>

namespace lede {

void SortedWordsWriter::add(std::string_view word) {
  const std::string_view last(last_.data(), size_);
  const auto shared =
      static_cast<std::size_t>(std::ranges::mismatch(word, last).in1 - word.begin());
  const std::size_t rest = word.size() - shared;
  if (rest == 0 && !bytes_.empty()) return;
  constexpr std::size_t kMore = SortedWordsReader::kMore;
  append_number(std::min(shared, kMore) << 4 | std::min(rest, kMore));
  if (shared >= kMore) append_number(shared - kMore);
  if (rest >= kMore) append_number(rest - kMore);
  bytes_.append(word, shared);
  copy(word);
}

SortedWords united(const SortedWords& one, const SortedWords& other) {
  SortedWordsWriter all;
  SortedWordsReader left(one.bytes);
  SortedWordsReader right(other.bytes);
  bool has_left = left.next();
  bool has_right = right.next();
  while (has_left && has_right) {
    const auto order = left.word() <=> right.word();
    all.add(order <= 0 ? left.word() : right.word());
    if (order <= 0) has_left = left.next();
    if (order >= 0) has_right = right.next();
  }
  for (; has_left; has_left = left.next()) all.add(left.word());
  for (; has_right; has_right = right.next()) all.add(right.word());
  return all.take();
}

}  // namespace lede
