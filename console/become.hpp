#pragma once

#include <string>
#include <vector>

namespace lede {

/// Lets a program take the place of this process: its name or path, found as a shell finds it, and
/// its arguments; no shell sees them. Returns where that fails, with the reason in errno. Nothing
/// in it allocates but the list of arguments.
void become(const std::vector<std::string>& command);

}  // namespace lede
