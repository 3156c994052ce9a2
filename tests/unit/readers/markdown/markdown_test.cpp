#include "corpus/readers/markdown/markdown.hpp"

#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/readers/finish.hpp"
#include "corpus/readers/formats.hpp"
#include "corpus/readers/markdown/markdown_source.hpp"
#include "corpus/readers/markdown/markdown_text.hpp"
#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

using Strings = std::vector<std::string>;

ReadResult result_of(const std::string& text, ReadContext context) {
  std::vector<ReadResult> results;
  Input input(from_memory(text));
  read_markdown(input, context, [&](ReadResult result) {
    auto* article = std::get_if<Article>(&result);
    results.push_back(article ? finish_article(std::move(*article), context) : std::move(result));
    return true;
  });
  EXPECT_EQ(results.size(), 1U);
  return results.at(0);
}

Article read(const std::string& text, const std::string& path = "/a.md") {
  return std::get<Article>(result_of(text, context_of(path)));
}

std::string shown(const std::string& source) {
  return read("Start.\n\n" + source).body.substr(8);
}

TEST(ReadMarkdown, ReadsAPost) {
  const Article article = read(
      "\xEF\xBB\xBF---\r\ntitle: 'Pilots&#8217; pay'\r\ndate: 2025-08-29 9:05:00 "
      "-0400\r\nauthors:\r\n"
      "  - ada-writer\r\n---\r\n\r\nFirst *words*.\r\n\r\nSecond.\r\n");
  EXPECT_EQ(article.title, "Pilots\u2019 pay");
  EXPECT_EQ(format_date(*article.date), "2025-08-29T09:05:00-04:00");
  EXPECT_EQ(article.authors, (Strings{"ada-writer"}));
  EXPECT_EQ(article.body, "First words.\n\nSecond.");
  EXPECT_EQ(article.format, "markdown");
  EXPECT_TRUE(article.warnings.empty());
}

TEST(ReadMarkdown, TakesTheTopHeadingForATitleOnce) {
  const Article article = read("# The *long* wait\n\nText.\n\n## Why\n\nMore.");
  EXPECT_EQ(article.title, "The long wait");
  EXPECT_EQ(article.origin(Metadata::title), Origin::text);
  EXPECT_EQ(article.body, "Text.\n\nWhy\n\nMore.");
  EXPECT_EQ(read("A line.\n\nThe wait\n========\n\nText.").body, "A line.\n\nText.");
  EXPECT_EQ(read("## Only this\n\nText.").title, "Only this");
  EXPECT_EQ(read("A line.\n\n# One\n\nText.\n\n# Two\n\nText.").origin(Metadata::title),
            Origin::derived);
}

TEST(ReadMarkdown, KeepsAHeadingThatSaysMoreThanTheTitle) {
  EXPECT_EQ(read("---\ntitle: The wait\n---\n# The Wait\n\nText.").body, "Text.");
  EXPECT_EQ(read("---\ntitle: The wait\n---\n# Why\n\nText.").body, "Why\n\nText.");
}

TEST(ReadMarkdown, TakesTheDateOfTheFilesName) {
  const Article article = read("Text.", "/posts/2025-08-29-the-wait.md");
  EXPECT_EQ(format_date(*article.date), "2025-08-29");
  EXPECT_EQ(article.origin(Metadata::date), Origin::path);
  EXPECT_EQ(format_date(*read("Text.", "/notes/2025-08-29.md").date), "2025-08-29");
  EXPECT_EQ(format_date(*read("---\ndate: 2024-01-02\n---\nText.", "/2025-08-29-a.md").date),
            "2024-01-02");
  for (const char* path :
       {"/2025-13-29-a.md", "/12025-08-29-a.md", "/2025-08-291.md", "/a.md", "/-"}) {
    EXPECT_FALSE(read("Text.", path).date) << path;
  }
}

TEST(ReadMarkdown, SkipsADraftUnlessAsked) {
  const std::string draft = "---\ntitle: T\ndraft: true\n---\nText.";
  const auto skipped = std::get<Skipped>(result_of(draft, context_of("/a.md")));
  EXPECT_EQ(skipped.reason, "it is a draft; --drafts reads it");
  ReadContext context = context_of("/a.md");
  context.options.reads_drafts = true;
  EXPECT_EQ(std::get<Article>(result_of(draft, context)).title, "T");
}

