#include "corpus/readers/html/entities.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(DecodeEntities, DecodesEachOnce) {
  EXPECT_EQ(decode_entities("&amp;lt; &eacute;&#233;&#xE9; &hyph;&lsqb; &#146;"), "&lt; ééé -[ ’");
  EXPECT_EQ(decode_entities("&bogus; & &; &#; &#x; &#3;&#127;. &am"),
            "&bogus; & &; &#; &#x; . &am");
}

TEST(EntityText, IsThatOfOneEntity) {
  EXPECT_EQ(entity_text("&eacute;"), "é");
  EXPECT_EQ(entity_text("&#150;"), "–");
  for (const char* none : {"&eacute", "eacute;", "&bogus;", "&#3;", "&amp;x", "&#xD800;", ""}) {
    EXPECT_EQ(entity_text(none), "") << none;
  }
}

}  // namespace
}  // namespace lede
