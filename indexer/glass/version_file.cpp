#include "indexer/glass/version_file.hpp"

#include <string_view>

#include "indexer/glass/encoding.hpp"

namespace lede::glass {
namespace {

using namespace std::string_view_literals;

constexpr auto kMagic = "\x0F\x0DXapian Glass"sv;
constexpr auto kVersion = "\x04\x6E"sv;  // of 2016-03-14
constexpr std::size_t kBlockUnit = 2048;

struct TableKind {
  std::string_view name;
  unsigned compress_min;  // tags of more bytes may be deflated; 0: none is
};
constexpr std::array<TableKind, kTableCount> kTables{{{"postlist", 0},
                                                      {"docdata", 18},
                                                      {"termlist", 18},
                                                      {"position", 0},
                                                      {"spelling", 18},
                                                      {"synonym", 18}}};

/// A fresh table has no free blocks: the two cursors into the list of them are 0.
std::string free_list(const TableRoot& root) {
  std::string list;
  if (root.blocks == 0) return list;
  append_vint(list, kRevision);
  append_vint(list, root.blocks);
  return list.append(4, '\0');
}

void append_root(std::string& out, const TableRoot& root, unsigned compress_min) {
  constexpr unsigned kLevelUnit = 4;
  constexpr unsigned kIsSequential = 2;  // the leaves stand in the order of their keys
  constexpr unsigned kHasNoRoot = 1;
  append_vint(out, root.root_block);
  append_vint(
      out, root.blocks == 0 ? kIsSequential | kHasNoRoot : root.level * kLevelUnit + kIsSequential);
  append_vint(out, root.entries);
  append_vint(out, root.block_bytes / kBlockUnit);
  append_vint(out, compress_min);
  append_string(out, free_list(root));
}

}  // namespace

std::string file_of(Table table) {
  return std::string(kTables[static_cast<std::size_t>(table)].name) + ".glass";
}

std::string encode(const VersionFile& version) {
  std::string bytes(kMagic);
  bytes.append(kVersion);
  bytes.append(version.uuid.data(), version.uuid.size());
  append_vint(bytes, kRevision);
  for (std::size_t at = 0; at < kTableCount; ++at) {
    append_root(bytes, version.roots[at], kTables[at].compress_min);
  }
  append_vint(bytes, version.documents);
  append_vint(bytes, version.last_docid - version.documents);
  append_vint(bytes, version.shortest_length);
  append_vint(bytes, version.largest_wdf);
  append_vint(bytes, version.longest_length - version.largest_wdf);
  append_vint(bytes, 0);  // no changesets
  append_vint(bytes, version.total_length);
  append_vint(bytes, 0);  // no spellings
  return bytes;
}

bool is_known_library(std::string_view xapian_version) {
  return xapian_version.starts_with("1.4.");
}

}  // namespace lede::glass
