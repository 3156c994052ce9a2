#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes begin with front matter?
bool looks_like_markdown(std::string_view head);

/// Reads a Markdown text as one article: its front matter (front_matter.hpp), the `[#]: key:
/// (value)` lines of some translators, or plain `Key: value` lines; else the title is its top
/// heading, which the body does not repeat, and the date that of a file named `2025-08-29-slug.md`.
/// A draft is skipped unless the options ask for drafts.
void read_markdown(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
