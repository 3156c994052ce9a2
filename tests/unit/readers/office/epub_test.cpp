#include "corpus/readers/office/epub.hpp"

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"
#include "tests/unit/readers/office/zip_of.hpp"
#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

using Strings = std::vector<std::string>;

const std::string kContainer =
    "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile "
    "full-path=\"OEBPS/content.opf\"/></rootfiles></container>";

/// A package document whose spine has the items `links`, in order.
std::string package(const std::string& metadata, const Strings& links,
                    const std::string& more_items = "") {
  std::string items = more_items;
  std::string spine;
  for (std::size_t at = 0; at < links.size(); ++at) {
    const std::string id = "i" + std::to_string(at);
    items +=
        "<item id=\"" + id + "\" href=\"" + links[at] + "\" media-type=\"application/xhtml+xml\"/>";
    spine += "<itemref idref=\"" + id + "\"/>";
  }
  return "<package xmlns=\"http://www.idpf.org/2007/opf\"><metadata "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
         "xmlns:opf=\"http://www.idpf.org/2007/opf\">" +
         metadata + "</metadata><manifest>" + items + "</manifest><spine toc=\"ncx\">" + spine +
         "</spine></package>";
}

std::string page(const std::string& body) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">"
         "<head><title/></head><body>" +
         body + "</body></html>";
}

std::string story(const std::string& heading) {
  return page("<h1>" + heading + "</h1><p>" + std::string(300, 'x') + "</p>");
}

