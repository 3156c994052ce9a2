#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>

#include <xapian.h>

#include "corpus/fields.hpp"

namespace lede {

// What an index knows of certain articles, read in one pass beside them: `docids` in ascending
// order. Both throw Xapian::Error.

/// Calls `receive(i, value)` for each of the articles that has a value in the slot.
template <typename Receive>
void for_each_value(Slot slot, std::span<const Xapian::docid> docids, const Xapian::Database& index,
                    Receive&& receive) {
  const auto number = static_cast<Xapian::valueno>(slot);
  auto value = index.valuestream_begin(number);
  const auto end = index.valuestream_end(number);
  for (std::size_t i = 0; i < docids.size() && value != end; ++i) {
    value.skip_to(docids[i]);
    if (value != end && value.get_docid() == docids[i]) receive(i, *value);
  }
}

/// Calls `receive(i)` for each of the articles that has the term. What is not in both is leapt over
/// on either side.
template <typename Receive>
void for_each_having(const std::string& term, std::span<const Xapian::docid> docids,
                     const Xapian::Database& index, Receive&& receive) {
  const auto end = index.postlist_end(term);
  auto posting = index.postlist_begin(term);
  for (auto docid = docids.begin(); docid != docids.end();) {
    posting.skip_to(*docid);
    if (posting == end) return;
    const bool is_there = *posting == *docid;
    if (is_there) receive(static_cast<std::size_t>(docid - docids.begin()));
    docid = is_there ? docid + 1 : std::lower_bound(docid, docids.end(), *posting);
  }
}

}  // namespace lede
