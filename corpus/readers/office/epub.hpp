#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "corpus/readers/office/epub_package.hpp"
#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is an EPUB?
bool looks_like_epub(std::string_view head);

/// An EPUB, version 2 or 3. A book is one article: the documents of its spine in order. An issue of
/// a periodical (is_periodical) is an article for each document that has a heading and a text, the
/// document's path in the EPUB being its member.
void read_epub(Input& input, const ReadContext& context, const Emit& emit);

/// A document of an EPUB as far as articles are concerned.
struct EpubPage {
  std::string heading;    ///< its first heading
  std::string text;       ///< all of it, the heading at its place
  std::string url;        ///< where it was downloaded from, if it says so
  bool is_prose = false;  ///< it has more than a little text, and is no list of other documents
};

/// Reads an XHTML document. With `is_section`, the table of contents puts other documents under it:
/// a single link is then enough for a list of them.
EpubPage read_epub_page(std::string_view xhtml, bool is_section = false);

}  // namespace lede
