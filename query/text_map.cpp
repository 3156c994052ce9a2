#include "query/text_map.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <tuple>

#include "corpus/unicode.hpp"
#include "corpus/words.hpp"
#include "query/sentences.hpp"

namespace lede {
namespace {

constexpr std::string_view kWhiteSpace = " \n\t\r";

class MapMaker {
 public:
  MapMaker(std::string_view text, FieldId field, const WantedTerms& wanted)
      : field_(field), wanted_(wanted), map_(text) {
    map_.words.reserve(text.size() / kTypicalWordBytes);
    const std::size_t begin = std::min(text.find_first_not_of(kWhiteSpace), text.size());
    add_sentence({begin, begin, true});
  }

  void add(const Token& token) {
    if (!map_.words.empty()) pass_gap(map_.words.back(), token.begin);
    map_.words.push_back(
        {static_cast<std::uint32_t>(token.begin), static_cast<std::uint32_t>(token.end)});
    const Numbers numbers{number_of(token.term()), number_of(token.plain_term())};
    if (wanted_.has_phrase()) numbers_.push_back(numbers);
    for (const std::uint32_t number : numbers)
      if (number != WantedTerms::kNone) add_occurrences(number);
  }

  TextMap finish() {
    const std::size_t end = map_.text.find_last_not_of(kWhiteSpace) + 1;
    Sentence& last = map_.sentences.back();
    last.end = std::max(last.begin, static_cast<std::uint32_t>(end));
    if (wanted_.has_phrase()) sort_occurrences();
    return std::move(map_);
  }

 private:
  static constexpr std::size_t kTypicalWordBytes = 5;

  /// Of a word's term, and of the term it has without its accents.
  using Numbers = std::array<std::uint32_t, 2>;

  std::uint32_t number_of(std::string_view term) const {
    return term.empty() ? WantedTerms::kNone : wanted_.number_of(term);
  }

  void pass_gap(const TextWord& word, std::size_t next_begin) {
    const std::size_t gap = next_begin - word.end;
    if (gap == 0 || (gap == 1 && map_.text[word.end] == ' ')) return;
    const auto found = find_sentence_break(map_.text, word.begin, word.end, next_begin);
    if (!found) return;
    map_.sentences.back().end = static_cast<std::uint32_t>(found->end);
    add_sentence(*found);
  }

  void add_sentence(const SentenceBreak& before) {
    const auto begin = static_cast<std::uint32_t>(before.begin);
    map_.sentences.push_back({begin, begin, before.is_paragraph});
  }

  void add_occurrences(std::uint32_t number) {
    const auto last = static_cast<std::uint32_t>(map_.words.size() - 1);
    for (const std::uint32_t wanted : wanted_.ending_in(number)) {
      const auto length = static_cast<std::uint32_t>(wanted_.numbers_of(wanted).size());
      const bool is_here = wanted_[wanted].field.value_or(field_) == field_;
      if (is_here && (length == 1 || ends_phrase(wanted)) && is_written_so(wanted))
        add_once({last + 1 - length, last, wanted});
    }
  }

  /// A word may have two terms of one thing that is wanted.
  void add_once(const Occurrence& occurrence) {
    const bool is_known = !map_.occurrences.empty() &&
                          map_.occurrences.back().last_word == occurrence.last_word &&
                          map_.occurrences.back().wanted == occurrence.wanted;
    if (!is_known) map_.occurrences.push_back(occurrence);
  }

  bool ends_phrase(std::uint32_t wanted) const {
    const auto phrase = wanted_.numbers_of(wanted);
    const auto is_here = [](std::uint32_t number, const Numbers& numbers) {
      return number == numbers[0] || number == numbers[1];
    };
    return phrase.size() <= numbers_.size() &&
           std::equal(phrase.rbegin(), phrase.rend(), numbers_.rbegin(), is_here);
  }

  /// Of the words that end here.
  bool is_written_so(std::uint32_t wanted) const {
    const auto& forms = wanted_[wanted].forms;
    return std::ranges::equal(
        forms.rbegin(), forms.rend(), map_.words.rbegin(),
        map_.words.rbegin() + static_cast<std::ptrdiff_t>(forms.size()),
        [&](const std::vector<std::string>& each, const TextWord& word) {
          const std::string_view written = map_.text.substr(word.begin, word.end - word.begin);
          return std::ranges::find(each, folded(written)) != each.end();
        });
  }

  /// A phrase is found at its last word, after the words inside it.
  void sort_occurrences() {
    const auto key = [](const Occurrence& o) {
      return std::tuple(o.first_word, o.last_word, o.wanted);
    };
    std::sort(map_.occurrences.begin(), map_.occurrences.end(),
              [&](const Occurrence& a, const Occurrence& b) { return key(a) < key(b); });
  }

  FieldId field_;
  const WantedTerms& wanted_;
  TextMap map_;
  std::vector<Numbers> numbers_;  // of each word, for phrases
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
  if (!term.empty()) first_bytes_.set(static_cast<unsigned char>(term.front()));
  endings_.emplace_back();
  std::size_t slot = hash(term);
  while (slots_[slot & mask_] != kNone) ++slot;
  return slots_[slot & mask_] = static_cast<std::uint32_t>(terms_.size());
}

bool WantedTerms::has_any_in(FieldId field) const {
  return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& each) {
    return !each.terms.empty() && each.field.value_or(field) == field;
  });
}

CharacterCounter::CharacterCounter(std::string_view text) : text_(text) {
  before_block_.reserve(text.size() / kBlockBytes + 1);
  std::size_t sum = 0;
  for (std::size_t at = 0; at <= text.size(); at += kBlockBytes) {
    before_block_.push_back(static_cast<std::uint32_t>(sum));
    sum += count(text.substr(at, kBlockBytes));
  }
  if (sum == text.size()) before_block_.clear();
}

/// Eight bytes at a time: a byte of the form 10xxxxxx goes on with a character.
std::size_t CharacterCounter::count(std::string_view text) {
  constexpr std::uint64_t kLowBits = 0x0101010101010101;
  std::size_t characters = text.size();
  for (; text.size() >= sizeof(std::uint64_t); text.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof(bytes));
    characters -= (((bytes >> 7) & ~(bytes >> 6) & kLowBits) * kLowBits) >> 56;
  }
  for (const char c : text) characters -= (c & 0xC0) == 0x80;
  return characters;
}

std::size_t CharacterCounter::byte_of(std::size_t character) const {
  if (before_block_.empty()) return std::min(character, text_.size());
  const auto next = std::upper_bound(before_block_.begin(), before_block_.end(), character);
  const auto block = static_cast<std::size_t>(next - before_block_.begin()) - 1;
  std::size_t left = character - before_block_[block] + 1;
  for (std::size_t at = block * kBlockBytes; at < text_.size(); ++at)
    if ((text_[at] & 0xC0) != 0x80 && --left == 0) return at;
  return text_.size();
}

TextMap map_text(std::string_view text, FieldId field, const WantedTerms& wanted,
                 Analyzer& analyzer) {
  text = prefix_of(text, std::numeric_limits<std::uint32_t>::max());
  MapMaker maker(text, field, wanted);
  const bool can_skip = analyzer.keeps_first_bytes();
  analyzer.analyze_where(
      text,
      [&](std::string_view folded) {
        return !can_skip || wanted.has_any_beginning_with(folded.front());
      },
      [&](const Token& token) { maker.add(token); });
  return maker.finish();
}

}  // namespace lede
