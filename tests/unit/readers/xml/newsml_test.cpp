#include "corpus/readers/xml/newsml.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

std::vector<ReadResult> read_all(const std::string& bytes, std::size_t limit = 1 << 20) {
  std::vector<ReadResult> results;
  Input input(from_memory(bytes));
  read_newsml(input, context_of("/a", limit), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

/// A news item of NewsML-G2.
std::string item(const std::string& content, const std::string& status = "stat:usable",
                 const std::string& kind = "ninat:text") {
  return "<newsItem guid='urn:1' version='2' xml:lang='en'><itemMeta><itemClass qcode='" + kind +
         "'/><provider literal='a.example'><name>Agency</name></provider><versionCreated>"
         "2025-08-30T08:00:00Z</versionCreated><firstCreated>2025-08-29T08:00:00Z</firstCreated>"
         "<pubStatus qcode='" +
         status +
         "'/></itemMeta><contentMeta><by>By Ada Writer</by><language "
         "tag='en'/><subject qcode='medtop:1'><name xml:lang='de'>Nebel</name><name "
         "xml:lang='en'>fog</name>"
         "</subject><headline>Fog &amp; ferries</headline><description>In "
         "short.</description></contentMeta>"
         "<contentSet>" +
         content + "</contentSet></newsItem>";
}

std::string message(const std::string& items) {
  return "<?xml version='1.0'?><newsMessage "
         "xmlns='http://iptc.org/std/nar/2006-10-01/'><header/><itemSet>" +
         items + "</itemSet></newsMessage>";
}

TEST(ReadNewsml, ReadsAMessageOfMany) {
  const std::string html =
      "<inlineXML><html "
      "xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><p>One.</p>"
      "<p>Two.</p></body></html></inlineXML>";
  const auto results = read_all(message(item(html) + item("", "stat:canceled") +
                                        item("", "stat:usable", "ninat:picture") +
                                        item("<inlineData>Bare text.</inlineData>")));
  ASSERT_EQ(results.size(), 4U);
  const auto& article = std::get<Article>(results[0]);
  EXPECT_EQ(article.id, "urn:1");
  EXPECT_EQ(article.member, "#1");
  EXPECT_EQ(article.title, "Fog & ferries");
  EXPECT_EQ(article.lede, "In short.");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Writer"});
  EXPECT_EQ(article.source, "Agency");
  EXPECT_EQ(article.tags, std::vector<std::string>{"fog"});
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.date, parse_date("2025-08-29T08:00:00Z"));
  EXPECT_EQ(article.modified, parse_date("2025-08-30T08:00:00Z"));
  EXPECT_NE(article.body.find("One.\n\nTwo."), std::string::npos) << article.body;
  EXPECT_EQ(std::get<Skipped>(results[1]).reason, "the agency says it is canceled");
  EXPECT_EQ(std::get<Skipped>(results[2]).reason, "it is of the class 'picture', not text");
  EXPECT_EQ(std::get<Article>(results[3]).body, "Bare text.");
}

TEST(ReadNewsml, ReadsNitfInside) {
  const auto results =
      read_all(item("<inlineXML><nitf><body><body.head><hedline><hl1>Other</hl1></hedline></"
                    "body.head><body.content>"
                    "<p>One.</p></body.content></body></nitf></inlineXML>"));
  const auto& article = std::get<Article>(results.at(0));
  EXPECT_EQ(article.title, "Fog & ferries");
  EXPECT_EQ(article.member, "");
  EXPECT_NE(article.body.find("One."), std::string::npos);
}

TEST(ReadNewsml, ReadsNewsmlOne) {
  const auto results = read_all(
      "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>a.example</"
      "ProviderId><DateId>20050829"
      "</DateId><NewsItemId>fog</NewsItemId></NewsIdentifier></"
      "Identification><NewsManagement><FirstCreated>"
      "20050829T080000Z</FirstCreated><Status FormalName='Usable'/></NewsManagement><NewsComponent>"
      "<NewsLines><HeadLine>Fog</HeadLine><ByLine>Ada "
      "Writer</ByLine></NewsLines><DescriptiveMetadata>"
      "<Language "
      "FormalName='fr'/></DescriptiveMetadata><ContentItem><DataContent><p>Un.</p></DataContent>"
      "</ContentItem></NewsComponent></NewsItem></NewsML>");
  const auto& article = std::get<Article>(results.at(0));
  EXPECT_EQ(article.id, "a.example:20050829:fog");
  EXPECT_EQ(article.title, "Fog");
  EXPECT_EQ(article.language, "fr");
  EXPECT_EQ(format_date(*article.date), "2005-08-29T08:00:00Z");
  EXPECT_NE(article.body.find("Un."), std::string::npos);
}

}  // namespace
}  // namespace lede
