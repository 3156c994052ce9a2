#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "corpus/article.hpp"

namespace lede {

/// The file that an article was read from: it lives and goes with it.
const std::string& owner_of(const Article& article);

/// Which of several articles of one id an index holds, whatever order they come in: that of the
/// highest rank. The one that was modified last, or where it does not say published last; of those
/// that say neither or the same the one whose path comes last, byte by byte, then the one furthest
/// behind in its file. Equal ranks are of one place in one file: there the later one counts.
struct ArticleRank {
  std::optional<std::int64_t> time;  ///< Unix seconds; none is before all others
  std::string path;
  std::string member;        ///< without the number of the record
  std::uint64_t record = 0;  ///< `#n`
  std::string owner;

  friend auto operator<=>(const ArticleRank&, const ArticleRank&) = default;
};

ArticleRank rank_of(const Article& article);

}  // namespace lede
