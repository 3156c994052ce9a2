#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// What is known of a page beside its bytes.
struct PageSource {
  std::string_view charset;  ///< the label of the HTTP or mail header; empty for none
  std::string_view url;      ///< where it was found; empty when that is not known
};

/// Do a file's first bytes say that it is an HTML page?
bool looks_like_html(std::string_view head);

/// The article in a page: its text, found among navigation and notices, and what the page's
/// JSON-LD, meta elements, microdata and markup say about it. Never throws but bad_alloc, and takes
/// time linear in the input. Of a page that is nested too deep the tags beyond that are left
/// out and the article has a warning. The article's body may be empty.
Article read_page(std::string_view bytes, const PageSource& source);

/// Reads a file that is one page.
void read_html(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
