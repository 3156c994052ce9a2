#include "corpus/readers/text/plain_text.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

using namespace std::string_literals;

Article read(const std::string& text) {
  Article article;
  Input input(from_memory(text));
  read_plain_text(input, context_of("/a.txt"), [&](ReadResult result) {
    article = std::get<Article>(std::move(result));
    return true;
  });
  return article;
}

using Names = std::vector<std::string>;

TEST(ReadPlainText, PartsLedeAndBodyAtTheAggregatorsLine) {
  const Article article = read(
      "A summary of it all.\n\nRead the original article here\n\nThe body. More.\n\nAnd more.");
  EXPECT_EQ(article.lede, "A summary of it all.");
  EXPECT_EQ(article.origin(Metadata::lede), Origin::text);
  EXPECT_EQ(article.body, "The body. More.\n\nAnd more.");
  EXPECT_EQ(article.title, "");
}

TEST(ReadPlainText, TakesTheLabelOffALoneTitle) {
  EXPECT_EQ(read("Title: Rain in the north\n\nBody. More.").title, "Rain in the north");
  EXPECT_EQ(read("Headline: Rain\nBy Ada Writer\n\nBody. More.").authors, Names{"Ada Writer"});
}

TEST(ReadPlainText, ReadsBylinesWithDatesAndRoles) {
  for (const std::string line :
       {"By Ada Writer, March 5, 2024", "By Ada Writer | March 5, 2024",
        "By Ada Writer - 5 March 2024", "By Ada Writer, Staff Writer | March 5, 2024"}) {
    const Article article = read("Rain in the north\n" + line + "\n\nBody. More.\n\nAnd more.");
    EXPECT_EQ(article.authors, Names{"Ada Writer"}) << line;
    EXPECT_EQ(article.date, parse_date("2024-03-05")) << line;
    EXPECT_EQ(article.body, "Body. More.\n\nAnd more.") << line;
  }
  EXPECT_EQ(read("Rain\n\nBy Ada Writer, Staff Writer\n\nBody.").authors, Names{"Ada Writer"});
}

TEST(ReadPlainText, TakesADateAloneUnderTheTitle) {
  for (const std::string lines : {"March 5, 2024", "By Ada Writer\nMarch 5, 2024",
                                  "Published: March 5, 2024", "\nPublished on 5 March 2024\n"}) {
    const Article article = read("Rain in the north\n" + lines + "\n\nBody. More.\n\nAnd more.");
    EXPECT_EQ(article.title, "Rain in the north") << lines;
    EXPECT_EQ(article.date, parse_date("2024-03-05")) << lines;
    EXPECT_EQ(article.body, "Body. More.\n\nAnd more.") << lines;
  }
}

TEST(ReadPlainText, KnowsTheAggregatorsLineInItsForms) {
  for (const std::string line :
       {"READ THE ORIGINAL ARTICLE HERE", "Read the full story here.", "Read full article here",
        "Read the original article at Coastal Wire", "  Read the original article…"}) {
    const Article article = read("Summary one.\n\n" + line + "\n\nBody.");
    EXPECT_EQ(article.lede, "Summary one.") << line;
    EXPECT_EQ(article.body, "Body.") << line;
  }
  EXPECT_EQ(read("One.\n\nWe read the original article here and laughed.\n\nTwo.").lede, "");
}

TEST(ReadPlainText, FindsTheLedeBelowATitleAndAHeader) {
  const std::string rest = "Summary.\n\nRead the original article here\n\nBody.";
  EXPECT_EQ(read("A title\n\n" + rest).title, "A title");
  EXPECT_EQ(read("A title\n\n" + rest).lede, "Summary.");
  EXPECT_EQ(read("Title: T\nSource: S\n\n" + rest).lede, "Summary.");
}

TEST(ReadPlainText, KeepsATextThatEndsWithTheAggregatorsLine) {
  const Article article = read("Only a summary.\n\nRead the original article here\n");
  EXPECT_EQ(article.body, "Only a summary.");
  EXPECT_EQ(article.lede, "");
}

TEST(ReadPlainText, LeavesOutLinesThatBelongToThePage) {
  EXPECT_EQ(read("One.\n\nAdvertisement\n\nTwo.\n\nShare this:\n\nContinue reading\n\nRead more…\n"
                 "\nThree, an advertisement.")
                .body,
            "One.\n\nTwo.\n\nThree, an advertisement.");
}

TEST(ReadPlainText, ReadsAHeader) {
  const Article article = read(
      "Title: A title: with a colon\nDate: 2025-08-29\nAuthor: Ada Writer and Bo Other\n"
      "Source: The Wire\nURL: https://x.example/1\nSection: World\nTags: a, b\nLanguage: en\n"
      "Copy-Editor: nobody\nId: 17\nSummary: In short.\n\nBody.");
  EXPECT_EQ(article.title, "A title: with a colon");
  EXPECT_EQ(article.origin(Metadata::title), Origin::header);
  EXPECT_EQ(article.date, parse_date("2025-08-29"));
  EXPECT_EQ(article.authors, (Names{"Ada Writer", "Bo Other"}));
  EXPECT_EQ(article.source, "The Wire");
  EXPECT_EQ(article.url, "https://x.example/1");
  EXPECT_EQ(article.section, "World");
  EXPECT_EQ(article.tags, (Names{"a", "b"}));
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.id, "17");
  EXPECT_EQ(article.lede, "In short.");
  EXPECT_EQ(article.body, "Copy-Editor: nobody\n\nBody.");
}

