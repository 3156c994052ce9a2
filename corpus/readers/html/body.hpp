#pragma once

#include <string>
#include <string_view>

#include "corpus/readers/html/page.hpp"

namespace lede {

/// The article in a page.
struct PageBody {
  NodeId root;       ///< the element that holds it
  std::string text;  ///< paragraphs parted by an empty line; without the headline
};

/// Finds the article's text among a page's navigation, comments, teasers and notices.
///
/// Each run of text between the edges of blocks has a weight: its length, less twice the length of
/// its links, less a fixed cost. The article is the element whose runs weigh most together: prose
/// draws its boundary outwards, lists of links push it back. What is named or marked as an aside
/// counts only where it weighs against, unless it holds most of the page's prose. In what is found
/// asides and blocks of links are left out. When little text is left, only certain asides are, and
/// when hardly any is, none but other stories: what is named `related`, and where an `article` has
/// the page's only headline, the other ones. A heading such as `Comments (30)` ends the article.
///
/// `title` is the article's: a heading that says the same is left out, and so is the only h1.
PageBody find_body(const Page& page, std::string_view title);

}  // namespace lede
