#include "corpus/article.hpp"

#include <set>

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(Location, NamesThePartOfTheFile) {
  Article article;
  article.path = "/news/a.zip";
  EXPECT_EQ(location(article), "/news/a.zip");
  article.member = "b.txt";
  EXPECT_EQ(location(article), "/news/a.zip!b.txt");
  article.member = "#3";
  EXPECT_EQ(location(article), "/news/a.zip#3");
}

TEST(Origins, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Origin::path); ++i)
    EXPECT_TRUE(names.insert(name_of(static_cast<Origin>(i))).second);
}

TEST(Article, KnowsADerivedTitle) {
  Article article;
  EXPECT_FALSE(article.title_is_derived());
  article.origin(Metadata::title) = Origin::derived;
  EXPECT_TRUE(article.title_is_derived());
}

}  // namespace
}  // namespace lede
