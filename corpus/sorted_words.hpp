#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace lede {

/// Bytes of the longest word that lists of words take. All that WordReader has shortened is longer:
/// its hash is no word.
inline constexpr std::size_t kLongestListedWord = 60;

/// Words in ascending order of their bytes, none twice, each told by its difference from the one
/// before. docs/index-format.md tells the layout.
struct SortedWords {
  std::string bytes;

  bool is_empty() const { return bytes.empty(); }
};

/// A list of words as it grows. Words are appended in ascending order.
class SortedWordsWriter {
 public:
  /// With `before`, the list is a part of a longer one: it comes after that word, or begins with
  /// it. A reader has to be told the same.
  explicit SortedWordsWriter(std::string_view before = {}) : size_(before.size()) {
    std::ranges::copy(before, last_.begin());
  }

  /// A word of 1 to kLongestListedWord bytes. The one that was the last is passed over.
  void add(std::string_view word);

  std::size_t size_bytes() const { return bytes_.size(); }
  SortedWords take() { return {std::move(bytes_)}; }

 private:
  std::string bytes_;
  std::array<char, kLongestListedWord> last_;
  std::size_t size_;
};

/// Reads what SortedWordsWriter wrote, word by word. Of any other bytes it reads words that ascend
/// and are not too long, as far as there are any: is_broken() tells. Never reads past them.
class SortedWordsReader {
 public:
  /// `bytes` must outlive it. `before` is what the writer was told, and at most
  /// kLongestListedWord bytes.
  explicit SortedWordsReader(std::string_view bytes, std::string_view before = {})
      : at_(bytes.data()), end_(bytes.data() + bytes.size()), size_(before.size()) {
    std::ranges::copy(before, word_.begin());
  }

  /// Goes to the first word, to the next; false behind the last one.
  bool next() {
    if (at_ == end_) return false;
    const auto head = static_cast<unsigned char>(*at_++);
    std::size_t shared = head >> 4;
    std::size_t rest = head & 0x0F;
    if (shared == kMore) shared += more();
    if (rest == kMore) rest += more();
    if (!is_next_word(shared, rest)) return fail();
    std::memcpy(word_.data() + shared, at_, rest);
    at_ += rest;
    size_ = shared + rest;
    is_first_ = false;
    return true;
  }

  /// The word that next() has gone to; valid until it goes on.
  std::string_view word() const { return {word_.data(), size_}; }

  bool is_broken() const { return is_broken_; }

 private:
  friend class SortedWordsWriter;

  /// A number from this on is told by the byte that follows.
  static constexpr std::size_t kMore = 15;

  std::size_t more() {
    return at_ == end_ ? kLongestListedWord : static_cast<unsigned char>(*at_++);
  }

  bool is_next_word(std::size_t shared, std::size_t rest) const {
    if (shared > size_ || shared + rest > word_.size()) return false;
    if (static_cast<std::size_t>(end_ - at_) < rest) return false;
    if (rest == 0) return is_first_ && shared == size_ && size_ > 0;
    return shared == size_ ||
           static_cast<unsigned char>(*at_) > static_cast<unsigned char>(word_[shared]);
  }

  bool fail() {
    is_broken_ = true;
    at_ = end_;
    return false;
  }

  const char* at_;
  const char* end_;
  std::array<char, kLongestListedWord> word_;
  std::size_t size_;
  bool is_first_ = true;
  bool is_broken_ = false;
};

/// The words of either list, which both begin after nothing.
SortedWords united(const SortedWords& one, const SortedWords& other);

}  // namespace lede
