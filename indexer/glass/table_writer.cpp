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

// A branch's item: u32 block, u8 key size, key, u16 component.
constexpr std::size_t kChildHead = 5;
constexpr std::size_t kComponentBytes = 2;

}  // namespace

TableWriter::TableWriter(std::string path, std::size_t block_bytes)
    : path_(std::move(path)), block_bytes_(block_bytes), packer_(block_bytes) {}

TableWriter::~TableWriter() {
  if (has_file()) ::close(file_);
}

void TableWriter::fail() const {
  throw Error(fmt::format("cannot write {}: {}", path_, ascii_lower(std::strerror(errno))),
              "the index that was there is as it was", ExitStatus::resources);
}

void TableWriter::start() {
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (!has_file()) fail();
  packer_.add_null_item();
}

void TableWriter::add(std::string_view key, std::string_view tag, bool is_deflated) {
  if (!has_file()) start();
  packer_.add(key, tag, is_deflated);
  if (packer_.full_bytes() >= kWriteBytes) place(packer_.take_full());
}

void TableWriter::append(const Leaves& leaves) {
  if (leaves.is_empty()) return;
  if (!has_file()) start();
  place(packer_.take_all());
  place(leaves);
}

/// Writes leaves, and tells the branches of each.
void TableWriter::place(const Leaves& leaves) {
  if (leaves.is_empty()) return;
  const std::string_view blocks = leaves.blocks;
  for (std::size_t at = 0; at < leaves.separators.size(); ++at) {
    Separator separator = leaves.separators[at];
    if (at == 0 && leaves.is_beginning && block_count_ > 0) {
      if (separator.key <= last_key_)
        throw std::logic_error("the keys of a glass table do not ascend");
      const std::size_t shared = common_prefix(last_key_, separator.key);
      separator.key.resize(std::min(shared + 1, separator.key.size()));
    }
    const bool is_only_leaf = block_count_ == 0;
    const std::uint32_t block = write_block(blocks.substr(at * block_bytes_, block_bytes_));
    if (!is_only_leaf) {
      if (branches_.empty()) add_child(0, 0, {});
      add_child(0, block, separator);
    }
  }
  last_key_ = leaves.last_key;
  entries_ += leaves.entries;
}

std::uint32_t TableWriter::write_block(std::string_view block) {
  unwritten_.append(block);
  if (unwritten_.size() >= kWriteBytes) flush();
  return block_count_++;
}

/// Writes, and lets the disk begin with it, so that there is little to wait for in the end.
void TableWriter::flush() {
  for (std::string_view rest = unwritten_; !rest.empty();) {
    const ssize_t count = ::write(file_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  ::sync_file_range(file_, static_cast<off64_t>(written_bytes_),
                    static_cast<off64_t>(unwritten_.size()), SYNC_FILE_RANGE_WRITE);
  written_bytes_ += unwritten_.size();
  unwritten_.clear();
}

/// Puts a block that was written into the open branch above it; `level` is the block's own. The
/// first child of a branch has no key there: its separator goes up with the branch.
void TableWriter::add_child(std::size_t level, std::uint32_t child, const Separator& separator) {
  if (level == branches_.size())
    branches_.push_back({Block(block_bytes_, static_cast<unsigned>(level) + 1), {}});
  const std::size_t full_size = kChildHead + separator.key.size() + kComponentBytes;
  if (!branches_[level].block.is_empty() && !branches_[level].block.has_room(full_size)) {
    const std::uint32_t full = write_block(branches_[level].block.finished());
    const Separator of_full = std::exchange(branches_[level].separator, {});
    branches_[level].block.clear();
    add_child(level + 1, full, of_full);
  }
  OpenBranch& branch = branches_[level];
  const bool is_first = branch.block.is_empty();
  const std::string_view key = is_first ? std::string_view() : std::string_view(separator.key);
  char* at = branch.block.add(kChildHead + key.size() + kComponentBytes);
  put_u32(at, child);
  at[4] = static_cast<char>(key.size());
  at = std::copy(key.begin(), key.end(), at + kChildHead);
  put_u16(at, is_first ? 0 : separator.component);
  if (is_first) branch.separator = separator;
}

TableRoot TableWriter::finish() {
  TableRoot root{0, 0, entries_, 0, block_bytes_};
  if (!has_file()) return root;
  place(packer_.take_all());
  root.entries = entries_;
  // A branch that fills up in between opens one above it.
  for (std::size_t level = 0; level < branches_.size(); ++level) {
    root.root_block = write_block(branches_[level].block.finished());
    root.level = static_cast<unsigned>(level) + 1;
    if (level + 1 == branches_.size()) break;
    add_child(level + 1, root.root_block, std::exchange(branches_[level].separator, {}));
  }
  root.blocks = block_count_;
  flush();
  if (::fsync(file_) != 0) fail();
  ::close(std::exchange(file_, -1));
  return root;
}

}  // namespace lede::glass
