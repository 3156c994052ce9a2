#include "indexer/bulk/merge.hpp"

#include <algorithm>

namespace lede {

TermMerge::TermMerge(std::span<const Run> runs) {
  for (const Run& run : runs)
    if (!run.terms.empty()) heap_.push_back({&run, 0});
  std::ranges::make_heap(heap_, is_behind);
}

bool TermMerge::is_behind(const Cursor& a, const Cursor& b) {
  const int order = a.term().compare(b.term());
  return order != 0 ? order > 0 : a.run->first_docid > b.run->first_docid;
}

bool TermMerge::next() {
  parts_.clear();
  while (!heap_.empty() && (parts_.empty() || heap_.front().term() == term())) {
    std::ranges::pop_heap(heap_, is_behind);
    Cursor& cursor = heap_.back();
    parts_.push_back({cursor.run, &cursor.run->terms[cursor.at]});
    if (++cursor.at < cursor.run->terms.size()) {
      std::ranges::push_heap(heap_, is_behind);
    } else {
      heap_.pop_back();
    }
  }
  return !parts_.empty();
}

}  // namespace lede
