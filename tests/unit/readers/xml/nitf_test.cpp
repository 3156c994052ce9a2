#include "corpus/readers/xml/nitf.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

std::vector<ReadResult> read_all(const std::string& bytes, std::size_t limit = 1 << 20) {
  std::vector<ReadResult> results;
  Input input(from_memory(bytes));
  read_nitf(input, context_of("/a", limit), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

Article read(const std::string& bytes) {
  return std::get<Article>(read_all(bytes).at(0));
}

TEST(ReadNitf, ReadsAnAgencysStory) {
  const Article article = read(
      "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf-3-3.dtd'><nitf "
      "xml:lang='en'><head><title>slug"
      "</title><docdata><doc-id regsrc='a.example' id-string='7'/><date.issue "
      "norm='20190516T180000Z'/>"
      "<key-list><keyword key='fog'/></key-list></docdata><pubdata "
      "name='Agency'/></head><body><body.head>"
      "<hedline><hl1>Fog &amp; ferries</hl1><hl2>Second line</hl2></hedline><byline>By <person>Ada "
      "Writer"
      "</person>, "
      "<byttl>Staff</byttl></byline><dateline><location>VESSA</location></dateline><abstract>"
      "<p>In short.</p></abstract></body.head><body.content><p>One <org>B&amp;K</org>.</p><media>"
      "<media-caption>Picture</media-caption></media><hl2>Head</hl2><p>Two.</p></body.content></"
      "body></nitf>");
  EXPECT_EQ(article.id, "a.example:7");
  EXPECT_EQ(article.member, "");
  EXPECT_EQ(article.title, "Fog & ferries");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Writer"});
  EXPECT_EQ(article.source, "Agency");
  EXPECT_EQ(article.tags, std::vector<std::string>{"fog"});
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(format_date(*article.date), "2019-05-16T18:00:00Z");
  EXPECT_NE(article.lede.find("In short."), std::string::npos);
  EXPECT_TRUE(article.body.starts_with("VESSA\n\n")) << article.body;
  EXPECT_NE(article.body.find("One B&K.\n\nHead\n\nTwo."), std::string::npos) << article.body;
  EXPECT_EQ(article.body.find("Picture"), std::string::npos);
}

TEST(ReadNitf, ReadsAStoryOfAnAnnotatedCorpus) {
  const Article article = read(
      "<nitf><head><title>Fog</title><meta content='Top/News' name='x'/><meta content='Region' "
      "name='online_sections'/><docdata><doc-id id-string='1815718'/><doc.copyright holder='The "
      "Paper' "
      "year='2007'/><identified-content><classifier "
      "type='descriptor'>Weather</classifier><classifier "
      "type='taxonomic_classifier'>Top/News</classifier><person>Writer, "
      "Ada</person></identified-content>"
      "</docdata><pubdata date.publication='20070101T000000' ex-ref='https://a.example/1' "
      "name='The Paper'/>"
      "</head><body><body.head><hedline><hl1>Fog</hl1><hl2 "
      "class='online_headline'>FOG</hl2></hedline>"
      "<byline class='print_byline'>By ADA WRITER</byline><byline "
      "class='normalized_byline'>Writer, Ada"
      "</byline></body.head><body.content><block class='lead_paragraph'><p>One.</p></block><block "
      "class='full_text'><p>One.</p><p>Two.</p></block></body.content></body></nitf>");
  EXPECT_EQ(article.id, "1815718");
  EXPECT_EQ(article.url, "https://a.example/1");
  EXPECT_EQ(article.section, "Region");
  EXPECT_EQ(article.tags, (std::vector<std::string>{"Weather", "Writer, Ada"}));
  EXPECT_EQ(article.authors, std::vector<std::string>{"ADA WRITER"});
  EXPECT_EQ(format_date(*article.date), "2007-01-01");
  EXPECT_EQ(article.lede, "");
  EXPECT_EQ(article.body.find("One."), article.body.rfind("One.")) << article.body;
  EXPECT_NE(article.body.find("Two."), std::string::npos);
}

TEST(ReadNitf, SkipsWhatTheAgencyHasCanceled) {
  const auto results =
      read_all("<nitf><head><docdata management-status='canceled'/></head></nitf>");
  EXPECT_EQ(std::get<Skipped>(results.at(0)).reason, "the agency says it is canceled");
}

TEST(ReadNitf, ReadsStoriesOneAfterAnother) {
  const std::string story = "<?xml version='1.0'?>\n<nitf><head><title>T</title></head></nitf>\n";
  const auto results = read_all(story + story + "<nitf><head>");
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(std::get<Article>(results[1]).member, "#2");
  EXPECT_EQ(std::get<Skipped>(results[2]).reason, "the record has no end tag");
}

}  // namespace
}  // namespace lede
