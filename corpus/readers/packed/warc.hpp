#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is a web archive?
bool looks_like_warc(std::string_view head);

/// Reads a web archive (WARC 1.0, 1.1; ISO 28500), one article for each response that is a page:
/// status 200 and HTML. All other records are passed over. `#n` counts all records. The date of a
/// record is the crawl's and says nothing of the article's.
void read_warc(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
