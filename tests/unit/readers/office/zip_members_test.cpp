#include "corpus/readers/office/zip_members.hpp"

#include <gtest/gtest.h>

#include "tests/unit/readers/office/zip_of.hpp"

namespace lede {
namespace {

bool any(std::string_view) {
  return true;
}

TEST(ReadZipMembers, GivesTheWantedOnes) {
  const std::string zip = zip_of({{"a.xml", "one"}, {"b/ä.xml", "two"}, {"c.png", "three"}});
  const ZipMembers members =
      read_zip_members(zip, [](std::string_view name) { return name.ends_with(".xml"); }, {});
  EXPECT_EQ(members.failure, "");
  ASSERT_EQ(members.bytes.size(), 2U);
  EXPECT_EQ(members.bytes.at("a.xml"), "one");
  EXPECT_EQ(members.bytes.at("b/ä.xml"), "two");
}

TEST(ReadZipMembers, TakesTheFirstOfOneName) {
  EXPECT_EQ(read_zip_members(zip_of({{"a", "1"}, {"a", "2"}}), any, {}).bytes.at("a"), "1");
}

TEST(ReadZipMembers, RefusesAMemberThatIsTooLarge) {
  ReadLimits limits;
  limits.member_bytes = 1000;
  const std::string zip = zip_of({{"a", std::string(1001, 'x')}, {"b", std::string(1000, 'x')}});
  const ZipMembers members = read_zip_members(zip, any, limits);
  EXPECT_EQ(members.refused.at("a"), "it is longer than 1000 bytes");
  EXPECT_EQ(members.bytes.at("b").size(), 1000U);
}

TEST(ReadZipMembers, StopsAtTheLimits) {
  ReadLimits few;
  few.members = 2;
  const std::string three = zip_of({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  EXPECT_EQ(read_zip_members(three, any, few).failure, "it has more than 2 members");
  ReadLimits small;
  small.record_bytes = 2;
  const ZipMembers members = read_zip_members(three, any, small);
  EXPECT_EQ(members.failure, "its text is longer than 2 bytes");
  EXPECT_EQ(members.bytes.size(), 2U);
  const std::string bomb = zip_of({{"a", std::string(std::size_t{8} << 20, ' ')}});
  EXPECT_EQ(read_zip_members(bomb, any, {}).failure, "it unpacks to more than 100 times its size");
}

TEST(ReadZipMembers, KeepsWhatComesBeforeDamage) {
  std::string text;
  for (int number = 0; number < 3000; ++number) text += std::to_string(number * 7919);
  std::string zip = zip_of({{"a", "whole"}, {"b", text}});
  zip[zip.find("b", 60) + 200] ^= 0x55;
  const ZipMembers members = read_zip_members(zip, any, {});
  EXPECT_EQ(members.bytes.at("a"), "whole");
  EXPECT_FALSE(members.bytes.contains("b"));
}

TEST(ReadZipMembers, SaysThatAFileIsNoZip) {
  for (const std::string& bytes : {std::string("no zip"), std::string("PK\3\4 and no more"),
                                   zip_of({{"a", "1"}}).substr(0, 20)}) {
    EXPECT_NE(read_zip_members(bytes, any, {}).failure, "") << bytes;
  }
}

}  // namespace
}  // namespace lede
