#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "corpus/article.hpp"

namespace lede {

/// Tells which articles are one story: those of a few days that have most of their text in common,
/// as updates and shortened versions have, and reprints of any time.
///
/// Of two articles' shingles, runs of four words, the article with fewer must share six tenths of
/// its own with the other, and nine tenths where they are more than three days apart or one has no
/// day (containment; Broder, "On the resemblance and containment of documents", 1997, with all
/// shingles in the place of a sketch). Only the first 500 words of an article are looked at. What
/// is one story with one of its articles is one with all.
class Stories {
 public:
  using Story = std::uint32_t;

  /// The story of the next article: an earlier one's, or another from 1 on.
  Story story_of(const Article& article);

 private:
  using Shingle = std::uint64_t;
  using Shingles = std::vector<Shingle>;  // in order, each once

  /// What is remembered of an article.
  struct Told {
    Story story = 0;
    std::size_t shingles = 0;
    std::optional<std::int64_t> unix_seconds;  // where its day is known
  };

  static Shingles shingles_of(const Article& article);
  static bool is_one_story(const Told& one, const Told& other, std::size_t common);
  Story story_with(const Told& told, const Shingles& shingles) const;

  std::vector<Told> told_;
  std::unordered_map<Shingle, std::vector<std::uint32_t>> having_;  // articles by shingle
  Story last_ = 0;
};

}  // namespace lede
