#include "corpus/readers/records/json.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

struct Results {
  std::vector<Article> articles;
  std::vector<Skipped> skips;
};

Results read_all(const std::string& bytes, const std::string& path = "/a.json",
                 std::size_t limit = 1 << 20) {
  Results results;
  Input input(from_memory(bytes));
  read_json(input, context_of(path, limit), [&](ReadResult result) {
    if (auto* article = std::get_if<Article>(&result)) {
      results.articles.push_back(std::move(*article));
    } else {
      results.skips.push_back(std::get<Skipped>(std::move(result)));
    }
    return true;
  });
  return results;
}

Article read(const std::string& bytes) {
  const Results results = read_all(bytes);
  EXPECT_EQ(results.articles.size(), 1U) << bytes;
  return results.articles.empty() ? Article{} : results.articles[0];
}

std::string titles(const Results& results) {
  std::string titles;
  for (const Article& article : results.articles) titles += article.title + article.member + " ";
  return titles;
}

using Names = std::vector<std::string>;

TEST(ReadJson, ReadsEveryShapeOfFile) {
  for (const std::string bytes :
       {"{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "{\"title\":\"a\"}\r\n\r\n{\"title\":\"b\"}",
        "{\"title\":\"a\"}{\"title\":\"b\"}", "{\n\"title\":\"a\"\n}\n{\n\"title\":\"b\"\n}",
        "[{\"title\":\"a\"},{\"title\":\"b\"}]",
        "\xEF\xBB\xBF[\n  {\n    \"title\": \"a\"\n  },\n  {\n    \"title\": \"b\"\n  }\n]\n",
        "{\"title\":\"a\"},\n{\"title\":\"b\"},\n",
        "  \n[ {\"title\":\"a\"} , {\"title\":\"b\"} ] "}) {
    const Results results = read_all(bytes);
    EXPECT_EQ(titles(results), "a#1 b#2 ") << bytes;
    EXPECT_TRUE(results.skips.empty()) << bytes << results.skips[0].reason;
  }
}

TEST(ReadJson, GivesAFileOfOneObjectNoMember) {
  EXPECT_EQ(titles(read_all("{\n  \"title\": \"a\"\n}\n")), "a ");
  EXPECT_EQ(titles(read_all("{\"title\":\"a\"}")), "a ");
  EXPECT_EQ(titles(read_all("[{\"title\":\"a\"}]")), "a#1 ");
  EXPECT_EQ(titles(read_all("{\"title\":\"a\"}\n", "/a.jsonl")), "a#1 ");
}

TEST(ReadJson, ReadsTheFieldsOfARecord) {
  const Article article = read(
      R"({"id": 12345678901234567890, "url": "https://x.example/1", "headline": {"main": "T"},
          "description": "In short.", "content": "x", "maintext": "Body.",
          "byline": {"original": "By Ada Writer and Bo Other"}, "source": {"name": "The Wire"},
          "category": ["World", "Other"], "keywords": ["a", "b, c"], "language": "en",
          "publishedAt": "2025-08-29T14:05:00Z", "date_modify": 1756476300})");
  EXPECT_EQ(article.id, "12345678901234567890");
  EXPECT_EQ(article.url, "https://x.example/1");
  EXPECT_EQ(article.title, "T");
  EXPECT_EQ(article.lede, "In short.");
  EXPECT_EQ(article.body, "Body.");
  EXPECT_EQ(article.authors, (Names{"Ada Writer", "Bo Other"}));
  EXPECT_EQ(article.source, "The Wire");
  EXPECT_EQ(article.section, "World");
  EXPECT_EQ(article.tags, (Names{"a", "b, c"}));
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.date, parse_date("2025-08-29T14:05:00Z"));
  EXPECT_EQ(article.modified, parse_date("2025-08-29T14:05:00Z"));
  EXPECT_EQ(article.origin(Metadata::title), Origin::record);
}

