#include "corpus/readers/packed/warc.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

constexpr std::string_view kHtml =
    "<html><head><title>Harbour open again</title></head><body><h1>Harbour open again</h1>"
    "<p>The first ferry left at noon.</p></body></html>";

std::string response(std::string_view body, std::string_view type = "text/html",
                     std::string_view status = "200 OK") {
  return fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\n\r\n{}", status, type, body);
}

std::string record(std::string_view type, std::string_view content_type, std::string_view block,
                   std::string_view uri = "https://torrin.example/a") {
  return fmt::format(
      "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: {}\r\nWARC-Date: 2025-08-29T10:00:00Z\r\n"
      "WARC-Record-ID: <urn:uuid:6f1c>\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
      type, uri, content_type, block.size(), block);
}

std::string page(std::string_view uri = "https://torrin.example/a") {
  return record("response", "application/http; msgtype=response", response(kHtml), uri);
}

std::string info() {
  return record("warcinfo", "application/warc-fields", "software: crawler\r\nformat: WARC 1.0\r\n");
}

struct Outcome {
  std::vector<Article> articles;
  std::vector<std::string> skips;
};

Outcome read(const std::string& bytes, std::size_t record_bytes = 1 << 20) {
  Input input(from_memory(bytes));
  Outcome outcome;
  read_warc(input, context_of("/a.warc", record_bytes), [&](ReadResult result) {
    if (auto* article = std::get_if<Article>(&result)) {
      outcome.articles.push_back(std::move(*article));
    } else {
      const auto& skipped = std::get<Skipped>(result);
      outcome.skips.push_back(skipped.record + ": " + skipped.reason);
    }
    return true;
  });
  return outcome;
}

TEST(LooksLikeWarc, KnowsItsFirstLine) {
  EXPECT_TRUE(looks_like_warc("WARC/1.0\r\n"));
  EXPECT_TRUE(looks_like_warc("WARC/1.1\r\n"));
  EXPECT_FALSE(looks_like_warc("WARC is a format"));
}

TEST(ReadWarc, ReadsAPageWithItsAddress) {
  const auto outcome = read(info() + page());
  ASSERT_EQ(outcome.articles.size(), 1U);
  const Article& article = outcome.articles[0];
  EXPECT_EQ(article.title, "Harbour open again");
  EXPECT_NE(article.body.find("The first ferry left at noon."), std::string::npos);
  EXPECT_EQ(article.url, "https://torrin.example/a");
  EXPECT_EQ(article.member, "#2");
  EXPECT_EQ(article.format, "warc");
  EXPECT_TRUE(outcome.skips.empty());
}

TEST(ReadWarc, TakesNoDateFromTheCrawl) {
  EXPECT_FALSE(read(page()).articles.at(0).date);
}

TEST(ReadWarc, PassesOverAllButPagesInSilence) {
  const std::string http = "application/http; msgtype=response";
  const auto outcome =
      read(info() + record("request", "application/http; msgtype=request", "GET /\r\n\r\n") +
           record("response", http, response("x", "image/png")) +
           record("response", http, response(kHtml, "text/html", "404 Not Found")) +
           record("revisit", http, response("")) + record("response", "text/dns", "a 1.2.3.4") +
           record("metadata", "application/warc-fields", "a: b") +
           record("resource", "text/html", kHtml) + page());
  EXPECT_EQ(outcome.articles.size(), 1U);
  EXPECT_TRUE(outcome.skips.empty());
}

TEST(ReadWarc, FollowsTheCharsetOfTheServer) {
  const std::string html =
      "<h1>Gr\xF6\xDF"
      "e</h1><p>x</p>";
  const auto block = response(html, "text/html; charset=iso-8859-1");
  const auto outcome = read(record("response", "application/http", block));
  EXPECT_EQ(outcome.articles.at(0).title, "Größe");
}

TEST(ReadWarc, ReadsChunkedBodies) {
  const std::string block = fmt::format(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{}"
      "\r\n0\r\n\r\n",
      kHtml.size(), kHtml);
  EXPECT_EQ(read(record("response", "application/http", block)).articles.at(0).title,
            "Harbour open again");
}

