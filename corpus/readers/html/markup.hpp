#pragma once

#include <libxml/tree.h>
#include <memory>
#include <string>
#include <string_view>

namespace lede {

struct FreeDocument {
  void operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }
};

/// A parsed page or XML file. Nothing is loaded over the network or from other files, no entity is
/// replaced by more than a character, whatever the bytes ask for.
using MarkupDocument = std::unique_ptr<xmlDoc, FreeDocument>;

/// How deep elements may lie in each other; pages that people read are not a tenth as deep.
inline constexpr int kDeepestMarkup = 1024;

struct ParsedHtml {
  MarkupDocument document;  ///< null for a page without an element
  bool is_too_deep;         ///< the document is without the elements that lie too deep
};

/// A page as a browser would see it, mended where it is broken, without what bare_html leaves out:
/// scripts, styles, most attributes. `utf8` is UTF-8 (to_utf8), whatever the page says of itself.
/// Takes time linear in the input.
ParsedHtml parse_page(std::string_view utf8);

/// The document of parse_page, too deep or not.
MarkupDocument parse_html(std::string_view utf8);

/// An XML file, mended where it is not well-formed (mend_xml). An encoding that it declares is
/// followed; bytes that are already UTF-8 say so with `is_utf8`. Null when nothing can be made of
/// it, or when it has 256 levels, 10 MB in one text or 1,000,000 elements.
MarkupDocument parse_xml(std::string_view bytes, bool is_utf8 = false);

/// The name of an element without its namespace prefix; empty for other nodes.
std::string_view name_of(const xmlNode* node);

/// The value of an attribute, its entities decoded; empty when there is none.
std::string attribute(const xmlNode* element, const char* name);

/// The next node in document order within `root`; null behind the last. With `skips_children` the
/// node's children are passed over. Markup may be a million levels deep: walk with this instead of
/// recursion.
const xmlNode* next_node(const xmlNode* node, const xmlNode* root, bool skips_children = false);

/// All text in a node, as it stands.
std::string text_in(const xmlNode* node);

}  // namespace lede