/// What a reader of the page would want to see of an article, in one line.
std::string line_of(const Article& article) {
  std::string line =
      article.id + "|" + article.url + "|" + article.title + "|" + article.lede + "|";
  for (const std::string& author : article.authors) line += author + ";";
  line += "|" + article.source + "|" + article.section + "|";
  for (const std::string& tag : article.tags) line += tag + ";";
  line += "|" + article.language + "|" + (article.date ? format_date(*article.date) : "") + "|";
  return line + article.body;
}

TEST(ReadJson, KnowsTheSchemasOfNews) {
  struct Case {
    const char* schema;
    std::string record;
    std::string expected;
  };
  for (
      const auto& [schema, record, expected] : std::vector<Case>{
          {"news-please",
           R"({"authors": ["Ada Writer"], "date_download": "2025-09-01 00:00:00",
                "date_publish": "2025-08-29 17:03:00", "description": "L.", "filename": "x.html",
                "image_url": null, "language": "en", "maintext": "B.", "source_domain": "x.example",
                "title": "T", "title_page": null, "url": "https://x.example/1"})",
           "|https://x.example/1|T|L.|Ada Writer;|x.example|||en|2025-08-29T17:03:00Z|B."},
          {"webhose",
           R"({"thread": {"uuid": "u0", "url": "https://x.example/t", "site_full": "www.x.example",
                "site": "x.example", "section_title": "World", "title": "T0", "country": "US",
                "published": "2025-08-29T17:03:00.000+02:00"}, "uuid": "u1",
                "url": "https://x.example/1", "author": "Ada Writer",
                "published": "2025-08-29T17:03:00.000+02:00", "title": "T", "text": "B.",
                "language": "english", "crawled": "2025-09-01T00:00:00.000+02:00",
                "entities": {"persons": [{"name": "Nobody", "sentiment": "none"}]}})",
           "u1|https://x.example/1|T||Ada Writer;|x.example|World||english|"
           "2025-08-29T17:03:00+02:00|B."},
          {"NewsAPI",
           R"({"source": {"id": null, "name": "The Wire"}, "author": "Ada Writer, Bo Other",
                "title": "T", "description": "L.", "url": "https://x.example/1",
                "urlToImage": "https://x.example/i", "publishedAt": "2025-08-29T17:03:00Z",
                "content": "B."})",
           "|https://x.example/1|T|L.|Ada Writer;Bo Other;|The Wire||||2025-08-29T17:03:00Z|B."},
          {"Guardian",
           R"({"id": "world/1", "type": "article", "sectionName": "World news",
                "webPublicationDate": "2025-08-29T17:03:00Z", "webTitle": "T",
                "webUrl": "https://x.example/1", "fields": {"headline": "T2", "standfirst": "<p>L.</p>",
                "byline": "Ada Writer", "bodyText": "B.", "publication": "The Wire"},
                "tags": [{"id": "a", "webTitle": "Rain"}]})",
           "world/1|https://x.example/1|T|L.|Ada Writer;|The Wire|World news|Rain;||"
           "2025-08-29T17:03:00Z|B."},
          {"NYT",
           R"({"_id": "nyt://1", "web_url": "https://x.example/1", "headline": {"main": "T",
                "kicker": "K"}, "abstract": "L.", "lead_paragraph": "P.", "source": "The Wire",
                "keywords": [{"name": "subject", "value": "Rain"}, {"name": "glocations",
                "value": "North"}], "pub_date": "2025-08-29T17:03:00+0000",
                "section_name": "World", "byline": {"original": "By Ada Writer and Bo Other",
                "person": [{"firstname": "Ada"}]}, "document_type": "article"})",
           "nyt://1|https://x.example/1|T|L.|Ada Writer;Bo Other;|The Wire|World|Rain;North;||"
           "2025-08-29T17:03:00Z|P."},
          {"HuffPost",
           R"({"link": "https://x.example/1", "headline": "T", "category": "WORLD",
                "short_description": "L.", "authors": "Ada Writer, Bo Other", "date": "2025-08-29"})",
           "|https://x.example/1|T|L.|Ada Writer;Bo Other;||WORLD|||2025-08-29|"},
          {"BEIR",
           R"({"_id": "doc7", "title": "T", "text": "B.", "metadata": {"url": "https://x.example/1",
                "author": "Ada Writer"}})",
           "doc7|https://x.example/1|T||Ada Writer;||||||B."},
          {"Washington Post",
           R"({"id": "wp1", "article_url": "https://x.example/1", "title": "T",
                "author": "Ada Writer", "published_date": 1756486980000, "contents": [null,
                {"type": "kicker", "content": "World"}, {"type": "title", "content": "T1"},
                {"type": "byline", "content": "By Ada Writer"}, {"type": "date",
                "content": 1756486980000, "mime": "text/plain"}, {"type": "sanitized_html",
                "subtype": "paragraph", "content": "One <b>bold</b> &amp; more."}, {"type": "image",
                "fullcaption": "no"}, {"type": "sanitized_html", "content": null},
                {"type": "sanitized_html", "subtype": "paragraph", "content": "Two."}],
                "type": "article", "source": "The Wire"})",
           "wp1|https://x.example/1|T||Ada Writer;|The Wire|World|||2025-08-29T17:03:00Z|"
           "One bold & more.\n\nTwo."},
          {"ninjs 1",
           R"({"uri": "urn:1", "versioncreated": "2025-08-29T17:03:00Z", "byline": "Ada Writer",
                "headline": "T", "body_text": "B.", "body_xhtml": "<p>B.</p>", "language": "en",
                "copyrightholder": "The Wire", "subject": [{"name": "Rain"}], "pubstatus": "usable"})",
           "urn:1||T||Ada Writer;|The Wire|Rain||en|2025-08-29T17:03:00Z|B."},
          {"ninjs 2",
           R"({"uri": "urn:1", "versioncreated": "2025-08-29T17:03:00Z", "by": "Ada Writer",
                "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "T"}],
                "descriptions": [{"role": "summary", "value": "L."}],
                "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>B.</p><p>C.</p>"},
                {"role": "main", "contenttype": "text/plain", "value": "B. C."}],
                "infosources": [{"name": "The Wire"}], "subjects": [{"name": "Rain"}]})",
           "urn:1||T|L.|Ada Writer;|The Wire||Rain;||2025-08-29T17:03:00Z|B.\n\nC."},
          {"BBC",
           R"({"title": "T", "published_date": "2025-08-29", "authors": ["https://x.example/a"],
                "description": "L.", "section": "World", "content": "B.", "link": "/1"})",
           "|/1|T|L.|https://x.example/a;||World|||2025-08-29|B."},
          {"mediastack",
           R"({"author": null, "title": "T", "description": "L.", "url": "https://x.example/1",
                "source": "wire", "image": null, "category": "general", "language": "en",
                "country": "us", "published_at": "2025-08-29T17:03:00+00:00"})",
           "|https://x.example/1|T|L.||wire|general||en|2025-08-29T17:03:00Z|"},
          {"newspaper3k",
           R"({"title": "T", "text": "B.", "authors": ["Ada Writer"], "publish_date": 1756486980.0,
                "summary": "L.", "keywords": ["rain"], "top_image": "", "meta_lang": "en"})",
           "||T|L.|Ada Writer;|||rain;|en|2025-08-29T17:03:00Z|B."},
          {"WordPress",
           R"({"id": 7, "date": "2025-08-29T17:03:00", "link": "https://x.example/1",
                "status": "publish", "title": {"rendered": "T &#8211; U"}, "excerpt":
                {"rendered": "L.", "protected": false}, "content": {"rendered": "B.",
                "protected": false}, "author": 3, "categories": [9]})",
           "7|https://x.example/1|T – U|L.||||||2025-08-29T17:03:00Z|B."},
          {"MongoDB",
           R"({"_id": {"$oid": "5f"}, "headline": "T", "articleBody": "B.",
                "datePublished": {"$date": "2025-08-29T17:03:00Z"}})",
           "5f||T|||||||2025-08-29T17:03:00Z|B."},
          {"Elasticsearch", R"({"_index": "i", "_source": {"title": "T", "text": "B."}})",
           "||T||||||||B."},
      }) {
    EXPECT_EQ(line_of(read(record)), expected) << schema;
  }
}

