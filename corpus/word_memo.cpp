#include "corpus/word_memo.hpp"

#include <bit>
#include <cstring>
#include <unistd.h>
#include <utility>

#include "corpus/error.hpp"

namespace lede {
namespace {

constexpr std::size_t kFirstEntries = std::size_t{1} << 6;

template <typename Number>
std::uint64_t load(const char* at) {
  Number number;
  std::memcpy(&number, at, sizeof number);
  return number;
}

}  // namespace

/// The two numbers overlap in words of other sizes than 4, 8 and 16.
WordMemo::Key WordMemo::key_of(std::string_view word) {
  const auto size = static_cast<std::uint8_t>(word.size());
  const char* begin = word.data();
  const char* end = begin + word.size();
  if (size >= 8) return {load<std::uint64_t>(begin), load<std::uint64_t>(end - 8), size};
  if (size >= 4) return {load<std::uint32_t>(begin), load<std::uint32_t>(end - 4), size};
  Key key{0, 0, size};
  std::memcpy(&key.front, begin, size);
  return key;
}
static_assert(std::endian::native == std::endian::little);

std::string WordMemo::word_of(const Key& key) {
  std::string word(key.size, '\0');
  const std::size_t part = key.size >= 8 ? 8 : key.size >= 4 ? 4 : key.size;
  std::memcpy(word.data(), &key.front, part);
  if (part >= 4) std::memcpy(word.data() + key.size - part, &key.back, part);
  return word;
}

/// std::random_device would ask the processor what it can do, which takes long on a virtual one.
WordMemo::WordMemo() : entries_(kFirstEntries) {
  if (getentropy(&seed_, sizeof seed_) != 0)
    throw Error("the system has no random numbers", {}, ExitStatus::resources);
}

WordMemo::Entry* WordMemo::find_long(std::string_view written) {
  const auto known = long_words_.find(written);
  return known == long_words_.end() ? nullptr : &known->second;
}

WordMemo::Entry& WordMemo::add(std::string_view written, Meaning meaning) {
  const bool is_long = written.size() > kLongestKey;
  if ((meanings_.size() + 1) * 2 > entries_.size()) grow();
  const Key key = is_long ? Key() : key_of(written);
  Entry& entry = is_long ? long_words_[std::string(written)] : free_entry(key);
  entry.front = key.front;
  entry.back = key.back;
  entry.size = key.size;
  entry.is_stop_word = meaning.is_stop_word;
  entry.has_plain_term = !meaning.plain_term.empty();
  meanings_.push_back(std::move(meaning));
  entry.meaning = static_cast<std::uint32_t>(meanings_.size());
  return entry;
}

WordMemo::Entry& WordMemo::free_entry(const Key& key) {
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = hash(key) & mask;
  while (entries_[at].meaning != 0) at = (at + 1) & mask;
  return entries_[at];
}

void WordMemo::grow() {
  const std::vector<Entry> old = std::exchange(entries_, std::vector<Entry>(entries_.size() * 2));
  for (const Entry& entry : old)
    if (entry.meaning != 0) free_entry({entry.front, entry.back, entry.size}) = entry;
}

void WordMemo::clear() {
  entries_.assign(kFirstEntries, {});
  meanings_.clear();
  long_words_.clear();
}

}  // namespace lede
