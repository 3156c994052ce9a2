#include "query/text_map.hpp"

#include <algorithm>
#include <cstring>

#include "corpus/unicode.hpp"
#include "query/sentences.hpp"

namespace lede {
namespace {

constexpr std::string_view kWhiteSpace = " \n\t\r";

/// Where a text begins but for white space.
std::size_t beginning_of(std::string_view text) {
  return std::min(text.find_first_not_of(kWhiteSpace), text.size());
}

TextWord place_of(const Word& word) {
  return {static_cast<std::uint32_t>(word.begin), static_cast<std::uint32_t>(word.end)};
}

/// The sentence break between two neighbours. Most words have no more than a space between them.
std::optional<SentenceBreak> break_between(std::string_view text, const TextWord& word,
                                           std::size_t next_begin) {
  const std::size_t gap = next_begin - word.end;
  if (gap == 0 || (gap == 1 && text[word.end] == ' ')) return std::nullopt;
  return find_sentence_break(text, word.begin, word.end, next_begin);
}

/// From where to read so that the first word ends at `at` at the latest; 0 where none does.
std::size_t start_before(std::string_view text, std::size_t at) {
  constexpr std::size_t kFirstStep = 32;  // most often it is enough
  for (std::size_t step = kFirstStep; step < at; step *= 2) {
    const std::size_t start = word_boundary_before(text, at - step);
    WordReader words(text, start);
    Word first;
    if (start == 0 || (words.next(first) && first.end <= at)) return start;
  }
  return 0;
}

class MapMaker {
 public:
  /// Reads from `start` on.
  MapMaker(std::string_view text, std::size_t start) : map_{text, {}, {}}, words_(text, start) {
    if (start == 0) add_sentence(beginning_of(text), true);
  }

  /// Up to the first word that begins behind `end`.
  TextMap read_past(std::size_t end) {
    for (Word word; words_.next(word);) {
      add(place_of(word));
      if (word.begin > end) return finish(word.end);
    }
    return finish(map_.text.find_last_not_of(kWhiteSpace) + 1);
  }

 private:
  void add(const TextWord& word) {
    if (map_.sentences.empty()) add_sentence(word.begin, true);
    if (!map_.words.empty()) {
      if (const auto found = break_between(map_.text, map_.words.back(), word.begin)) {
        map_.sentences.back().end = static_cast<std::uint32_t>(found->end);
        add_sentence(found->begin, found->is_paragraph);
      }
    }
    map_.words.push_back(word);
  }

  void add_sentence(std::size_t at, bool begins_paragraph) {
    const auto begin = static_cast<std::uint32_t>(at);
    map_.sentences.push_back({begin, begin, begins_paragraph});
  }

  TextMap finish(std::size_t end) {
    Sentence& last = map_.sentences.back();
    last.end = std::max(last.begin, static_cast<std::uint32_t>(end));
    return std::move(map_);
  }

  TextMap map_;
  WordReader words_;
};

}  // namespace

CharacterCounter::CharacterCounter(std::string_view text) : text_(text) {
  if (is_ascii(text)) return;
  before_block_.reserve(text.size() / kBlockBytes + 1);
  std::size_t sum = 0;
  for (std::size_t at = 0; at <= text.size(); at += kBlockBytes) {
    before_block_.push_back(static_cast<std::uint32_t>(sum));
    sum += count(text.substr(at, kBlockBytes));
  }
}

/// Eight bytes at a time: a byte of the form 10xxxxxx goes on with a character. At most a block, so
/// that the sums of each eighth byte fit into a byte, and so does the sum of these.
std::size_t CharacterCounter::count(std::string_view text) {
  constexpr std::uint64_t kLowBits = 0x0101010101010101;
  std::size_t characters = text.size();
  std::uint64_t sums = 0;
  for (; text.size() >= sizeof(std::uint64_t); text.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof(bytes));
    sums += (bytes >> 7) & ~(bytes >> 6) & kLowBits;
  }
  characters -= (sums * kLowBits) >> 56;
  for (const char c : text) characters -= is_continuation(c);
  return characters;
}

std::size_t CharacterCounter::byte_of(std::size_t character) const {
  if (before_block_.empty()) return std::min(character, text_.size());
  const auto next = std::upper_bound(before_block_.begin(), before_block_.end(), character);
  const auto block = static_cast<std::size_t>(next - before_block_.begin()) - 1;
  std::size_t left = character - before_block_[block] + 1;
  for (std::size_t at = block * kBlockBytes; at < text_.size(); ++at)
    if (!is_continuation(text_[at]) && --left == 0) return at;
  return text_.size();
}

TextMap map_text(std::string_view text) {
  return map_text_around(text, {0, text.size()});
}

TextMap map_text_around(std::string_view text, const Range& range) {
  return MapMaker(text, start_before(text, range.begin)).read_past(range.end);
}

bool has_blank_line(std::string_view between) {
  for (std::size_t at = between.find('\n'); at != between.npos; at = between.find('\n', at)) {
    const std::size_t next = between.find_first_not_of(" \t\r", at + 1);
    if (next == between.npos) return false;
    if (between[next] == '\n') return true;
    at = next;
  }
  return false;
}

std::optional<std::size_t> SentenceBegins::of_word_at(std::size_t word_begin, std::size_t floor) {
  if (!has_started_ || floor > last_.end) start_before(floor);
  for (Word word; last_.begin < word_begin && words_.next(word);) pass(word);
  if (begin_ && *begin_ >= floor) return begin_;
  return std::nullopt;
}

void SentenceBegins::start_before(std::size_t floor) {
  const std::size_t start = lede::start_before(text_, floor);
  words_ = WordReader(text_, start);
  begin_.reset();
  if (start == 0) begin_ = beginning_of(text_);
  has_started_ = true;
  last_ = {0, 0};
  Word word;
  if (words_.next(word)) last_ = place_of(word);
}

void SentenceBegins::pass(const Word& word) {
  const TextWord next = place_of(word);
  if (const auto found = break_between(text_, last_, next.begin)) begin_ = found->begin;
  last_ = next;
}

}  // namespace lede
