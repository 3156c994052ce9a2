#include "corpus/readers/assemble.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

using Names = std::vector<std::string>;
using Values = std::vector<RecordValue>;

Article assemble(const Values& values, const std::vector<FieldMapping>& mappings = {}) {
  return Assembler(mappings, Origin::record).assemble(values);
}

TEST(Assembler, TakesTheMostTrustedKeyThatHoldsAnything) {
  const Article article = assemble({{"text", "second"}, {"maintext", " "}, {"Content", "third"}});
  EXPECT_EQ(article.body, "second");
}

TEST(Assembler, TakesAllItemsOfListsOfParagraphsAuthorsAndTags) {
  const Article article = assemble({{"paragraphs[*]", "One."},
                                    {"authors[*].name", "Ada Writer"},
                                    {"paragraphs[*]", "Two."},
                                    {"authors[*].name", "Other, Bo"},
                                    {"categories[*]", "World"},
                                    {"categories[*]", "Other"}});
  EXPECT_EQ(article.body, "One.\n\nTwo.");
  EXPECT_EQ(article.authors, (Names{"Ada Writer", "Other, Bo"}));
  EXPECT_EQ(article.section, "World");
  EXPECT_EQ(article.origin(Metadata::authors), Origin::record);
}

TEST(Assembler, TakesTheFirstOfAKeyThatStandsTwice) {
  EXPECT_EQ(assemble({{"text", "first"}, {"text", "second"}}).body, "first");
}

TEST(Assembler, TakesAPlaceholderForNoValue) {
  for (const char* text : {"NaN", " nan ", "None", "NULL", "null", "N/A", "[]", "{}"}) {
    const Article article = assemble({{"title", "t"}, {"url", text}, {"id", text}, {"tags", text}});
    EXPECT_EQ(article.url + article.id, "") << text;
    EXPECT_TRUE(article.tags.empty()) << text;
  }
  EXPECT_EQ(assemble({{"title", "None of it"}}).title, "None of it");
  EXPECT_EQ(assemble({{"text", "NaN"}, {"content", "Body."}}).body, "Body.");
}

TEST(Assembler, TakesALeadParagraphForTheTextWhereThereIsNone) {
  const Article article = assemble({{"abstract", "A."}, {"lead_paragraph", "L."}});
  EXPECT_EQ(article.lede, "A.");
  EXPECT_EQ(article.body, "L.");
  EXPECT_EQ(assemble({{"lead_paragraph", "L."}, {"text", "B."}}).body, "B.");
  EXPECT_EQ(assemble({{"title", "t"}, {"lead_paragraph", "L."}}).body, "");
}

TEST(Assembler, SplitsOnlyATagThatIsNoItemOfAList) {
  EXPECT_EQ(assemble({{"tags[*]", "Biden, Joe"}}).tags, Names{"Biden, Joe"});
  EXPECT_EQ(assemble({{"tags", "a, b"}}).tags, (Names{"a", "b"}));
  EXPECT_EQ(assemble({{"tags", "['Biden, Joe', 'b']"}}).tags, (Names{"Biden, Joe", "b"}));
  EXPECT_EQ(assemble({{"tags[*].label", "a"}, {"tags[*].label", "b"}}).tags, (Names{"a", "b"}));
}

TEST(Assembler, PutsKeywordsAndCategoriesAmongTheTags) {
  EXPECT_EQ(assemble({{"keywords", "b, c"}, {"tags[*]", "a"}, {"tags[*]", "b"}}).tags,
            (Names{"a", "b", "c"}));
  const Article article =
      assemble({{"categories[*]", "World"}, {"categories[*]", "a"}, {"categories[*]", "b"}});
  EXPECT_EQ(article.section, "World");
  EXPECT_EQ(article.tags, (Names{"a", "b"}));
  EXPECT_EQ(assemble({{"categories[*]", "World"}, {"categories[*]", "a"}, {"keywords", "k"}}).tags,
            Names{"k"});
}

TEST(Assembler, TakesAGuidForAUrlOnlyWhenItIsOne) {
  EXPECT_EQ(assemble({{"title", "t"}, {"guid", "abc-1"}}).url, "");
  EXPECT_EQ(assemble({{"guid", "https://x.example/1"}}).url, "https://x.example/1");
}

TEST(Assembler, ReadsListsAsPythonPrintsThem) {
  const Article article = assemble(
      {{"authors", "['Ada Writer', \"Bo O'Ther\"]"}, {"keywords", "['a', 'b c']"}, {"title", "t"}});
  EXPECT_EQ(article.authors, (Names{"Ada Writer", "Bo O'Ther"}));
  EXPECT_EQ(article.tags, (Names{"a", "b c"}));
  EXPECT_EQ(assemble({{"authors", "['"}}).authors, Names{"['"});
}

TEST(Assembler, FollowsTheUsersMappingsBeforeTheTable) {
  const std::vector<FieldMapping> mappings{
      {Metadata::title, "foo.bar"}, {kBody, "contents[*].content"}, {Metadata::lede, "text"}};
  const Article article = assemble({{"title", "known"},
                                    {"foo.bar", "mapped"},
                                    {"text", "no body any more"},
                                    {"contents[kicker].content", "One."},
                                    {"contents[p].content", "Two."}},
                                   mappings);
  EXPECT_EQ(article.title, "mapped");
  EXPECT_EQ(article.lede, "no body any more");
  EXPECT_EQ(article.body, "One.\n\nTwo.");
  EXPECT_EQ(article.section, "");
}

TEST(Assembler, FallsBackOnTheTableWhereAMappedKeyHoldsNothing) {
  EXPECT_EQ(assemble({{"title", "known"}, {"foo", " "}}, {{Metadata::title, "foo"}}).title,
            "known");
}

TEST(Assembler, KnowsTheWayToTheUsersKeys) {
  const std::vector<FieldMapping> mappings{{kBody, "a.b[*].c"}};
  Assembler assembler(mappings, Origin::record);
  for (const char* key : {"a", "a.b", "a.b[*]", "a.b[main]", "source"}) {
    EXPECT_TRUE(assembler.leads_to_wanted(key)) << key;
  }
  EXPECT_FALSE(assembler.leads_to_wanted("b"));
  EXPECT_TRUE(assembler.wants("a.b[main].c"));
  EXPECT_FALSE(assembler.wants("a.b"));
}

TEST(Assembler, KnowsMoreKeysThanItRemembers) {
  const std::vector<FieldMapping> none;
  Assembler assembler(none, Origin::record);
  for (int at = 0; at < 5000; ++at) EXPECT_FALSE(assembler.wants("x" + std::to_string(at)));
  EXPECT_TRUE(assembler.wants("title"));
}

}  // namespace
}  // namespace lede
