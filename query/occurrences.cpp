#include "query/occurrences.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

#include "corpus/words.hpp"

namespace lede {
namespace {

class OccurrenceFinder {
 public:
  OccurrenceFinder(std::string_view text, FieldId field, const WantedTerms& wanted)
      : text_(text), field_(field), wanted_(wanted) {}

  void take(const Token& token) {
    const Numbers numbers{number_of(token.term()), number_of(token.plain_term())};
    if (numbers == Numbers{}) return;
    if (!goes_on_with(token.begin)) run_.clear();
    run_.push_back({token.begin, token.end, numbers});
    for (const std::uint32_t number : numbers)
      if (number != WantedTerms::kNone) add_occurrences(number);
  }

  std::vector<Occurrence> finish() {
    if (wanted_.has_phrase()) sort();
    return std::move(occurrences_);
  }

 private:
  /// Of a word's term, and of the term it has without its accents.
  using Numbers = std::array<std::uint32_t, 2>;

  struct FoundWord {
    std::size_t begin;
    std::size_t end;
    Numbers numbers;
  };

  std::uint32_t number_of(std::string_view term) const {
    return term.empty() ? WantedTerms::kNone : wanted_.number_of(term);
  }

  /// Whether the word at `begin` is the next one behind those found last. Without phrases nobody
  /// asks.
  bool goes_on_with(std::size_t begin) const {
    if (run_.empty() || !wanted_.has_phrase()) return false;
    WordReader words(text_, run_.back().end);
    Word next;
    return words.next(next) && next.begin == begin;
  }

  void add_occurrences(std::uint32_t number) {
    for (const std::uint32_t wanted : wanted_.ending_in(number)) {
      const std::size_t length = wanted_.numbers_of(wanted).size();
      const bool is_here = wanted_[wanted].field.value_or(field_) == field_;
      if (!is_here || (length > 1 && !ends_phrase(wanted)) || !is_written_so(wanted)) continue;
      add_once({static_cast<std::uint32_t>(run_[run_.size() - length].begin),
                static_cast<std::uint32_t>(run_.back().end), wanted});
    }
  }

  /// A word may have two terms of one thing that is wanted.
  void add_once(const Occurrence& occurrence) {
    const bool is_known = !occurrences_.empty() && occurrences_.back().end == occurrence.end &&
                          occurrences_.back().wanted == occurrence.wanted;
    if (!is_known) occurrences_.push_back(occurrence);
  }

  bool ends_phrase(std::uint32_t wanted) const {
    const auto phrase = wanted_.numbers_of(wanted);
    const auto is_here = [](std::uint32_t number, const FoundWord& word) {
      return number == word.numbers[0] || number == word.numbers[1];
    };
    return phrase.size() <= run_.size() &&
           std::equal(phrase.rbegin(), phrase.rend(), run_.rbegin(), is_here);
  }

  /// Of the words that end here.
  bool is_written_so(std::uint32_t wanted) const {
    const auto& forms = wanted_[wanted].forms;
    return std::ranges::equal(forms.rbegin(), forms.rend(), run_.rbegin(),
                              run_.rbegin() + static_cast<std::ptrdiff_t>(forms.size()),
                              [&](const std::vector<std::string>& each, const FoundWord& word) {
                                const std::string_view written =
                                    text_.substr(word.begin, word.end - word.begin);
                                return std::ranges::find(each, folded(written)) != each.end();
                              });
  }

  /// A phrase is found at its last word, after the words inside it.
  void sort() {
    const auto key = [](const Occurrence& o) { return std::tuple(o.begin, o.end, o.wanted); };
    std::sort(occurrences_.begin(), occurrences_.end(),
              [&](const Occurrence& a, const Occurrence& b) { return key(a) < key(b); });
  }

  std::string_view text_;
  FieldId field_;
  const WantedTerms& wanted_;
  std::vector<FoundWord> run_;  // the last words that were found, side by side
  std::vector<Occurrence> occurrences_;
};

}  // namespace

WantedTerms::WantedTerms(std::span<const Wanted> wanted) : wanted_(wanted) {
  std::size_t count = 0;
  for (const Wanted& each : wanted) count += each.terms.size() + each.others.size();
  make_slots(count);
  numbers_.resize(wanted.size());
  for (std::uint32_t i = 0; i < wanted.size(); ++i) {
    for (const std::string& term : wanted[i].terms) numbers_[i].push_back(add(term));
    if (numbers_[i].empty()) continue;
    endings_[numbers_[i].back() - 1].push_back(i);
    for (const std::string& other : wanted[i].others) endings_[add(other) - 1].push_back(i);
    has_phrase_ = has_phrase_ || numbers_[i].size() > 1;
  }
}

void WantedTerms::make_slots(std::size_t count) {
  slots_.assign(std::bit_ceil(std::max<std::size_t>(64, 4 * count)), kNone);
  mask_ = slots_.size() - 1;
}

std::uint32_t WantedTerms::add(std::string_view term) {
  if (const std::uint32_t number = number_of(term); number != kNone) return number;
  terms_.push_back(term);
  endings_.emplace_back();
  std::size_t slot = hash(term);
  while (slots_[slot & mask_] != kNone) ++slot;
  return slots_[slot & mask_] = static_cast<std::uint32_t>(terms_.size());
}

WordBeginnings WantedTerms::beginnings(const Analyzer& analyzer) const {
  WordBeginnings beginnings;
  for (const std::string_view term : terms_)
    if (!term.empty()) analyzer.add_beginnings_of(term, beginnings);
  return beginnings;
}

bool WantedTerms::has_any_in(FieldId field) const {
  return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& each) {
    return !each.terms.empty() && each.field.value_or(field) == field;
  });
}

std::vector<Occurrence> find_occurrences(std::string_view text, FieldId field,
                                         const WantedTerms& wanted, Analyzer& analyzer) {
  OccurrenceFinder finder(text, field, wanted);
  analyzer.analyze_beginning_with(wanted.beginnings(analyzer), text,
                                  [&](const Token& token) { finder.take(token); });
  return finder.finish();
}

}  // namespace lede
