#include "query/sort_order.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "query/search.hpp"
#include "tests/unit/query/random_articles.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

using Ids = std::vector<std::string>;

Ids ids_in_order(Searcher& searcher, const std::string& text, const std::string& sort,
                 std::uint64_t offset = 0, std::uint64_t limit = 1000) {
  SearchRequest request;
  request.text = text;
  request.match = Match::any;
  request.sort = read_sort_order(sort);
  request.offset = offset;
  request.limit = limit;
  Ids ids;
  for (const Hit& hit : searcher.search(request).hits) ids.push_back(hit.article.id);
  return ids;
}

std::vector<std::string> all_sort_names() {
  std::vector<std::string> names{"relevance"};
  for (const std::string_view name : sort_names()) {
    if (name == "relevance" || name.starts_with('-')) continue;
    names.emplace_back(name);
    names.push_back("-" + std::string(name));
  }
  return names;
}

Article dated(std::string id, std::string_view date) {
  Article article = make_article(std::move(id), "Oil", "oil");
  article.date = parse_date(date);
  return article;
}

TEST(SortOrder, PutsUndatedArticlesLastWhicheverWayItGoes) {
  const TinyIndex index({dated("none", ""), dated("new", "2026-01-02"), dated("old", "1987-02-26"),
                         dated("ancient", "1066-10-14"), dated("none2", "")});
  Searcher searcher(index.path());
  EXPECT_EQ(ids_in_order(searcher, "oil", "date"), (Ids{"ancient", "old", "new", "none", "none2"}));
  EXPECT_EQ(ids_in_order(searcher, "oil", "-date"),
            (Ids{"new", "old", "ancient", "none", "none2"}));
}

TEST(SortOrder, LetsCaseAndAccentsCountOnlyBetweenEqualTitles) {
  const TinyIndex index({make_article("a", "zebra oil", ""), make_article("b", "Élan oil", ""),
                         make_article("c", "elan oil", ""), make_article("d", "", "oil"),
                         make_article("e", "Apple oil", "")});
  Searcher searcher(index.path());
  EXPECT_EQ(ids_in_order(searcher, "oil", "title"), (Ids{"e", "c", "b", "a", "d"}));
  EXPECT_EQ(ids_in_order(searcher, "oil", "-title"), (Ids{"a", "b", "c", "e", "d"}));
}

TEST(SortOrder, KeepsTheOrderOfTheIndexAmongEqualArticles) {
  std::vector<Article> articles;
  for (const std::string id : {"c", "a", "b"}) articles.push_back(make_article(id, "Oil", "oil"));
  const TinyIndex index(articles);
  Searcher searcher(index.path());
  for (const char* sort : {"relevance", "date", "-date", "title", "-title", "source"})
    EXPECT_EQ(ids_in_order(searcher, "oil", sort), (Ids{"c", "a", "b"})) << sort;
}

TEST(SortOrder, KeepsScores) {
  const TinyIndex index(random_articles(1, 50));
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "oil port";
  request.limit = 1000;
  std::map<std::string, double> scores;
  for (const Hit& hit : searcher.search(request).hits) scores[hit.article.id] = hit.score;
  request.sort = read_sort_order("-title");
  const Answer sorted = searcher.search(request);
  ASSERT_EQ(sorted.hits.size(), scores.size());
  for (const Hit& hit : sorted.hits) EXPECT_DOUBLE_EQ(hit.score, scores.at(hit.article.id));
}

TEST(SortOrder, MakesPagesThatTogetherAreTheWholeAnswerWhateverTheOrder) {
  for (unsigned seed = 0; seed < 3; ++seed) {
    const TinyIndex index(random_articles(seed, 200));
    Searcher searcher(index.path());
    for (const std::string& sort : all_sort_names()) {
      for (const std::string text : {"oil", "oil strike rain", "-oil +port vienna"}) {
        SCOPED_TRACE(fmt::format("{} {} {}", seed, sort, text));
        const Ids whole = ids_in_order(searcher, text, sort);
        Ids pages;
        for (std::uint64_t offset = 0; offset < whole.size(); offset += 17)
          for (std::string& id : ids_in_order(searcher, text, sort, offset, 17))
            pages.push_back(std::move(id));
        EXPECT_EQ(pages, whole);
      }
    }
  }
}

TEST(SortOrder, ListsTheNamesForOneThatIsNone) {
  for (const std::string_view name : {"colour", "", "-", "-relevance", "--date", "DATE"}) {
    try {
      read_sort_order(name);
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("is none of relevance, date, -date, title,"),
                std::string::npos);
    }
  }
}

}  // namespace
}  // namespace lede
