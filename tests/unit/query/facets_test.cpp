#include "query/facets.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/index_terms.hpp"
#include "query/search.hpp"
#include "tests/unit/query/random_articles.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

constexpr std::array kAllFacets{FacetField::source, FacetField::section,  FacetField::author,
                                FacetField::tag,    FacetField::language, FacetField::host};

std::set<std::string> values_of(const Article& article, FacetField field) {
  std::set<std::string> values;
  switch (field) {
    case FacetField::source:
      values = {article.source};
      break;
    case FacetField::section:
      values = {article.section};
      break;
    case FacetField::author:
      values = {article.authors.begin(), article.authors.end()};
      break;
    case FacetField::tag:
      values = {article.tags.begin(), article.tags.end()};
      break;
    case FacetField::language:
      values = {article.language.empty() ? "und" : article.language};
      break;
    case FacetField::host:
      values = {host_of(article.url)};
      break;
  }
  values.erase("");
  return values;
}

/// What the facet has to be, counted one by one.
Facet counted(FacetField field, const std::vector<Hit>& hits) {
  std::map<std::string, std::uint64_t> counts;
  for (const Hit& hit : hits)
    for (const std::string& value : values_of(hit.article, field)) ++counts[value];
  Facet facet{field, {}};
  for (const auto& [value, count] : counts) facet.values.push_back({value, count});
  std::ranges::stable_sort(facet.values, std::ranges::greater{}, &FacetValue::articles);
  return facet;
}

SearchRequest counting(std::string text) {
  SearchRequest request;
  request.text = std::move(text);
  request.facets.assign(kAllFacets.begin(), kAllFacets.end());
  request.facet_limit = 1000;
  request.limit = 1000;
  return request;
}

TEST(Facets, CountAllArticlesOfAnAnswerOneByOne) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    const TinyIndex index(random_articles(seed, 150));
    Searcher searcher(index.path());
    for (const std::string text : {"oil", "opera -port", "\"oil opera\"", "strike vienna", ""}) {
      SCOPED_TRACE(fmt::format("{} {}", seed, text));
      SearchRequest request = counting(text);
      const Answer whole = searcher.search(request);
      for (std::size_t i = 0; i < kAllFacets.size(); ++i)
        EXPECT_EQ(whole.facets[i], counted(kAllFacets[i], whole.hits));
      request.limit = 0;
      EXPECT_EQ(searcher.search(request).facets, whole.facets);
      request.limit = 3;
      request.sort = read_sort_order("-date");
      EXPECT_EQ(searcher.search(request).facets, whole.facets);
    }
  }
}

TEST(Facets, KeepAsManyValuesAsWereAskedFor) {
  const TinyIndex index(random_articles(3, 150));
  Searcher searcher(index.path());
  SearchRequest request = counting("oil");
  const Answer whole = searcher.search(request);
  request.facet_limit = 2;
  const Answer two = searcher.search(request);
  for (std::size_t i = 0; i < kAllFacets.size(); ++i) {
    auto beginning = whole.facets[i].values;
    beginning.resize(std::min<std::size_t>(2, beginning.size()));
    EXPECT_EQ(two.facets[i].values, beginning);
  }
}

TEST(Facets, CountWhatAnswersInPart) {
  Article article = make_article("a", "Oil", "oil");
  article.source = "Coastal Wire";
  const TinyIndex index({article});
  Searcher searcher(index.path());
  const Answer answer = searcher.search(counting("oil zebra"));
  EXPECT_TRUE(answer.is_relaxed);
  EXPECT_EQ(answer.facets[0].values, (std::vector<FacetValue>{{"Coastal Wire", 1}}));
}

TEST(Facets, AreEmptyWhereNothingIsFound) {
  const TinyIndex index(random_articles(3, 10));
  Searcher searcher(index.path());
  const Answer answer = searcher.search(counting("zebra"));
  ASSERT_EQ(answer.facets.size(), kAllFacets.size());
  for (const Facet& facet : answer.facets) EXPECT_TRUE(facet.values.empty());
}

Article dated(std::string id, std::string_view date) {
  Article article = make_article(std::move(id), "Oil", "oil");
  article.date = parse_date(date);
  return article;
}

std::vector<PeriodCount> histogram_of(const TinyIndex& index, CalendarUnit period) {
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "oil";
  request.histogram = period;
  return searcher.search(request).histogram.value();
}

using Periods = std::vector<PeriodCount>;

TEST(Histogram, CountsByTheCalendarOfEachArticleAndFillsGaps) {
  const TinyIndex index({dated("a", "2025-08-31T23:30:00-05:00"), dated("b", "2025-09-02"),
                         dated("c", "2025-09-02T01:00:00+09:00"), dated("d", "2025-11"),
                         dated("e", "2026"), dated("f", "")});
  EXPECT_EQ(histogram_of(index, CalendarUnit::day),
            (Periods{{"2025-08-31", 1}, {"2025-09-01", 0}, {"2025-09-02", 2}}));
  EXPECT_EQ(histogram_of(index, CalendarUnit::week),
            (Periods{{"2025-08-25", 1}, {"2025-09-01", 2}}));
  EXPECT_EQ(histogram_of(index, CalendarUnit::month),
            (Periods{{"2025-08", 1}, {"2025-09", 2}, {"2025-10", 0}, {"2025-11", 1}}));
  EXPECT_EQ(histogram_of(index, CalendarUnit::year), (Periods{{"2025", 4}, {"2026", 1}}));
}

TEST(Histogram, HasInEachBarWhatItsStartFindsAsADate) {
  const TinyIndex index(random_articles(7, 120));
  Searcher searcher(index.path());
  for (const CalendarUnit period : {CalendarUnit::day, CalendarUnit::month, CalendarUnit::year}) {
    SearchRequest request;
    request.text = "oil";
    request.histogram = period;
    const Answer answer = searcher.search(request);
    for (const PeriodCount& bar : answer.histogram.value()) {
      if (bar.articles == 0) continue;
      SearchRequest one;
      one.text = fmt::format("oil date:{}", bar.start);
      EXPECT_EQ(searcher.search(one).total.value, bar.articles) << bar.start;
    }
  }
}

TEST(Histogram, KnowsWeeksBeforeAndAfterTheYear1970) {
  const TinyIndex index({dated("a", "1969-12-28"), dated("b", "1969-12-29"),
                         dated("c", "1970-01-04"), dated("d", "1970-01-05")});
  EXPECT_EQ(histogram_of(index, CalendarUnit::week),
            (Periods{{"1969-12-22", 1}, {"1969-12-29", 2}, {"1970-01-05", 1}}));
}

TEST(Histogram, LeavesGapsOpenThatWouldMakeItEndless) {
  const TinyIndex index({dated("a", "1066-10-14"), dated("b", "2025-09-02")});
  EXPECT_EQ(histogram_of(index, CalendarUnit::day),
            (Periods{{"1066-10-14", 1}, {"2025-09-02", 1}}));
  EXPECT_EQ(histogram_of(index, CalendarUnit::year).size(), 960U);
}

TEST(Histogram, IsEmptyWhereNothingIsFound) {
  EXPECT_TRUE(
      histogram_of(TinyIndex({make_article("a", "Gas", "gas")}), CalendarUnit::day).empty());
}

}  // namespace
}  // namespace lede
