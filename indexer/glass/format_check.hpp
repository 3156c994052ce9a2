#pragma once

#include <string>

namespace lede::glass {

/// Does the libxapian of this process write the format that this code writes? It is made to write a
/// database of one document in `folder`, which is taken away again, in a few milliseconds. Any
/// doubt is a no. Throws nothing of Xapian's.
bool is_written_alike(const std::string& folder);

}  // namespace lede::glass