TEST(ReadJson, SkipsWhatItsPublisherHasTakenBack) {
  const auto reason = [](const std::string& record) { return read_all(record).skips.at(0).reason; };
  EXPECT_EQ(reason(R"({"headline": "T", "pubstatus": "canceled"})"),
            "its publisher has canceled it");
  EXPECT_EQ(reason(R"({"headline": "T", "pubStatus": "withheld"})"), "its publisher withholds it");
  EXPECT_EQ(reason(R"({"title": "T", "draft": true})"), "it is a draft");
  EXPECT_EQ(reason(R"({"title": "T", "published": false})"), "it is a draft");
}

TEST(ReadJson, ReadsTheRecordsInAnObjectAroundThem) {
  for (
      const std::string bytes :
      {R"({"status": "ok", "totalResults": 2, "articles": [{"title": "a"}, {"title": "b"}]})",
       R"({"response": {"status": "ok", "docs": [{"title": "a"}, {"title": "b"}], "n": [1, 2]}})",
       "{\n\"results\": [\n{\"title\": \"a\"},\n{\"title\": \"b\"}\n],\n\"next\": {\"a\": 1}\n}\n",
       R"({"hits": {"total": 2, "hits": [{"_source": {"title": "a"}}, {"_source": {"title": "b"}}]}})",
       R"({"data": {"posts": {"edges": [{"node": {"title": "a"}}, {"node": {"title": "b"}}]}}})",
       R"({"news": [{"title": "a"}], "x": "y", "posts": [{"title": "b"}]})",
       "{\"articles\": [{\"title\": \"a\"}]}\n{\"articles\": [{\"title\": \"b\"}]}\n"}) {
    const Results results = read_all(bytes);
    EXPECT_EQ(titles(results), "a#1 b#2 ") << bytes;
    EXPECT_TRUE(results.skips.empty()) << bytes << results.skips[0].reason;
  }
}

