#include "indexer/article_rank.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

struct Given {
  const char* path;
  const char* member;
  const char* date;
  const char* modified;
};

ArticleRank rank(const Given& given) {
  Article article;
  article.path = given.path;
  article.member = given.member;
  article.date = parse_date(given.date);
  article.modified = parse_date(given.modified);
  return rank_of(article);
}

TEST(ArticleRank, GoesByTimeThenByPlace) {
  const std::vector<Given> ascending{
      {"/a", "", "", ""},           {"/a", "#2", "", ""},
      {"/a", "#10", "", ""},        {"/a", "x.jsonl#1", "", ""},
      {"/a", "x.jsonl#a", "", ""},  {"/b", "", "", ""},
      {"/a", "", "2025-01-01", ""}, {"/b", "", "2025-01-01", ""},
      {"/a", "", "2025-01-02", ""}, {"/a", "", "2024-01-01", "2025-01-03"},
  };
  for (std::size_t one = 0; one < ascending.size(); ++one)
    for (std::size_t other = 0; other < ascending.size(); ++other)
      EXPECT_EQ(rank(ascending[one]) < rank(ascending[other]), one < other) << one << ' ' << other;
}

TEST(ArticleRank, TakesANumberThatIsTooLargeForAName) {
  EXPECT_EQ(rank({"/a", "#99999999999999999999", "", ""}).member, "#99999999999999999999");
}

}  // namespace
}  // namespace lede
