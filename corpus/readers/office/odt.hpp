#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is an OpenDocument text?
bool looks_like_odt(std::string_view head);

/// An OpenDocument text (LibreOffice), one article: its text, footnotes behind it, and what its
/// properties say. Deleted text, comments and tables of contents are left out.
void read_odt(Input& input, const ReadContext& context, const Emit& emit);

/// The article of the two XML parts of such a document; `meta` may be empty.
Article article_of_odt(std::string_view content, std::string_view meta);

}  // namespace lede