TEST(ReadJson, TakesAnArticleWithAListForAnArticle) {
  for (const std::string bytes : {R"({"title": "a", "items": [{"image": "x"}], "n": 1})",
                                  R"({"text": "b", "title": "a", "articles": [{"title": "c"}]})",
                                  R"({"articles": [{"title": "c"}], "text": "b", "title": "a"})",
                                  R"({"title": "a", "comments": [{"text": "c"}]})"}) {
    EXPECT_EQ(titles(read_all(bytes)), "a ") << bytes;
  }
}

TEST(ReadJson, ReadsAJsonFeed) {
  const Results results = read_all(
      R"({"version": "https://jsonfeed.org/version/1.1", "title": "The Wire", "language": "en",
          "items": [{"id": "1", "url": "https://x.example/1", "title": "a", "summary": "L.",
          "content_html": "<p>One.</p><p>Two.</p>", "date_published": "2025-08-29T17:03:00+02:00",
          "authors": [{"name": "Ada Writer"}], "tags": ["rain"]},
          {"id": "2", "content_text": "Three."}]})");
  ASSERT_EQ(results.articles.size(), 2U);
  EXPECT_EQ(line_of(results.articles[0]),
            "1|https://x.example/1|a|L.|Ada Writer;|The Wire||rain;|en|2025-08-29T17:03:00+02:00|"
            "One.\n\nTwo.");
  EXPECT_EQ(line_of(results.articles[1]), "2|||||The Wire|||en||Three.");
}

TEST(ReadJson, StreamsTheRecordsOfAWrapper) {
  std::string bytes = R"({"articles": [)";
  for (int count = 0; count < 5000; ++count) {
    bytes += count ? ",\n" : "";
    bytes += "{\"title\":\"a\",\"text\":\"" + std::string(100, 'x') + "\"}";
  }
  const Results results = read_all(bytes + "], \"n\": 7}", "/a.json", 1000);
  EXPECT_EQ(results.articles.size(), 5000U);
  EXPECT_TRUE(results.skips.empty());
}

