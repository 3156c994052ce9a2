#include "corpus/readers/text/title.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

struct Case {
  std::string text;
  std::string expected;
};

TEST(HeadlineRun, EndsAtAClauseOrWhereProseBegins) {
  for (const auto& [text, expected] : std::vector<Case>{
           {"Mayor Decides She Can Keep the Old Bridge and Council Won’t Act, because this is new.",
            "Mayor Decides She Can Keep the Old Bridge and Council Won’t Act"},
           {"Port Ellery Pilots Vote to Strike Over Night Shifts, as talks broke down.",
            "Port Ellery Pilots Vote to Strike Over Night Shifts"},
           {"Drowned Village Resurfaces as Reservoir Falls to Record Low: the chapel came first.",
            "Drowned Village Resurfaces as Reservoir Falls to Record Low"},
           {"Élise Says Ätna Will Not Rest — the mountain rumbled.",
            "Élise Says Ätna Will Not Rest"},
           {"Storm Hits Coast, Thousands Flee Their Homes, while rivers rose.",
            "Storm Hits Coast, Thousands Flee Their Homes"},
           {"Bank Raises Rates to 3.5 Percent After Long Wait because prices rose.",
            "Bank Raises Rates to 3.5 Percent After Long Wait"},
       }) {
    EXPECT_EQ(headline_run(text, text), expected);
  }
}

TEST(HeadlineRun, KnowsAHeadlineByTheWordsThatTheArticleWritesInLowerCase) {
  const std::string paragraph = "Six-Minute Museum Theft in Karsholm is the third of its kind.";
  EXPECT_EQ(headline_run(paragraph, paragraph + " The museum said the thefts took minutes: six."),
            "Six-Minute Museum Theft in Karsholm");
  EXPECT_EQ(headline_run(paragraph, paragraph), "");
}

TEST(HeadlineRun, IsNotMisledByAnOfficeThatStandsElsewhereInLowerCase) {
  const std::string paragraph = "Prime Minister Anselm Roke and President Odile Marsh, who met.";
  EXPECT_EQ(headline_run(paragraph, paragraph + " The prime minister and the president left."), "");
}

TEST(HeadlineRun, DoesNotTakeNamesForAHeadline) {
  for (const std::string text :
       {"Vladimir Putin and Xi Jinping met in Beijing on Tuesday.",
        "Senator Elizabeth Warren of Massachusetts, a Democrat, said so.",
        "United Nations Security Council Resolution 1701 was passed.",
        "The tanker Amber Lund struck a charted reef.", "Prime Minister Anselm Roke resigned.",
        "A ship sank.", "WASHINGTON, March 9 - The bank said it would act.", "Yes, She Will.", "",
        "2025", "—", "Bundeskanzler Olaf Scholz hat am Dienstag gesprochen."}) {
    EXPECT_EQ(headline_run(text, text), "") << text;
  }
}

TEST(FirstSentence, IsNotCutAtAbbreviationsAndNumbers) {
  for (const auto& [text, expected] : std::vector<Case>{
           {"Mr. Brown left. He was late.", "Mr. Brown left."},
           {"The U.S. Navy came. It went.", "The U.S. Navy came."},
           {"Rates rose to 3.5 percent. Then fell.", "Rates rose to 3.5 percent."},
           {"J. R. Smith won. He smiled.", "J. R. Smith won."},
           {"“Stop!” she said. He did.", "“Stop!” she said."},
           {"Is it? Yes.", "Is it?"},
           {"One line\nand another. Third.", "One line and another."},
           {"A paragraph\n\nAnother.", "A paragraph"},
           {"首相は辞任した。次は誰か。", "首相は辞任した。"},
           {"", ""},
       }) {
    EXPECT_EQ(first_sentence(text), expected);
  }
}

TEST(FirstSentence, IsCutAtAWordNear90Characters) {
  std::string text;
  for (int word = 0; word < 50; ++word) text += "größe, ";
  const std::string sentence = first_sentence(text);
  EXPECT_LE(count_code_points(sentence), 91U);
  EXPECT_GE(count_code_points(sentence), 75U);
  EXPECT_TRUE(sentence.ends_with("größe…")) << sentence;
}

TEST(FirstSentence, CutsAWordWithoutEndBetweenCharacters) {
  std::string text;
  for (int letter = 0; letter < 100'000; ++letter) text += "ß";
  EXPECT_EQ(count_code_points(first_sentence(text)), 91U);
  EXPECT_TRUE(is_valid_utf8(first_sentence(text)));
}

TEST(DeriveTitle, PassesOverTheDateline) {
  EXPECT_EQ(derive_title("PORT ELLERY, Aug 29 (Coastal Wire) - The strike ended. More soon.", ""),
            "The strike ended.");
}

TEST(FindDateline, ReadsSourceAndDate) {
  const std::string text = "PORT ELLERY, Aug 29, 2025 (Coastal Wire) - The strike ended.";
  const auto dateline = find_dateline(text);
  ASSERT_TRUE(dateline);
  EXPECT_EQ(dateline->source, "Coastal Wire");
  EXPECT_EQ(dateline->date, parse_date("2025-08-29"));
  EXPECT_EQ(text.substr(dateline->length_bytes), "The strike ended.");
}

TEST(FindDateline, HasNoDateWithoutAYear) {
  const auto dateline = find_dateline("GRIMSAY, July 9 (Coastal Wire) — A tanker ran aground.");
  ASSERT_TRUE(dateline);
  EXPECT_FALSE(dateline->date);
}

TEST(FindDateline, IsNotEveryTextWithADash) {
  for (const std::string text : {"The bank - said it", "NATO (the alliance) is", "Aug 29 - Text",
                                 "", "Port Ellery, Aug 29 - text", "VESSA"}) {
    EXPECT_FALSE(find_dateline(text)) << text;
  }
}

}  // namespace
}  // namespace lede
