#include "corpus/readers/office/docx.hpp"

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"
#include "tests/unit/readers/office/zip_of.hpp"
#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

std::string document(const std::string& body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"urn:w\" "
         "xmlns:mc=\"urn:mc\"><w:body>" +
         body + "</w:body></w:document>";
}

std::string run(const std::string& text) {
  return "<w:r><w:t>" + text + "</w:t></w:r>";
}

std::string paragraph(const std::string& runs, const std::string& style = "") {
  const std::string properties =
      style.empty() ? "" : "<w:pPr><w:pStyle w:val=\"" + style + "\"/></w:pPr>";
  return "<w:p>" + properties + runs + "</w:p>";
}

std::string body_of(const std::string& body) {
  DocxParts parts;
  parts.document = document(body);
  return article_of_docx(parts).body;
}

ReadResult read(const std::string& bytes) {
  std::vector<ReadResult> results;
  Input input(from_memory(bytes));
  read_docx(input, context_of("/a.docx"), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  EXPECT_EQ(results.size(), 1U);
  return results.at(0);
}

TEST(ReadDocx, JoinsRunsAndPartsParagraphs) {
  EXPECT_EQ(body_of(paragraph(run("The fer") + run("ry")) + paragraph(run("sails &amp; sinks"))),
            "The ferry\n\nsails & sinks");
}

TEST(ReadDocx, KeepsTabsAndLineEndsButNotTabStops) {
  EXPECT_EQ(body_of(paragraph("<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" + run("a") +
                              "<w:r><w:tab/></w:r>" + run("b") + "<w:r><w:br/></w:r>" + run("c") +
                              "<w:r><w:noBreakHyphen/></w:r>" + run("d"))),
            "a\tb\nc-d");
}

TEST(ReadDocx, LeavesOutWhatIsDeletedHiddenOrAField) {
  EXPECT_EQ(
      body_of(paragraph(run("kept ") + "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>" +
                        "<w:moveFrom>" + run("moved") + "</w:moveFrom>" +
                        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>" +
                        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>" +
                        "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>shown</w:t></w:r>" +
                        "<w:ins>" + run(" inserted") + "</w:ins>" + "<w:hyperlink>" +
                        run(" linked") + "</w:hyperlink>")),
      "kept shown inserted linked");
}

TEST(ReadDocx, TakesOneOfTwoFormsOfTheSame) {
  EXPECT_EQ(body_of(paragraph("<w:r><mc:AlternateContent><mc:Choice>" + run("box") +
                              "</mc:Choice><mc:Fallback>" + run("box") +
                              "</mc:Fallback></mc:AlternateContent></w:r>")),
            "box");
}

TEST(ReadDocx, WritesARowOfATableAsALine) {
  const auto cell = [](const std::string& text) { return "<w:tc>" + text + "</w:tc>"; };
  EXPECT_EQ(body_of(paragraph(run("before")) + "<w:tbl><w:tr>" +
                    cell(paragraph(run("a")) + paragraph(run("b"))) + cell(paragraph(run("c"))) +
                    "</w:tr><w:tr>" + cell(paragraph(run("d"))) + "</w:tr></w:tbl>" +
                    paragraph(run("after"))),
            "before\n\na b\tc\nd\n\nafter");
}

TEST(ReadDocx, FindsTheTitleStyleInAnyLanguage) {
  DocxParts parts;
  parts.document = document(paragraph(run("Ferry sinks"), "Titel") + paragraph(run("It sank.")));
  parts.styles =
      "<w:styles xmlns:w=\"urn:w\"><w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/>"
      "</w:style></w:styles>";
  const Article article = article_of_docx(parts);
  EXPECT_EQ(article.title, "Ferry sinks");
  EXPECT_EQ(article.origin(Metadata::title), Origin::markup);
  EXPECT_EQ(trimmed(article.body), "It sank.");
}

TEST(ReadDocx, ReadsItsPropertiesAndBelievesNoPlaceholder) {
  const auto with_title = [](const std::string& title) {
    DocxParts parts;
    parts.document = document(paragraph(run("Ferry sinks"), "Title") + paragraph(run("It sank.")));
    parts.core_properties =
        "<c:coreProperties xmlns:c=\"urn:c\" xmlns:d=\"urn:d\"><d:title>" + title +
        "</d:title><d:creator>Ada Lind</d:creator><c:keywords>sea; ferries</c:keywords>"
        "<c:lastModifiedBy>Bo</c:lastModifiedBy><d:created>2025-08-29T10:00:00Z</d:created>"
        "<d:language>en-GB</d:language></c:coreProperties>";
    return article_of_docx(parts);
  };
  EXPECT_EQ(with_title("A ferry is lost").title, "A ferry is lost");
  EXPECT_EQ(with_title("A ferry is lost").body, "Ferry sinks\n\nIt sank.");
  for (const char* title : {"", "Microsoft Word - ferry.doc", "ferry-final.docx", "Untitled 1"}) {
    EXPECT_EQ(with_title(title).title, "Ferry sinks") << title;
  }
  EXPECT_EQ(with_title("").authors, std::vector<std::string>{"Ada Lind"});
  EXPECT_EQ(with_title("").tags, (std::vector<std::string>{"sea", "ferries"}));
  EXPECT_EQ(with_title("").date, parse_date("2025-08-29T10:00:00Z"));
}

TEST(ReadDocx, PutsFootnotesBehindTheText) {
  DocxParts parts;
  parts.document = document(paragraph(run("Text")));
  parts.footnotes = "<w:footnotes xmlns:w=\"urn:w\"><w:footnote w:type=\"continuationSeparator\">" +
                    paragraph(run("___")) + "</w:footnote><w:footnote>" +
                    paragraph(run(" A note.")) + "</w:footnote></w:footnotes>";
  EXPECT_EQ(article_of_docx(parts).body, "Text\n\nA note.");
}

TEST(ReadDocx, SaysThatItsXmlIsBroken) {
  DocxParts parts;
  parts.document = document(paragraph(run("Text"))).substr(0, 140);
  EXPECT_EQ(article_of_docx(parts).warnings.size(), 1U);
}

TEST(ReadDocx, ReadsTheZip) {
  const std::string bytes = zip_of({{"word/document.xml", document(paragraph(run("Text")))},
                                    {"word/media/image1.png", "not looked at"}});
  EXPECT_TRUE(looks_like_docx(bytes));
  const ReadResult result = read(bytes);
  EXPECT_EQ(std::get<Article>(result).body, "Text");
  EXPECT_EQ(std::get<Article>(result).format, "docx");
}

TEST(ReadDocx, SkipsWhatHasNoDocument) {
  EXPECT_EQ(std::get<Skipped>(read(zip_of({{"xl/workbook.xml", "<x/>"}}))).reason,
            "there is no word/document.xml in it");
  EXPECT_NE(std::get<Skipped>(read("PK\3\4")).reason, "");
}

TEST(ReadDocx, TakesDeepNesting) {
  std::string deep;
  for (int depth = 0; depth < 100'000; ++depth) deep += "<w:p>";
  DocxParts parts;
  parts.document = document(deep + run("x"));
  EXPECT_EQ(article_of_docx(parts).warnings.size(), 1U);
}

TEST(ReadDocx, ReplacesNoEntities) {
  DocxParts parts;
  parts.document =
      "<!DOCTYPE x [<!ENTITY a \"a\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><w:document "
      "xmlns:w=\"urn:w\"><w:p><w:r><w:t>&a;&f;end</w:t></w:r></w:p></w:document>";
  EXPECT_EQ(article_of_docx(parts).body, "&a;&f;end");
  std::string bomb = "<!DOCTYPE x [<!ENTITY e0 \"aaaaaaaaaa\">";
  for (int level = 1; level < 20; ++level) {
    bomb += "<!ENTITY e" + std::to_string(level) + " \"";
    for (int count = 0; count < 10; ++count) bomb += "&e" + std::to_string(level - 1) + ";";
    bomb += "\">";
  }
  parts.document = bomb + "]><w:document xmlns:w=\"urn:w\"><w:p><w:r><w:t>&e19;</w:t></w:r></w:p>" +
                   "</w:document>";
  EXPECT_LT(article_of_docx(parts).body.size(), 100U);
}

}  // namespace
}  // namespace lede
