#include "corpus/readers/xml/feed.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

std::vector<ReadResult> read_all(const std::string& bytes, std::size_t limit = 1 << 20) {
  std::vector<ReadResult> results;
  Input input(from_memory(bytes));
  read_feed(input, context_of("/a", limit), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

Article read(const std::string& bytes) {
  return std::get<Article>(read_all(bytes).at(0));
}

std::string reason_in(const ReadResult& result) {
  return std::get<Skipped>(result).reason;
}

/// An RSS feed with some namespaces and one item.
std::string rss(const std::string& item, const std::string& channel = "") {
  return "<?xml version=\"1.0\"?>\n"
         "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
         "xmlns:d=\"http://purl.org/dc/elements/1.1/\">\n<channel>" +
         channel + "<item>" + item + "</item></channel></rss>";
}

std::string atom(const std::string& entry, const std::string& feed = "") {
  return "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">" + feed + "<entry>" + entry +
         "</entry></feed>";
}

TEST(ReadFeed, ReadsAnItemOfRss) {
  const Article article =
      read(rss("<title>Ferry &amp; "
               "fog</title><link>https://a.example/1</link><guid>https://a.example/?p=1</guid>"
               "<d:creator>Ada Writer</d:creator><category>Sea</category><category>Fog</category>"
               "<pubDate>Fri, 29 Aug 2025 14:05:00 +0200</pubDate>"
               "<description>In short.</description><content:encoded><![CDATA[<p>One &amp; "
               "two.</p><p>Three.</p>]]>"
               "</content:encoded>",
               "<title>Courier</title><link>https://a.example/</link><language>en-GB</language>"
               "<image><title>Logo</title></image>"));
  EXPECT_EQ(article.id, "https://a.example/?p=1");
  EXPECT_EQ(article.origin(Metadata::id), Origin::markup);
  EXPECT_EQ(article.member, "#1");
  EXPECT_EQ(article.url, "https://a.example/1");
  EXPECT_EQ(article.title, "Ferry & fog");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Writer"});
  EXPECT_EQ(article.tags, (std::vector<std::string>{"Sea", "Fog"}));
  EXPECT_EQ(article.date, parse_date("2025-08-29T14:05:00+02:00"));
  EXPECT_EQ(article.lede, "In short.");
  EXPECT_EQ(article.source, "Courier");
  EXPECT_EQ(article.language, "en-GB");
  EXPECT_NE(article.body.find("One & two.\n\nThree."), std::string::npos) << article.body;
}

TEST(ReadFeed, ReadsAnEntryOfAtom) {
  const Article article = read(atom(
      "<id>tag:a.example,2025:1</id><title type='html'>Fog &lt;b>again&lt;/b></title>"
      "<link rel='self' href='https://a.example/self'/><link href='1?a=b&amp;c' type='text/html'/>"
      "<updated>2025-08-30T08:00:00Z</updated><published>2025-08-29T08:00:00Z</published>"
      "<author><name>Ada Writer</name><uri>https://a.example/ada</uri></author>"
      "<category term='fog-2' label='Fog'/><summary type='text'>a &lt;b> c</summary>"
      "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One<br/>two.</p><p>3 "
      "&lt; 4</p>"
      "</div></content>",
      "<title>Blatt</title><link href='https://a.example/news/'/>"));
  EXPECT_EQ(article.id, "tag:a.example,2025:1");
  EXPECT_EQ(article.url, "https://a.example/news/1?a=b&c");
  EXPECT_EQ(article.title, "Fog again");
  EXPECT_EQ(article.lede, "a <b> c");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Writer"});
  EXPECT_EQ(article.tags, std::vector<std::string>{"Fog"});
  EXPECT_EQ(article.date, parse_date("2025-08-29T08:00:00Z"));
  EXPECT_EQ(article.modified, parse_date("2025-08-30T08:00:00Z"));
  EXPECT_EQ(article.language, "de");
  EXPECT_NE(article.body.find("One\ntwo.\n\n3 < 4"), std::string::npos) << article.body;
}

TEST(ReadFeed, ReadsRdf) {
  const Article article = read(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns='http://purl.org/rss/1.0/'"
      " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Weekly</title><dc:language>en"
      "</dc:language></channel><item "
      "rdf:about='https://a.example/1'><title>T</title><dc:date>2025-08"
      "</dc:date><dc:subject>Fog</dc:subject><description>Text.</description></item></rdf:RDF>");
  EXPECT_EQ(article.id, "https://a.example/1");
  EXPECT_EQ(article.url, "https://a.example/1");
  EXPECT_EQ(article.source, "Weekly");
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.tags, std::vector<std::string>{"Fog"});
  EXPECT_EQ(format_date(*article.date), "2025-08");
  EXPECT_EQ(article.body, "Text.");
}

TEST(ReadFeed, TakesContentBeforeDescription) {
  EXPECT_EQ(read(rss("<description>Only.</description>")).body, "Only.");
  EXPECT_EQ(read(rss("<description>Only.</description>")).lede, "");
  const Article both =
      read(rss("<description>Lede.</description><content:encoded>Body.</content:encoded>"));
  EXPECT_EQ(both.lede + both.body, "Lede.Body.");
}

TEST(ReadFeed, TakesAnExcerptOfTheContentForNoLede) {
  for (const std::string end : {"", "...", " [&amp;#8230;]", " […]"}) {
    EXPECT_EQ(read(rss("<description>One two" + end +
                       "</description><content:encoded>One\n two three."
                       "</content:encoded>"))
                  .lede,
              "")
        << end;
  }
}

TEST(ReadFeed, DecodesWhatWasEscapedTwiceWhenThatIsCertain) {
  EXPECT_EQ(read(rss("<title>B&amp;amp;K&amp;#8217;s</title>")).title, "B&K’s");
  EXPECT_EQ(read(rss("<title>The &amp;lt;p> tag</title>")).title, "The <p> tag");
  const std::string body =
      read(rss("<description>&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;</description>")).body;
  EXPECT_EQ(body.find('<'), std::string::npos) << body;
  EXPECT_NE(body.find("One."), std::string::npos) << body;
}

TEST(ReadFeed, MendsWhatIsNotWellFormed) {
  const Article article = read("\n\n " + rss("<title>Bread & tea&nbsp;\x03now</title>"
                                             "<description>1 < 2 &hellip; <b>x</i></description>"));
  EXPECT_EQ(article.title, "Bread & tea now");
  EXPECT_NE(article.body.find("1 < 2 …"), std::string::npos) << article.body;
}

TEST(ReadFeed, ResolvesLinks) {
  const std::string channel = "<link>https://a.example/news/</link>";
  EXPECT_EQ(read(rss("<link>/1</link>", channel)).url, "https://a.example/1");
  EXPECT_EQ(read(rss("<link>2/1</link>", channel)).url, "https://a.example/news/2/1");
  EXPECT_EQ(read(rss("<link>1</link>")).url, "");
  EXPECT_EQ(read(rss("<guid>https://a.example/1</guid>", channel)).url, "https://a.example/1");
  EXPECT_EQ(read(rss("<guid isPermaLink='false'>https://a.example/1</guid>", channel)).url, "");
  EXPECT_EQ(read(atom("<link href='1' xml:base='/x/'/>",
                      "<link rel='alternate' href='https://a.example/'/>"))
                .url,
            "https://a.example/1");
  EXPECT_EQ(read("<rss><channel><item xml:base='https://b.example/c/'><link>1</link></item>").url,
            "https://b.example/c/1");
}

TEST(ReadFeed, MakesAnIdOfItsOwnFeedGlobal) {
  EXPECT_EQ(read(rss("<guid isPermaLink='false'>17</guid>", "<link>https://a.example</link>")).id,
            "https://a.example#17");
}

TEST(ReadFeed, KnowsAuthorsInEveryShape) {
  EXPECT_EQ(read(rss("<author>ada@a.example (Ada Writer)</author>")).authors,
            std::vector<std::string>{"Ada Writer"});
  EXPECT_EQ(read(rss("<d:creator>By A. Writer and B. Other</d:creator>")).authors,
            (std::vector<std::string>{"A. Writer", "B. Other"}));
  EXPECT_EQ(read(atom("<title>T</title>", "<author><name>The desk</name></author>")).authors,
            std::vector<std::string>{"The desk"});
}

TEST(ReadFeed, TakesTheChangeForTheDateWhenThereIsNoOther) {
  const Article article = read(atom("<updated>2025-08-29T08:00:00Z</updated>"));
  EXPECT_EQ(article.date, parse_date("2025-08-29T08:00:00Z"));
  EXPECT_FALSE(article.modified);
}

TEST(ReadFeed, SkipsWhatIsNoArticleOfAnExport) {
  const std::string kind = "<title>T</title><wp:post_type>attachment</wp:post_type>";
  EXPECT_EQ(reason_in(read_all(rss(kind)).at(0)), "it is of the kind 'attachment', not an article");
  const std::string draft = "<title>T</title><wp:status>draft</wp:status>";
  EXPECT_EQ(reason_in(read_all(rss(draft)).at(0)), "it is a draft");
  EXPECT_EQ(read(rss("<title>T</title><wp:status>publish</wp:status>")).title, "T");
}

TEST(ReadFeed, LosesNoOtherItemToABrokenOne) {
  const auto results = read_all(
      "<rss><channel><item><title>1</title></description></item><item><title>cut"
      "<item><title>3</title>" +
      std::string(300, '<') + "</item><item>" +
      [] {
        std::string deep;
        for (int level = 0; level < 1000; ++level) deep += "<d>";
        return deep;
      }() +
      "</item><item><title>5</title></item><item><title>cut");
  ASSERT_EQ(results.size(), 6U);
  EXPECT_EQ(std::get<Article>(results[0]).title, "1");
  EXPECT_EQ(reason_in(results[1]), "the record has no end tag");
  EXPECT_EQ(std::get<Article>(results[2]).title, "3");
  EXPECT_EQ(std::get<Article>(results[2]).member, "#3");
  EXPECT_EQ(reason_in(results[3]),
            "its markup passes a limit: 256 levels, 10 MB in one text, or 1,000,000 elements");
  EXPECT_EQ(std::get<Article>(results[4]).title, "5");
  EXPECT_EQ(std::get<Skipped>(results[5]).record, "line 1");
}

TEST(ReadFeed, SkipsAnItemThatIsTooLong) {
  const auto results = read_all("<rss><item><title>" + std::string(5000, 'x') +
                                    "</title></item>"
                                    "<item><title>2</title></item></rss>",
                                1000);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(reason_in(results[0]), "the record is longer than 1000 bytes");
  EXPECT_EQ(std::get<Article>(results[1]).title, "2");
}

TEST(ReadFeed, ReadsTheEncodingThatIsMeant) {
  const std::string declared = "<?xml version='1.0' encoding='iso-8859-1'?>";
  EXPECT_EQ(read(declared + "<rss><item><title>caf\xE9</title></item></rss>").title, "café");
  EXPECT_EQ(read(declared + "<rss><item><title>café</title></item></rss>").title, "café");
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<rss><item><title>T</title></item></rss>")) wide += {c, '\0'};
  EXPECT_EQ(read(wide).title, "T");
}

TEST(LooksLikeFeed, KnowsRoots) {
  EXPECT_TRUE(looks_like_feed("<?xml version='1.0'?><!-- x --><rss version='2.0'>"));
  EXPECT_TRUE(looks_like_feed("<feed xmlns='http://www.w3.org/2005/Atom'>"));
  EXPECT_TRUE(looks_like_feed("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>"));
  EXPECT_FALSE(looks_like_feed("<rdf:RDF xmlns='http://xmlns.com/foaf/0.1/'>"));
  EXPECT_FALSE(looks_like_feed("<?xml version='1.0'?><article>"));
}

}  // namespace
}  // namespace lede
