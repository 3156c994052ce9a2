#include "corpus/readers/mail/mail.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

std::vector<ReadResult> read_all(const std::string& bytes, std::size_t limit = 1 << 20) {
  std::vector<ReadResult> results;
  Input input(from_memory(bytes));
  read_mail(input, context_of("/a", limit), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

Article read(const std::string& bytes) {
  return std::get<Article>(read_all(bytes).at(0));
}

const std::string kHeader =
    "From: Ada Writer <ada@a.example>\nSubject: Fog\nDate: Fri, 29 Aug 2025 14:05 +0200\n";

TEST(ReadMail, ReadsAMessage) {
  const Article article = read(
      "Received: by x\r\n\twith y\r\nFrom: =?utf-8?Q?Ad=C3=A9le?= Writer <ada@News.a.example>\r\n"
      "Subject: Fog =?utf-8?Q?and_caf=C3?=\r\n =?utf-8?Q?=A9?=\r\nDate: Fri, 29 Aug 2025 14:05:00 "
      "+0200 (CEST)\r\n"
      "Message-ID: <1@a.example>\r\nArchived-At: <https://a.example/1>\r\nContent-Language: en\r\n"
      "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nCaf\xE9.\r\n-- \r\nAda\r\n");
  EXPECT_EQ(article.id, "1@a.example");
  EXPECT_EQ(article.origin(Metadata::id), Origin::header);
  EXPECT_EQ(article.member, "");
  EXPECT_EQ(article.url, "https://a.example/1");
  EXPECT_EQ(article.title, "Fog and café");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Adéle Writer"});
  EXPECT_EQ(article.source, "news.a.example");
  EXPECT_EQ(article.date, parse_date("2025-08-29T14:05:00+02:00"));
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.body, "Café.\n\n");
}

TEST(ReadMail, NamesTheListAsTheSource) {
  EXPECT_EQ(read("List-Id: \"Morning News\" <m.a.example>\n" + kHeader + "\nx").source,
            "Morning News");
  EXPECT_EQ(read("List-Id: <m.a.example>\n" + kHeader + "\nx").source, "m.a.example");
  EXPECT_EQ(read("Organization: The Paper\n" + kHeader + "\nx").source, "The Paper");
}

std::string alternatives(const std::string& plain, const std::string& html) {
  return kHeader +
         "Content-Type: multipart/mixed; boundary=\"m\"\n\n--m\nContent-Type: "
         "multipart/alternative; "
         "boundary=a\n\n--a\n\n" +
         plain +
         "\n--a\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n"
         "Content-Transfer-Encoding: base64\n\n" +
         html +
         "\n--r\nContent-Type: image/png\n\npicture\n--r--\n--a--\n--m\nContent-Type: text/plain\n"
         "Content-Disposition: attachment; filename=x.txt\n\nattached\n--m\n\nfooter\n--m--\n";
}

TEST(ReadMail, TakesTheRicherAlternative) {
  const std::string html = "PHA+VGhlIGZvZyBsaWZ0cyAmYW1wOyB0aGUgZmVycnkgc2FpbHMuPC9wPg==";
  const Article article = read(alternatives("See your browser.", html));
  EXPECT_NE(article.body.find("The fog lifts & the ferry sails."), std::string::npos)
      << article.body;
  EXPECT_EQ(article.body.find("browser"), std::string::npos);
  EXPECT_EQ(article.body.find("attached"), std::string::npos);
  EXPECT_EQ(article.body.find("picture"), std::string::npos);
  EXPECT_NE(article.body.find("footer"), std::string::npos);
  const std::string stub =
      read(alternatives("The fog lifts and the ferry sails at noon.", "PHA+eDwvcD4=")).body;
  EXPECT_NE(stub.find("sails at noon."), std::string::npos) << stub;
}

TEST(ReadMail, JoinsFlowedLines) {
  const std::string flowed = kHeader + "Content-Type: text/plain; format=flowed";
  EXPECT_EQ(read(flowed + "\n\nOne \ntwo.\n> a \n> b\n From there\n").body,
            "One two.\n> a b\nFrom there\n\n\n");
  EXPECT_EQ(read(flowed + "; delsp=yes\n\nOn \ne.\n").body, "One.\n\n\n");
}

TEST(ReadMail, ReadsAnMboxMessageByMessage) {
  const auto results = read_all(
      "From a@b Fri Aug 29 14:05:00 2025\n" + kHeader +
          "\nOne.\n>From here\nFrom there\n\nFrom now on.\n\n"
          "From - Fri Aug 29 15:05:00 2025\nSubject: Two\n\nTwo.\n\n"
          "From a@b Fri Aug 29 16:05:00 2025\nSubject: Three\nContent-Type: image/png\n\nx\n\n"
          "From a@b Fri Aug 29 17:05:00 2025\nSubject: Four\n\n" +
          std::string(5000, 'x') + "\n",
      4000);
  ASSERT_EQ(results.size(), 4U);
  EXPECT_EQ(std::get<Article>(results[0]).member, "#1");
  EXPECT_EQ(std::get<Article>(results[0]).body.substr(0, 42),
            "One.\nFrom here\nFrom there\n\nFrom now on.\n\n");
  EXPECT_EQ(std::get<Article>(results[1]).title, "Two");
  EXPECT_EQ(std::get<Skipped>(results[2]).reason, "the message has no text");
  EXPECT_EQ(std::get<Skipped>(results[3]).reason, "the message is longer than 4000 bytes");
}

TEST(ReadMail, LeavesOutPartsThatAreNestedTooDeep) {
  std::string bytes = kHeader;
  for (int level = 0; level < 1000; ++level) {
    const std::string boundary = "b" + std::to_string(level);
    bytes += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary +
             "\n\nat " + std::to_string(level) + ".\n--" + boundary + "\n";
  }
  const Article article = read(bytes);
  EXPECT_NE(article.body.find("at 19."), std::string::npos);
  EXPECT_EQ(article.body.find("at 20."), std::string::npos);
  EXPECT_EQ(article.warnings.size(), 1U);
}

TEST(ReadMail, ReadsAMessageInAMessage) {
  const Article article =
      read(kHeader + "Content-Type: message/rfc822\n\nSubject: Inner\n\nText.\n");
  EXPECT_EQ(article.title, "Fog");
  EXPECT_NE(article.body.find("Inner\n\nText."), std::string::npos) << article.body;
}

TEST(LooksLikeMail, TellsItFromOtherHeaders) {
  EXPECT_TRUE(looks_like_mail("From a@b Fri Aug 29 14:05:00 2025\nSubject: x\n"));
  EXPECT_TRUE(looks_like_mail("\nReceived: x\n\ty\nMessage-Id: <1>\n\nText"));
  EXPECT_TRUE(looks_like_mail(kHeader));
  EXPECT_FALSE(looks_like_mail("Title: x\nDate: 2025\nAuthor: y\nSource: z\n\nText"));
  EXPECT_FALSE(looks_like_mail("Subject: x\nDate: y\n\nText"));
  EXPECT_FALSE(looks_like_mail("From the harbour at 14:05 we\nsaw nothing."));
  EXPECT_FALSE(looks_like_mail("From: x\nSubject: y\nnothing else\nDate: z\n"));
}

}  // namespace
}  // namespace lede