TEST(ReadJson, CountsAMillionNumbersInOneSkip) {
  std::string bytes = "[1";
  for (int count = 1; count < 1'000'000; ++count) bytes += ",1";
  const Results results = read_all(bytes + "]");
  ASSERT_EQ(results.skips.size(), 11U);
  EXPECT_EQ(results.skips[10].reason, "999990 more records: it is not an object");
}

TEST(ReadJson, FollowsTheUsersMappings) {
  Input input(from_memory(R"({"kop": {"hoofd": "T"}, "alineas": [{"t": "One."}, {"t": "Two."}],
                              "text": "no", "n": 7})"));
  ReadContext context = context_of("/a.json");
  context.options.mappings = {
      {Metadata::title, "kop.hoofd"}, {kBody, "alineas[*].t"}, {Metadata::id, "n"}};
  read_json(input, context, [&](ReadResult result) {
    EXPECT_EQ(line_of(std::get<Article>(result)), "7||T||||||||One.\n\nTwo.");
    return true;
  });
}

TEST(ReadJson, KnowsAuthorsInEveryForm) {
  for (const std::string value : {R"("Ada Writer and Bo Other")", R"(["Ada Writer", "Bo Other"])",
                                  R"([{"name": "Ada Writer"}, null, {"name": "Bo Other"}, 7])"}) {
    Names authors = read(R"({"title": "t", "authors": )" + value + "}").authors;
    authors.resize(2);
    EXPECT_EQ(authors, (Names{"Ada Writer", "Bo Other"})) << value;
  }
  EXPECT_EQ(read(R"({"title": "t", "author": {"name": "Ada Writer"}})").authors,
            Names{"Ada Writer"});
}

TEST(ReadJson, TakesTheFirstKeyThatIsNotEmpty) {
  EXPECT_EQ(read(R"({"text": "second", "maintext": " ", "title": null})").body, "second");
  EXPECT_EQ(read(R"({"title": "first", "title": "second"})").title, "first");
  EXPECT_EQ(read(R"({"title": "t", "published": "some day", "date": "2025"})").date,
            parse_date("2025"));
}

TEST(ReadJson, JoinsParagraphs) {
  EXPECT_EQ(read(R"({"paragraphs": ["One.", "", "Two."]})").body, "One.\n\nTwo.");
}

TEST(ReadJson, ReadsTheBlocksOfABody) {
  for (
      const std::string body :
      {R"("content": [{"type": "p", "text": "One."}, {"type": "image", "value": "x"}, {"value": "Two."}])",
       R"("contents": [{"type": "html", "content": "One."}, {"type": "list", "content": ["Two."]}])",
       R"("contents": "One.\n\nTwo.")", R"("html": "<p>One.</p><p>Two.</p>")",
       R"("body": {"html": "<p>One.</p><p>Two.</p>"})",
       R"("body": {"text": "One.\n\nTwo.", "html": "<p>One.</p><p>Two.</p>"})",
       R"("body_text": [{"section": "s", "text": "One."}, {"p": "Two."}])",
       R"("body": {"type": "doc", "content": [{"type": "p", "content": [{"type": "text", "text": "One."}]},
            {"type": "p", "content": [{"type": "text", "text": "Two."}]}]})",
       R"("paragraphs": [["One."], ["Two."]])"}) {
    EXPECT_EQ(read("{" + body + "}").body, "One.\n\nTwo.") << body;
  }
  EXPECT_EQ(read(R"({"text": [["One.", "More."], ["Two."]]})").body, "One. More.\n\nTwo.");
  EXPECT_EQ(read(R"({"article": {"title": "t", "text": "b"}})").title, "t");
}

TEST(ReadJson, OpensAnAnswerAroundOneArticle) {
  for (
      const std::string bytes :
      {R"({"response": {"status": "ok", "content": {"webTitle": "a", "fields": {"bodyText": "b"}}}})",
       R"({"status": "ok", "content": {"webTitle": "a", "fields": {"bodyText": "b"}}})"}) {
    const Article article = read(bytes);
    EXPECT_EQ(article.title + article.body, "ab") << bytes;
  }
}

