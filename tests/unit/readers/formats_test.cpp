#include "corpus/readers/formats.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "corpus/readers/read_articles.hpp"
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
  EXPECT_EQ(format_of("a.txt", "<!doctype HTML>"), "html");
  EXPECT_EQ(format_of("a.json", "\x89PNG\r\n"), "none");
  EXPECT_EQ(format_of("a.xml", "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">"), "feed");
  EXPECT_EQ(format_of("a.xml", "<?xml version=\"1.0\"?>\n<recipe>"), "none");
  EXPECT_EQ(format_of("a.txt", "Message-ID: <1>\nMIME-Version: 1.0\n\n"), "mail");
  EXPECT_EQ(format_of("a.txt", "Title: x\nDate: 2025\n\n"), "text");
  EXPECT_EQ(format_of("a.txt", "WARC/1.0\r\n"), "warc");
  EXPECT_EQ(format_of("a.txt", "\xFF\xFE{\0\"\0t\0\"\0:\0"s), "json");
}

TEST(DetectFormat, BelievesTheNameWhenTheContentCouldBeAnything) {
  EXPECT_EQ(format_of("a.txt", "[Editor's note: this]"), "text");
  EXPECT_EQ(format_of("a.MD", "# Title"), "markdown");
  EXPECT_EQ(format_of("a.jsonl", "broken"), "json");
  EXPECT_EQ(format_of("a.csv", "a,b"), "csv");
  EXPECT_EQ(format_of("a.xyz", "a,b"), "none");
}

TEST(DetectFormat, BelievesTheNameOfAZipThatDoesNotSayWhatItIs) {
  EXPECT_EQ(format_of("a.docx", "PK\3\4..."), "docx");
  EXPECT_EQ(format_of("a.epub", "PK\3\4..."), "epub");
  EXPECT_EQ(format_of("a.txt", "PK\3\4..."), "none");
  EXPECT_EQ(format_of("a.zip", "PK\3\4...[Content_Types].xml...word/document.xml"), "docx");
}

TEST(DetectFormat, TakesTextWithoutANameForText) {
  for (const char* path : {"-", "draft", "/a.b/draft", "2025.08.29", ".hidden"}) {
    EXPECT_EQ(format_of(path, "Once upon a time"), "text") << path;
  }
}

TEST(FindFormat, KnowsEachFormatByItsName) {
  for (const Format& format : formats()) EXPECT_EQ(find_format(format.name), &format);
  EXPECT_EQ(find_format("runes"), nullptr);
}

TEST_F(ReadArticles, FinishesWhatItReads) {
  const std::string path = write("a.txt", "Some text.");
  const auto results = read(path);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(std::get<Article>(results[0]).path, path);
  EXPECT_EQ(std::get<Article>(results[0]).id, path);
  EXPECT_EQ(std::get<Article>(results[0]).format, "text");
}

TEST_F(ReadArticles, ReadsTextInOtherEncodings) {
  const auto title_of = [&](const std::string& name, const std::string& bytes) {
    return std::get<Article>(read(write(name, bytes)).at(0)).title;
  };
  const std::string wide = "\xFF\xFE"s + "{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0\xE9\0!\0\"\0}\0"s;
  EXPECT_EQ(title_of("a.jsonl", wide), "é!");
  EXPECT_EQ(title_of("b", "A\0n\0 \0o\0d\0d\0 \0w\0a\0y\0"s), "An odd way");
  EXPECT_EQ(title_of("c.txt",
                     "Gr\xF6\xDF"
                     "ere Br\xE4nde in der N\xE4he"),
            "Größere Brände in der Nähe");
  EXPECT_EQ(
      title_of("d.txt",
               "\xCF\xEE\xE6\xE0\xF0 \xED\xE0 \xF1\xEA\xEB\xE0\xE4\xE5 \xE2 \xEF\xEE\xF0\xF2\xF3"),
      "Пожар на складе в порту");
}

TEST_F(ReadArticles, ReturnsTheBytesRead) {
  EXPECT_EQ(read_articles(write("a.txt", "12345"), {}, [](const ReadResult&) { return true; }), 5U);
}

TEST_F(ReadArticles, SaysWhyAFileIsSkipped) {
  EXPECT_EQ(reason_for("a.txt", ""), "the file is empty");
  EXPECT_EQ(reason_for("b.txt", " \n"), "there is no text in it");
  EXPECT_EQ(reason_for("c.txt", "\x89PNG"), "a PNG image; lede does not read PNG images");
  EXPECT_EQ(reason_for("d.txt", "PK\3\4..."),
            "the zip archive is broken: truncated zip file header");
  EXPECT_EQ(reason_for("e.txt", "ab\0cd"s), "a binary file; lede does not read binary files");
  EXPECT_EQ(reason_for("g.xyz", "a,b\n1,2"), "no format has names in '.xyz'; --format names one");
  EXPECT_EQ(reason_for("h.json", "[]"), "there is no record in it");
  EXPECT_EQ(reason_for("j.xml", "<?xml version=\"1.0\"?><recipe/>"),
            "an XML file of a kind that lede does not read");
  EXPECT_EQ(reason_for("k.xml", "<recipe/>"), "an XML file of a kind that lede does not read");
  EXPECT_EQ(reason_for("l.xml", "<rss/>"), "there is no <item> or <entry> in it");
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
  const auto results = read(write("a.xyz", "a,b"), "text");
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(std::get<Article>(results[0]).body, "a,b");
}

TEST_F(ReadArticles, RefusesAFormatThatDoesNotExist) {
  try {
    read(write("a.txt", "x"), "runes");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "there is no format 'runes'");
    EXPECT_TRUE(error.hint().starts_with("the formats are epub, "));
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

/// Thousands of inputs would be thousands of processes.
bool starts_processes(const Format& format) {
  return format.name == "pdf";
}

TEST(EveryReader, SurvivesEveryBytes) {
  std::mt19937 random(3);
  const std::vector<std::string> starts{
      "",
      "{\"title\":\"",
      "[{\"text\":",
      "<REUTERS >",
      "<rss><item><title>",
      "<nitf><body><body.content><p>",
      "<newsItem guid='x'><contentSet><inlineXML>",
      "<DOC><DOCNO>1<TEXT>",
      "WARC/1.0\r\nContent-Length: 99\r\n\r\n",
      "From a@b 10:00\nContent-Type: multipart/mixed; boundary=a\n\n",
      "<REUTERS NEWID=\"1\"><TEXT><TITLE>",
      "Title: x\nBy: y\n"};
  for (int round = 0; round < 3000; ++round) {
    SCOPED_TRACE(round);
    const std::string bytes = starts[random() % starts.size()] + random_bytes(random);
    for (const Format& format : formats()) {
      if (starts_processes(format)) continue;
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
      if (starts_processes(format)) continue;
      Input input(from_memory(bytes));
      std::size_t results = 0;
      format.read(input, context_of("/a"), [&](const ReadResult&) { return ++results < 10; });
      EXPECT_GE(results, 1U) << format.name << ' ' << byte;
    }
  }
}

}  // namespace
}  // namespace lede
