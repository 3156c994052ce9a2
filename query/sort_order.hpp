#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "query/stored_articles.hpp"

namespace lede {

/// What hits are put in order by.
enum class SortKey : std::uint8_t {
  relevance,
  date,
  title,
  source,
  section,
  author,
  id,
  path,
  url,
  host,
  language,
};

/// The order of hits. Equal ones stand in the order of the index, and what an article has no value
/// for stands last, whichever way it goes: pages neither repeat nor skip.
struct SortOrder {
  SortKey key = SortKey::relevance;
  bool is_descending = false;  ///< `-date`: newest first. Of relevance always, and false

  friend bool operator==(const SortOrder&, const SortOrder&) = default;
};

/// The order of a name: `date`, `-title`. Throws Error (usage) that lists them for any other.
SortOrder read_sort_order(std::string_view name);

/// All names that read_sort_order takes, but for those with a minus other than `-date`.
std::vector<std::string_view> sort_names();

/// The keys by which Xapian puts documents in this order, which is not by relevance. Dates and
/// sources are compared by their value slots; other keys are read from stored articles, by title
/// and name without regard to case and accents, the first of several authors. `articles` must
/// outlive it. Asking throws Error (damaged) for an article that cannot be read.
std::unique_ptr<Xapian::KeyMaker> make_sort_keys(SortOrder order, StoredArticles& articles);

}  // namespace lede
