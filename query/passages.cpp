#include "query/passages.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "corpus/unicode.hpp"
#include "corpus/words.hpp"
#include "query/occurrences.hpp"
#include "query/passage_core.hpp"
#include "query/passage_cut.hpp"
#include "query/text_map.hpp"

namespace lede {
namespace {

constexpr std::size_t kMostPassages = 100;  // each one costs a look at every occurrence

/// A text that passages are taken from.
struct Source {
  FieldId field;
  SearchedText text;
  std::vector<std::uint32_t> paragraphs;  ///< bytes that a passage in one paragraph does not cross
  std::vector<Range> taken = {};          ///< the passages so far, in bytes
};

/// The end of the last word that a passage from `begin` to there has room for; `begin` for none.
std::uint32_t fitting_end(const SearchedText& text, const Occurrence& each, std::size_t limit) {
  const std::size_t latest = text.characters.moved(each.begin, limit);
  std::size_t end = each.begin;
  WordReader words(text.text, each.begin);
  for (Word word; words.next(word) && word.end <= std::min<std::size_t>(latest, each.end);)
    end = word.end;
  return static_cast<std::uint32_t>(end);
}

/// Occurrences wider than a passage keep the words that fit.
void fit_occurrences(SearchedText& text, std::size_t limit) {
  for (Occurrence& each : text.occurrences)
    if (each.end - each.begin > limit) each.end = fitting_end(text, each, limit);
  std::erase_if(text.occurrences, [](const Occurrence& each) { return each.begin == each.end; });
}

/// Where an occurrence is in another paragraph than the one before.
std::vector<std::uint32_t> paragraphs_of(const SearchedText& text) {
  std::vector<std::uint32_t> begins;
  for (std::size_t i = 1; i < text.occurrences.size(); ++i) {
    const std::uint32_t before = text.occurrences[i - 1].begin;
    const std::uint32_t begin = text.occurrences[i].begin;
    if (has_blank_line(text.text.substr(before, begin - before))) begins.push_back(begin);
  }
  return begins;
}

Source make_source(FieldId field, std::string_view whole, const WantedTerms& wanted,
                   Analyzer& analyzer, std::size_t limit) {
  const std::string_view text = prefix_of(whole, std::numeric_limits<std::uint32_t>::max());
  Source source{
      field, {text, CharacterCounter(text), find_occurrences(text, field, wanted, analyzer)}, {}};
  fit_occurrences(source.text, limit);
  source.paragraphs = paragraphs_of(source.text);
  return source;
}

/// The bytes that no core lies across: the passages so far, and the paragraphs' beginnings.
std::vector<std::uint32_t> fences_of(const Source& source, bool with_paragraphs) {
  std::vector<std::uint32_t> fences;
  if (with_paragraphs) fences = source.paragraphs;
  for (const Range& taken : source.taken) fences.push_back(static_cast<std::uint32_t>(taken.begin));
  std::sort(fences.begin(), fences.end());
  return fences;
}

std::optional<Candidate> find_core(const Source& source, std::size_t limit, Tally& tally) {
  const auto find = [&](bool is_one_paragraph) {
    Value prize;
    prize.is_lede = source.field == FieldId::lede;
    prize.is_one_paragraph = is_one_paragraph;
    return find_core(source.text, fences_of(source, is_one_paragraph), prize, limit, tally);
  };
  const auto within = find(true);
  const auto across = find(false);
  return within && across->value <= within->value ? within : across;
}

/// Where a passage around the core may lie: in its paragraphs, clear of the passages so far.
Range room_around(const Source& source, const TextMap& map, const Core& core) {
  Range room = paragraphs_around(map, core);
  for (const Range& taken : source.taken) {
    if (taken.begin > core.begin)
      room.end = std::min(room.end, taken.begin);
    else
      room.begin = std::max(room.begin, taken.end);
  }
  return trimmed(source.text.text, room);
}

/// Calls `receive` with each of the occurrences that lies in the range.
template <typename Receive>
void for_each_within(std::span<const Occurrence> occurrences, const Range& range,
                     Receive&& receive) {
  auto each = std::ranges::lower_bound(occurrences, range.begin, {}, &Occurrence::begin);
  for (; each != occurrences.end() && each->begin < range.end; ++each)
    if (each->end <= range.end) receive(*each);
}

std::vector<Range> highlights_in(std::span<const Occurrence> occurrences, const Range& passage) {
  std::vector<Range> highlights;
  for_each_within(occurrences, passage, [&](const Occurrence& each) {
    const Range range{each.begin - passage.begin, each.end - passage.begin};
    if (highlights.empty() || highlights.back().end <= range.begin)
      highlights.push_back(range);
    else
      highlights.back().end = std::max(highlights.back().end, range.end);
  });
  return highlights;
}

/// Without highlights.
Snippet snippet_of(FieldId field, std::string_view text, const Range& passage,
                   std::size_t offset_characters) {
  Snippet snippet;
  snippet.field = field;
  snippet.text = text.substr(passage.begin, passage.end - passage.begin);
  snippet.offset = offset_characters;
  snippet.is_beginning = trimmed(text.substr(0, passage.begin)).empty();
  snippet.is_end = trimmed(text.substr(passage.end)).empty();
  return snippet;
}

/// Makes the passages of one article.
class SnippetMaker {
 public:
  SnippetMaker(const Article& article, const WantedTerms& wanted, Analyzer& analyzer,
               std::size_t limit)
      : article_(article), wanted_(wanted), analyzer_(analyzer), limit_(limit), tally_(wanted) {}

