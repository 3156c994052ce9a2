#include "query/text_finders.hpp"

#include <algorithm>

namespace lede {
namespace {

/// Texts are read piece by piece, so that what stands behind the phrase is not. No word has a space
/// in it.
std::string_view first_piece(std::string_view text) {
  constexpr std::size_t kPieceBytes = 1024;
  return text.substr(0, text.find(' ', kPieceBytes));
}

bool is_match(const WordTest& test, const Token& token, std::string_view folded) {
  if (!test.forms.empty()) return std::ranges::binary_search(test.forms, folded);
  return std::ranges::any_of(test.terms, [&](const std::string& term) {
    return term == token.term() || term == token.plain_term();
  });
}

/// How many words lie from one to the other, in either order; none where they overlap.
template <typename Span>
std::size_t distance_between(const Span& a, const Span& b) {
  if (a.first > b.last) return a.first - b.last;
  return b.first > a.last ? b.first - a.last : 0;
}

}  // namespace

// PhraseFinder -----------------------------------------------------------------------------------

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

// NearFinder -------------------------------------------------------------------------------------

NearFinder::NearFinder(std::span<const Operand> operands, std::size_t distance, Analyzer& analyzer)
    : operands_(operands), distance_(distance), analyzer_(analyzer) {
  for (const Operand& operand : operands)
    for (const WordSequence& sequence : operand)
      for (const WordTest& test : sequence) needs_terms_ = needs_terms_ || test.forms.empty();
}

bool NearFinder::is_in(std::string_view text) {
  found_.clear();
  for (const Operand& operand : operands_) found_.push_back({&operand});
  position_ = 0;
  is_found_ = false;
  while (!text.empty() && !is_found_) {
    const std::string_view piece = first_piece(text);
    text.remove_prefix(piece.size());
    std::string_view last;
    analyzer_.analyze_where(
        piece,
        [&](std::string_view folded) {
          last = folded;
          return needs_terms_ && !is_found_;
        },
        [&](const Token& token) {
          if (!is_found_) take(token, last);
        });
  }
  return is_found_;
}

void NearFinder::take(const Token& token, std::string_view folded) {
  ++position_;
  bool has_new_place = false;
  for (Found& found : found_) has_new_place |= take(found, token, folded);
  is_found_ = has_new_place && is_near();
}

/// Whether a place of the operand ends with this word.
bool NearFinder::take(Found& found, const Token& token, std::string_view folded) const {
  const auto goes_on = [&](const WordTest& test) { return is_match(test, token, folded); };
  std::erase_if(found.begun,
                [&](const Begun& begun) { return !goes_on((*begun.sequence)[begun.words]); });
  for (Begun& begun : found.begun) ++begun.words;
  for (const WordSequence& sequence : *found.operand)
    if (goes_on(sequence.front())) found.begun.push_back({&sequence, 1});
  bool is_new = false;
  for (const Begun& begun : found.begun) {
    if (begun.words < begun.sequence->size()) continue;
    const Span span{position_ + 1 - begun.words, position_};
    if (std::ranges::find(found.spans, span) != found.spans.end()) continue;
    found.spans.insert(found.spans.begin(), span);
    if (found.spans.size() > 2) found.spans.pop_back();
    is_new = true;
  }
  std::erase_if(found.begun,
                [](const Begun& begun) { return begun.words == begun.sequence->size(); });
  return is_new;
}

/// Whether one operand was found just now and all of the others near it. Of each the last place is
/// taken, or the one before, where another operand has the last.
bool NearFinder::is_near() const {
  std::vector<Span> taken;
  bool is_new = false;
  for (const Found& found : found_) {
    const auto is_free = [&](const Span& span) {
      return std::ranges::none_of(
          taken, [&](const Span& other) { return distance_between(span, other) == 0; });
    };
    const auto span = std::ranges::find_if(found.spans, is_free);
    if (span == found.spans.end()) return false;
    is_new = is_new || span->last == position_;
    taken.push_back(*span);
  }
  if (!is_new) return false;
  return std::ranges::all_of(taken, [&](const Span& a) {
    return std::ranges::all_of(taken,
                               [&](const Span& b) { return distance_between(a, b) <= distance_; });
  });
}

}  // namespace lede
