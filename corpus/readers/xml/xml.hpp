#pragma once

#include <libxml/tree.h>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/readers/input.hpp"

namespace lede {

/// The encoding that an XML declaration names; empty for none.
std::string_view declared_encoding(std::string_view head);

/// XML as UTF-8, `label` being the encoding it declares. A label that the bytes disprove does not
/// count, and stray bytes in what else is UTF-8 are windows-1252.
std::string xml_to_utf8(std::string_view bytes, std::string_view label);

/// UTF-8 that libxml2 takes for what its writer meant: without XML declaration, document type (so
/// no entity of its own is left), comments, instructions and control characters; HTML's entities
/// are characters, and a `&` or `<` that begins nothing is itself. Takes time linear in the input.
/// Empty when it has more elements,
/// attributes in one, or namespaces than an article has.
std::string mend_xml(std::string_view utf8);

/// The start tag of the root element, `rss version="2.0"`, by a file's first bytes in whatever
/// encoding; empty when they are no XML.
std::string root_tag(std::string_view head);

/// `item` of `rss:item`.
std::string_view local_name(std::string_view name);

/// The name of a start tag without its prefix: `RDF` of `rdf:RDF xmlns="..."`.
std::string_view tag_name(std::string_view tag);

/// An input whose bytes are UTF-16 or UTF-32, as UTF-8: read whole, for no tag can be found in
/// them. nullopt: they are not, or there are more than `limit_bytes`.
std::optional<Input> widen_input(Input& input, std::size_t limit_bytes);

/// The first child, or the first element below `root`, called `name` (without its prefix); nullptr
/// for none.
const xmlNode* find_child(const xmlNode* parent, std::string_view name);
const xmlNode* find_element(const xmlNode* root, std::string_view name);

/// The text in the first element below `root` called `name`, its white space collapsed.
std::string line_in(const xmlNode* root, std::string_view name);

/// What stands in an element, as HTML for html_text. `rename` gives the HTML name of an element's
/// local name; empty leaves the element out with all that is in it.
using Rename = std::string_view (*)(std::string_view name);
std::string inner_html(const xmlNode* element, Rename rename);

}  // namespace lede
