#include "corpus/readers/html/page.hpp"

namespace lede {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

bool is_text_node(const xmlNode* node) {
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

const xmlAttr* find_attribute(const xmlNode* element, std::string_view name) {
  const xmlAttr* attribute = element->properties;
  while (attribute != nullptr && view(attribute->name) != name) attribute = attribute->next;
  return attribute;
}

}  // namespace

Page::Page(std::string_view utf8) : parsed_(parse_page(utf8)) {
  if (parsed_.document != nullptr) list_nodes();
}

void Page::list_nodes() {
  const auto* root = reinterpret_cast<const xmlNode*>(parsed_.document.get());
  std::vector<NodeId> open;
  for (const xmlNode* node = next_node(root, root); node != nullptr; node = next_node(node, root)) {
    const bool is_text = is_text_node(node);
    if (!is_text && node->type != XML_ELEMENT_NODE) continue;
    while (!open.empty() && nodes_[open.back()].node != node->parent) {
      nodes_[open.back()].end = size();
      open.pop_back();
    }
    const NodeId parent = open.empty() ? 0 : open.back();
    const TagTraits traits =
        is_text ? TagTraits{{}, Tag::other, TagFlow::inside} : traits_of(view(node->name));
    if (!is_text) open.push_back(size());
    nodes_.push_back({node, parent, size() + 1, traits.tag, traits.flow, is_text});
  }
  for (const NodeId id : open) nodes_[id].end = size();
}

std::string_view Page::text(NodeId id) const {
  return nodes_[id].is_text ? view(nodes_[id].node->content) : std::string_view{};
}

std::string_view Page::attribute(NodeId id, std::string_view name) const {
  if (nodes_[id].is_text) return {};
  const xmlAttr* attribute = find_attribute(nodes_[id].node, name);
  // bare_html wrote every value in quotes and libxml2 decodes it: it is one text node.
  return attribute == nullptr || attribute->children == nullptr
             ? std::string_view{}
             : view(attribute->children->content);
}

bool Page::has_attribute(NodeId id, std::string_view name) const {
  return !nodes_[id].is_text && find_attribute(nodes_[id].node, name) != nullptr;
}

}  // namespace lede
