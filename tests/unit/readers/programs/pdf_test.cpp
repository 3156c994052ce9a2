#include "corpus/readers/programs/pdf.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "corpus/readers/programs/child_process.hpp"
#include "tests/unit/readers/reading.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

TEST(TextOfPages, JoinsLinesToParagraphs) {
  EXPECT_EQ(
      text_of_pages("The ferry that sank in the night was\nraised on Friday by two cranes.\n\n"
                    "No one was hurt.\n\f"),
      "The ferry that sank in the night was raised on Friday by two cranes.\n\n"
      "No one was hurt.");
}

TEST(TextOfPages, BreaksWhereALineHadRoomForTheNextWord) {
  EXPECT_EQ(text_of_pages("The price of a crossing\n"
                          "The council voted on Thursday evening to move the ferry terminal\n"
                          "up the river after forty years.\n"
                          "The work will begin next spring and take two years, it says in the\n"
                          "minutes.\n\f"),
            "The price of a crossing\n\n"
            "The council voted on Thursday evening to move the ferry terminal up the river after "
            "forty years.\n\n"
            "The work will begin next spring and take two years, it says in the minutes.");
}

TEST(TextOfPages, PutsABulletBeforeItsItem) {
  EXPECT_EQ(text_of_pages("The plan:\n•\n\nA new pier.\n\n• A café.\n– A crane.\n\f"),
            "The plan:\n\n• A new pier.\n\n• A café.\n\n– A crane.");
}

