#include "corpus/sorted_words.hpp"

#include <algorithm>
#include <bit>

#include "corpus/sort_key.hpp"

namespace lede {
namespace {

/// Bytes at the front that both have, looked at eight at a time.
std::size_t common_bytes(std::string_view one, std::string_view other) {
  const std::size_t most = std::min(one.size(), other.size());
  std::size_t common = 0;
  for (; common + sizeof(std::uint64_t) <= most; common += sizeof(std::uint64_t)) {
    const std::uint64_t difference =
        sort_key_of(one.substr(common)) ^ sort_key_of(other.substr(common));
    if (difference != 0) return common + static_cast<std::size_t>(std::countl_zero(difference)) / 8;
  }
  while (common < most && one[common] == other[common]) ++common;
  return common;
}

}  // namespace

void SortedWordsWriter::add(std::string_view word) {
  const std::size_t shared = common_bytes(word, {last_.data(), size_});
  const std::size_t rest = word.size() - shared;
  if (rest == 0 && !bytes_.empty()) return;
  constexpr std::size_t kMore = SortedWordsReader::kMore;
  std::array<char, 3 + kLongestListedWord> entry;
  char* end = entry.data();
  *end++ = static_cast<char>(std::min(shared, kMore) << 4 | std::min(rest, kMore));
  if (shared >= kMore) *end++ = static_cast<char>(shared - kMore);
  if (rest >= kMore) *end++ = static_cast<char>(rest - kMore);
  for (std::size_t at = shared; at < word.size(); ++at) *end++ = last_[at] = word[at];
  bytes_.append(entry.data(), end);
  size_ = word.size();
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
