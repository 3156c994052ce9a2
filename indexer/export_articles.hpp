#pragma once

#include <cstdint>
#include <functional>

#include <xapian.h>

#include "corpus/article.hpp"

namespace lede {

/// Hands out every article of an index, one at a time, as the terms of their ids are ordered: that
/// does not depend on when each came. Returns how many there were. Throws what Xapian throws, and
/// Error (damaged).
std::uint64_t for_each_by_id(const Xapian::Database& index,
                             const std::function<void(const Article&)>& take);

}  // namespace lede
