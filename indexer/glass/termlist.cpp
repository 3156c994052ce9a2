#include "indexer/glass/termlist.hpp"

#include <algorithm>

#include "indexer/glass/encoding.hpp"

namespace lede::glass {

void TermlistEncoder::start(std::uint64_t length, std::size_t term_count) {
  tag_.clear();
  previous_.clear();
  if (term_count == 0) return;
  append_vint(tag_, length);
  append_vint(tag_, term_count);
}

/// A small wdf and the length of what the term shares with the one before it go into one byte,
/// which is larger than any such length.
void TermlistEncoder::add(std::string_view term, std::uint32_t wdf) {
  constexpr std::uint32_t kLargestPacked = 127;
  if (previous_.empty()) {
    tag_ += static_cast<char>(term.size());
    tag_.append(term);
    append_vint(tag_, wdf);
    previous_.assign(term);
    return;
  }
  const std::size_t most = std::min(term.size(), previous_.size());
  std::size_t shared = 0;
  while (shared < most && term[shared] == previous_[shared]) ++shared;
  const std::size_t packed = (std::size_t{wdf} + 1) * (previous_.size() + 1) + shared;
  const bool is_packed = wdf < kLargestPacked && packed < 256;
  tag_ += static_cast<char>(is_packed ? packed : shared);
  tag_ += static_cast<char>(term.size() - shared);
  tag_.append(term.substr(shared));
  if (!is_packed) append_vint(tag_, wdf);
  previous_.resize(shared);
  previous_.append(term.substr(shared));
}

std::string docid_key(std::uint32_t docid) {
  std::string key;
  append_sortable_int(key, docid);
  return key;
}

std::string slots_key(std::uint32_t docid) {
  return docid_key(docid) + '\0';
}

std::string slots_tag(std::span<const std::uint32_t> slots) {
  std::string tag;
  for (std::size_t at = 0; at < slots.size(); ++at) {
    append_vint(tag, at == 0 ? slots[0] : slots[at] - slots[at - 1] - 1);
  }
  return tag;
}

}  // namespace lede::glass
