#pragma once

#include <cstdlib>
#include <string_view>

namespace lede {

/// A variable of the environment; empty where it is not set. Valid until somebody sets it.
inline std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace lede