TEST(ReadMarkdown, ReadsOtherHeads) {
  const Article lines = read(
      "[#]: subject: \"The long wait\"\n[#]: via: \"https://a.example/wait\"\n"
      "[#]: author: \"Ada Writer https://a.example/ada\"\n[#]: translator: ( )\n\nText.");
  EXPECT_EQ(lines.title, "The long wait");
  EXPECT_EQ(lines.url, "https://a.example/wait");
  EXPECT_EQ(lines.authors, (Strings{"Ada Writer"}));
  EXPECT_EQ(lines.body, "Text.");
  const Article keys = read("Title: The wait\nDate: 2025-08-29\nSlug: wait\n\nText.");
  EXPECT_EQ(keys.title, "The wait");
  EXPECT_EQ(keys.origin(Metadata::title), Origin::header);
  EXPECT_EQ(keys.body, "Text.");
}

TEST(ReadMarkdown, ShowsWhatAReaderSees) {
  struct Case {
    std::string source;
    std::string text;
  };
  for (const auto& [source, text] : std::vector<Case>{
           {"A [link](https://a.example \"t\"), ![alt](i.png) and <https://b.example>.",
            "A link, and https://b.example."},
           {"One\ntwo  \nthree", "One two\nthree"},
           {"- a\n- b\n  - c\n\nText", "a\nb\nc\n\nText"},
           {"- a\n\n- b", "a\n\nb"},
           {"1. a\n2. b", "a\nb"},
           {"| a | b |\n|---|---|\n| c | **d** |", "a | b\nc | d"},
           {"> a\n> b\n\nc", "a b\n\nc"},
           {"```sh\n  ls *\n\ncd\n```", "  ls *\n\ncd"},
           {"`a {{ b }}` and ~~c~~", "a {{ b }} and c"},
           {"a<br>b &copy; &amp;lt; R&D", "a\nb \u00A9 &lt; R&D"},
           {"<div>\n<p>a<p>b &eacute;\n</div>\n\n*c*", "a\n\nb \u00E9\n\nc"},
           {"a <!-- b -->c<span style=\"x\">d</span>", "a cd"},
           {"<!-- more -->\n\na", "a"},
           {"<script>\nvar a = 1;\n</script>\n\nb", "b"},
           {"a\n\n---\n\nb", "a\n\nb"},
           {"- [x] done\n- [ ] open", "done\nopen"}}) {
    EXPECT_EQ(shown(source), text) << source;
  }
}

TEST(ReadMarkdown, LeavesOutWhatGeneratorsPutIn) {
  struct Case {
    std::string source;
    std::string text;
  };
  for (const auto& [source, text] : std::vector<Case>{
           {"{{< box \"x\" >}}\nIn the box.\n{{< /box >}}\n\nOut.", "In the box.\n\nOut."},
           {"{{% note %}}**a**{{% /note %}}", "a"},
           {"[a]({{< ref \"/b\" >}}) [c]({{< ref \"/d\" >}} \"e\")", "a c"},
           {"<a href=\"{{< ref \"b\" >}}\">a</a>", "a"},
           {"[a]({{ site.url }}/b) {% include c.html %}d", "a d"},
           {"a{{< img >}}b", "a b"},
           {"{% highlight go %}\nx := *y*\n{% endhighlight %}\n\na", "x := *y*\n\na"},
           {"{{< highlight go >}}\nx := *y*\n{{< /highlight >}}", "x := *y*"},
           {"{% raw %}`{{ a }}`{% endraw %} {% comment %}b{% endcomment %}c", "{{ a }} c"},
           {"```\n{{ a }}\n{{< b >}}\n```", "{{ a }}\n{{< b >}}"},
           {"A {{ that never ends", "A {{ that never ends"},
           {"## A {#a}\n\nb{: .c}\n{: #d}", "A\n\nb"},
           {"a[^1] b[^n]\n\n[^1]: The *note*.\n[^n]: https://a.example",
            "a b\n\nThe note. https://a.example"},
           {"[^a-z] is no note", "[^a-z] is no note"},
           {"[[Page|label]], [[Page]] and ![[embed.png]]", "label, Page and"},
           {"[[1]](https://a.example)", "[1]"},
           {"> [!note]- Mind\n> the gap", "Mind the gap"},
           {"a %%b%% c\n\n%%\nd\n\ne\n%%\n\nf, 100%% sure", "a  c\n\nf, 100%% sure"},
           {"\\[[a]] \\{{ b }}", "[[a]] {{ b }}"}}) {
    EXPECT_EQ(shown(source), text) << source;
  }
}

