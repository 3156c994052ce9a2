#include "query/passages.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "corpus/unicode.hpp"
#include "query/passage_core.hpp"
#include "query/passage_cut.hpp"
#include "query/text_map.hpp"

namespace lede {
namespace {

constexpr std::size_t kMostPassages = 100;  // each one costs a look at every occurrence

/// A text that passages are taken from.
struct Source {
  FieldId field;
  TextMap map;
  std::vector<Range> taken = {};  ///< the passages so far, in bytes
};

/// Occurrences wider than a passage keep the words that fit.
void fit_occurrences(TextMap& map, std::size_t limit) {
  const auto width = [&](const Occurrence& each) {
    const Range range = map.range_of(each);
    return map.characters.before(range.end) - map.characters.before(range.begin);
  };
  for (Occurrence& each : map.occurrences)
    while (each.last_word > each.first_word && width(each) > limit) --each.last_word;
  std::erase_if(map.occurrences, [&](const Occurrence& each) { return width(each) > limit; });
}

/// The bytes that no core lies across: the passages so far, and the paragraphs' beginnings.
std::vector<std::uint32_t> fences_of(const Source& source, bool with_paragraphs) {
  std::vector<std::uint32_t> fences;
  for (const Range& taken : source.taken) fences.push_back(static_cast<std::uint32_t>(taken.begin));
  for (const Sentence& sentence : source.map.sentences)
    if (with_paragraphs && sentence.begins_paragraph) fences.push_back(sentence.begin);
  std::sort(fences.begin(), fences.end());
  return fences;
}

std::optional<Candidate> find_core(const Source& source, std::size_t limit, Tally& tally) {
  const auto find = [&](bool is_one_paragraph) {
    Value prize;
    prize.is_lede = source.field == FieldId::lede;
    prize.is_one_paragraph = is_one_paragraph;
    return find_core(source.map, fences_of(source, is_one_paragraph), prize, limit, tally);
  };
  const auto within = find(true);
  const auto across = find(false);
  return within && across->value <= within->value ? within : across;
}

/// Where a passage around the core may lie: in its paragraphs, clear of the passages so far.
Range room_around(const Source& source, const Core& core) {
  Range room = paragraphs_around(source.map, core);
  const std::size_t core_begin = source.map.words[core.first_word].begin;
  for (const Range& taken : source.taken) {
    if (taken.begin > core_begin)
      room.end = std::min(room.end, taken.begin);
    else
      room.begin = std::max(room.begin, taken.end);
  }
  return trimmed(source.map.text, room);
}

/// Calls `receive` with each occurrence that lies in the range, and its bytes.
template <typename Receive>
void for_each_occurrence(const TextMap& map, const Range& within, Receive&& receive) {
  const auto first = std::lower_bound(
      map.occurrences.begin(), map.occurrences.end(), within.begin,
      [&](const Occurrence& each, std::size_t byte) { return map.range_of(each).begin < byte; });
  for (auto each = first; each != map.occurrences.end(); ++each) {
    const Range range = map.range_of(*each);
    if (range.begin >= within.end) return;
    if (range.end <= within.end) receive(*each, range);
  }
}

std::vector<Range> highlights_in(const TextMap& map, const Range& passage) {
  std::vector<Range> highlights;
  for_each_occurrence(map, passage, [&](const Occurrence&, Range range) {
    range = {range.begin - passage.begin, range.end - passage.begin};
    if (highlights.empty() || highlights.back().end <= range.begin)
      highlights.push_back(range);
    else
      highlights.back().end = std::max(highlights.back().end, range.end);
  });
  return highlights;
}

/// `text` is the whole field's; the map may know its beginning only.
Snippet snippet_of(FieldId field, std::string_view text, const TextMap& map, const Range& passage) {
  Snippet snippet;
  snippet.field = field;
  snippet.text = text.substr(passage.begin, passage.end - passage.begin);
  snippet.highlights = highlights_in(map, passage);
  snippet.offset = map.characters.before(passage.begin);
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
    const TextMap map = map_text(text, FieldId::title, wanted_, analyzer_);
    if (map.occurrences.empty()) return std::nullopt;
    return snippet_of(FieldId::title, text, map, {0, text.size()});
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
    const TextMap map = map_text(beginning_of(text), field, wanted_, analyzer_);
    const Range passage = cut_beginning(map, limit_);
    if (passage.begin == passage.end) return std::nullopt;
    Snippet snippet = snippet_of(field, text, map, passage);
    snippet.highlights.clear();
    return snippet;
  }

 private:
  std::string_view text_of(FieldId field) const {
    return field == FieldId::lede ? article_.lede : article_.body;
  }

  void open_sources() {
    for (const FieldId field : {FieldId::lede, FieldId::body}) {
      if (!wanted_.has_any_in(field)) continue;
      sources_.push_back({field, map_text(text_of(field), field, wanted_, analyzer_)});
      fit_occurrences(sources_.back().map, limit_);
    }
  }

  Snippet take(Source& source, const Core& core) {
    const Range passage = cut_passage(source.map, core, room_around(source, core), limit_);
    Snippet snippet = snippet_of(source.field, text_of(source.field), source.map, passage);
    for_each_occurrence(source.map, passage, [&](const Occurrence& each, const Range&) {
      tally_.mark_as_shown(each.wanted);
    });
    leave_out(source, passage);
    return snippet;
  }

  static void leave_out(Source& source, const Range& passage) {
    const auto overlaps = [&](const Occurrence& each) {
      const Range range = source.map.range_of(each);
      return range.begin < passage.end && range.end > passage.begin;
    };
    std::erase_if(source.map.occurrences, overlaps);
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
