#include "corpus/readers/markdown/front_matter.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/readers/markdown/front_matter_lines.hpp"
#include "corpus/readers/markdown/front_matter_parsers.hpp"

namespace lede {
namespace {

using Strings = std::vector<std::string>;

Article article_of(const std::string& text) {
  Article article;
  if (const auto block = find_front_matter(text)) {
    apply_front_matter(read_front_matter(*block, article.warnings), {}, article);
  }
  return article;
}

std::string title_in_yaml(const std::string& value) {
  return article_of("---\ntitle: " + value + "\nlayout: post\n---\n").title;
}

TEST(FindFrontMatter, EndsAtItsOwnDelimiterOrAtDots) {
  EXPECT_EQ(find_front_matter("---\ntitle: A\n---\nText")->length_bytes, 17U);
  EXPECT_EQ(find_front_matter("---  \ntitle: A\n...\nText")->content, "title: A\n");
  EXPECT_EQ(find_front_matter("+++\ntitle = 'A'\n+++\n")->syntax, FrontMatterSyntax::toml);
  EXPECT_EQ(find_front_matter(";;;\n\"title\": \"A\"\n;;;\n")->syntax, FrontMatterSyntax::json);
  EXPECT_EQ(find_front_matter("{\n\"title\": \"A}\"\n}\n\nText")->length_bytes, 18U);
  EXPECT_EQ(find_front_matter("{\"title\": \"A\"}\n\nText")->length_bytes, 15U);
  EXPECT_TRUE(find_front_matter("---\n---\nText"));
}

TEST(FindFrontMatter, IsNotFooledByARuleOrByRecords) {
  for (const char* text :
       {"", "---", "---\nA rule, then text.\n---\n", "---\ntitle: never closed\n",
        "Text\n---\na: b\n---", "{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n", "{\n\"a\": 1\n}\n",
        "{\"a\": 1}\n\nText", "----\na: b\n----\n"}) {
    EXPECT_FALSE(find_front_matter(text)) << text;
  }
  EXPECT_FALSE(find_front_matter("---\na: " + std::string(70'000, 'x') + "\n---\n"));
}

TEST(ApplyFrontMatter, ReadsWhatObsidianWrites) {
  const Article article = article_of(
      "---\ntitle: A\nsource: https://x.example/1\nauthor:\n  - \"[[Ada Writer]]\"\n---\nText");
  EXPECT_EQ(article.url, "https://x.example/1");
  EXPECT_EQ(article.source, "");
  EXPECT_EQ(article.authors, Strings{"Ada Writer"});
  EXPECT_EQ(article_of("---\nsource: The Wire\nurl: https://x.example/1\n---\n").source,
            "The Wire");
}

TEST(ReadFrontMatter, LosesNoKeysToAQuoteThatIsNeverClosed) {
  for (const std::string content :
       {"title: \"A\ndate: 2025-08-29\ntags: []\n", "title: \"A\ndate: 2025-08-29\ntags: \"\n"}) {
    std::vector<std::string> warnings;
    const std::string text = "---\n" + content + "---\nText";
    Article article;
    apply_front_matter(read_front_matter(*find_front_matter(text), warnings), {}, article);
    EXPECT_EQ(article.title, "A") << content;
    EXPECT_EQ(article.date, parse_date("2025-08-29")) << content;
    EXPECT_EQ(warnings.size(), 1U) << content;
  }
}

TEST(BeginsWithFrontMatter, WantsATitleOrADate) {
  EXPECT_TRUE(begins_with_front_matter("\xEF\xBB\xBF---\r\nlayout: post\r\ntitle: A\r\n---\r\n"));
  EXPECT_TRUE(begins_with_front_matter("+++\ndate = 2025-08-29\n"));
  EXPECT_FALSE(begins_with_front_matter("---\nname: build\non: push\n---\n"));
  EXPECT_FALSE(begins_with_front_matter("Title: A\nDate: B\n"));
}

TEST(ReadFrontMatter, KeepsTitlesAsTheyAreWritten) {
  struct Case {
    std::string value;
    std::string title;
  };
  for (const auto& [value, title] :
       std::vector<Case>{{"no", "no"},
                         {"2024", "2024"},
                         {"1.10", "1.10"},
                         {"2025-08-29", "2025-08-29"},
                         {"'It''s here'", "It's here"},
                         {"\"Say \\\"yes\\\"\"", "Say \"yes\""},
                         {"\"Caf\\u00e9\"", "Caf\u00E9"},
                         {"Plain # comment", "Plain"},
                         {"C# for all", "C# for all"},
                         {">-\n  Folded\n  over lines", "Folded over lines"},
                         {"Goes on\n  below", "Goes on below"},
                         {"Harbour&#8217;s &amp; Sons", "Harbour\u2019s & Sons"},
                         {"'The <em>Ellery</em> papers'", "The Ellery papers"},
                         {"~", ""}}) {
    EXPECT_EQ(title_in_yaml(value), title) << value;
  }
}

TEST(ReadFrontMatter, ReadsLineByLineWhatYamlRefuses) {
  for (const std::string bad : {"Ferries: the long wait", "\"Ferries\": the long wait",
                                "@Ferries: the long wait", "`Ferries`: the long wait"}) {
    const Article article =
        article_of("---\ntitle: " + bad + "\ntags: [a, b]\nby:\n  - Ada\n---\n");
    EXPECT_EQ(article.title, bad);
    EXPECT_EQ(article.tags, (Strings{"a", "b"}));
    EXPECT_EQ(article.authors, (Strings{"Ada"}));
    ASSERT_EQ(article.warnings.size(), 1U);
    EXPECT_EQ(article.warnings[0], "the front matter is not valid YAML; it was read line by line");
  }
}

TEST(ReadFrontMatter, FindsNamesHoweverTheyAreNested) {
  for (const std::string authors :
       {"authors: [Ada Writer, \"Bo Other\"]", "authors:\n- Ada Writer\n- Bo Other",
        "author: Ada Writer and Bo Other", "by: Ada Writer; Bo Other",
        "authors:\n  - name: Ada Writer\n    email: a@a.example\n  - name: Bo Other",
        "authors:\n  - Ada Writer <a@a.example>\n  - Bo Other",
        "params:\n  author: Ada Writer, Bo Other"}) {
    EXPECT_EQ(article_of("---\ntitle: T\n" + authors + "\n---\n").authors,
              (Strings{"Ada Writer", "Bo Other"}))
        << authors;
    const std::string broken = "---\ntitle: T: U\n" + authors + "\n---\n";
    EXPECT_EQ(article_of(broken).authors, (Strings{"Ada Writer", "Bo Other"})) << broken;
  }
  EXPECT_EQ(article_of("---\nauthor:\n  name: Ada Writer\n---\n").authors, (Strings{"Ada Writer"}));
}

TEST(ReadFrontMatter, ReadsTomlAndJson) {
  const Article toml = article_of(
      "+++\ntitle = \"A = B\"\ndate = 2025-08-29T14:05:00+02:00\n[taxonomies]\ntags = ['a', 'b']\n"
      "[[authors]]\nname = 'Ada'\n+++\n");
  EXPECT_EQ(toml.title, "A = B");
  EXPECT_EQ(format_date(*toml.date), "2025-08-29T14:05:00+02:00");
  EXPECT_EQ(toml.tags, (Strings{"a", "b"}));
  EXPECT_EQ(toml.authors, (Strings{"Ada"}));
  const Article broken = article_of("+++\ntitle = Bare words\ndate = 2025-08-29\n+++\n");
  EXPECT_EQ(broken.title, "Bare words");
  EXPECT_EQ(format_date(*broken.date), "2025-08-29");
  EXPECT_EQ(broken.warnings.size(), 1U);
  const Article json = article_of(
      "{\n\"title\": \"A\", \"tags\": [\"a\", 7], \"author\": {\"name\": \"Ada\"}\n}\n\nText");
  EXPECT_EQ(json.title, "A");
  EXPECT_EQ(json.tags, (Strings{"a", "7"}));
  EXPECT_EQ(json.authors, (Strings{"Ada"}));
}

std::string toml_value(const std::string& text) {
  const auto entries = parse_toml(text);
  return entries && !entries->empty() && !entries->back().values.empty()
             ? entries->back().key + '=' + entries->back().values.back()
             : "none";
}

TEST(ParseToml, ReadsItsKindsOfValues) {
  struct Case {
    std::string text;
    std::string last;
  };
  for (const auto& [text, last] :
       std::vector<Case>{{"a = \"b \\\"c\\\" \\u00e9 # d\" # e", "a=b \"c\" \u00E9 # d"},
                         {"a='\\b'\n", "a=\\b"},
                         {"a = \"\"\"\nb \\\n   c\"\"\"", "a=b c"},
                         {"a = '''b 'c'\nd'''", "a=b 'c'\nd"},
                         {"a = 2025-08-29 14:05:00 # b", "a=2025-08-29 14:05:00"},
                         {"a = -1.5e3", "a=-1.5e3"},
                         {"a = [\n  'b', # c\n  'd',\n]\n", "a=d"},
                         {"a.'b c'.d = true", "a.b c.d=true"},
                         {"[a.b]\n\n[c]\nd = 'e'", "c.d=e"},
                         {"a = { b = 'c', d = { e = 'f' } }", "a.d.e=f"},
                         {"a = [{ name = 'b', mail = [] }, { name = 'c' }]", "none"},
                         {"[[a]]\nname = 'b'\n[[a]]\nname = 'c'", "a=c"}}) {
    EXPECT_EQ(toml_value(text), last) << text;
  }
  EXPECT_EQ(parse_toml("a = [{ name = 'b', mail = 'x' }, { name = 'c' }]")->at(0).values,
            (Strings{"b", "c"}));
}

TEST(ParseToml, RefusesWhatIsNone) {
  for (const std::string text :
       {"a", "a =", "= b", "a = b", "a = 'b", "a = \"b\nc\"", "a = [1", "a = {b}", "[a", "[=a]",
        "[", "a = \"\\q\"", "a = \"\\uD800\"", "a = 'b' c", "a = \u00E9", "\u00E9 = 1", "a.. = 1",
        "a = \"\"\"b", "a = 'b'c = 'd'"}) {
    EXPECT_FALSE(parse_toml(text)) << text;
  }
  EXPECT_FALSE(parse_toml("a = " + std::string(10'000, '[')));
  std::string tables = "a = ";
  for (int depth = 0; depth < 10'000; ++depth) tables += "{b = ";
  EXPECT_FALSE(parse_toml(tables));
}

TEST(ApplyFrontMatter, TakesTheKeysOfManyGenerators) {
  const Article article = article_of(
      "---\ndate: 2010-10-22 9:05:00 -0400\nlastmod: 2011-01-02\ncategories: [news, harbour]\n"
      "keywords: ferry, pilots\ndeck: Below it\nlang: en-GB\nsource: Coastal Wire\n"
      "permalink: https://a.example/x/\npublished: true\n---\n");
  EXPECT_EQ(format_date(*article.date), "2010-10-22T09:05:00-04:00");
  EXPECT_EQ(format_date(*article.modified), "2011-01-02");
  EXPECT_EQ(article.section, "news");
  EXPECT_EQ(article.tags, (Strings{"ferry", "pilots", "harbour"}));
  EXPECT_EQ(article.lede, "Below it");
  EXPECT_EQ(article.language, "en-GB");
  EXPECT_EQ(article.source, "Coastal Wire");
  EXPECT_EQ(article.url, "https://a.example/x/");
  EXPECT_EQ(article.origin(Metadata::date), Origin::front_matter);
  EXPECT_TRUE(article.warnings.empty());
}

TEST(ApplyFrontMatter, LeavesOutWhatTwoSitesMayShare) {
  const Article article = article_of("---\nid: 17\nurl: /about/\nslug: about\nbody: x\n---\n");
  EXPECT_EQ(article.id, "");
  EXPECT_EQ(article.url, "");
  EXPECT_EQ(article.body, "");
}

TEST(IsDraft, BelievesTheUsualKeys) {
  const auto is_draft_of = [](const std::string& line) {
    std::vector<std::string> warnings;
    return is_draft(read_front_matter(*find_front_matter("---\n" + line + "\n---\n"), warnings));
  };
  for (const char* line : {"draft: true", "Draft: Yes", "published: false", "status: draft"}) {
    EXPECT_TRUE(is_draft_of(line)) << line;
  }
  for (const char* line : {"draft: false", "published: 2025-08-29", "status: ok", "drafts: true"}) {
    EXPECT_FALSE(is_draft_of(line)) << line;
  }
}

TEST(ParseYaml, RefusesWhatCostsTooMuch) {
  const auto repeated = [](const std::string& text, int times) {
    std::string all;
    for (int time = 0; time < times; ++time) all += text;
    return all;
  };
  EXPECT_FALSE(parse_yaml("a: " + repeated("[", 1000)));
  EXPECT_FALSE(parse_yaml("a: " + repeated("{a: ", 1000)));
  EXPECT_FALSE(parse_yaml(repeated("- ", 1000)));
  EXPECT_FALSE(parse_yaml("a: &x [b]\n" + repeated("c: *x\n", 1000)));
  EXPECT_FALSE(parse_yaml(repeated("a: b\n", 10'000)));
  EXPECT_TRUE(parse_yaml("a: &x [b, c]\nd: *x\n"));
}

TEST(ReadFrontMatterLines, IsCertainOnlyWhereYamlAgrees) {
  for (const std::string content :
       {"title: Plain words\ndate: 2025-08-29 9:05:00 -0400\n", "a: 'it''s'\nb: \"two\"\n",
        "tags:\n  - one\n  - 'two'\n\nc: d # not this\n", "tags: [a, 'b c', \"d\"]\n",
        "image:\n  alt: A boat\n  uid: x-1\nz: 1\n", "a:\nb: ~\nc: null\n", "# note\na: b\n",
        "url: https://a.example/b?c=d\n", "a: b\n  c\n", "a: b c\n  d\n   e f\nz: 1\n",
        "a: \"b\n  c\"\nz: 1\n", "a: 'b\n  it''s'\n", "a: b\n  - c\n",
        "a:\n  b: c\n    d\n  e: f\n"}) {
    const auto lines = read_front_matter_lines(content, ':');
    EXPECT_TRUE(lines.is_certain) << content;
    const auto yaml = parse_yaml(content);
    ASSERT_TRUE(yaml) << content;
    for (const FrontMatterEntry& entry : *yaml) {
      const bool is_same = std::any_of(
          lines.entries.begin(), lines.entries.end(),
          [&](const auto& line) { return line.key == entry.key && line.values == entry.values; });
      EXPECT_TRUE(is_same) << content << entry.key;
    }
  }
  for (const std::string content : {"a: b: c\n",
                                    "a: [b, {c: d}]\n",
                                    "a: |\n b\n",
                                    "a: b\n  c # d\n",
                                    "a: b # d\n  c\n",
                                    "a: b\n  c: d\n",
                                    "a: b\n  c:\n",
                                    "a: b\n\n  c\n",
                                    "a: b\n \tc\n",
                                    "a: \"b \\\n  c\"\n",
                                    "a: \"b\n  c\n",
                                    "a: &x b\n",
                                    "a: *x\n",
                                    "a: !!str b\n",
                                    "a: \"\\x41\"\n",
                                    "a:\n  - b: c\n",
                                    "a:\n  - b\n - c\n",
                                    "a: 'b' c\n",
                                    "? a\n",
                                    "a:b\n",
                                    "a:\n  b:\n    c: d\n",
                                    "a: [b\n  , c]\n",
                                    "a: %b\n",
                                    "{a: b}\n",
                                    "a: b:\n",
                                    "a: - b\n"}) {
    EXPECT_FALSE(read_front_matter_lines(content, ':').is_certain) << content;
  }
}

}  // namespace
}  // namespace lede
