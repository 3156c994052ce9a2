#include "query/text_finders.hpp"

#include <algorithm>
#include <utility>

namespace lede {
namespace {

/// Texts are read piece by piece, so that what stands behind the phrase is not. No word has a space
/// in it.
std::string_view first_piece(std::string_view text) {
  constexpr std::size_t kPieceBytes = 1024;
  return text.substr(0, text.find(' ', kPieceBytes));
}

bool has_form(const WordTest& test, std::string_view folded) {
  return std::ranges::binary_search(test.forms, folded);
}

bool is_match(const WordTest& test, const Token& token, std::string_view folded) {
  if (!test.forms.empty()) return has_form(test, folded);
  return std::ranges::any_of(test.terms, [&](const std::string& term) {
    return term == token.term() || term == token.plain_term();
  });
}

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void add_beginning_of(std::string_view folded, WordBeginnings& beginnings) {
  const bool has_two = folded.size() > 1 && is_ascii_letter_or_digit(folded[0]) &&
                       is_ascii_letter_or_digit(folded[1]);
  if (has_two)
    beginnings.add(folded[0], folded[1]);
  else
    beginnings.add(folded[0]);
}

/// Whether the words of the sequence but the first stand behind a word that ends at `end`.
bool goes_on_with(const WordSequence& sequence, std::string_view text, std::size_t end) {
  WordReader words(text, end);
  Word word;
  return std::all_of(sequence.begin() + 1, sequence.end(), [&](const WordTest& test) {
    return words.next(word) && has_form(test, word.folded);
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

// WrittenFinder ----------------------------------------------------------------------------------

WrittenFinder::WrittenFinder(std::vector<Operand> operands) : operands_(std::move(operands)) {
  for (std::size_t operand = 0; operand < operands_.size(); ++operand)
    for (const WordSequence& sequence : operands_[operand])
      for (const std::string& form : sequence.front().forms) {
        starts_.push_back({form, operand, &sequence});
        add_beginning_of(form, beginnings_);
      }
  std::ranges::sort(starts_, {}, &Start::form);
}

WrittenFinder::Found WrittenFinder::found_in(std::string_view text, Found wanted) const {
  Found found = 0;
  WordReader words(text);
  for (Word word; found != wanted && words.next_beginning_with(beginnings_, word);) {
    auto start = std::ranges::lower_bound(starts_, word.folded, {}, &Start::form);
    for (; start != starts_.end() && start->form == word.folded; ++start) {
      const Found bit = Found{1} << start->operand & wanted & ~found;
      if (bit != 0 && goes_on_with(*start->sequence, text, word.end)) found |= bit;
    }
  }
  return found;
}

// NearFinder -------------------------------------------------------------------------------------

NearFinder::NearFinder(std::span<const Operand> operands, std::size_t distance, Analyzer& analyzer)
    : operands_(operands), distance_(distance), analyzer_(analyzer) {
  for (const Operand& operand : operands)
    for (const WordSequence& sequence : operand)
      for (const WordTest& test : sequence) expect(test);
}

/// Words that begin otherwise than all that are asked for need not be looked at.
void NearFinder::expect(const WordTest& test) {
  const bool goes_by_terms = test.forms.empty();
  needs_terms_ = needs_terms_ || goes_by_terms;
  if (goes_by_terms && !analyzer_.keeps_first_bytes()) beginnings_.add_all();
  for (const std::string& word : goes_by_terms ? test.terms : test.forms)
    beginnings_.add(word.front());
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
    bool is_expected = false;
    analyzer_.analyze_where(
        piece,
        [&](std::string_view folded) {
          last = folded;
          is_expected = beginnings_.have(folded.front()) && !is_found_;
          return is_expected && needs_terms_;
        },
        [&](const Token& token) {
          ++position_;
          if (is_expected)
            take(token, last);
          else
            forget_beginnings();
        });
  }
  return is_found_;
}

void NearFinder::forget_beginnings() {
  for (Found& found : found_) found.begun.clear();
}

void NearFinder::take(const Token& token, std::string_view folded) {
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