std::vector<ReadResult> read_all(Members members, const std::string& member = "") {
  members.insert(members.begin(), {"META-INF/container.xml", kContainer});
  std::vector<ReadResult> results;
  Input input(from_memory(zip_of(members)));
  ReadContext context = context_of("/a.epub");
  context.member = member;
  read_epub(input, context, [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

Article read(const Members& members) {
  const auto results = read_all(members);
  EXPECT_EQ(results.size(), 1U);
  return std::get<Article>(results.at(0));
}

std::string reason_for(const Members& members) {
  return std::get<Skipped>(read_all(members).at(0)).reason;
}

TEST(ReadEpub, ReadsABookAsOneArticleInTheOrderOfItsSpine) {
  const Article article =
      read({{"OEBPS/content.opf",
             package("<dc:title>Tides</dc:title><dc:creator opf:role=\"aut\">Ada Lind</dc:creator>"
                     "<dc:creator opf:role=\"trl\">Bo Ray</dc:creator><dc:language>en</dc:language>"
                     "<dc:publisher>Skarren Press</dc:publisher><dc:subject>sea</dc:subject>"
                     "<dc:subject>tides</dc:subject><dc:description>&lt;p>On &amp;amp; off."
                     "&lt;/p></dc:description><dc:identifier>BookId</dc:identifier>",
                     {"text/2.xhtml", "text/1.xhtml", "text/2.xhtml#again"})},
            {"OEBPS/text/1.xhtml", page("<p>Ebb.</p>")},
            {"OEBPS/text/2.xhtml", page("<h1>High</h1><p>Flood &amp; so on.</p>")}});
  EXPECT_EQ(article.title, "Tides");
  EXPECT_EQ(article.authors, Strings{"Ada Lind"});
  EXPECT_EQ(article.tags, (Strings{"sea", "tides"}));
  EXPECT_EQ(article.source, "Skarren Press");
  EXPECT_EQ(article.id, "");
  EXPECT_NE(article.lede.find("On & off."), std::string::npos);
  EXPECT_LT(article.body.find("Flood & so on."), article.body.find("Ebb."));
  EXPECT_EQ(article.body.find("Flood"), article.body.rfind("Flood"));
  EXPECT_EQ(article.member, "");
}

TEST(ReadEpub, TakesTheDateOfPublication) {
  const auto date_of = [](const std::string& dates) {
    return read({{"OEBPS/content.opf", package(dates, {"a.html"})}, {"OEBPS/a.html", page("x")}});
  };
  const Article article = date_of(
      "<dc:date opf:event=\"creation\">2001</dc:date><dc:date opf:event=\"modification\">"
      "2025-01-02</dc:date><dc:date opf:event=\"publication\">2003-04</dc:date>");
  EXPECT_EQ(article.date, parse_date("2003-04"));
  EXPECT_EQ(article.modified, parse_date("2025-01-02"));
  EXPECT_FALSE(date_of("<dc:date>0101-01-01T00:00:00+00:00</dc:date>").date);
  EXPECT_EQ(
      date_of("<dc:date>2003</dc:date><meta property=\"dcterms:modified\">2025-01-02T00:00:00Z"
              "</meta>")
          .modified,
      parse_date("2025-01-02T00:00:00Z"));
}

TEST(ReadEpub, TakesOnlyAnIdentifierThatIsUnique) {
  const auto id_of = [](const std::string& identifier) {
    return read({{"OEBPS/content.opf",
                  package("<dc:identifier>" + identifier + "</dc:identifier>", {"a.html"})},
                 {"OEBPS/a.html", page("x")}})
        .id;
  };
  for (const char* unique : {"urn:uuid:5f1d0c52-6f0b-4f7e-9c0b-6a3a1f8e2d11",
                             "5f1d0c52-6f0b-4f7e-9c0b-6a3a1f8e2d11", "urn:isbn:9780306406157"}) {
    EXPECT_EQ(id_of(unique), unique);
  }
  for (const char* common : {"BookId", "12345", "urn:uuid:12345", "http://x.example/"}) {
    EXPECT_EQ(id_of(common), "") << common;
  }
}

Members issue(const std::string& metadata) {
  return {
      {"OEBPS/content.opf",
       package("<dc:title>The Courier [Fri, 05 Sep 2025]</dc:title><dc:date>2025-09-05</dc:date>"
               "<dc:creator>calibre</dc:creator>" +
                   metadata,
               {"index.html", "a.html", "b.html"},
               "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>")},
      {"OEBPS/toc.ncx",
       "<ncx><navMap><navPoint><navLabel><text>News</text></navLabel><content src=\"index.html\"/>"
       "<navPoint><navLabel><text>Ferry sinks</text></navLabel><content src=\"a.html#top\"/>"
       "</navPoint><navPoint><navLabel><text>Bank fa…</text></navLabel><content src=\"b.html\"/>"
       "</navPoint></navPoint></navMap></ncx>"},
      {"OEBPS/index.html", page("<h2>News</h2><a href=\"a.html\">Ferry sinks off Skarren</a><p>" +
                                std::string(150, 's') + "</p>")},
      {"OEBPS/a.html",
       page("<div class=\"calibre_navbar\"><a href=\"index.html\">Menu</a></div><h1>Ferry "
            "sinks</h1><p>" +
            std::string(300, 'x') +
            "</p><div class=\"calibre_navbar2\">This was downloaded from <a "
            "rel=\"calibre-downloaded-from\" href=\"https://c.example/ferry\">x</a></div>")},
      {"OEBPS/b.html", story("Bank fails<br/>at last")}};
}

TEST(ReadEpub, ReadsAnIssueOfAPeriodicalArticleByArticle) {
  const auto results = read_all(issue(
      "<meta name=\"calibre:publication_type\" content=\"periodical:newspaper:The Courier\"/>"));
  ASSERT_EQ(results.size(), 2U);
  const auto& ferry = std::get<Article>(results[0]);
  EXPECT_EQ(ferry.member, "OEBPS/a.html");
  EXPECT_EQ(ferry.title, "Ferry sinks");
  EXPECT_EQ(ferry.section, "News");
  EXPECT_EQ(ferry.source, "The Courier");
  EXPECT_EQ(ferry.url, "https://c.example/ferry");
  EXPECT_EQ(ferry.date, parse_date("2025-09-05"));
  EXPECT_EQ(std::string(trimmed(ferry.body)), std::string(300, 'x'));
  EXPECT_TRUE(ferry.authors.empty());
  EXPECT_EQ(std::get<Article>(results[1]).title, "Bank fails at last");
}

TEST(ReadEpub, KnowsAPeriodicalByItsIssnOrTypeAndABookByNeither) {
  for (const char* mark :
       {"<dc:identifier>urn:issn:1234-5679</dc:identifier>", "<dc:type>Magazine</dc:type>",
        "<meta property=\"prism:volume\">7</meta>"}) {
    EXPECT_EQ(read_all(issue(mark)).size(), 2U) << mark;
  }
  EXPECT_EQ(read_all(issue("<dc:type>Text</dc:type>")).size(), 1U);
}

TEST(ReadEpub, NamesTheMemberBehindTheArchiveThatItLiesIn) {
  const auto results = read_all(issue("<dc:type>Magazine</dc:type>"), "2025/c.epub");
  EXPECT_EQ(std::get<Article>(results.at(0)).member, "!OEBPS/a.html");
}

TEST(ReadEpub, ReadsTheNavigationDocumentOfEpub3) {
  const EpubContents contents = read_epub_contents(
      "<html xmlns:epub=\"urn:e\"><nav epub:type=\"landmarks\"><ol><li><a href=\"x.html\">Cover</a>"
      "</li></ol></nav><nav epub:type=\"toc\"><ol><li><span>News</span><ol><li><a "
      "href=\"../text/a%20b.html#p\">Ferry</a></li></ol></li></ol></nav></html>",
      "nav/nav.xhtml");
  ASSERT_EQ(contents.lines.size(), 1U);
  EXPECT_EQ(contents.lines.at("text/a b.html").label, "Ferry");
  EXPECT_EQ(contents.lines.at("text/a b.html").section, "News");
}

TEST(LinkedPath, StaysInsideTheEpub) {
  EXPECT_EQ(linked_path("OEBPS/a.opf", "text/b.html#x"), "OEBPS/text/b.html");
  EXPECT_EQ(linked_path("OEBPS/a.opf", "../c%C3%A4.html"), "cä.html");
  EXPECT_EQ(linked_path("a.opf", "./b//c/../d.html"), "b/d.html");
  EXPECT_EQ(linked_path("OEBPS/a.opf", "/d.html"), "d.html");
  for (const char* link : {"../../etc/passwd", "..%2F..%2Fx", "http://x.example/a.html", "#x", "",
                           "a%00b", "..", "file:///etc/passwd"}) {
    EXPECT_EQ(linked_path("OEBPS/a.opf", link), std::nullopt) << link;
  }
  EXPECT_EQ(linked_path("a.opf", "100%.html"), "100%.html");
  EXPECT_EQ(linked_path(std::string(2000, 'a') + "/a.opf", "b.html"), std::nullopt);
}

TEST(ReadEpub, SaysWhatIsMissing) {
  EXPECT_EQ(reason_for({{"x", "y"}}), "there is no package document (OPF) in it");
  EXPECT_EQ(reason_for({{"OEBPS/content.opf", package("", {})}}), "its spine is empty");
  EXPECT_EQ(reason_for({{"OEBPS/content.opf", package("", {"a.html"})}}),
            "the documents of its spine are not in it");
  const Article article = read({{"OEBPS/content.opf", package("", {"a.html", "b.html"})},
                                {"OEBPS/a.html", page("<p>Here.</p>")}});
  EXPECT_EQ(article.warnings, Strings{"1 of the 2 documents of its spine cannot be read"});
}

TEST(ReadEpub, SaysThatItsTextIsEncrypted) {
  EXPECT_EQ(reason_for({{"META-INF/encryption.xml",
                         "<encryption><EncryptedData><CipherData><CipherReference "
                         "URI=\"OEBPS/a.html\"/></CipherData></EncryptedData></encryption>"},
                        {"OEBPS/content.opf", package("", {"a.html"})},
                        {"OEBPS/a.html", "\x9f\x01"}}),
            "its text is encrypted");
}

TEST(ReadEpub, ReadsWithoutAContainer) {
  std::vector<ReadResult> results;
  Input input(from_memory(
      zip_of({{"content.opf", package("", {"a.html"})}, {"a.html", page("<p>Here.</p>")}})));
  read_epub(input, context_of("/a.epub"), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  EXPECT_TRUE(std::holds_alternative<Article>(results.at(0)));
}

TEST(ReadEpub, StopsWhenNoMoreIsWanted) {
  Members members = issue("<dc:type>Magazine</dc:type>");
  members.insert(members.begin(), {"META-INF/container.xml", kContainer});
  Input input(from_memory(zip_of(members)));
  int count = 0;
  read_epub(input, context_of("/a.epub"), [&](const ReadResult&) { return ++count < 1; });
  EXPECT_EQ(count, 1);
}

TEST(LooksLikeEpub, AsksTheFirstMember) {
  std::string head = "PK\3\4" + std::string(26, '\0') + "mimetypeapplication/epub+zip";
  EXPECT_TRUE(looks_like_epub(head));
  head.back() = 'x';
  EXPECT_FALSE(looks_like_epub(head));
  EXPECT_FALSE(looks_like_epub("PK\3\4"));
}

}  // namespace
}  // namespace lede
