#pragma once

#include <cstddef>
#include <string>

#include "corpus/readers/reader.hpp"

namespace lede {

/// What a reader is told of a file at `path`, its records limited to `record_bytes`.
inline ReadContext context_of(std::string path,
                              std::size_t record_bytes = ReadLimits{}.record_bytes) {
  ReadContext context;
  context.path = std::move(path);
  context.options.limits.record_bytes = record_bytes;
  return context;
}

}  // namespace lede
