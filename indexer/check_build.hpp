#pragma once

#include <xapian.h>

#include "indexer/index_folder.hpp"

namespace lede {

/// How much of a finished build is read back.
enum class CheckedPart { sample, all };

/// Opens a finished build with libxapian before it is published and reads articles back. It has
/// `articles` of them. Throws Error (damaged): the build is not to be published.
void check_build(const IndexFolder& folder, Xapian::doccount articles, CheckedPart part);

}  // namespace lede
