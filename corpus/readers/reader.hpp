#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "corpus/article.hpp"
#include "corpus/readers/input.hpp"
#include "corpus/readers/read_options.hpp"

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
  std::string path;    ///< absolute, or `-`
  std::string member;  ///< where in an archive the bytes lie: `2025/a.html`, `inner.zip!a.html`
  ReadOptions options;
};

/// A reader: bytes in, one result for each record out, in order.
///
/// It sets what the bytes say (title, body, date, ..., origins, and of a many-record file `#n` as
/// the member) and leaves `id`, `path`, the archive's member and cleaning to finish_article. It
/// throws only what the Input throws. It holds no more than one record in memory where the format
/// lets it.
using Reader = void (*)(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
