#include "corpus/readers/text/mojibake.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

struct Mended {
  std::string text;
  bool is_warned;
};

Mended mend(std::string text) {
  std::vector<std::string> warnings;
  mend_mojibake(text, warnings);
  return {text, !warnings.empty()};
}

TEST(MendMojibake, PutsRightWhatCanBeNothingElse) {
  for (const auto& [garbled, meant] : std::vector<std::pair<std::string, std::string>>{
           {"donâ€™t", "don’t"},
           {"a â€“ b, aâ€¦", "a – b, a…"},
           {"cafÃ© in MÃ¼nchen costs 3Â£", "café in München costs 3£"},
           {"Ã‰lise at the cafÃ©", "Élise at the café"},
           {"ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð´Ñ€ÑƒÐ·ÑŒÑ\u008F", "Привет, друзья"},
       }) {
    EXPECT_EQ(mend(garbled).text, meant);
    EXPECT_TRUE(mend(garbled).is_warned);
  }
}

TEST(MendMojibake, MendsWhatIsCertainBesideWhatIsRight) {
  EXPECT_EQ(mend("déjà vu: donâ€™t, 3Â£").text, "déjà vu: don’t, 3Â£");
}

TEST(MendMojibake, MendsWhatIsLikelyBesideWhatIsCertain) {
  EXPECT_EQ(mend("Übrigens: die StraÃŸe ist schÃ¶n. Ãœber das cÅ“ur, Ã‰lise").text,
            "Übrigens: die Straße ist schön. Über das cœur, Élise");
  EXPECT_EQ(mend("Übrigens: die StraÃŸe").text, "Übrigens: die StraÃŸe");
}

TEST(MendMojibake, LeavesOtherTextsAlone) {
  for (const std::string text :
       {"", "plain", "café, naïve, Ångström", "SÃO PAULO, AMANHÃ… “MAÇÔ”", "MAÇÃ» e IRMÃ\u00A0B",
        "â €", "Ã", "â€", "\xC3", "\xC3\xA2\xE2\x82", "Â»", "Ð Ñ", "the Ñ” and the Ð°"}) {
    EXPECT_EQ(mend(text).text, text);
    EXPECT_FALSE(mend(text).is_warned) << text;
  }
}

}  // namespace
}  // namespace lede
