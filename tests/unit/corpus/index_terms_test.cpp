#include "corpus/index_terms.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <xapian.h>

namespace lede {
namespace {

using Terms = std::vector<std::string>;

TEST(ExactTerm, KeepsAShortValueAsItIs) {
  EXPECT_EQ(exact_term("U", "https://news.example/a"), "Uhttps://news.example/a");
  EXPECT_EQ(id_term("reuters-1"), "Qreuters-1");
}

TEST(ExactTerm, TellsLongValuesApart) {
  const std::string url(5000, 'x');
  EXPECT_NE(exact_term("U", url), exact_term("U", url + "y"));
  EXPECT_EQ(exact_term("U", url), exact_term("U", url));
}

TEST(ExactTerm, IsATermThatXapianTakesWhateverItsLength) {
  Xapian::WritableDatabase index("", Xapian::DB_BACKEND_INMEMORY);
  for (const char filler : {'x', '\0', '\xFF'})
    for (const std::size_t length : {0, 1, 63, 64, 65, 199, 200, 201, 244, 245, 246, 5000}) {
      const std::string term = exact_term("XS", std::string(length, filler));
      const auto nuls = std::ranges::count(term, '\0');
      EXPECT_LE(term.size() + static_cast<std::size_t>(nuls), 245U) << length;
      Xapian::Document document;
      document.add_boolean_term(term);
      EXPECT_NO_THROW(index.add_document(document));
    }
}

TEST(PathTerms, NameTheFileAndEachFolderAboveIt) {
  EXPECT_EQ(path_terms("/news/2025/a.txt"), (Terms{"P/news/2025/a.txt", "P/news/2025", "P/news"}));
  EXPECT_EQ(path_terms("-"), (Terms{"P-"}));
  EXPECT_EQ(path_terms(""), Terms{});
}

TEST(DateTerms, SayNoMoreThanTheDateDoes) {
  EXPECT_EQ(date_terms(*parse_date("2025-08-29")), (Terms{"Y2025", "M202508", "D20250829"}));
  EXPECT_EQ(date_terms(*parse_date("2025-08")), (Terms{"Y2025", "M202508"}));
  EXPECT_EQ(date_terms(*parse_date("2025")), (Terms{"Y2025"}));
}

TEST(DateTerms, NameTheDayOfThePublishersCalendar) {
  EXPECT_EQ(date_terms(*parse_date("2025-08-29T23:30:00-04:00")).back(), "D20250829");
}

TEST(HostOf, TakesTheHostOutOfAUrl) {
  EXPECT_EQ(host_of("https://www.News.Example:8080/a?b"), "news.example");
  EXPECT_EQ(host_of("http://user:pw@news.example"), "news.example");
  EXPECT_EQ(host_of("https://[::1]/x"), "[::1]");
  EXPECT_EQ(host_of("no url"), "");
}

}  // namespace
}  // namespace lede
