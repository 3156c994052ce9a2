#include "query/hit_template.hpp"

#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/error.hpp"

namespace lede {
namespace {

Answer answer_of_one_hit() {
  Hit hit;
  hit.rank = 7;
  hit.score = 2.71828;
  hit.article.id = "id-1";
  hit.article.title = "Oil falls";
  hit.article.authors = {"Ann Smith", "Bo Ek"};
  hit.article.tags = {"energy"};
  hit.snippets = {{FieldId::title, "Oil falls", {{0, 3}}, 0, true, true},
                  {FieldId::body, "the oil\nfell", {{4, 7}}, 0, true, true},
                  {FieldId::body, "more", {}, 40, false, false}};
  Answer answer;
  answer.hits.push_back(hit);
  return answer;
}

std::string filled(std::string_view text, const Answer& answer = answer_of_one_hit(),
                   bool is_raw = false, const Markers& markers = {}) {
  return HitTemplate(text).fill({answer, answer.hits[0], markers}, is_raw);
}

std::string error_of(std::string_view text) {
  try {
    HitTemplate{text};
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(HitTemplate, PutsValuesInThePlaceOfTheirNames) {
  EXPECT_EQ(filled("{rank}: {title} by {authors} [{tags}]"),
            "7: Oil falls by Ann Smith; Bo Ek [energy]");
  EXPECT_EQ(filled(""), "");
  EXPECT_EQ(filled("{date}{timestamp}{url}"), "");
  EXPECT_EQ(filled("{title_derived}"), "false");
}

TEST(HitTemplate, ShowsThePassagesOnOneLineWithoutTheTitle) {
  EXPECT_EQ(filled("{snippet}"), "the oil fell … more …");
  EXPECT_EQ(filled("{snippet}", answer_of_one_hit(), false, {"<b>", "</b>"}),
            "the <b>oil</b> fell … more …");
}

TEST(HitTemplate, KnowsEscapesAndDoubledBraces) {
  EXPECT_EQ(filled(R"(a\tb\nc\\d\0e)"), std::string("a\tb\nc\\d\0e", 9));
  EXPECT_EQ(filled("{{{rank}}}"), "{7}");
}

TEST(HitTemplate, LaysValuesOutInColumnsOfATerminal) {
  struct Case {
    std::string_view layout;
    std::string_view text;
  };
  for (const Case& expected : {Case{"{title:12}|", "Oil falls   |"},
                               {"{title:>12}|", "   Oil falls|"},
                               {"{title:^12}|", " Oil falls  |"},
                               {"{title:*^12}|", "*Oil falls**|"},
                               {"{title:·>11}|", "··Oil falls|"},
                               {"{title:.5}|", "Oil …|"},
                               {"{title:<7.5}|", "Oil …  |"},
                               {"{rank:4}|", "   7|"},
                               {"{rank:<4}|", "7   |"},
                               {"{rank:03}|", "007|"},
                               {"{score:.2}|", "2.72|"},
                               {"{score:8.3f}|", "   2.718|"},
                               {"{score:.0f}|", "3|"},
                               {"{timestamp:.2}|", "|"}})
    EXPECT_EQ(filled(expected.layout), expected.text) << expected.layout;
}

TEST(HitTemplate, CutsADateToALessPreciseOne) {
  Answer answer = answer_of_one_hit();
  answer.hits[0].article.date = parse_date("2025-08-29T14:05:00+02:00");
  EXPECT_EQ(filled("{date:.10}|{date:.7}|{date:12.4}|", answer),
            "2025-08-29|2025-08|2025        |");
}

TEST(HitTemplate, CountsWideCharactersAsTwoColumns) {
  Answer answer = answer_of_one_hit();
  answer.hits[0].article.title = "東京の石油";
  EXPECT_EQ(filled("{title:12}|", answer), "東京の石油  |");
  EXPECT_EQ(columns_of_text(filled("{title:<6.6}", answer)), 6U);
}

TEST(HitTemplate, MakesVisibleWhatATerminalWouldObeyUnlessValuesAreRaw) {
  Answer answer = answer_of_one_hit();
  answer.hits[0].article.id = "a\x1b[31m\tb\nc";
  EXPECT_EQ(filled("{id}", answer), "a\\x1b[31m b c");
  EXPECT_EQ(filled("{id}", answer, true), "a\x1b[31m\tb\nc");
}

TEST(HitTemplate, NamesTheColumnOfWhatItCannotRead) {
  EXPECT_TRUE(
      error_of("ü {titel}").starts_with("column 4 has 'titel', which is none of query_id, "));
  EXPECT_TRUE(error_of("{snippets}").starts_with("column 2 has 'snippets', which is none of"));
  EXPECT_EQ(error_of("a {title"), "column 3 has a { without its }; write {{ for the character");
  EXPECT_EQ(error_of("a} b"), "column 2 has a } without its {; write }} for the character");
  EXPECT_EQ(error_of("a\\x"), R"(column 2 has a \ without one of t, n, 0 or \ behind it)");
  EXPECT_EQ(error_of("a\\"), R"(column 2 has a \ without one of t, n, 0 or \ behind it)");
  EXPECT_TRUE(error_of("{title:5x}").starts_with("column 9 has a layout that is not"));
  EXPECT_TRUE(error_of("{title:5f}").starts_with("column 9 has a layout that is not"));
  EXPECT_EQ(error_of("{title:.}"), "column 9 has a precision without a number");
  EXPECT_EQ(error_of("{title:.0}"), "column 10 has a precision of 0");
  EXPECT_EQ(error_of("{title:99999}"), "column 8 has more than 10000 columns");
  EXPECT_EQ(error_of("{score:.21}"), "column 11 has more than 20 decimal places");
  EXPECT_EQ(error_of("{title:東<5}"), "column 8 has a filling that is not one column wide");
}

TEST(HitTemplate, ReadsOrRefusesWhateverItIsGiven) {
  constexpr std::string_view kSigns = "{}{}:<^>.019\\tn0titlerankscore é\xff";
  for (unsigned seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    std::minstd_rand random(seed + 1);
    std::string text;
    for (auto length = random() % 24; length > 0; --length)
      text += kSigns[random() % kSigns.size()];
    const std::string error = error_of(text);
    if (error == "none")
      EXPECT_LT(filled(text).size(), 25'000U);
    else
      EXPECT_TRUE(error.starts_with("column ")) << error;
  }
}

}  // namespace
}  // namespace lede
