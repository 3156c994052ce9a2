#include "query/filters.hpp"

#include <string>

#include <gtest/gtest.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

template <typename Make>
std::string error_of(Make&& make) {
  try {
    make();
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(Filters, AreQuestionsOfTheOptionThatAskedForThem) {
  EXPECT_EQ(since_filter("2025-08"), (Filter{"--since", "date:\"2025-08..\""}));
  EXPECT_EQ(until_filter(" last week "), (Filter{"--until", "date:\"..last week\""}));
  EXPECT_EQ(where_filter("source=New York Times"),
            (Filter{"--where", "source:\"New York Times\""}));
  EXPECT_EQ(where_filter("by = O'Brien"), (Filter{"--where", "author:\"O'Brien\""}));
  EXPECT_EQ(where_filter("url=http://a.example/?b=c"),
            (Filter{"--where", "url:\"http://a.example/?b=c\""}));
}

TEST(Filters, RefuseWhatCannotBeOneSideOfAPeriod) {
  EXPECT_EQ(error_of([] { since_filter("2025..2026"); }), "--since: '2025..2026' is not a date");
  EXPECT_EQ(error_of([] { until_filter(" "); }), "--until: ' ' is not a date");
  EXPECT_EQ(error_of([] { until_filter("a\" b:\"c"); }), "--until: 'a\" b:\"c' is not a date");
}

TEST(Filters, RefuseWhatNamesNoFieldOrNoValue) {
  EXPECT_EQ(error_of([] { where_filter("Reuters"); }),
            "'Reuters' is not FIELD=VALUE, as in source=Reuters");
  EXPECT_EQ(error_of([] { where_filter("source= "); }), "'source= ' has no value behind the =");
  EXPECT_TRUE(error_of([] {
                where_filter("colour=red");
              }).starts_with("there is no field 'colour'; the fields are title, lede, tag,"));
  EXPECT_TRUE(error_of([] { where_filter("body=red"); }).starts_with("there is no field 'body'"));
  for (const std::string quote : {"\"", "“", "”", "„"})
    EXPECT_NE(error_of([&] { where_filter("title=a " + quote + " b"); }), "none") << quote;
}

}  // namespace
}  // namespace lede
