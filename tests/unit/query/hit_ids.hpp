#pragma once

#include <string>
#include <vector>

#include "query/answer.hpp"

namespace lede {

using Ids = std::vector<std::string>;

/// Of the hits of an answer, in their order.
inline Ids ids_of(const Answer& answer) {
  Ids ids;
  for (const Hit& hit : answer.hits) ids.push_back(hit.article.id);
  return ids;
}

}  // namespace lede
