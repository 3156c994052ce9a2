#include "indexer/glass/block.hpp"

#include <algorithm>
#include <cstring>

#include "indexer/glass/encoding.hpp"

namespace lede::glass {

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t shared = 0;
  while (shared < most && a[shared] == b[shared]) ++shared;
  return shared;
}

char* Block::add(std::size_t item_bytes) {
  lowest_ -= item_bytes;
  put_u16(&bytes_[directory_end_], lowest_);
  directory_end_ += kDirectoryEntryBytes;
  return &bytes_[lowest_];
}

std::string_view Block::finished() {
  put_u32(bytes_.data(), kRevision);
  bytes_[4] = static_cast<char>(level_);
  put_u16(&bytes_[5], free_bytes());  // the gap, and
  put_u16(&bytes_[7], free_bytes());  // all that is free: a packed block has no other
  put_u16(&bytes_[9], directory_end_);
  std::memset(&bytes_[directory_end_], 0, free_bytes());
  return bytes_;
}

void Block::clear() {
  lowest_ = bytes_.size();
  directory_end_ = kHeaderBytes;
}

}  // namespace lede::glass
