#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is an RSS, RDF or Atom feed?
bool looks_like_feed(std::string_view head);

/// Reads RSS 0.9x and 2.0, RSS 1.0 (RDF) and Atom, one article for each item, also of a feed that
/// is not well-formed. The item's guid is the article's id. Its description is the lede when there
/// is a content besides, else the body. What the feed says of itself (title, language) goes for
/// each item that does not say otherwise, if it stands before the first. Items of a WordPress
/// export that are no posts or pages, and drafts unless they are asked for, are skipped.
void read_feed(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
