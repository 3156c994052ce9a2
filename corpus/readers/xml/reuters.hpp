#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is SGML of the collection Reuters-21578?
bool looks_like_reuters(std::string_view head);

/// Reads SGML of the collection Reuters-21578, one article for each `<REUTERS>`. Of a record
/// without a title or a body, what there is. It is no XML, and no XML parser reads it: control
/// characters stand in it as references, and `>` as it is.
void read_reuters(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
