#include "indexer/glass/table_writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/unicode.hpp"
#include "indexer/glass/encoding.hpp"

namespace lede::glass {
namespace {

constexpr std::size_t kWriteBytes = std::size_t{1} << 20;

// A leaf's item: u16 size and flags, u8 key size, key, [u16 component], part of the tag.
constexpr std::size_t kItemHead = 3;
constexpr std::size_t kComponentBytes = 2;
constexpr std::size_t kSizeOffset = 3;  // an item's own size says so much less
constexpr unsigned kDeflated = 0x8000;
constexpr unsigned kLastComponent = 0x4000;
constexpr unsigned kFirstComponent = 0x2000;
constexpr std::size_t kMostComponents = 0xFFFF;

// A branch's item: u32 block, u8 key size, key, u16 component.
constexpr std::size_t kChildHead = 5;

/// Four items of the largest size fit into a block.
std::size_t largest_item(std::size_t block_bytes) {
  constexpr std::size_t kLargestOfAll = 8194;
  return std::min((block_bytes - 19) / 4, kLargestOfAll);
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto end = std::mismatch(
      a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin());
  return static_cast<std::size_t>(end.first - a.begin());
}

}  // namespace

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
  return bytes_;
}

void Block::clear() {
  std::ranges::fill(bytes_, '\0');
  lowest_ = bytes_.size();
  directory_end_ = kHeaderBytes;
}

TableWriter::TableWriter(std::string path, std::size_t block_bytes)
    : path_(std::move(path)),
      block_bytes_(block_bytes),
      largest_item_(largest_item(block_bytes)),
      leaf_(block_bytes, 0) {}

TableWriter::~TableWriter() {
  if (file_ >= 0) ::close(file_);
}

void TableWriter::fail() const {
  throw Error(fmt::format("cannot write {}: {}", path_, ascii_lower(std::strerror(errno))),
              "the index that was there is as it was", ExitStatus::resources);
}

/// Opens the file and puts the item before all others, an empty key with an empty tag.
void TableWriter::start() {
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file_ < 0) fail();
  add_component({}, {}, 1, kFirstComponent | kLastComponent);
}

void TableWriter::add(std::string_view key, std::string_view tag, bool is_deflated) {
  if (file_ < 0) start();
  if (key <= last_key_) throw std::logic_error("the keys of a glass table do not ascend");
  const unsigned deflated = is_deflated ? kDeflated : 0;
  const std::size_t room = largest_item_ - key.size() - kItemHead - kComponentBytes;
  std::size_t first = room + kComponentBytes;
  if (tag.size() <= first) {
    add_component(key, tag, 1, deflated | kFirstComponent | kLastComponent);
    last_key_ = key;
    ++entries_;
    return;
  }
  // A first part that fills the leaf, where that costs no part more.
  const std::size_t overhead = key.size() + kItemHead + 2;
  const std::size_t rest = leaf_.free_bytes() % (largest_item_ + 2);
  if (rest > overhead + 2 && rest - overhead - 2 >= (tag.size() - 2) % room)
    first = rest - overhead;
  std::size_t component = 1;
  for (std::size_t at = 0; at < tag.size(); ++component) {
    const std::size_t size = std::min(component == 1 ? first : room, tag.size() - at);
    const unsigned flags =
        (at == 0 ? kFirstComponent : 0) | (at + size == tag.size() ? kLastComponent : 0);
    if (component > kMostComponents) throw std::logic_error("a tag is too long for a glass table");
    add_component(key, tag.substr(at, size), component, deflated | flags);
    last_key_ = key;
    at += size;
  }
  ++entries_;
}

void TableWriter::add_component(std::string_view key, std::string_view part, std::size_t component,
                                unsigned flags) {
  const bool is_first = component == 1;
  const std::size_t number_bytes = is_first ? 0 : kComponentBytes;
  const std::size_t size = kItemHead + key.size() + number_bytes + part.size();
  if (!leaf_.has_room(size)) close_leaf(key, component);
  char* at = leaf_.add(size);
  put_u16(at, (size - kSizeOffset) | flags);
  at[2] = static_cast<char>(key.size());
  at = std::copy(key.begin(), key.end(), at + kItemHead);
  if (!is_first) put_u16(at, component);
  std::ranges::copy(part, at + number_bytes);
}

/// The next leaf begins with this key and component.
void TableWriter::close_leaf(std::string_view next_key, std::size_t next_component) {
  add_child(0, write_block(leaf_), std::move(leaf_separator_));
  leaf_.clear();
  // As much of the key as tells it from the last one; all of it inside a tag.
  const std::size_t length = std::min(common_prefix(last_key_, next_key) + 1, next_key.size());
  leaf_separator_ = {std::string(next_key.substr(0, length)), next_component};
}

std::uint32_t TableWriter::write_block(Block& block) {
  unwritten_.append(block.finished());
  if (unwritten_.size() >= kWriteBytes) flush();
  return block_count_++;
}

void TableWriter::flush() {
  for (std::string_view rest = unwritten_; !rest.empty();) {
    const ssize_t count = ::write(file_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  unwritten_.clear();
}

/// Puts a block that was written into the open branch above it; `level` is the block's own. The
/// first child of a branch has no key there: its separator goes up with the branch.
void TableWriter::add_child(std::size_t level, std::uint32_t child, Separator separator) {
  if (level == branches_.size()) {
    branches_.push_back({Block(block_bytes_, static_cast<unsigned>(level) + 1), {}});
  }
  const std::size_t full_size = kChildHead + separator.key.size() + kComponentBytes;
  if (!branches_[level].block.is_empty() && !branches_[level].block.has_room(full_size)) {
    const std::uint32_t full = write_block(branches_[level].block);
    Separator of_full = std::exchange(branches_[level].separator, {});
    branches_[level].block.clear();
    add_child(level + 1, full, std::move(of_full));
  }
  OpenBranch& branch = branches_[level];
  const bool is_first = branch.block.is_empty();
  const std::string_view key = is_first ? std::string_view() : std::string_view(separator.key);
  char* at = branch.block.add(kChildHead + key.size() + kComponentBytes);
  put_u32(at, child);
  at[4] = static_cast<char>(key.size());
  at = std::copy(key.begin(), key.end(), at + kChildHead);
  put_u16(at, is_first ? 0 : separator.component);
  if (is_first) branch.separator = std::move(separator);
}

TableRoot TableWriter::finish() {
  TableRoot root{0, 0, entries_, 0, block_bytes_};
  if (file_ < 0) return root;
  root.root_block = write_block(leaf_);
  if (!branches_.empty()) add_child(0, root.root_block, std::move(leaf_separator_));
  // A branch that fills up in between opens one above it.
  for (std::size_t level = 0; level < branches_.size(); ++level) {
    root.root_block = write_block(branches_[level].block);
    root.level = static_cast<unsigned>(level) + 1;
    if (level + 1 == branches_.size()) break;
    add_child(level + 1, root.root_block, std::move(branches_[level].separator));
  }
  root.blocks = block_count_;
  flush();
  if (::fsync(file_) != 0) fail();
  ::close(std::exchange(file_, -1));
  return root;
}

}  // namespace lede::glass