TEST(ReadJson, KnowsAHitByTheIdOutsideOfIt) {
  EXPECT_EQ(read(R"({"_id": "x1", "_source": {"title": "a"}})").id, "x1");
  EXPECT_EQ(read(R"({"_id": "x1", "_source": {"title": "a", "id": "y"}})").id, "y");
}

TEST(ReadJson, TakesNoListBesideTheRecordsForRecords) {
  for (const std::string bytes :
       {R"({"sources": [{"name": "x"}], "results": [{"title": "a", "text": "b"}]})",
        R"({"articles": [{"title": "a", "text": "b"}], "tags": [{"name": "x"}]})",
        R"({"filters": [{"name": "x"}], "things": [{"title": "a", "text": "b"}]})"}) {
    EXPECT_EQ(titles(read_all(bytes)), "a#1 ") << bytes;
  }
}

TEST(ReadJson, ReadsNoArticleFromAnEmptyAnswer) {
  for (const std::string bytes :
       {R"({"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": []})",
        R"({"status": "ok", "articles": []})"}) {
    EXPECT_TRUE(read_all(bytes).articles.empty()) << bytes;
  }
}

TEST(ReadJson, GivesTheItemsOfAFeedItsAuthors) {
  const Results results = read_all(
      R"({"version": "https://jsonfeed.org/version/1.1", "title": "F",
          "authors": [{"name": "Ada Writer"}, {"name": "Bo Other"}],
          "items": [{"title": "a", "author": {"name": "Cy Third"}}, {"title": "b"}]})");
  ASSERT_EQ(results.articles.size(), 2U);
  EXPECT_EQ(results.articles[0].authors, Names{"Cy Third"});
  EXPECT_EQ(results.articles[1].authors, (Names{"Ada Writer", "Bo Other"}));
}

