#include "corpus/readers/office/document_metadata.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/office/document_title.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

void append(std::vector<std::string>& list, std::vector<std::string> values) {
  std::move(values.begin(), values.end(), std::back_inserter(list));
}

}  // namespace

void add_metadata(Article& article, Metadata metadata, std::string_view value) {
  value = trimmed(value);
  if (value.empty()) return;
  if (metadata == Metadata::authors) {
    append(article.authors, split_authors(value));
  } else if (metadata == Metadata::tags) {
    append(article.tags, split_list(value));
  } else if (metadata != Metadata::title || !is_placeholder_title(value)) {
    set_metadata(article, metadata, value, Origin::markup);
    return;
  } else {
    return;
  }
  article.origin(metadata) = Origin::markup;
}

void set_metadata_from(const xmlNode* root, std::span<const MetadataElement> elements,
                       Article& article) {
  bool is_known = false;
  for (const xmlNode* node = root; node != nullptr; node = next_node(node, root, is_known)) {
    const std::string_view name = name_of(node);
    const auto known = std::find_if(elements.begin(), elements.end(),
                                    [&](const MetadataElement& one) { return one.name == name; });
    is_known = known != elements.end();
    if (is_known) add_metadata(article, known->metadata, text_in(node));
  }
}

}  // namespace lede
