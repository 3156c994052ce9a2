#pragma once

#include "corpus/article.hpp"

namespace lede {

/// Settles which language an article is in: its ISO 639 code, or empty where nobody knows.
///
/// What the article says stands, unless a good deal of text is surely in another language that is
/// no close relative: whole sites carry one `lang` for pages in several. A warning tells of it.
/// Where the article says nothing, its text decides if it can. Looks at a kilobyte of a clean
/// article, spread over its body.
void settle_language(Article& article);

}  // namespace lede
