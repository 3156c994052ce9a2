#pragma once

#include <cstddef>

#include "indexer/bulk/run_store.hpp"
#include "indexer/glass/table_writer.hpp"

namespace lede {

/// What a merge may take.
struct MergeLimits {
  unsigned jobs = 1;                                 // threads
  std::size_t memory_bytes = std::size_t{32} << 20;  // of each, roughly
};

/// Writes the postings and positions of all runs behind what the two tables hold. The terms are cut
/// into ranges; each thread merges one at a time into leaves of both tables, which are put into
/// the files in the order of the ranges. Throws what any thread has thrown.
void merge_tables(const RunStore& runs, glass::TableWriter& postlist, glass::TableWriter& positions,
                  const MergeLimits& limits);

}  // namespace lede
