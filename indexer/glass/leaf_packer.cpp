#include "indexer/glass/leaf_packer.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "indexer/glass/encoding.hpp"

namespace lede::glass {
namespace {

// A leaf's item: u16 size and flags, u8 key size, key, [u16 component], part of the tag.
constexpr std::size_t kItemHead = 3;
constexpr std::size_t kComponentBytes = 2;
constexpr std::size_t kSizeOffset = 3;  // an item's own size says so much less
constexpr unsigned kDeflated = 0x8000;
constexpr unsigned kLastComponent = 0x4000;
constexpr unsigned kFirstComponent = 0x2000;
constexpr std::size_t kMostComponents = 0xFFFF;

/// Four items of the largest size fit into a block.
std::size_t largest_item(std::size_t block_bytes) {
  constexpr std::size_t kLargestOfAll = 8194;
  return std::min((block_bytes - 19) / 4, kLargestOfAll);
}

}  // namespace

LeafPacker::LeafPacker(std::size_t block_bytes)
    : largest_item_(largest_item(block_bytes)), leaf_(block_bytes, 0) {}

void LeafPacker::add_null_item() {
  add_component({}, {}, 1, kFirstComponent | kLastComponent);
}

/// What of a long tag goes into each part but the first, which has no number.
std::size_t LeafPacker::part_bytes(std::string_view key) const {
  return largest_item_ - key.size() - kItemHead - kComponentBytes;
}

/// As much as fills the leaf, where that costs no part more.
std::size_t LeafPacker::first_part_bytes(std::string_view key, std::size_t tag_bytes) const {
  const std::size_t overhead = key.size() + kItemHead + 2;
  const std::size_t rest = leaf_.free_bytes() % (largest_item_ + 2);
  const std::size_t part = part_bytes(key);
  const bool fills = rest > overhead + 2 && rest - overhead - 2 >= (tag_bytes - 2) % part;
  return fills ? rest - overhead : part + kComponentBytes;
}

void LeafPacker::add(std::string_view key, std::string_view tag, bool is_deflated) {
  if (key <= last_key_) throw std::logic_error("the keys of a glass table do not ascend");
  ++leaves_.entries;
  const unsigned deflated = is_deflated ? kDeflated : 0;
  const std::size_t part = part_bytes(key);
  if (tag.size() <= part + kComponentBytes) {
    add_component(key, tag, 1, deflated | kFirstComponent | kLastComponent);
    last_key_.assign(key);
    return;
  }
  std::size_t size = first_part_bytes(key, tag.size());
  std::size_t component = 1;
  for (std::size_t at = 0; at < tag.size(); at += size, size = std::min(part, tag.size() - at)) {
    const unsigned first = at == 0 ? kFirstComponent : 0;
    const unsigned last = at + size == tag.size() ? kLastComponent : 0;
    if (component > kMostComponents) throw std::logic_error("a tag is too long for a glass table");
    add_component(key, tag.substr(at, size), component++, deflated | first | last);
    last_key_.assign(key);
  }
}

void LeafPacker::add_component(std::string_view key, std::string_view part, std::size_t component,
                               unsigned flags) {
  const bool is_first = component == 1;
  const std::size_t number_bytes = is_first ? 0 : kComponentBytes;
  const std::size_t size = kItemHead + key.size() + number_bytes + part.size();
  if (!leaf_.has_room(size)) close_leaf(key, component);
  if (leaf_.is_empty() && leaves_.separators.empty() && separator_.key.empty())
    separator_ = {std::string(key), component};
  char* at = leaf_.add(size);
  put_u16(at, (size - kSizeOffset) | flags);
  at[2] = static_cast<char>(key.size());
  at = std::copy(key.begin(), key.end(), at + kItemHead);
  if (!is_first) put_u16(at, component);
  std::ranges::copy(part, at + number_bytes);
}

/// The next leaf begins with this key and component.
void LeafPacker::close_leaf(std::string_view next_key, std::size_t next_component) {
  store_leaf();
  // As much of the key as tells it from the last one; all of it inside a tag.
  const std::size_t length = std::min(common_prefix(last_key_, next_key) + 1, next_key.size());
  separator_ = {std::string(next_key.substr(0, length)), next_component};
}

void LeafPacker::store_leaf() {
  leaves_.blocks.append(leaf_.finished());
  leaves_.separators.push_back(std::exchange(separator_, {}));
  leaf_.clear();
}

Leaves LeafPacker::take_full() {
  leaves_.last_key = last_key_;
  leaves_.is_beginning = is_beginning_;
  is_beginning_ = is_beginning_ && leaves_.is_empty();
  return std::exchange(leaves_, {});
}

Leaves LeafPacker::take_all() {
  if (!leaf_.is_empty()) store_leaf();
  Leaves all = take_full();
  is_beginning_ = true;
  return all;
}

}  // namespace lede::glass
