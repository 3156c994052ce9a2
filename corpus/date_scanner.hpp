#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lede {

/// Eats the text of a date from the left. A taker that finds nothing leaves the text as it was;
/// to look further ahead, copy the scanner.
class DateScanner {
 public:
  using Words = std::span<const std::string_view>;

  explicit DateScanner(std::string_view text) : rest_(text) {}

  bool is_done() const { return rest_.empty(); }
  char next() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool is_at_sign() const { return next() == '+' || next() == '-'; }
  std::string_view rest() const { return rest_; }

  bool take(char wanted) {
    if (rest_.empty() || next() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_any(std::string_view wanted) {
    return wanted.find(next()) != std::string_view::npos && take(next());
  }

  void skip(std::string_view unwanted) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(unwanted), rest_.size()));
  }

  /// Skips up to and with `end`, or to the text's end.
  void skip_past(char end) {
    const auto at = rest_.find(end);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + 1);
  }

  std::size_t digits_ahead() const {
    return std::min(rest_.find_first_not_of("0123456789"), rest_.size());
  }

  /// A number that is all of the digits here, at least `least` and at most `most` of them.
  std::optional<int> take_number(std::size_t least, std::size_t most) {
    const std::size_t count = digits_ahead();
    return count < least || count > most ? std::nullopt : take_digits(count);
  }

  /// The next `count` digits (at most 9), whatever follows them.
  std::optional<int> take_digits(std::size_t count) {
    if (digits_ahead() < count) return std::nullopt;
    int value = 0;
    for (const char digit : rest_.substr(0, count)) value = value * 10 + (digit - '0');
    rest_.remove_prefix(count);
    return value;
  }

  /// One of the texts given, letter for letter.
  bool take_mark(Words marks) {
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](std::string_view candidate) {
      return rest_.starts_with(candidate);
    });
    if (mark == marks.end()) return false;
    rest_.remove_prefix(mark->size());
    return true;
  }

  /// The run of European letters here, as it stands and not taken.
  std::string_view word() const;

  /// Takes the word here if `accept` makes something of it, folded (folded_date_word).
  template <typename Accept>
  auto take_word(Accept accept) -> decltype(accept(std::string())) {
    const std::string_view found = word();
    auto meaning = accept(folded(found));
    if (meaning) rest_.remove_prefix(found.size());
    return meaning;
  }

  bool take_word_of(Words words) {
    return take_word([&](const std::string& word) {
      return std::find(words.begin(), words.end(), word) != words.end();
    });
  }

  /// Takes a word that no list knows.
  void skip_bytes(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }

 private:
  static std::string folded(std::string_view word);

  std::string_view rest_;
};

}  // namespace lede
