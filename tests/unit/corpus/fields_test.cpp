#include "corpus/fields.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(FindField, KnowsNamesAndAliasesInAnyCase) {
  EXPECT_EQ(find_field("title")->field, FieldId::title);
  EXPECT_EQ(find_field("Headline")->field, FieldId::title);
  EXPECT_EQ(find_field("LANG")->field, FieldId::language);
  EXPECT_EQ(find_field("foo"), nullptr);
  EXPECT_EQ(find_field(""), nullptr);
}

TEST(Fields, ShareNoNameAndNoPrefix) {
  std::set<std::string_view> names;
  std::set<std::string_view> prefixes{kYearPrefix, kMonthPrefix, kDayPrefix};
  for (const Field& field : kFields) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_TRUE(field.alias.empty() || names.insert(field.alias).second) << field.alias;
    EXPECT_TRUE(field.prefix.empty() || prefixes.insert(field.prefix).second) << field.prefix;
  }
}

TEST(Fields, WeighOnlyWhereBareWordsLook) {
  for (const Field& field : kFields) EXPECT_EQ(field.weight > 0, field.is_bare) << field.name;
}

TEST(Fields, WeighTheTitleMost) {
  for (const Field& field : kFields)
    EXPECT_TRUE(field.field == FieldId::title || field.weight < field_of(FieldId::title).weight);
}

}  // namespace
}  // namespace lede
