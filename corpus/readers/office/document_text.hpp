#pragma once

#include <cstddef>
#include <libxml/tree.h>
#include <string>
#include <string_view>

#include "corpus/readers/html/markup.hpp"

namespace lede {

/// Goes through a tree in document order. `enter` is called before a node's children, and says
/// whether they are gone through at all; `leave` is called after them, and in either case. Takes no
/// stack, however deep the tree is.
template <typename Enter, typename Leave>
void walk(const xmlNode* root, Enter enter, Leave leave) {
  const xmlNode* node = root;
  while (node != nullptr) {
    // The children of an entity reference are the entity's: they may lead back to it.
    const bool has_own_children = node->type != XML_ENTITY_REF_NODE && node->type != XML_DTD_NODE;
    if (enter(node) && has_own_children && node->children != nullptr) {
      node = node->children;
      continue;
    }
    leave(node);
    while (node != root && node->next == nullptr) {
      node = node->parent;
      leave(node);
    }
    node = node == root ? nullptr : node->next;
  }
}

/// False when something in an XML file had to be mended; then what stands behind it may be missing.
bool is_well_formed(const MarkupDocument& document);

/// The warning that an article of such a file carries.
inline constexpr std::string_view kBrokenXml = "its XML is broken; some of its text may be missing";

/// The text of an office document as it is put together. Paragraphs are parted by an empty line,
/// rows of a table by a line's end, its cells by a tab, paragraphs in a cell by a space.
class DocumentText {
 public:
  /// Spaces at a paragraph's beginning are left out.
  void add(std::string_view text);

  void begin_paragraph();

  /// With `is_title`, what was added since the paragraph began is the document's title, if it is
  /// the first.
  void end_paragraph(bool is_title = false);

  void begin_table() { part_with(cells_ > 0 ? "\n" : "\n\n"); }
  void end_table() { begin_table(); }
  void begin_row() { part_with("\n"); }
  void begin_cell();
  void end_cell() { --cells_; }

  /// The text of the first paragraph that was a title.
  const std::string& title() const { return title_; }

  /// The text, without the title's paragraph if that says `title`.
  std::string text_without(std::string_view title) const;

 private:
  /// What the next text is parted from the last with: the strongest that is asked for.
  void part_with(std::string_view separator);

  std::string text_;
  std::string_view separator_;
  std::string title_;
  std::size_t title_at_ = 0;
  std::size_t paragraph_at_ = 0;
  bool has_begun_ = false;  ///< a paragraph that has no text yet
  unsigned cells_ = 0;      ///< round the place we are at
};

}  // namespace lede
