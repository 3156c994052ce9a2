#include "query/word_matchers.hpp"

#include <algorithm>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

std::vector<char32_t> letters_of(std::string_view text) {
  std::vector<char32_t> letters;
  while (!text.empty()) {
    const CodePoint point = decode_code_point(text);
    letters.push_back(point.value);
    text.remove_prefix(point.length_bytes);
  }
  return letters;
}

}  // namespace

// WordPattern ------------------------------------------------------------------------------------

WordPattern::WordPattern(std::string_view pattern) {
  read(pattern);
  if ((stars_ & 1) != 0) tail_ = ascii_tail();
}

void WordPattern::read(std::string_view pattern) {
  while (!pattern.empty() && letters_.size() < kLongest) {
    const std::size_t piece = std::min(pattern.find_first_of("*?"), pattern.size());
    for (const char32_t letter : letters_of(folded(pattern.substr(0, piece))))
      if (letters_.size() < kLongest) letters_.push_back(letter);
    if (piece == pattern.size()) return;
    if (pattern[piece] == '*')
      stars_ |= std::uint64_t{1} << letters_.size();
    else
      letters_.push_back(kAny);
    pattern.remove_prefix(piece + 1);
  }
}

/// The letters behind the last sign, as far as they are of ASCII.
std::string WordPattern::ascii_tail() const {
  std::string tail;
  for (std::size_t at = letters_.size(); at > 0 && letters_[at - 1] < 0x80; --at) {
    if ((stars_ >> at & 1) != 0) break;
    tail.insert(tail.begin(), static_cast<char>(letters_[at - 1]));
  }
  return tail;
}

Verdict WordPattern::look_at(std::string_view folded) const {
  if (!folded.ends_with(tail_)) return {};  // beginnings tell nothing behind a `*`
  std::uint64_t states = 1;  // bit i: the first i letters of the pattern are behind us
  std::size_t at = 0;
  while (at < folded.size()) {
    const CodePoint point = decode_code_point(folded.substr(at));
    at += point.length_bytes;
    std::uint64_t takes = 0;
    for (std::size_t i = 0; i < letters_.size(); ++i)
      takes |= std::uint64_t{letters_[i] == point.value || letters_[i] == kAny} << i;
    states = (states & stars_) | ((states & takes) << 1);
    if (states == 0) return {false, at};
  }
  return {(states >> letters_.size() & 1) != 0, 0};
}

// TypingErrors -----------------------------------------------------------------------------------

TypingErrors::TypingErrors(std::string_view folded, std::size_t most)
    : wanted_(letters_of(folded)), most_(most), rows_(1, Row(wanted_.size() + 1)) {
  for (std::size_t i = 0; i <= wanted_.size(); ++i) rows_[0][i] = i;
}

/// The errors from the word's first `depth` letters on; returns the least.
std::size_t TypingErrors::fill_row(std::size_t depth) {
  if (rows_.size() <= depth) rows_.resize(depth + 1, Row(wanted_.size() + 1));
  const Row& above = rows_[depth - 1];
  Row& row = rows_[depth];
  const char32_t letter = word_[depth - 1];
  std::size_t least = row[0] = depth;
  for (std::size_t i = 1; i <= wanted_.size(); ++i) {
    const std::size_t other = above[i - 1] + (wanted_[i - 1] == letter ? 0 : 1);
    std::size_t errors = std::min({above[i] + 1, row[i - 1] + 1, other});
    const bool is_swap =
        depth > 1 && i > 1 && wanted_[i - 1] == word_[depth - 2] && wanted_[i - 2] == letter;
    if (is_swap) errors = std::min(errors, rows_[depth - 2][i - 2] + 1);
    row[i] = errors;
    least = std::min(least, errors);
  }
  return least;
}

Verdict TypingErrors::look_at(std::string_view folded) {
  std::size_t depth = 0;
  std::size_t least_above = 0;
  std::size_t bytes = 0;
  while (bytes < folded.size()) {
    const CodePoint point = decode_code_point(folded.substr(bytes));
    bytes += point.length_bytes;
    ++depth;
    std::size_t least = 0;
    if (depth < valid_rows_ && word_[depth - 1] == point.value) {
      least = *std::ranges::min_element(rows_[depth]);
    } else {
      word_.resize(depth - 1);
      word_.push_back(point.value);
      least = fill_row(depth);
      valid_rows_ = depth + 1;
    }
    // Two neighbours changed reach past the last row.
    if (least > most_ && least_above + 1 > most_) return {false, bytes};
    least_above = least;
  }
  distance_ = rows_[depth][wanted_.size()];
  return {distance_ <= most_, 0};
}

}  // namespace lede
