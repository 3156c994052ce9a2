#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/glass/table_writer.hpp"

namespace lede::glass {

/// The tables that are compressed when long say so in iamglass.
enum class Table : std::uint8_t { postlist, docdata, termlist, position, spelling, synonym };
inline constexpr std::size_t kTableCount = 6;

/// `postlist.glass`, ...
std::string file_of(Table table);

/// What iamglass holds: it makes a folder of tables a database.
struct VersionFile {
  std::array<char, 16> uuid{};
  std::array<TableRoot, kTableCount> roots{};
  std::uint32_t documents = 0;
  std::uint32_t last_docid = 0;
  std::uint64_t shortest_length = 0;  ///< of documents that have any; 0 where none has
  std::uint64_t longest_length = 0;
  std::uint64_t largest_wdf = 0;
  std::uint64_t total_length = 0;
};

/// The bytes of iamglass.
std::string encode(const VersionFile& version);

/// Does that libxapian read and write what this code writes? Of 1.4 each does.
bool is_known_library(std::string_view xapian_version);

}  // namespace lede::glass
