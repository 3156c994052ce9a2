#pragma once

#include <cstddef>
#include <string_view>

#include "query/passage_core.hpp"
#include "query/passages.hpp"
#include "query/text_map.hpp"

namespace lede {

/// `range` without the white space at its ends.
Range trimmed(std::string_view text, Range range);

/// The part of the text that a passage around a core can lie in, and what decides where it is cut.
TextMap map_around(const SearchedText& text, const Core& core, std::size_t limit);

/// The paragraphs from the core's first word to its last, as far as the map goes.
Range paragraphs_around(const TextMap& map, const Core& core);

/// The passage around a core: all of it, at most `limit` characters, within `room`, which holds the
/// core and has no white space at its ends. `map`: map_around() it. It begins with a sentence where
/// the core still fits then, else with a word before the core; it ends with a sentence when that is
/// close to the limit, else with a word.
Range cut_passage(const TextMap& map, const CharacterCounter& characters, const Core& core,
                  const Range& room, std::size_t limit);

/// The text's beginning, ended in the same way; inside a word only when it has to be.
Range cut_beginning(const TextMap& map, const CharacterCounter& characters, std::size_t limit);

}  // namespace lede
