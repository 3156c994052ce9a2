#include "console/nearest_name.hpp"

#include <array>

#include <gtest/gtest.h>

namespace lede {
namespace {

constexpr std::array<std::string_view, 4> kNames{"--limit", "--json", "--jsonl", "--format"};

TEST(NearestName, IsTheOneWithTheFewestErrors) {
  EXPECT_EQ(nearest_name("--limt", kNames), "--limit");
  EXPECT_EQ(nearest_name("--lmiit", kNames), "--limit");
  EXPECT_EQ(nearest_name("--jsn", kNames), "--json");
  EXPECT_EQ(nearest_name("--jsonll", kNames), "--jsonl");
  EXPECT_EQ(nearest_name("--FORMAT", kNames), "--format");
}

TEST(NearestName, IsNoneWhereTooMuchDiffers) {
  EXPECT_EQ(nearest_name("--reverse", kNames), "");
  EXPECT_EQ(nearest_name("--limitless", kNames), "");
  EXPECT_EQ(nearest_name("-x", kNames), "");
  EXPECT_EQ(nearest_name("", kNames), "");
  EXPECT_EQ(nearest_name("--json", {}), "");
}

TEST(NearestName, StandsBeforeAHint) {
  EXPECT_EQ(with_nearest_name("--jsn", kNames, "lede-query --help"),
            "did you mean --json? lede-query --help");
  EXPECT_EQ(with_nearest_name("--csv", kNames, "lede-query --help"), "lede-query --help");
}

}  // namespace
}  // namespace lede
