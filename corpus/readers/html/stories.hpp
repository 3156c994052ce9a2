#pragma once

#include <vector>

#include "corpus/readers/html/page.hpp"

namespace lede {

/// What a page's markup says of the story and of others beside it.
struct Stories {
  NodeId headline = 0;           ///< the only one; 0 for none
  NodeId story = 0;              ///< the element `article` around it; 0 for none
  std::vector<bool> is_foreign;  ///< by node: it begins another story, or a list of them
};

/// Takes time linear in the page.
Stories stories_on(const Page& page);

}  // namespace lede