  /// The title, when it has a hit.
  std::optional<Snippet> title() {
    if (!wanted_.has_any_in(FieldId::title)) return std::nullopt;
    const std::string_view text = article_.title;
    const auto occurrences = find_occurrences(text, FieldId::title, wanted_, analyzer_);
    if (occurrences.empty()) return std::nullopt;
    Snippet snippet = snippet_of(FieldId::title, text, {0, text.size()}, 0);
    snippet.highlights = highlights_in(occurrences, {0, text.size()});
    return snippet;
  }

  /// The next best passage, until none with a hit is left.
  std::optional<Snippet> next() {
    if (sources_.empty()) open_sources();
    Source* best_source = nullptr;
    std::optional<Candidate> best;
    for (Source& source : sources_) {
      auto candidate = find_core(source, limit_, tally_);
      if (!candidate || (best && candidate->value <= best->value)) continue;
      best = candidate;
      best_source = &source;
    }
    if (!best) return std::nullopt;
    return take(*best_source, best->core);
  }

  /// The beginning of the lede, else of the body.
  std::optional<Snippet> beginning() {
    const FieldId field = trimmed(article_.lede).empty() ? FieldId::body : FieldId::lede;
    const std::string_view text = text_of(field);
    const std::string_view beginning = beginning_of(text);
    const CharacterCounter characters(beginning);
    const Range passage = cut_beginning(map_text(beginning), characters, limit_);
    if (passage.begin == passage.end) return std::nullopt;
    return snippet_of(field, text, passage, characters.before(passage.begin));
  }

 private:
  std::string_view text_of(FieldId field) const {
    return field == FieldId::lede ? article_.lede : article_.body;
  }

  void open_sources() {
    for (const FieldId field : {FieldId::lede, FieldId::body}) {
      if (!wanted_.has_any_in(field)) continue;
      sources_.push_back(make_source(field, text_of(field), wanted_, analyzer_, limit_));
    }
  }

  Snippet take(Source& source, const Core& core) {
    const SearchedText& text = source.text;
    const TextMap map = map_around(text, core, limit_);
    const Range passage =
        cut_passage(map, text.characters, core, room_around(source, map, core), limit_);
    Snippet snippet = snippet_of(source.field, text_of(source.field), passage,
                                 text.characters.before(passage.begin));
    snippet.highlights = highlights_in(text.occurrences, passage);
    for_each_within(text.occurrences, passage,
                    [&](const Occurrence& each) { tally_.mark_as_shown(each.wanted); });
    leave_out(source, passage);
    return snippet;
  }

  static void leave_out(Source& source, const Range& passage) {
    std::erase_if(source.text.occurrences, [&](const Occurrence& each) {
      return each.begin < passage.end && each.end > passage.begin;
    });
    source.taken.push_back(passage);
  }

  /// More than a passage can take: a character has four bytes at most.
  std::string_view beginning_of(std::string_view text) const {
    constexpr std::size_t kSlack = 256;
    const std::size_t blank = std::min(text.find_first_not_of(" \n\t\r"), text.size());
    return prefix_of(text, blank + 4 * limit_ + kSlack);
  }

  const Article& article_;
  const WantedTerms& wanted_;
  Analyzer& analyzer_;
  std::size_t limit_;
  Tally tally_;
  std::vector<Source> sources_;
};

}  // namespace

std::vector<Snippet> make_snippets(const Article& article, std::span<const Wanted> wanted,
                                   Analyzer& analyzer, const SnippetOptions& options) {
  constexpr std::size_t kLongestPassage = 1u << 30;
  const WantedTerms terms(wanted);
  SnippetMaker maker(article, terms, analyzer, std::min(options.limit_characters, kLongestPassage));
  std::vector<Snippet> snippets;
  if (auto title = maker.title()) snippets.push_back(std::move(*title));
  const std::size_t count =
      options.limit_characters == 0 ? 0 : std::min(options.count, kMostPassages);
  const std::size_t full = snippets.size() + count;
  while (snippets.size() < full) {
    auto passage = maker.next();
    if (!passage) break;
    snippets.push_back(std::move(*passage));
  }
  if (snippets.size() + count == full && count > 0)
    if (auto beginning = maker.beginning()) snippets.push_back(std::move(*beginning));
  return snippets;
}

}  // namespace lede