TEST(TextOfPages, TakesOneLongWordInPiecesInLinearTime) {
  std::string pages;
  for (int count = 0; count < 300'000; ++count) pages += "ab-\n";
  EXPECT_EQ(text_of_pages(pages).size(), 600'001U);
}

TEST(TextOfPages, GoesOnOverThePagesEnd) {
  EXPECT_EQ(text_of_pages("The council voted to\n\fmove the terminal.\n\f"),
            "The council voted to move the terminal.");
  EXPECT_EQ(text_of_pages("The council voted.\n\fIt rained.\n\f"),
            "The council voted.\n\nIt rained.");
}

TEST(TextOfPages, MakesPartedWordsWhole) {
  EXPECT_EQ(text_of_pages("The coun-\ncil met.\n\f"), "The council met.");
  EXPECT_EQ(text_of_pages("A known man dug well. The well-\nknown man rested.\n\f"),
            "A known man dug well. The well-known man rested.");
  EXPECT_EQ(text_of_pages("A well-known law. The well-\nknown man.\n\f"),
            "A well-known law. The well-known man.");
  EXPECT_EQ(text_of_pages("All news is paper. A newspaper. The news-\npaper closed.\n\f"),
            "All news is paper. A newspaper. The newspaper closed.");
  EXPECT_EQ(text_of_pages("The Anglo-\nSaxon and COVID-\n19 and Sch\xC3\xB6n-\nheit\n\f"),
            "The Anglo-Saxon and COVID-19 and Sch\xC3\xB6nheit");
  EXPECT_EQ(text_of_pages("so\xC2\xAD\nft and a dash -\nhere\n\f"), "soft and a dash - here");
}

TEST(TextOfPages, DropsWhatRunsThroughThePages) {
  std::string pages;
  for (int number = 1; number <= 6; ++number) {
    pages += "THE COURIER " + std::to_string(number) + "\n\nStory " +
             std::string(1, static_cast<char>('a' + number)) + " is long.\n\nii\n\n- " +
             std::to_string(number + 9) + " -\n\f";
  }
  EXPECT_EQ(text_of_pages(pages),
            "THE COURIER 1\n\nStory b is long.\n\nStory c is long.\n\nStory d is long.\n\nStory e "
            "is long.\n\n"
            "Story f is long.\n\nStory g is long.");
}

TEST(TextOfPages, DropsAFootBetweenColumnsButNotATablesNumbers) {
  std::string pages = "Cover\n\f";
  std::string text = "Cover";
  for (const std::string story : {"ape", "bee", "cat", "dog"}) {
    pages += "One " + story + ".\nTwo " + story + "s.\n\n12\n\nThe Courier\n\nAn old " + story +
             ".\nNo " + story + ".\n\f";
    text += "\n\nOne " + story + ". Two " + story + "s.\n\n12\n\nAn old " + story + ". No " +
            story + ".";
  }
  EXPECT_EQ(text_of_pages(pages), text);
}

TEST(TextOfPages, KeepsAHeadOnTheFirstPageForATitle) {
  EXPECT_EQ(text_of_pages("On tides\n\nOne.\n\n1\n\fOn tides\n\nTwo.\n\n2\n\f"
                          "On tides\n\nThree.\n\n3\n\f"),
            "On tides\n\nOne.\n\nTwo.\n\nThree.");
}

TEST(TextOfPages, KeepsWhatIsRepeatedOnFewPagesOnly) {
  EXPECT_EQ(text_of_pages("News\n\nOne.\n\fNews\n\nTwo.\n\f"), "News\n\nOne.\n\nNews\n\nTwo.");
}

TEST(TextOfPages, TakesAnyBytes) {
  EXPECT_EQ(text_of_pages(""), "");
  EXPECT_EQ(text_of_pages("\f\f\f"), "");
  EXPECT_EQ(text_of_pages("-\n-\n-"), "-\n\n-\n\n-");
  EXPECT_NE(text_of_pages(std::string(100'000, '-') + "\n\xFF"), "");
}

TEST(SetPdfMetadata, ReadsWhatPdfinfoPrints) {
  Article article;
  set_pdf_metadata(article,
                   "Title:           Budget: a crane\nAuthor:          Ada Lind and Bo Ray\n"
                   "Creator:         Writer\nCreationDate:    2025-08-29T10:00:00+02\n"
                   "ModDate:         2025-08-30T10:00:00Z\nPages:           3\n");
  EXPECT_EQ(article.title, "Budget: a crane");
  EXPECT_EQ(article.authors, (std::vector<std::string>{"Ada Lind", "Bo Ray"}));
  EXPECT_EQ(article.date, parse_date("2025-08-29T10:00:00+02:00"));
  EXPECT_EQ(article.modified, parse_date("2025-08-30T10:00:00Z"));
}

TEST(SetPdfMetadata, BelievesNoFileNameAsATitle) {
  Article article;
  set_pdf_metadata(article, "Title: Microsoft Word - budget_v3.doc\n");
  EXPECT_EQ(article.title, "");
}

/// The offset of an object as a cross-reference table writes it.
std::string offset_line(std::size_t offset) {
  const std::string digits = std::to_string(offset);
  return std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
}

/// A PDF of one page.
std::string pdf_of(const std::vector<std::string>& lines) {
  std::string content = "BT /F 12 Tf 72 720 Td 14 TL ";
  for (const std::string& line : lines) content += "(" + line + ") Tj T* ";
  content += "ET";
  const std::vector<std::string> objects{
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << "
      "/F 5 0 R >> >> >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      "<< /Title (Ferry raised) /Author (Ada Lind) /CreationDate (D:20250829100000Z) >>"};
  std::string pdf = "%PDF-1.4\n";
  std::string table;
  for (std::size_t at = 0; at < objects.size(); ++at) {
    table += offset_line(pdf.size());
    pdf += std::to_string(at + 1) + " 0 obj\n" + objects[at] + "\nendobj\n";
  }
  const std::size_t table_at = pdf.size();
  return pdf + "xref\n0 7\n0000000000 65535 f \n" + table +
         "trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n" + std::to_string(table_at) +
         "\n%%EOF\n";
}

std::vector<ReadResult> read_all(Input input) {
  std::vector<ReadResult> results;
  read_pdf(input, context_of("/a.pdf"), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

TEST(ReadPdf, ReadsBytesFromMemoryAndFromAFileAlike) {
  ASSERT_TRUE(find_program("pdftotext")) << "install poppler-utils";
  const std::string pdf = pdf_of({"The ferry that sank in the night", "was raised on Friday."});
  const TemporaryFolder folder;
  const std::string path = folder.write("a.pdf", pdf);
  for (const bool is_file : {false, true}) {
    Input input(is_file ? open_file(path) : from_memory(pdf));
    input.peek(4096);
    const auto results = read_all(std::move(input));
    ASSERT_EQ(results.size(), 1U);
    const auto& article = std::get<Article>(results[0]);
    EXPECT_EQ(article.body, "The ferry that sank in the night was raised on Friday.");
    EXPECT_EQ(article.title, "Ferry raised");
    EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Lind"});
    EXPECT_EQ(article.date, parse_date("2025-08-29T10:00:00Z"));
  }
}

TEST(ReadPdf, SaysWhyThereIsNoText) {
  ASSERT_TRUE(find_program("pdftotext")) << "install poppler-utils";
  const auto empty = read_all(Input(from_memory(pdf_of({}))));
  EXPECT_EQ(std::get<Skipped>(empty.at(0)).reason,
            "there is no text in it: its pages are pictures");
  const auto broken = read_all(Input(from_memory("%PDF-1.7 and no more")));
  EXPECT_TRUE(
      std::get<Skipped>(broken.at(0)).reason.starts_with("pdftotext failed with status 1: "));
}

TEST(ReadPdf, SaysWhichPackageIsMissing) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const auto results = read_all(Input(from_memory("%PDF-1.7")));
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(std::get<Skipped>(results.at(0)).reason,
            "pdftotext is not installed; package poppler-utils has it");
}

}  // namespace
}  // namespace lede
