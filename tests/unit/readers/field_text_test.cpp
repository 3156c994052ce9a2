#include "corpus/readers/field_text.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

std::string tidy(const std::string& text) {
  return std::string(trimmed(field_text(text)));
}

TEST(FieldText, LeavesPlainTextAsItIs) {
  for (const std::string text : {"", "One.\n\nTwo & three.", "a < b and c > d", "AT&T; not", "x &",
                                 "&;", "&#;", "1 <2", "roses\nviolets"}) {
    EXPECT_EQ(field_text(text), text);
  }
}

TEST(FieldText, ReadsHtmlAsHtml) {
  EXPECT_EQ(tidy("<p>One &amp; two.</p><p>Three.</p><script>x()</script>"), "One & two.\n\nThree.");
}

TEST(FieldText, KeepsTheLineEndsOfTextWithMarkupInItsLines) {
  EXPECT_EQ(tidy("One &quot;two&quot;.\nThree <b>four</b>."), "One \"two\".\nThree four.");
}

TEST(FieldText, UndoesEscapingThatWasDoneTwice) {
  EXPECT_EQ(tidy("She said &amp;quot;no&amp;quot; &amp;#8211; twice"), "She said \"no\" – twice");
  EXPECT_EQ(tidy("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"), "One.\n\nTwo.");
}

TEST(FieldText, UndoesTheEscapingOfLinksAndMarkedPhrases) {
  EXPECT_EQ(tidy("One &lt;A HREF=\"http://x.example\"&gt;link&lt;/A&gt; in it"), "One link in it");
  EXPECT_EQ(tidy("&lt;i&gt;One&lt;/i&gt; title"), "One title");
  EXPECT_EQ(tidy("The &lt;b&gt; tag"), "The <b> tag");
}

TEST(FieldText, DoesNotUndoWhatAnArticleSaysOfMarkup) {
  EXPECT_EQ(tidy("<p>The &lt;p&gt; element</p>"), "The <p> element");
}

TEST(FieldText, JoinsHardWrappedLines) {
  const std::string line = "this line of prose is wrapped at some sixty characters or so";
  EXPECT_EQ(field_text(line + "\n" + line + "\nthe end.\n\nmore"),
            line + " " + line + " the end.\n\nmore");
}

TEST(FieldText, KeepsLinesOfManyLengths) {
  std::string text;
  for (std::size_t length : {40U, 80U, 52U, 200U, 71U, 60U, 90U}) {
    text += std::string(length, 'x') + "\n";
  }
  EXPECT_EQ(field_text(text), text);
}

}  // namespace
}  // namespace lede