TEST(ReadMarkdown, LosesNoTextToMarksThatDoNotClose) {
  for (const std::string mark :
       {"{%", "{{<", "{{", "[[", "![[", "%%", "`", "[^", "{#", "> [!", "~~~~"}) {
    const Article article = read("Start " + mark + " middle\n\nEnd.");
    EXPECT_NE(article.body.find("middle"), std::string::npos) << mark;
    EXPECT_NE(article.body.find("End."), std::string::npos) << mark;
  }
}

TEST(ReadMarkdown, ReadsWhatWasCutOff) {
  const std::string post =
      "---\ntitle: \"A [b]\"\ntags: [c, d]\nauthors:\n  - name: e\n---\n# A [b]\n\n{{< f >}}`g` "
      "[h](i)\n\n"
      "| j |\n|---|\n| k |\n\n<div>l</div>\n\n```\nm\n```\n";
  for (std::size_t length = 0; length <= post.size(); ++length) {
    const auto result = result_of(post.substr(0, length), context_of("/a.md"));
    if (length == post.size()) {
      EXPECT_EQ(std::get<Article>(result).title, "A [b]");
    }
  }
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t time = 0; time < times; ++time) all += text;
  return all;
}

TEST(PlainMarkdown, LimitsNestingAndParagraphs) {
  const std::string nested = plain_markdown(repeated("> ", 5'000) + "a\n\nb");
  EXPECT_LE(nested.find('\\'), 260U);
  EXPECT_TRUE(nested.ends_with("a\n\nb"));
  const std::string parted = plain_markdown(repeated("](\n", 30'000));
  EXPECT_GE(parted.find("\n\n"), 16'000U);
  EXPECT_LE(parted.find("\n\n"), 17'000U);
  const std::string table = "a | b\n--|--\n" + repeated("c | d\n", 10'000);
  EXPECT_TRUE(plain_markdown(table) == "a | b\n---|---\n" + table.substr(12));
}

TEST(MarkdownText, GivesUpOnWhatGrowsQuadratically) {
  const std::string wide =
      repeated("|a", 5'000) + "|\n" + repeated("|---", 5'000) + "|\n" + repeated("|b\n", 5'000);
  EXPECT_TRUE(markdown_text(wide).is_plain);
  EXPECT_TRUE(markdown_text(wide).text == wide);
  const std::string linked = "[a]: " + repeated("b", 50'000) + "\n\n" + repeated("[a]", 5'000);
  EXPECT_TRUE(markdown_text(linked).is_plain);
  EXPECT_FALSE(markdown_text(repeated("![[]()", 30'000)).is_plain);
  EXPECT_FALSE(markdown_text(repeated("[", 100'000)).is_plain);
}

TEST(DetectFormat, KnowsMarkdownByItsNameAndFrontMatterByItself) {
  EXPECT_EQ(detect_format("a.mkd", "Text.")->name, "markdown");
  EXPECT_EQ(detect_format("a.txt", "---\ntitle: A\n---\nText.")->name, "markdown");
  EXPECT_EQ(detect_format("a.md", "{\n  \"title\": \"A\"\n}\n\nText.")->name, "markdown");
  EXPECT_EQ(detect_format("a.txt", "# A\n\nText.")->name, "text");
  EXPECT_EQ(detect_format("a.json", "{\n  \"title\": \"A\"\n}\n")->name, "json");
}

}  // namespace
}  // namespace lede