TEST(ReadPlainText, ReadsLegacyCharsets) {
  // "Вода в реке поднялась." in KOI8-R, a few times: the detector wants some text.
  std::string sentence =
      "\xF7\xCF\xC4\xC1 \xD7 \xD2\xC5\xCB\xC5 \xD0\xCF\xC4\xCE\xD1\xCC\xC1\xD3\xD8.";
  std::string text;
  for (int count = 0; count < 8; ++count) text += sentence + "\n\n";
  EXPECT_TRUE(read(text).body.starts_with("Вода в реке поднялась.")) << read(text).body;
  EXPECT_EQ(read("Café, naïve: one byte of \x93 windows \x94 in UTF-8.").body,
            "Café, naïve: one byte of “ windows ” in UTF-8.");
}

TEST(ReadPlainText, MendsMojibake) {
  const Article article = read("It wonâ€™t end, she said: â€œNo.â€\u009D");
  EXPECT_EQ(article.body, "It won’t end, she said: “No.”");
  EXPECT_EQ(article.warnings, Names{"mended: it was UTF-8 read as windows-1252"});
}

TEST(ReadPlainText, TakesNoTextForAHeader) {
  EXPECT_EQ(read("Note: this is text.\nDate: and this.\n\nBody.").body.substr(0, 5), "Note:");
  EXPECT_EQ(read("Title: one known key\n\nBody.").origin(Metadata::title), Origin::text);
  EXPECT_EQ(read("Title: x\nDate: 2025\nno key\n\nBody.").origin(Metadata::title), Origin::none);
}

TEST(ReadPlainText, TakesALineOfItsOwnForTheTitle) {
  for (const std::string text : {"A title\n\nBody.", "\n\nA title\r\n\r\nBody.\r\n",
                                 "# A title\nBody.\n\nx", "A title\r\rBody.",
                                 "\xEF\xBB\xBF"
                                 "A title\n\nBody."}) {
    const Article article = read(text);
    EXPECT_EQ(article.title, "A title") << text;
    EXPECT_EQ(article.body.substr(0, 5), "Body.") << text;
    EXPECT_EQ(article.origin(Metadata::title), Origin::text);
  }
}

TEST(ReadPlainText, TakesOtherFirstLinesForText) {
  const std::string long_line = [] {
    std::string line;
    for (int word = 0; word < 30; ++word) line += "word ";
    return line;
  }();
  for (const std::string& first :
       {"It ends with a full stop."s, "A title without more"s, long_line,
        "VESSA, Aug 29 (Wire) - Text"s, "By Ada Writer"s, "Advertisement"s}) {
    const bool is_alone = first == "A title without more";
    EXPECT_EQ(read(is_alone ? first : first + "\n\nBody.").title, "") << first;
  }
  EXPECT_EQ(read("A title\nat once the text\n\nBody.").title, "");
}

TEST(ReadPlainText, ReadsTheLinesUnderTheTitle) {
  const Article article =
      read("A title\nBy Ada Writer and Bo van Other\n\nAugust 29, 2025\n\nBody.");
  EXPECT_EQ(article.title, "A title");
  EXPECT_EQ(article.authors, (Names{"Ada Writer", "Bo van Other"}));
  EXPECT_EQ(article.date, parse_date("2025-08-29"));
  EXPECT_EQ(article.body, "Body.");
}

TEST(ReadPlainText, TakesASentenceForNoByline) {
  EXPECT_TRUE(read("A title\n\nBy the time it ended, all were gone\n\nBody.").authors.empty());
  EXPECT_TRUE(read("A title\n\nBy Monday.\n\nBody.").authors.empty());
}

TEST(ReadPlainText, ReadsTheDatelineAndKeepsIt) {
  const Article article = read("VESSA, Aug 29, 2025 (Coastal Wire) - The text. It goes on.");
  EXPECT_EQ(article.source, "Coastal Wire");
  EXPECT_EQ(article.date, parse_date("2025-08-29"));
  EXPECT_TRUE(article.body.starts_with("VESSA, Aug 29, 2025 (Coastal Wire) - The text."));
}

TEST(ReadPlainText, JoinsHardWrappedLines) {
  const std::string line = "this line of prose is wrapped at some sixty characters or so";
  EXPECT_EQ(read(line + "\n" + line + "\nthe end.\n\n" + line + "\nend.").body,
            line + " " + line + " the end.\n\n" + line + " end.");
}

TEST(ReadPlainText, KeepsTheLinesOfAPoem) {
  EXPECT_EQ(read("roses are red.\nviolets are blue.\nsugar.\n\nthe end.").body,
            "roses are red.\nviolets are blue.\nsugar.\n\nthe end.");
}

TEST(ReadPlainText, TakesEachLineForAParagraphWhenNoneIsEmpty) {
  EXPECT_EQ(read("One line.\nTwo lines.\r\nThree.").body, "One line.\n\nTwo lines.\n\nThree.");
}

TEST(ReadPlainText, SkipsATextThatIsTooLong) {
  Input input(from_memory(std::string(101, 'x')));
  bool is_skipped = false;
  read_plain_text(input, context_of("/a.txt", 100), [&](ReadResult result) {
    is_skipped = std::get<Skipped>(result).reason == "it is longer than 100 bytes";
    return true;
  });
  EXPECT_TRUE(is_skipped);
}

}  // namespace
}  // namespace lede
