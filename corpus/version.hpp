#pragma once

#include <string_view>

namespace lede {

/// This lede's version: `0.1.0`. CMake's project() is the one place that sets it.
std::string_view version();

}  // namespace lede
