#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"
#include "query/ranked_articles.hpp"
#include "query/stored_articles.hpp"

namespace lede {

/// What articles of an answer can have in common, so that one of them is enough.
enum class CollapseField : std::uint8_t {
  story,
  source,
  section,
  author,
  host,
  language,
  date,
  title
};
constexpr std::string_view name_of(CollapseField field) {
  switch (field) {
    case CollapseField::story:
      return "story";
    case CollapseField::source:
      return "source";
    case CollapseField::section:
      return "section";
    case CollapseField::author:
      return "author";
    case CollapseField::host:
      return "host";
    case CollapseField::language:
      return "language";
    case CollapseField::date:
      return "date";
    case CollapseField::title:
      return "title";
  }
  return {};
}

/// Keeps of the articles with the same value the first, and tells it how many others there were.
/// Articles without the value are all kept.
///
/// Names and titles are the same whatever their case and accents; of several authors the first
/// counts; a date is the day by the calendar that it was published in, and what is known of by
/// month or year only has none. Sources are compared by their value slot; hosts, languages and
/// days by their terms; sections, authors and titles are read from the stored articles, as are
/// stories (query/stories.hpp), of the first 500 articles only: those behind are kept. Throws Error
/// (damaged), Xapian::Error.
std::vector<RankedArticle> collapsed(std::vector<RankedArticle> ranked, CollapseField field,
                                     StoredArticles& articles);

/// What an article stands for that others are left out for, in words: `and 3 more from Reuters`.
std::string words_for_similar(const Article& article, CollapseField field, std::uint64_t similar);

}  // namespace lede
