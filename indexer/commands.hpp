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

/// `lede-index compact`: copies the index into a new build without what is free in it, and puts
/// that in the place of the old one. Readers go on. Throws Error, and the index is as it was:
/// locked, no_index, damaged, resources.
ExitStatus compact_index(const IndexOptions& options);

/// `lede-index check`: reads all of the index and says what is damaged. Throws Error (damaged)
/// after that; locked, no_index, resources.
ExitStatus check_index(const IndexOptions& options);
/// `lede-index export`: prints every article, in the order of ids.
ExitStatus export_articles(const IndexOptions& options);

/// `lede-index remove`: takes articles out of the index, and reports.
ExitStatus remove_articles(const IndexOptions& options);

}  // namespace lede
