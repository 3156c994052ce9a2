#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "corpus/article.hpp"
#include "corpus/readers/input.hpp"

namespace lede {

/// Why a record, or a whole file, gave no article. A bad article is news, not a crash.
struct Skipped {
  std::string path;
  std::string record;  ///< `line 17`, `record 3`; empty when it is about the whole file
  std::string reason;
};

using ReadResult = std::variant<Article, Skipped>;

/// Takes each result as it is read. Returns false to stop the reading.
using Emit = std::function<bool(ReadResult)>;

/// What a reader may know about the bytes it reads, beside the bytes.
struct ReadContext {
  std::string path;                                      ///< absolute, or `-`
  std::size_t max_record_bytes = std::size_t{64} << 20;  ///< a longer record is skipped
};

/// A reader: bytes in, one result for each record out, in order.
///
/// It sets what the bytes say (title, body, date, ..., origins, member) and leaves `id`, `path` and
/// cleaning to finish_article. It throws only what the Input throws. It holds no more than one
/// record in memory where the format lets it.
using Reader = void (*)(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
