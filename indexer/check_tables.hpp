#pragma once

#include <string>
#include <vector>

#include "indexer/index_folder.hpp"

namespace lede {

/// What is wrong with a table of an index.
struct TableDamage {
  std::string table;  ///< `postlist`, ...
  std::string problem;
  std::string output;  ///< the end of what libxapian printed, many lines
};

/// Has libxapian check each table of the build in use, in a process of its own each: damage can
/// crash it. Takes as long as reading the tables takes. Throws Error (resources).
std::vector<TableDamage> check_tables(const IndexFolder& folder);

}  // namespace lede
