#include "indexer/keep_freed_memory.hpp"

#include <malloc.h>

namespace lede {

void keep_freed_memory() {
  constexpr int kMiB = 1 << 20;
  // Where these are refused, everything works as before.
  ::mallopt(M_MMAP_THRESHOLD, 32 * kMiB);
  ::mallopt(M_TRIM_THRESHOLD, 64 * kMiB);
}

}  // namespace lede
