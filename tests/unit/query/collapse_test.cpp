#include "query/collapse.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/date.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/words.hpp"
#include "query/search.hpp"
#include "query/stories.hpp"
#include "tests/unit/query/random_articles.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

constexpr std::array kAll{CollapseField::story,  CollapseField::source, CollapseField::section,
                          CollapseField::author, CollapseField::host,   CollapseField::language,
                          CollapseField::date,   CollapseField::title};

/// `stories` has been told of the articles before this one.
std::string value_of(const Article& article, CollapseField field, Stories& stories) {
  switch (field) {
    case CollapseField::story:
      return fmt::format("{}", stories.story_of(article));
    case CollapseField::source:
      return folded(article.source);
    case CollapseField::section:
      return folded(article.section);
    case CollapseField::author:
      return article.authors.empty() ? "" : folded(article.authors[0]);
    case CollapseField::host:
      return host_of(article.url);
    case CollapseField::language:
      return article.language;
    case CollapseField::date: {
      const std::string date = article.date ? format_date(*article.date) : "";
      return date.size() < 10 ? "" : date.substr(0, 10);
    }
    case CollapseField::title:
      return folded(article.title);
  }
  return {};
}

struct Shown {
  std::string id;
  std::uint64_t similar = 0;

  friend bool operator==(const Shown&, const Shown&) = default;
};

std::vector<Shown> shown_in(const Answer& answer) {
  std::vector<Shown> shown;
  for (const Hit& hit : answer.hits) shown.push_back({hit.article.id, hit.similar});
  return shown;
}

/// What has to be shown, one by one.
std::vector<Shown> collapsed_by_hand(const std::vector<Hit>& hits, CollapseField field) {
  std::map<std::string, std::size_t> places;
  Stories stories;
  std::vector<Shown> shown;
  for (const Hit& hit : hits) {
    const std::string value = value_of(hit.article, field, stories);
    const auto [place, is_first] = places.try_emplace(value, shown.size());
    if (value.empty() || is_first)
      shown.push_back({hit.article.id, 0});
    else
      ++shown[place->second].similar;
  }
  return shown;
}

SearchRequest asking(std::string text, std::string_view sort) {
  SearchRequest request;
  request.text = std::move(text);
  request.limit = 1000;
  request.match = Match::any;
  request.sort = read_sort_order(sort);
  return request;
}

TEST(Collapse, KeepsTheFirstOfEachValueInAnyOrder) {
  for (unsigned seed = 0; seed < 4; ++seed) {
    const TinyIndex index(random_articles(seed, 150));
    Searcher searcher(index.path());
    for (const std::string text : {"oil opera", "\"oil opera\"", "strike -port", ""}) {
      for (const std::string_view sort : {"relevance", "-date", "title"}) {
        SearchRequest request = asking(text, sort);
        const Answer whole = searcher.search(request);
        for (const CollapseField field : kAll) {
          SCOPED_TRACE(fmt::format("{} '{}' {} {}", seed, text, sort, name_of(field)));
          request.collapse = field;
          const Answer answer = searcher.search(request);
          EXPECT_EQ(shown_in(answer), collapsed_by_hand(whole.hits, field));
          EXPECT_EQ(answer.total.value, whole.hits.size());
          EXPECT_TRUE(answer.total.is_exact);
          EXPECT_EQ(answer.total.collapsed, whole.hits.size() - answer.hits.size());
        }
      }
    }
  }
}

TEST(Collapse, LeavesScoresAsTheyAre) {
  const TinyIndex index(random_articles(2, 150));
  Searcher searcher(index.path());
  SearchRequest request = asking("oil opera", "relevance");
  std::map<std::string, double> scores;
  for (const Hit& hit : searcher.search(request).hits) scores[hit.article.id] = hit.score;
  request.collapse = CollapseField::title;
  for (const Hit& hit : searcher.search(request).hits)
    EXPECT_DOUBLE_EQ(hit.score, scores.at(hit.article.id));
}

TEST(Collapse, PagesNeitherRepeatNorSkip) {
  const TinyIndex index(random_articles(1, 150));
  Searcher searcher(index.path());
  SearchRequest request = asking("oil opera rain", "relevance");
  request.collapse = CollapseField::title;
  const Answer whole = searcher.search(request);
  ASSERT_GT(whole.hits.size(), 20U);
  std::vector<Shown> shown;
  request.limit = 7;
  for (request.offset = 0; request.offset <= whole.hits.size(); request.offset += 7) {
    const Answer page = searcher.search(request);
    for (const Hit& hit : page.hits) {
      shown.push_back({hit.article.id, hit.similar});
      EXPECT_EQ(hit.rank, shown.size());
    }
    EXPECT_EQ(page.total.value, whole.total.value);
    EXPECT_EQ(page.total.collapsed, whole.total.collapsed);
  }
  EXPECT_EQ(shown, shown_in(whole));
}

TEST(Collapse, FacetsCountWhatIsLeftOutToo) {
  const TinyIndex index(random_articles(3, 150));
  Searcher searcher(index.path());
  SearchRequest request = asking("oil opera", "relevance");
  request.facets = {FacetField::section};
  const Answer whole = searcher.search(request);
  request.collapse = CollapseField::section;
  request.limit = 0;
  const Answer answer = searcher.search(request);
  EXPECT_EQ(answer.facets, whole.facets);
  EXPECT_TRUE(answer.hits.empty());
  EXPECT_GT(answer.total.collapsed, 0U);
}

TEST(Collapse, SaysInWordsWhatTheOthersShare) {
  Article article = make_article("a", "Oil", "oil");
  article.source = "Reuters";
  article.authors = {"Ann Smith", "Bo Ek"};
  article.url = "https://www.wire.example/a";
  article.date = parse_date("2025-08-31T23:30:00-05:00");
  EXPECT_EQ(words_for_similar(article, CollapseField::source, 3), "and 3 more from Reuters");
  EXPECT_EQ(words_for_similar(article, CollapseField::author, 1), "and 1 more by Ann Smith");
  EXPECT_EQ(words_for_similar(article, CollapseField::host, 1), "and 1 more from wire.example");
  EXPECT_EQ(words_for_similar(article, CollapseField::date, 2), "and 2 more of 2025-08-31");
}

}  // namespace
}  // namespace lede
