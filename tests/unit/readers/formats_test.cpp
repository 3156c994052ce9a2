#include "corpus/readers/formats.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "corpus/unicode.hpp"
#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

using namespace std::string_literals;

class ReadArticles : public testing::Test {
 protected:
  ReadArticles() {
    std::string name = (std::filesystem::temp_directory_path() / "lede-formats-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~ReadArticles() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }

  static std::vector<ReadResult> read(const std::string& path, const std::string& format = {}) {
    std::vector<ReadResult> results;
    ReadOptions options;
    options.format = format;
    read_articles(path, options, [&](ReadResult result) {
      results.push_back(std::move(result));
      return true;
    });
    return results;
  }

  std::string reason_for(const std::string& name, const std::string& bytes) const {
    const auto results = read(write(name, bytes));
    EXPECT_EQ(results.size(), 1U);
    const auto* skipped = std::get_if<Skipped>(&results.at(0));
    return skipped ? skipped->reason : "read";
  }

  std::filesystem::path folder_;
};

std::string format_of(std::string_view path, std::string_view head) {
  const Format* format = detect_format(path, head);
  return format ? std::string(format->name) : "none";
}

TEST(DetectFormat, BelievesTheContentBeforeTheName) {
  EXPECT_EQ(format_of("a.txt", "{\"title\": 1}"), "json");
  EXPECT_EQ(format_of("a.txt", "\xEF\xBB\xBF [\n {"), "json");
  EXPECT_EQ(format_of("a.json", "<REUTERS NEWID=\"1\">"), "reuters");
  EXPECT_EQ(format_of("a.txt", "<!DOCTYPE lewis SYSTEM"), "reuters");
  EXPECT_EQ(format_of("a.txt", "<!doctype HTML>"), "none");
  EXPECT_EQ(format_of("a.json", "%PDF-1.4"), "none");
}

TEST(DetectFormat, BelievesTheNameWhenTheContentCouldBeAnything) {
  EXPECT_EQ(format_of("a.txt", "[Editor's note: this]"), "text");
  EXPECT_EQ(format_of("a.MD", "# Title"), "text");
  EXPECT_EQ(format_of("a.jsonl", "broken"), "json");
  EXPECT_EQ(format_of("a.csv", "a,b"), "csv");
  EXPECT_EQ(format_of("a.xls", "a,b"), "none");
}

TEST(DetectFormat, TakesTextWithoutANameForText) {
  for (const char* path : {"-", "draft", "/a.b/draft", "2025.08.29", ".hidden"}) {
    EXPECT_EQ(format_of(path, "Once upon a time"), "text") << path;
  }
}

TEST(FindFormat, KnowsEachFormatByItsName) {
  for (const Format& format : formats()) EXPECT_EQ(find_format(format.name), &format);
  EXPECT_EQ(find_format("pdf"), nullptr);
}

TEST_F(ReadArticles, FinishesWhatItReads) {
  const std::string path = write("a.txt", "Some text.");
  const auto results = read(path);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(std::get<Article>(results[0]).path, path);
  EXPECT_EQ(std::get<Article>(results[0]).id, path);
  EXPECT_EQ(std::get<Article>(results[0]).format, "text");
}

TEST_F(ReadArticles, ReturnsTheBytesRead) {
  EXPECT_EQ(read_articles(write("a.txt", "12345"), {}, [](const ReadResult&) { return true; }), 5U);
}

TEST_F(ReadArticles, SaysWhyAFileIsSkipped) {
  EXPECT_EQ(reason_for("a.txt", ""), "the file is empty");
  EXPECT_EQ(reason_for("b.txt", " \n"), "there is no text in it");
  EXPECT_EQ(reason_for("c.txt", "%PDF-1.7"), "a PDF file; lede does not read PDF files");
  EXPECT_EQ(reason_for("d.txt", "PK\3\4..."), "a zip archive; lede does not read zip archives");
  EXPECT_EQ(reason_for("e.txt", "ab\0cd"s), "a binary file; lede does not read binary files");
  EXPECT_EQ(reason_for("f.html", "\n<!DOCTYPE html><p>x"),
            "an HTML page; lede does not read HTML pages");
  EXPECT_EQ(reason_for("g.xls", "a,b\n1,2"), "no format has names in '.xls'; --format names one");
  EXPECT_EQ(reason_for("h.json", "[]"), "there is no record in it");
  EXPECT_EQ(reason_for("i.sgm", "nothing"), "there is no <REUTERS> record in it");
}

TEST_F(ReadArticles, SkipsWhatCannotBeOpened) {
  const auto missing = read((folder_ / "none.txt").string());
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(std::get<Skipped>(missing[0]).reason, "no such file or directory");
  const auto folder = read(folder_.string());
  ASSERT_EQ(folder.size(), 1U);
  EXPECT_EQ(std::get<Skipped>(folder[0]).reason, "a folder, not a file");
}

TEST_F(ReadArticles, ReadsTwoBytesACharacter) {
  const std::string text = "Title,Text\nHead,\"One, two\"\n";
  std::string low_first = "\xFF\xFE"s;
  std::string high_first;  // without a byte order mark
  for (const char c : text) low_first.append({c, '\0'});
  for (const char c : text) high_first.append({'\0', c});
  for (const std::string& bytes : {low_first, high_first}) {
    const auto results = read(write("a.csv", bytes));
    ASSERT_EQ(results.size(), 1U);
    ASSERT_TRUE(std::holds_alternative<Article>(results[0]));
    EXPECT_EQ(std::get<Article>(results[0]).body, "One, two");
  }
}

TEST_F(ReadArticles, ReadsAFileAsTheFormatItIsToldTo) {
  const auto results = read(write("a.xls", "a,b"), "text");
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(std::get<Article>(results[0]).body, "a,b");
}

TEST_F(ReadArticles, RefusesAFormatThatDoesNotExist) {
  try {
    read(write("a.txt", "x"), "pdf");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "there is no format 'pdf'");
    EXPECT_EQ(error.hint(), "the formats are reuters, json, csv, text");
  }
}

TEST_F(ReadArticles, StopsWhenNoMoreIsWanted) {
  const std::string path =
      write("a.jsonl", "{\"text\":\"1\"}\n{\"text\":\"2\"}\n{\"text\":\"3\"}\n");
  int count = 0;
  read_articles(path, {}, [&](const ReadResult&) { return ++count < 2; });
  EXPECT_EQ(count, 2);
}

std::string random_bytes(std::mt19937& random) {
  constexpr std::string_view kAlphabet =
      "{}[]\"\\:,u<>/REUTRS=-()'.\n\r\t aA0&#;\xC3\xA9\xFF\x80\0By";
  std::string bytes(random() % 400, ' ');
  for (char& byte : bytes) {
    byte = random() % 8 == 0 ? static_cast<char>(random()) : kAlphabet[random() % kAlphabet.size()];
  }
  return bytes;
}

TEST(EveryReader, SurvivesEveryBytes) {
  std::mt19937 random(3);
  const std::vector<std::string> starts{"",
                                        "{\"title\":\"",
                                        "[{\"text\":",
                                        "<REUTERS >",
                                        "<REUTERS NEWID=\"1\"><TEXT><TITLE>",
                                        "Title: x\nBy: y\n"};
  for (int round = 0; round < 3000; ++round) {
    SCOPED_TRACE(round);
    const std::string bytes = starts[random() % starts.size()] + random_bytes(random);
    for (const Format& format : formats()) {
      Input input(from_memory(bytes));
      format.read(input, context_of("/a", 300), [](ReadResult result) {
        if (const auto* article = std::get_if<Article>(&result)) {
          EXPECT_EQ(article->member.find_first_not_of("#0123456789"), std::string::npos);
        }
        return true;
      });
    }
  }
}

TEST(EveryReader, ReadsAnyByteAgainAndAgain) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string bytes(20'000, static_cast<char>(byte));
    for (const Format& format : formats()) {
      Input input(from_memory(bytes));
      std::size_t results = 0;
      format.read(input, context_of("/a"), [&](const ReadResult&) { return ++results < 10; });
      EXPECT_GE(results, 1U) << format.name << ' ' << byte;
    }
  }
}

}  // namespace
}  // namespace lede
