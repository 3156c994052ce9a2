#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is NewsML-G2 or NewsML 1?
bool looks_like_newsml(std::string_view head);

/// Reads NewsML-G2 and NewsML 1, one article for each news item, however many a message wraps. The
/// guid is the article's id, so a later version of an item takes the place of an earlier one. Items
/// that are pictures or other media, and those canceled or withheld, are skipped.
void read_newsml(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