TEST(ReadWarc, ReadsHeadersAsWritersWriteThem) {
  std::string text = page("<https://torrin.example/a>");
  text.replace(text.find("Content-Length"), 14, "content-length");
  text.replace(text.find("WARC/1.0"), 8, "WARC/1.1");
  EXPECT_EQ(read(text).articles.at(0).url, "https://torrin.example/a");
}

TEST(ReadWarc, FindsTheNextRecordBehindABrokenOne) {
  std::string broken = page();
  broken.replace(broken.find("Content-Length: "), 17, "Content-Length: x");
  const auto outcome = read(broken + page());
  EXPECT_EQ(outcome.articles.size(), 1U);
  EXPECT_EQ(outcome.skips,
            std::vector<std::string>{"record 1: its header has no end or no Content-Length"});
}

TEST(ReadWarc, FindsTheNextRecordBehindAWrongLength) {
  std::string shorter = info();
  shorter.replace(shorter.find("Content-Length: 3"), 17, "Content-Length: 1");
  const auto outcome = read(shorter + page());
  EXPECT_EQ(outcome.articles.size(), 1U);
  EXPECT_EQ(outcome.skips, std::vector<std::string>{"record 1: what follows it is no record"});
}

TEST(ReadWarc, NamesARecordThatIsCutOff) {
  const std::string text = page() + page();
  const auto outcome = read(text.substr(0, text.size() - 50));
  EXPECT_EQ(outcome.articles.size(), 1U);
  EXPECT_EQ(outcome.skips, std::vector<std::string>{"record 2: the file ends in the middle of it"});
}

TEST(ReadWarc, NamesAPageThatIsTooLargeAndReadsOn) {
  const std::string large = response(std::string(5000, 'x'));
  const std::string video = response(std::string(5000, 'x'), "video/mp4");
  const auto outcome = read(record("response", "application/http", large) +
                                record("response", "application/http", video) + page(),
                            1000);
  EXPECT_EQ(outcome.articles.size(), 1U);
  EXPECT_EQ(outcome.skips,
            std::vector<std::string>{"record 1: the record is longer than 1000 bytes"});
}

TEST(ReadWarc, SaysWhenThereIsNoRecord) {
  EXPECT_EQ(read("nothing of the kind").skips,
            std::vector<std::string>{": there is no WARC record in it"});
}

TEST(ReadWarc, HoldsNoMoreThanARecord) {
  /// A thousand pages of 10 KB, made as they are read.
  class Pages final : public ByteSource {
   public:
    std::size_t read(char* buffer, std::size_t capacity) override {
      if (at_ == page_.size() && pages_++ < 1000) at_ = 0;
      const std::size_t count = page_.copy(buffer, capacity, at_);
      at_ += count;
      return count;
    }

   private:
    std::string page_ = record("response", "application/http",
                               response(std::string(kHtml) + std::string(10'000, ' ')));
    std::size_t at_ = page_.size();
    int pages_ = 0;
  };
  Input input(std::make_unique<Pages>());
  std::size_t articles = 0;
  std::size_t most_held = 0;
  read_warc(input, context_of("/a.warc"), [&](const ReadResult& result) {
    articles += std::holds_alternative<Article>(result) ? 1 : 0;
    most_held = std::max(most_held, input.buffered().size());
    return true;
  });
  EXPECT_EQ(articles, 1000U);
  EXPECT_LT(most_held, 200'000U);
}

TEST(ReadWarc, StopsWhenNoMoreIsWanted) {
  Input input(from_memory(page() + page() + page()));
  int count = 0;
  read_warc(input, context_of("/a"), [&](const ReadResult&) { return ++count < 2; });
  EXPECT_EQ(count, 2);
}

TEST(ReadWarc, GivesOneSkipForEachBeginWithoutAnEnd) {
  std::string heads;
  for (int i = 0; i < 20'000; ++i) heads += "WARC/1.0\r\nContent-Length: 18446744073709551615\r\n";
  EXPECT_EQ(read(heads).skips.size(), 20'000U);
  EXPECT_EQ(read("WARC/1.0\r\n" + std::string(1 << 20, 'x')).skips.size(), 1U);
}

}  // namespace
}  // namespace lede
