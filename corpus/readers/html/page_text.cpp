#include "corpus/readers/html/page_text.hpp"

#include <algorithm>

#include "corpus/readers/html/text_flow.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

void make_gap(TextFlow& flow, TagFlow kind) {
  switch (kind) {
    case TagFlow::block:
      return flow.next_block();
    case TagFlow::line:
      return flow.next_line();
    case TagFlow::line_end:
      return flow.end_line();
    case TagFlow::cell:
      return flow.next_cell();
    case TagFlow::unseen:
      return flow.add_space();
    case TagFlow::inside:
      break;
  }
}

}  // namespace

bool is_hidden(const Page& page, NodeId id) {
  const PageNode& node = page[id];
  return node.flow == TagFlow::unseen || (!node.is_text && page.has_attribute(id, "hidden"));
}

std::string page_text(const Page& page, NodeId root, const std::vector<bool>& left_out) {
  TextFlow flow;
  std::vector<NodeId> open;  // elements that make a gap at their end, too
  NodeId end_of_pre = root;
  for (NodeId at = root; at < page[root].end;) {
    const PageNode& node = page[at];
    while (!open.empty() && at >= page[open.back()].end) {
      make_gap(flow, page[open.back()].flow);
      open.pop_back();
    }
    if ((at != root && is_hidden(page, at)) || (!left_out.empty() && left_out[at])) {
      if (!node.is_text) make_gap(flow, node.flow);
      at = node.end;
      continue;
    }
    if (node.is_text) {
      at < end_of_pre ? flow.add_preformatted(page.text(at)) : flow.add(page.text(at));
    } else if (node.flow != TagFlow::inside) {
      make_gap(flow, node.flow);
      if (node.end > at + 1) open.push_back(at);
    }
    if (node.tag == Tag::pre) end_of_pre = std::max(end_of_pre, node.end);
    ++at;
  }
  return flow.take();
}

std::string page_line(const Page& page, NodeId root) {
  return clean_line(page_text(page, root));
}

std::uint32_t collapsed_length(std::string_view text) {
  std::uint32_t length = 0;
  bool was_space = true;
  for (const char c : text) {
    const bool is_space = static_cast<unsigned char>(c) <= ' ';
    length += is_space && was_space ? 0 : 1;
    was_space = is_space;
  }
  return length;
}

}  // namespace lede
