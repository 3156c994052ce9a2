#include "corpus/readers/office/odt.hpp"

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"
#include "tests/unit/readers/office/zip_of.hpp"
#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

std::string content(const std::string& text, const std::string& styles = "") {
  return "<o:document-content xmlns:o=\"urn:o\" xmlns:text=\"urn:t\" xmlns:table=\"urn:b\" "
         "xmlns:style=\"urn:s\"><o:automatic-styles>" +
         styles + "</o:automatic-styles><o:body><o:text>" + text +
         "</o:text></o:body></o:document-content>";
}

std::string body_of(const std::string& text) {
  return article_of_odt(content(text), "").body;
}

TEST(ReadOdt, ReadsParagraphsHeadingsAndWhiteSpace) {
  EXPECT_EQ(body_of("<text:h>Head</text:h>\n  <text:p>One\n   <text:span>two</text:span>"
                    "<text:s text:c=\"2\"/>three<text:tab/>four<text:line-break/>five</text:p>"),
            "Head\n\nOne two  three\tfour\nfive");
}

TEST(ReadOdt, LeavesOutDeletedTextCommentsAndContents) {
  EXPECT_EQ(body_of("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
                    "<text:table-of-content><text:p>Head 1</text:p></text:table-of-content>"
                    "<text:p>kept<o:annotation><text:p>why?</text:p></o:annotation></text:p>"),
            "kept");
}

TEST(ReadOdt, PutsNotesBehindTheText) {
  const std::string inner =
      "<text:note><text:note-citation>2</text:note-citation><text:note-body><text:p>Second.</"
      "text:p>"
      "</text:note-body></text:note>";
  EXPECT_EQ(body_of("<text:p>Text<text:note><text:note-citation>1</text:note-citation>"
                    "<text:note-body><text:p>First" +
                    inner + ".</text:p></text:note-body></text:note> goes on.</text:p>"),
            "Text goes on.\n\nFirst.\n\nSecond.");
}

TEST(ReadOdt, WritesARowOfATableAsALine) {
  const std::string row =
      "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
      "<text:p>b</text:p><text:p>c</text:p></table:table-cell></table:table-row>";
  EXPECT_EQ(
      body_of("<text:p>x</text:p><table:table>" + row + row + "</table:table><text:p>y</text:p>"),
      "x\n\na\tb c\na\tb c\n\ny");
}

TEST(ReadOdt, FindsTheTitleParagraphByTheStyleThatItsOwnIsDerivedFrom) {
  const Article article = article_of_odt(
      content("<text:p text:style-name=\"P7\">Ferry sinks</text:p><text:p>It sank.</text:p>",
              "<style:style style:name=\"P7\" style:parent-style-name=\"Title\"/>"),
      "");
  EXPECT_EQ(article.title, "Ferry sinks");
  EXPECT_EQ(trimmed(article.body), "It sank.");
}

TEST(ReadOdt, TakesTheFirstAuthorAndDateNotTheLast) {
  const Article article = article_of_odt(
      content("<text:p>Text</text:p>"),
      "<o:document-meta xmlns:o=\"urn:o\" xmlns:m=\"urn:m\" xmlns:dc=\"urn:d\"><o:meta>"
      "<dc:creator>Editor</dc:creator><dc:date>2025-09-01T10:00:00</dc:date>"
      "<m:initial-creator>Ada Lind</m:initial-creator><m:creation-date>2025-08-29T10:00:00"
      "</m:creation-date><m:keyword>sea</m:keyword><m:keyword>ferries</m:keyword>"
      "<dc:title>Ferry sinks</dc:title></o:meta></o:document-meta>");
  EXPECT_EQ(article.title, "Ferry sinks");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Lind"});
  EXPECT_EQ(article.tags, (std::vector<std::string>{"sea", "ferries"}));
  EXPECT_EQ(article.date, parse_date("2025-08-29T10:00:00"));
  EXPECT_EQ(article.modified, parse_date("2025-09-01T10:00:00"));
}

TEST(ReadOdt, ReadsTheZip) {
  std::vector<ReadResult> results;
  Input input(from_memory(zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"},
                                  {"content.xml", content("<text:p>Text</text:p>")}})));
  read_odt(input, context_of("/a.odt"), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(std::get<Article>(results[0]).body, "Text");
}

TEST(ReadOdt, TakesSpacesWithoutEndForAFew) {
  EXPECT_EQ(body_of("<text:p>a<text:s text:c=\"4000000000\"/>b</text:p>").size(), 66U);
  EXPECT_EQ(body_of("<text:p>a<text:s text:c=\"-1\"/>b</text:p>"), "a b");
}

}  // namespace
}  // namespace lede
