#include "query/passage_cut.hpp"

#include <algorithm>
#include <iterator>

#include "query/sentences.hpp"

namespace lede {
namespace {

using Sentences = std::vector<Sentence>;

/// The sentence that a byte stands in, or before it.
Sentences::const_iterator sentence_at(const TextMap& map, std::size_t byte) {
  const auto next = std::upper_bound(
      map.sentences.begin(), map.sentences.end(), byte,
      [](std::size_t wanted, const Sentence& each) { return wanted < each.begin; });
  return next == map.sentences.begin() ? next : std::prev(next);
}

std::uint32_t first_word_from(const TextMap& map, std::size_t byte) {
  const auto found = std::lower_bound(
      map.words.begin(), map.words.end(), byte,
      [](const TextWord& word, std::size_t wanted) { return word.begin < wanted; });
  return static_cast<std::uint32_t>(found - map.words.begin());
}

/// The last word that begins before a byte; there must be one.
std::uint32_t last_word_until(const TextMap& map, std::size_t byte) {
  return first_word_from(map, byte) - 1;
}

/// Cuts a passage out of a text. All places are bytes; only the limit counts characters.
class Cutter {
 public:
  Cutter(const TextMap& map, const CharacterCounter& characters, const Range& room,
         std::size_t limit)
      : map_(map), characters_(characters), room_(room), limit_(limit) {}

  Range cut(const Core& core) const {
    const std::size_t begin = choose_begin(core);
    return {begin, choose_end(begin, last_word_until(map_, core.end))};
  }

  Range cut_beginning() const {
    const std::size_t latest = limit_after(room_.begin);
    const std::uint32_t word = first_word_from(room_.begin);
    const bool has_word = word < map_.words.size() && map_.words[word].end <= latest;
    return {room_.begin, has_word ? choose_end(room_.begin, word) : std::min(latest, room_.end)};
  }

 private:
  std::size_t limit_after(std::size_t byte) const { return characters_.moved(byte, limit_); }

  /// Where a passage begins that is full when it reaches `end`, or where the room does.
  std::size_t limit_before(std::size_t end) const {
    return std::max(room_.begin, characters_.moved_back(end, limit_));
  }

  /// With the core's sentence where that fits, or sentences before it where they all fit.
  std::size_t choose_begin(const Core& core) const {
    const std::size_t core_begin = core.begin;
    const std::size_t earliest = limit_before(core.end);
    const std::size_t filling = limit_before(room_.end);
    const std::size_t sentence = sentence_at(map_, core_begin)->begin;
    if (sentence >= earliest) return filling < sentence ? first_sentence_from(filling) : sentence;
    const std::size_t context = characters_.moved_back(core_begin, limit_ / 4);
    return choose_word(first_word_from(core_begin), std::max(earliest, std::min(context, filling)));
  }

  std::size_t first_sentence_from(std::size_t byte) const {
    return std::lower_bound(
               map_.sentences.begin(), map_.sentences.end(), byte,
               [](const Sentence& each, std::size_t wanted) { return each.begin < wanted; })
        ->begin;
  }

  /// The first word from `byte` on that nothing ties to the one before, the core's at the latest;
  /// with the quotes and brackets before it.
  std::size_t choose_word(std::uint32_t core_word, std::size_t byte) const {
    std::uint32_t word = first_word_from(byte);
    while (word < core_word && is_tied(word)) ++word;
    const std::size_t lead = lead_of(word);
    return lead < byte ? map_.words[word].begin : lead;
  }

  std::uint32_t first_word_from(std::size_t byte) const {
    return lede::first_word_from(map_, byte);
  }

  /// Whether a hyphen, a slash or the like ties the word to the one before.
  bool is_tied(std::uint32_t word) const {
    if (word == 0 || word >= map_.words.size()) return false;
    const std::uint32_t before = map_.words[word - 1].end;
    return map_.words[word].begin == before + 1 && !is_white_space(map_.text[before]);
  }

  /// Where the white space before a word ends; where there is none, where the word begins.
  std::size_t lead_of(std::uint32_t word) const {
    const std::size_t begin = map_.words[word].begin;
    const std::size_t floor = word == 0 ? room_.begin : map_.words[word - 1].end;
    std::size_t at = begin;
    while (at > floor && !is_white_space(map_.text[at - 1])) --at;
    return at == floor && word != 0 ? begin : at;
  }

  /// A sentence's end when it leaves at most a third of the limit unused, else a word's; never
  /// before `last_needed` ends.
  std::size_t choose_end(std::size_t begin, std::uint32_t last_needed) const {
    const std::size_t latest = limit_after(begin);
    if (room_.end <= latest) return room_.end;
    const std::size_t sentence = last_sentence_end_until(latest);
    const bool is_close = sentence >= characters_.moved(begin, limit_ - limit_ / 3);
    if (is_close && sentence >= map_.words[last_needed].end) return sentence;
    std::uint32_t word = first_word_from(latest);
    while (word > last_needed && (map_.words[word - 1].end > latest || is_tied(word))) --word;
    return map_.words[std::max(word, last_needed + 1) - 1].end;
  }

  /// The text's beginning when none ends by then.
  std::size_t last_sentence_end_until(std::size_t byte) const {
    const auto next = std::upper_bound(
        map_.sentences.begin(), map_.sentences.end(), byte,
        [](std::size_t wanted, const Sentence& each) { return wanted < each.end; });
    return next == map_.sentences.begin() ? 0 : std::prev(next)->end;
  }

  const TextMap& map_;
  const CharacterCounter& characters_;
  Range room_;
  std::size_t limit_;
};

}  // namespace

Range trimmed(std::string_view text, Range range) {
  while (range.begin < range.end && is_white_space(text[range.begin])) ++range.begin;
  while (range.begin < range.end && is_white_space(text[range.end - 1])) --range.end;
  return range;
}

/// A passage that holds the core neither begins earlier nor ends later.
TextMap map_around(const SearchedText& text, const Core& core, std::size_t limit) {
  return map_text_around(text.text, {text.characters.moved_back(core.end, limit),
                                     text.characters.moved(core.begin, limit)});
}

Range paragraphs_around(const TextMap& map, const Core& core) {
  auto first = sentence_at(map, core.begin);
  while (!first->begins_paragraph) --first;
  auto last = sentence_at(map, map.words[last_word_until(map, core.end)].begin);
  while (std::next(last) != map.sentences.end() && !std::next(last)->begins_paragraph) ++last;
  return {first->begin, last->end};
}

Range cut_passage(const TextMap& map, const CharacterCounter& characters, const Core& core,
                  const Range& room, std::size_t limit) {
  return trimmed(map.text, Cutter(map, characters, room, limit).cut(core));
}

Range cut_beginning(const TextMap& map, const CharacterCounter& characters, std::size_t limit) {
  return trimmed(map.text, Cutter(map, characters, map.whole(), limit).cut_beginning());
}

}  // namespace lede
