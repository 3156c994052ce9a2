#pragma once

#include <cstddef>
#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Reads a whole input as one article in plain text.
///
/// Understood above the text: `Key: value` lines, a title on a line of its own, `By NAME`, a line
/// that is a date. An aggregator's `Read the original article here` parts the lede from the body;
/// its other lines (`Advertisement`, ...) are left out. Hard-wrapped lines are joined, and
/// paragraphs are parted by empty lines.
void read_plain_text(Input& input, const ReadContext& context, const Emit& emit);

/// Reads the `Key: value` lines that begin `text` into the article. Returns their bytes; 0 when the
/// text has no such header.
std::size_t read_text_header(std::string_view text, Article& article);

}  // namespace lede
