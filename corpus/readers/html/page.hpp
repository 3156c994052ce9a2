#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/html/tags.hpp"

namespace lede {

/// A place in a Page.
using NodeId = std::uint32_t;

/// An element or a text of a page.
struct PageNode {
  const xmlNode* node;
  NodeId parent;  ///< the page's first node is its own parent
  NodeId end;     ///< behind its last descendant
  Tag tag;        ///< `other` for text
  TagFlow flow;
  bool is_text;
};

/// A parsed page, its nodes in document order: a subtree is the range from a node to its `end`.
class Page {
 public:
  /// `utf8` is UTF-8.
  explicit Page(std::string_view utf8);

  const std::vector<PageNode>& nodes() const { return nodes_; }
  const PageNode& operator[](NodeId id) const { return nodes_[id]; }
  NodeId size() const { return static_cast<NodeId>(nodes_.size()); }

  /// The page was nested too deep: elements beyond that are not here, but their text mostly is.
  bool is_too_deep() const { return parsed_.is_too_deep; }

  std::string_view text(NodeId id) const;

  /// An attribute's value; empty when there is none.
  std::string_view attribute(NodeId id, std::string_view name) const;
  bool has_attribute(NodeId id, std::string_view name) const;

  bool contains(NodeId outer, NodeId inner) const {
    return inner >= outer && inner < nodes_[outer].end;
  }

 private:
  void list_nodes();

  ParsedHtml parsed_;
  std::vector<PageNode> nodes_;
};

}  // namespace lede
