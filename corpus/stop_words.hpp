#pragma once

#include <string_view>

namespace lede {

/// Words that weigh nothing in an index: the 33 of Lucene's English list. They are indexed all the
/// same, with positions and a wdf of 0, so that phrases keep them.
bool is_index_stop_word(std::string_view folded_word);

/// Words that a question drops unless they are all it has, stand in a phrase or follow a `+`:
/// Snowball's English list, and the 33 above.
bool is_query_stop_word(std::string_view folded_word);

}  // namespace lede
