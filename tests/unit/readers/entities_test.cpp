#include "corpus/readers/entities.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(DecodeEntities, DecodesEachOnce) {
  EXPECT_EQ(decode_entities("Port&#8217;s &eacute;t&#xE9; &amp;amp; &lt;b&gt;"),
            "Port\u2019s \u00E9t\u00E9 &amp; <b>");
}

TEST(DecodeEntities, ReadsWindowsNumbersAsBrowsersDo) {
  EXPECT_EQ(decode_entities("&#147;Yes&#148; &#150; no"), "\u201CYes\u201D \u2013 no");
}

TEST(DecodeEntities, LeavesWhatIsNone) {
  for (const char* text : {"AT&T", "R&D;", "&nonsense;", "&;", "&#;", "&#xZZ;", "&#0;", "&#55296;",
                           "a & b", "&#99999999999;", "&amp"}) {
    EXPECT_EQ(decode_entities(text), text);
  }
}

}  // namespace
}  // namespace lede
