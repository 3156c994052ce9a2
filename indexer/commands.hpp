#pragma once

#include "corpus/error.hpp"
#include "indexer/options.hpp"

namespace lede {

/// `lede-index PATH...`: adds or updates articles, and reports. Stops early when asked to by a
/// signal, keeps what was done and says what is left.
ExitStatus index_articles(const IndexOptions& options);

/// `lede-index parse PATH...`: prints each article as JSON, and touches no index.
ExitStatus parse_articles(const IndexOptions& options);

/// `lede-index watch PATH...`: updates the index, and again whenever something has changed, until a
/// signal ends it.
ExitStatus watch_articles(const IndexOptions& options);

/// `lede-index status`: prints what the index holds and the rules it was made under.
ExitStatus show_status(const IndexOptions& options);

}  // namespace lede