TEST(ReadJson, MendsWhatItSafelyCan) {
  for (const auto& [bytes, expected] : std::vector<std::pair<std::string, std::string>>{
           {"{\"title\":\"caf\xe9\"}", "café"},
           {"{\"title\":\"a\x01 b\tc\"}", "a b\tc"},
           {"{\"title\":\"x\",\"score\":NaN,\"n\":[-Infinity,Infinity]}", "x"},
           {R"({"title":"a\ud83d b"})", "a\uFFFD b"},
           {R"({"title":"\ude00\ud83d\ude00"})", "\uFFFD\U0001F600"},
           {R"({"title":"x","n":123456789012345678901234567890})", "x"},
           {R"({"title":"x","n":[-123456789012345678901234567890,-7]})", "x"},
           {R"({"title":"x","n":[1,2,],})", "x"},
           {R"({"title":"it\'s"})", "it\\'s"},
       }) {
    const Article article = read(bytes);
    EXPECT_EQ(article.title, expected) << bytes;
    EXPECT_EQ(article.warnings.size(), 1U) << bytes;
  }
}

TEST(ReadJson, LosesOneRecordToOneBrokenLine) {
  for (const std::string broken : {"{\"title\":\"a", "garbage", "{\"title\":}", "[1,2", "\"text\"",
                                   "{}", "{\"n\":1}", "}}}}", "{\"title\":\"x\",\"n\":tru}"}) {
    const Results results =
        read_all("{\"title\":\"a\"}\n" + broken + "\n{\"title\":\"c\"}\n", "/a.jsonl");
    EXPECT_EQ(titles(results), "a#1 c#3 ") << broken;
    ASSERT_EQ(results.skips.size(), 1U) << broken;
    EXPECT_EQ(results.skips[0].record, "line 2");
  }
}

TEST(ReadJson, ReadsTheRestBehindABrokenFirstLine) {
  for (const std::string broken : {"{\"title\":\"a", "garbage", "{\"title\":}"}) {
    const Results results = read_all(broken + "\n{\"title\":\"b\"}\n{\"title\":\"c\"}\n");
    EXPECT_EQ(titles(results), "b#2 c#3 ") << broken;
  }
}

TEST(ReadJson, LosesOneRecordToOneBrokenElement) {
  for (const std::string broken :
       {"{\"title\":\"a", "{\"title\": }", "{\"title\": \"a\", \"x\": [}", "{\"title\": \"a\"]}"}) {
    const Results results = read_all("[\n  {\"title\":\"a\"},\n  " + broken +
                                     ",\n  {\"title\":\"c\"},\n  {\"title\":\"d\"}\n]\n");
    EXPECT_EQ(titles(results), "a#1 c#3 d#4 ") << broken;
    ASSERT_EQ(results.skips.size(), 1U) << broken;
    EXPECT_EQ(results.skips[0].record, "line 3");
  }
}

TEST(ReadJson, SeesABrokenEndOfARecord) {
  const Results results = read_all("{\"title\":\"a\",\"text\":\"b\",\"z\":[1,}\n");
  EXPECT_TRUE(results.articles.empty());
  ASSERT_EQ(results.skips.size(), 1U);
  EXPECT_TRUE(results.skips[0].reason.starts_with("not valid JSON: ")) << results.skips[0].reason;
}

TEST(ReadJson, SaysWhyARecordIsSkipped) {
  const auto reason = [](const std::string& bytes) { return read_all(bytes).skips.at(0).reason; };
  EXPECT_EQ(reason("[1]"), "it is not an object");
  EXPECT_EQ(reason("{\"image\":\"x\"}"), "no key of it is a title, a summary or a text");
  EXPECT_EQ(reason("{\"title\":\"x"), "not valid JSON: it never ends");
  EXPECT_EQ(reason("[{\"title\" \"x\"}]"),
            "not valid JSON: a comma, colon or bracket is missing or misplaced");
  EXPECT_EQ(reason("  "), "there is no record in it");
}

TEST(ReadJson, PassesOverARecordThatIsTooLong) {
  const std::string huge = "{\"title\":\"" + std::string(300'000, 'x') + "\"}";
  const Results lines =
      read_all("{\"title\":\"a\"}\n" + huge + "\n{\"title\":\"c\"}\n", "/a.jsonl", 1000);
  EXPECT_EQ(titles(lines), "a#1 c#3 ");
  EXPECT_EQ(lines.skips.at(0).reason, "the record is longer than 1000 bytes");
  const Results array =
      read_all("[\n{\"title\":\"a\"},\n" + huge + ",\n{\"title\":\"c\"}\n]\n", "/a.json", 1000);
  EXPECT_EQ(titles(array), "a#1 c#3 ");
}

TEST(ReadJson, IsNotDeepenedByDeepNesting) {
  for (const std::string opening :
       {"[", "{\"a\":", "[{\"text\":", "{\n", "{\"a\n", "[\n{\"a\":\n"}) {
    std::string bytes;
    for (int level = 0; level < 100'000; ++level) bytes += opening;
    EXPECT_GE(read_all(bytes).skips.size(), 1U) << opening;
    const Results results = read_all(bytes + "\n{\"title\":\"b\"}\n", "/a.jsonl");
    EXPECT_TRUE(results.articles.size() <= 1) << opening;
  }
}

TEST(ReadJson, ReadsRecordsAcrossItsBuffer) {
  std::string bytes = "[";
  for (int count = 0; count < 1000; ++count) {
    bytes += count ? ",\n{\"title\":\"" : "{\"title\":\"";
    bytes += std::string(static_cast<std::size_t>(count) + 1, 'x') + "\"}";
  }
  const Results results = read_all(bytes + "]");
  ASSERT_EQ(results.articles.size(), 1000U);
  for (std::size_t at = 0; at < 1000; ++at) ASSERT_EQ(results.articles[at].title.size(), at + 1);
}

TEST(LooksLikeJson, WantsAnObject) {
  for (const char* head : {"{\"a\"", " {\n \"a\"", "{}", "[{", "[ ]", "\xEF\xBB\xBF{\"a"}) {
    EXPECT_TRUE(looks_like_json(head)) << head;
  }
  for (const char* head : {"", "{", "[Note]", "{{template}}", "text", "[1]", "{a"}) {
    EXPECT_FALSE(looks_like_json(head)) << head;
  }
}

}  // namespace
}  // namespace lede
