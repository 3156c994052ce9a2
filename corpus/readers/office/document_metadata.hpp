#pragma once

#include <libxml/tree.h>
#include <span>
#include <string_view>

#include "corpus/article.hpp"

namespace lede {

/// An element in which a document says something about itself, and what.
struct MetadataElement {
  std::string_view name;  ///< without its prefix
  Metadata metadata;
};

/// Puts what the elements below `root` say into the article. Of several elements for one value the
/// first that can be read counts, but authors and tags are taken from all elements of one name. A
/// title that nobody gave (is_placeholder_title) is left out.
void set_metadata_from(const xmlNode* root, std::span<const MetadataElement> elements,
                       Article& article);

/// Adds a value to the authors or tags; sets any other value.
void add_metadata(Article& article, Metadata metadata, std::string_view value);

}  // namespace lede
