#include "corpus/readers/xml/xml.hpp"

#include <string>

#include <gtest/gtest.h>

#include "corpus/readers/html/markup.hpp"

namespace lede {
namespace {

std::string text_of_xml(const std::string& bytes) {
  const MarkupDocument document = parse_xml(bytes);
  return document == nullptr ? "null" : text_in(xmlDocGetRootElement(document.get()));
}

std::string repeated(const std::string& piece, std::size_t count) {
  std::string text;
  while (count-- > 0) text += piece;
  return text;
}

TEST(MendXml, TakesMarkupForWhatItsWriterMeant) {
  for (const auto& [xml, expected] : std::vector<std::pair<std::string, std::string>>{
           {" \n<?xml version=\"1.0\"?><a>x</a>", "<a>x</a>"},
           {"\xEF\xBB\xBF<!DOCTYPE a [<!-- don't ]> --><!ENTITY b \"]>\">]><a>x</a>", "<a>x</a>"},
           {"<a>B&K &nbsp;&hellip;&amp;&lt;&bogus;&#8217;&#x3;&#60;</a>",
            "<a>B&amp;K \xC2\xA0…&#38;&#60;&amp;bogus;’&#60;</a>"},
           {"<a>1 < 2 <= 3 <3 \x01\x0B\x7F</a>", "<a>1 &lt; 2 &lt;= 3 &lt;3 </a>"},
           {"<a><!-- <b> --><?php x ?>y<!-- z</a>", "<a>y&lt;!-- z</a>"},
           {"<a><![CDATA[<p>&nbsp;\x02</p>]]></a>", "<a><![CDATA[<p>&nbsp;</p>]]></a>"},
           {"<a><![CDATA[cut off", "<a><![CDATA[cut off]]>"},
           {"<a b=\"x&y&quot;\">\xEF\xBF\xBF</a>", "<a b=\"x&amp;y&#34;\"></a>"}}) {
    EXPECT_EQ(mend_xml(xml), expected) << xml;
  }
}

TEST(MendXml, RefusesMoreThanAnArticleHas) {
  EXPECT_NE(mend_xml(repeated("<b/>", 1'000'000)), "");
  EXPECT_EQ(mend_xml(repeated("<b/>", 1'000'001)), "");
  EXPECT_EQ(mend_xml("<b" + repeated(" c=\"\"", 257) + "/>"), "");
  EXPECT_EQ(mend_xml(repeated("<b xmlns:c=\"d\">", 1001)), "");
}

TEST(ParseXml, ReadsEveryEncoding) {
  EXPECT_EQ(text_of_xml("<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xE9</a>"), "café");
  EXPECT_EQ(text_of_xml("<?xml version='1.0' encoding='iso-8859-1'?><a>café</a>"), "café");
  EXPECT_EQ(text_of_xml("<?xml version='1.0' encoding='utf-16'?><a>café</a>"), "café");
  EXPECT_EQ(text_of_xml("<?xml version='1.0' encoding='utf-8'?><a>café \x93x\x94</a>"), "café “x”");
  EXPECT_EQ(text_of_xml(std::string("\xFF\xFE<\0a\0>\0\xE9\0<\0/\0a\0>\0", 20)), "é");
}

TEST(ParseXml, ExpandsNoEntityOfAFile) {
  EXPECT_EQ(
      text_of_xml("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\"><!ENTITY c \"d\">]>"
                  "<a>x &b; &c; y</a>"),
      "x &b; &c; y");
}

TEST(ParseXml, GivesUpAtItsLimits) {
  EXPECT_EQ(text_of_xml(repeated("<a>", 200) + "x"), "x");
  EXPECT_EQ(text_of_xml(repeated("<a>", 100'000) + "x"), "null");
  EXPECT_EQ(text_of_xml("<a>" + std::string(10'000'002, 'x') + "</a>"), "null");
  EXPECT_EQ(text_of_xml("<a b=\"" + std::string(10'000'002, 'x') + "\">y</a>"), "null");
  EXPECT_EQ(text_of_xml("no element"), "null");
}

TEST(RootTag, IsFoundBehindWhatMayStandBeforeIt) {
  EXPECT_EQ(
      root_tag(" <?xml version='1.0'?>\n<!-- > <b> --><!DOCTYPE a SYSTEM \"x>y\" [ <!-- -->\n]>"
               "<x:a c='d'>"),
      "x:a c='d'");
  EXPECT_EQ(tag_name("x:a c='d:e'"), "a");
  EXPECT_EQ(root_tag(std::string("\xFF\xFE<\0a\0>\0", 8)), "a");
  EXPECT_EQ(root_tag("{\"a\": 1}"), "");
  EXPECT_EQ(root_tag("</a>"), "");
}

TEST(InnerHtml, WritesWhatStandsInAnElement) {
  const MarkupDocument document =
      parse_xml("<a>x &lt; y<b>1<br/></b><!-- c --><x:d/><![CDATA[&]]><e><b>2</b></e></a>");
  EXPECT_EQ(
      inner_html(xmlDocGetRootElement(document.get()),
                 [](std::string_view name) -> std::string_view { return name == "e" ? "" : name; }),
      "x &lt; y<b>1<br></b><d></d>&amp;");
}

}  // namespace
}  // namespace lede
