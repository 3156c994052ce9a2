#include "query/phrase_finder.hpp"

#include <algorithm>

namespace lede {
namespace {

/// Texts are read piece by piece, so that what stands behind the phrase is not. No word has a space
/// in it.
std::string_view first_piece(std::string_view text) {
  constexpr std::size_t kPieceBytes = 1024;
  return text.substr(0, text.find(' ', kPieceBytes));
}

}  // namespace

PhraseFinder::PhraseFinder(std::span<const std::string> terms, Analyzer& analyzer)
    : terms_(terms), analyzer_(analyzer) {}

bool PhraseFinder::is_in(std::string_view text) {
  begun_.assign(1, 0);
  while (!text.empty() && !is_whole()) {
    const std::string_view piece = first_piece(text);
    text.remove_prefix(piece.size());
    analyzer_.analyze_where(
        piece, [&](std::string_view folded) { return is_expected(folded); },
        [&](const Token& token) { take(token); });
  }
  return is_whole();
}

bool PhraseFinder::is_expected(std::string_view folded) const {
  if (is_whole()) return false;
  if (!analyzer_.keeps_first_bytes()) return true;
  return std::ranges::any_of(
      begun_, [&](std::size_t words) { return terms_[words].front() == folded.front(); });
}

/// The phrase may have begun at several words before this one, and may begin at the next.
void PhraseFinder::take(const Token& token) {
  if (is_whole()) return;
  std::erase_if(begun_, [&](std::size_t words) {
    const std::string& next = terms_[words];
    return next != token.term() && next != token.plain_term();
  });
  for (std::size_t& words : begun_) ++words;
  begun_.push_back(0);
}

}  // namespace lede
