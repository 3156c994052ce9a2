#include "corpus/readers/html/html.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/readers/finish.hpp"
#include "corpus/readers/html/bare_html.hpp"
#include "corpus/readers/html/html_text.hpp"
#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

/// A story of three paragraphs, as a page and as a reader of it has it.
const std::string kStory =
    "<p>The ferry to Skarren sailed again on Tuesday, nine days after a rope in the propeller left "
    "it drifting off the light with forty passengers on board.</p>\n"
    "<p>Divers cut the rope away on Friday. The harbour office, which had ruled out a second boat, "
    "now says one will be hired before the autumn storms.</p>\n"
    "<p>“Nobody was hurt, and nobody will forget it,” said the mate, Ruth Okafor, who had steered "
    "with the anchor for most of the night.</p>\n";
const std::string kStoryText =
    "The ferry to Skarren sailed again on Tuesday, nine days after a rope in the propeller left it "
    "drifting off the light with forty passengers on board.\n\n"
    "Divers cut the rope away on Friday. The harbour office, which had ruled out a second boat, "
    "now "
    "says one will be hired before the autumn storms.\n\n"
    "“Nobody was hurt, and nobody will forget it,” said the mate, Ruth Okafor, who had steered "
    "with "
    "the anchor for most of the night.";

const std::string kMenu =
    "<ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li><li><a href='/s'>Sport</a></li>"
    "<li><a href='/w'>Weather for sailors</a></li></ul>";

std::string page(const std::string& body, const std::string& head = "") {
  return "<!DOCTYPE html>\n<html><head>" + head + "</head>\n<body>" + body + "</body></html>\n";
}

Article finished(const std::string& bytes, const PageSource& source = {}) {
  return std::get<Article>(finish_article(read_page(bytes, source), context_of("/a.html")));
}

std::string body_of(const std::string& bytes) {
  return finished(bytes).body;
}

std::vector<ReadResult> read_file(const std::string& bytes, std::size_t limit = 1 << 20) {
  std::vector<ReadResult> results;
  Input input(from_memory(bytes));
  read_html(input, context_of("/a.html", limit), [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

// ---- the article among what surrounds it

TEST(ReadPageBody, LeavesMenusSidebarsAndFootersOut) {
  EXPECT_EQ(body_of(page("<nav>" + kMenu +
                         "</nav><div id='wrap' class='has-sidebar'>"
                         "<div class='col'><h1>Ferry sails again</h1>" +
                         kStory +
                         "</div>"
                         "<div class='sidebar'><h3>About us</h3><p>The Harbour Post has told the "
                         "islands their news since 1871, and is printed in Port Ellery.</p></div>"
                         "</div><footer><p>All rights reserved by the paper and its owners.</p>"
                         "</footer>")),
            kStoryText);
}

TEST(ReadPageBody, LeavesCommentsOutHoweverLong) {
  std::string comments;
  for (int at = 0; at < 6; ++at) {
    comments +=
        "<div class='comment'><b>Reader</b><p>I was on that boat, and I can tell you that "
        "the tea ran out long before the rope did, whatever they say now.</p></div>";
  }
  EXPECT_EQ(
      body_of(page("<article>" + kStory + "</article><div id='comments'>" + comments + "</div>")),
      kStoryText);
}

TEST(ReadPageBody, LeavesRelatedLinksInTheStoryOut) {
  std::string story = kStory;
  story.insert(story.find("<p>Divers"),
               "<p><a href='/1'>Read more: How the rope came into the water</a></p>"
               "<ul><li><a href='/2'>The light at Skarren goes dark</a></li>"
               "<li><a href='/3'>A night with the harbour pilots</a></li></ul>");
  EXPECT_EQ(body_of(page("<div>" + story + "</div>")), kStoryText);
}

TEST(ReadPageBody, LeavesACookieBannerOutOfAShortStory) {
  EXPECT_EQ(body_of(page("<div class='cookie-notice'><p>We use cookies to make the site work, to "
                         "count visits and to choose advertisements. You may refuse them, though "
                         "parts of the site will then be slower than they could be.</p></div>"
                         "<main><h1>Ferry late</h1><p>The Skarren ferry was an hour late on "
                         "Monday, the harbour office said, because of fog.</p></main>")),
            "The Skarren ferry was an hour late on Monday, the harbour office said, because of "
            "fog.");
}

TEST(ReadPageBody, ReadsTextPartedByLineBreaksAlone) {
  EXPECT_EQ(
      body_of(page(kMenu + "<table><tr><td>" + kMenu +
                   "</td><td><font>The ferry to Skarren "
                   "sailed again on Tuesday, to cheers from the quay.<br><br>Divers cut a "
                   "rope out of its propeller on Friday,<br>and found a second one."
                   "</font></td></tr></table>")),
      "The ferry to Skarren sailed again on Tuesday, to cheers from the quay.\n\nDivers cut a "
      "rope out of its propeller on Friday,\nand found a second one.");
}

TEST(ReadPageBody, ClimbsToTheParentOfSeveralGoodBlocks) {
  std::string blocks;
  for (std::size_t from = 0; from < kStory.size();) {
    const std::size_t end = kStory.find("</p>\n", from) + 5;
    blocks += "<div class='block'><div class='text'>" + kStory.substr(from, end - from) +
              "</div></div><div class='share'><a href='/t'>Share</a></div>";
    from = end;
  }
  EXPECT_EQ(body_of(page("<div>" + kMenu + "</div><div class='blocks'>" + blocks + "</div>")),
            kStoryText);
}

TEST(ReadPageBody, ReadsOtherLanguages) {
  EXPECT_EQ(
      body_of(page("<div>" + kMenu +
                   "</div><div class='inhalt'><h1>Fähre fährt</h1>"
                   "<p>Die Fähre nach Skarren ist am Dienstag wieder ausgelaufen, neun Tage "
                   "nach der Havarie vor dem Leuchtturm.</p><p>船は火曜日に再び出港した。港の"
                   "事務所は、秋の嵐の前に二隻目を借りると発表した。</p></div>")),
      "Die Fähre nach Skarren ist am Dienstag wieder ausgelaufen, neun Tage nach der Havarie "
      "vor dem Leuchtturm.\n\n船は火曜日に再び出港した。港の事務所は、秋の嵐の前に二隻目を借り"
      "ると発表した。");
}

TEST(ReadPageBody, KeepsListsAndTablesOfTheStory) {
  EXPECT_EQ(body_of(page("<div class='menu'>" + kMenu +
                         "</div><div><p>These ships have called at "
                         "Port Ellery this week, by the log of the harbour office:</p><ul>"
                         "<li>Kestrel, with salt for the fish market</li><li>Ada Grey, with "
                         "timber and two sick sailors</li></ul><table><tr><th>Day</th><th>Ships"
                         "</th></tr><tr><td>Monday</td><td>4</td></tr></table></div>")),
            "These ships have called at Port Ellery this week, by the log of the harbour office:"
            "\n\nKestrel, with salt for the fish market\nAda Grey, with timber and two sick sailors"
            "\n\nDay\tShips\nMonday\t4");
}

TEST(ReadPageBody, TakesTheTextOfJsonLdWhenThePageShowsLittleOfIt) {
  const std::string text =
      "The ferry to Skarren sailed again on Tuesday, nine days after a rope in the propeller left "
      "it drifting. Divers cut the rope away on Friday. The harbour office now says that a second "
      "boat will be hired before the autumn storms, whatever it costs the three villages.";
  EXPECT_EQ(body_of(page("<p>Turn on JavaScript to read this page.</p>",
                         "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", "
                         "\"articleBody\": \"" +
                             text + "\"}</script>")),
            text);
}

TEST(ReadPageBody, TakesAWronglyNamedWrapperAllTheSame) {
  EXPECT_EQ(body_of(page("<div class='modal comment-form'>" + kStory + "</div>")), kStoryText);
}

TEST(ReadPageBody, LeavesHiddenTextOut) {
  EXPECT_EQ(body_of(page("<div>" + kStory +
                         "<p hidden>Log in to go on reading this story.</p>"
                         "<p style='color: red; display : none'>Subscribe now for a year.</p>"
                         "<noscript><p>Pictures need scripts to be shown here.</p></noscript>"
                         "<!-- <p>A draft of the next paragraph.</p> --></div>")),
            kStoryText);
}

const std::string kShortStory = "<p>The Skarren ferry sails again from Friday noon.</p>";
const std::string kShortStoryText = "The Skarren ferry sails again from Friday noon.";

std::string teasers(const std::string& begin, const std::string& end) {
  std::string all;
  for (int at = 0; at < 6; ++at) {
    all += begin + "<a href='/t'><h4>Another tale</h4></a><p>The harbour office has let a third " +
           "berth to the salt company, for more than anyone has paid before, it said.</p>" + end;
  }
  return all;
}

TEST(ReadPageBody, LeavesArticlesOutsideOfTheOneWithTheOnlyHeadlineOut) {
  for (const std::string& story : {kShortStory, kStory}) {
    EXPECT_EQ(body_of(page("<main><article><h1>Ferry sails</h1>" + story +
                           "</article></main><section><h2>What readers say</h2>" +
                           teasers("<article>", "</article>") + "</section>")),
              story == kStory ? kStoryText : kShortStoryText);
  }
}

TEST(ReadPageBody, TakesALongArticleBehindOneThatIsOnlyAHeader) {
  std::string story;
  for (int at = 0; at < 4; ++at) story += kStory;
  EXPECT_GT(body_of(page("<article><h1>Ferry sails</h1><p>All you need to know of it today.</p>"
                         "</article><article>" +
                         story + "</article>"))
                .size(),
            4 * kStoryText.size());
}

TEST(ReadPageBody, LeavesRelatedStoriesOutThoughTheyAreMostOfThePage) {
  EXPECT_EQ(body_of(page("<div><h1>Ferry sails</h1><div>" + kShortStory +
                         "</div><div class='related-articles'>" + teasers("<div>", "</div>") +
                         "</div></div>")),
            kShortStoryText);
  EXPECT_EQ(body_of(page("<div class='related'>" + kStory + "</div>")), kStoryText);
}

TEST(ReadPageBody, StaysInWhatIsMarkedAsTheBody) {
  for (const auto* mark : {"itemprop='articleBody'", "property='schema:articleBody'"}) {
    EXPECT_EQ(body_of(page("<div><div " + std::string(mark) + ">" + kStory + "</div><section>" +
                           teasers("<div>", "</div>") + "</section></div>")),
              kStoryText);
  }
}

TEST(ReadPageBody, EndsBeforeAHeadingOfCommentsOrOfOtherStories) {
  for (const auto* heading : {"<h3>Comments (30)</h3>", "<div><h3>30 Comments</h3></div>",
                              "<h2>Related stories</h2>", "<h2>Recommended from the Post</h2>"}) {
    EXPECT_EQ(body_of(page("<div><h1>Ferry sails</h1><div>" + kStory + "</div>" + heading +
                           "<div>" + teasers("<div>", "</div>") + "</div></div>")),
              kStoryText)
        << heading;
  }
  std::string story = kStory;
  story.insert(story.find("<p>Divers"),
               "<h3>Related stories</h3><ul><li>A night on deck</li></ul>");
  EXPECT_EQ(body_of(page("<div>" + story + "</div>")), kStoryText);
}

TEST(ReadPageBody, LeavesTheAdsAndSlidesOfAmpOut) {
  EXPECT_EQ(body_of(page("<article>" + kStory +
                         "<amp-ad><div>Advertisement of salt</div></amp-ad><amp-carousel><div>A "
                         "slide</div></amp-carousel></article>")),
            kStoryText);
}

// ---- what the page says about it

const std::string kJsonLd =
    "<script type='application/ld+json'>{\"@context\": \"https://schema.org\", \"@graph\": [\n"
    "{\"@type\": \"WebPage\", \"name\": \"The page\"},\n"
    "{\"@type\": [\"ReportageNewsArticle\"], \"headline\": \"Ferry &amp;quot;Ada&amp;quot; "
    "sails\", "
    "\"datePublished\": \"2025-08-29T14:05:00+02:00\", \"dateModified\": \"2025-08-30\", "
    "\"author\": [{\"@id\": \"#ada\"}, {\"name\": \"By Jon Pell\"}], \"articleSection\": "
    "[\"Harbour\"], \"keywords\": [\"ferries\", \"Skarren\"], \"inLanguage\": \"en-GB\",\n"
    "\"description\": \"What a rope can do.\", \"publisher\": {\"name\": \"Harbour Post\"}},\n"
    "{\"@id\": \"#ada\", \"@type\": \"Person\", \"name\": \"Ada Writer\"}]}</script>";

TEST(ReadPageMetadata, TrustsJsonLdMost) {
  const Article article = finished(page(
      "<h1>Another title</h1>" + kStory,
      kJsonLd +
          "<meta property='og:title' content='Yet another'><meta name=author content=Nobody>"));
  EXPECT_EQ(article.title, "Ferry \"Ada\" sails");
  EXPECT_EQ(article.authors, (std::vector<std::string>{"Ada Writer", "Jon Pell"}));
  EXPECT_EQ(format_date(*article.date), "2025-08-29T14:05:00+02:00");
  EXPECT_EQ(format_date(*article.modified), "2025-08-30");
  EXPECT_EQ(article.source, "Harbour Post");
  EXPECT_EQ(article.section, "Harbour");
  EXPECT_EQ(article.tags, (std::vector<std::string>{"ferries", "Skarren"}));
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.lede, "What a rope can do.");
  for (const Metadata metadata : {Metadata::title, Metadata::authors, Metadata::date}) {
    EXPECT_EQ(article.origin(metadata), Origin::json_ld) << name_of(metadata);
  }
}

TEST(ReadPageMetadata, MendsJsonLdThatIsNotQuiteJson) {
  const Article article = finished(
      page(kStory,
           "<script type='application/ld+json'>\n<![CDATA[\n/* made by hand */ {\n\"@type\": "
           "\"NewsArticle\", // the type\n\"headline\": \"Ferry\nsails \\'again\\'\",\n\"author\": "
           "[\"Ada Writer\",],\n};\n]]></script>"));
  EXPECT_EQ(article.title, "Ferry sails 'again'");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Writer"});
}

TEST(ReadPageMetadata, ReadsMetaElementsAndLinks) {
  const Article article = finished(
      page(kStory,
           "<title>Wrong</title><meta property='og:title' content='Ferry &amp; rope'>"
           "<meta property='article:published_time' content='not a date'>"
           "<meta name='pubdate' content='2025-08-29'><meta name=byl content='By Ada Writer and "
           "Jon Pell'><meta property='og:site_name' content='Harbour Post'>"
           "<meta property='article:section' content=Harbour><meta property='article:tag' "
           "content=ferries><meta property='article:tag' content=ropes>"
           "<meta property='og:locale' content='en_GB'><link rel='canonical' href='/n/ferry'>"),
      {{}, "https://www.post.example/n/ferry?from=mail"});
  EXPECT_EQ(article.title, "Ferry & rope");
  EXPECT_EQ(article.origin(Metadata::title), Origin::meta);
  EXPECT_EQ(format_date(*article.date), "2025-08-29");
  EXPECT_EQ(article.warnings, std::vector<std::string>{});
  EXPECT_EQ(article.authors, (std::vector<std::string>{"Ada Writer", "Jon Pell"}));
  EXPECT_EQ(article.source, "Harbour Post");
  EXPECT_EQ(article.section, "Harbour");
  EXPECT_EQ(article.tags, (std::vector<std::string>{"ferries", "ropes"}));
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.url, "https://www.post.example/n/ferry");
  EXPECT_EQ(article.id, article.url);
}

TEST(ReadPageMetadata, ReadsMicrodataAndMarkup) {
  const Article article = finished(page(
      "<article><h1 itemprop='headline'>Ferry sails</h1><div class='byline'>By <a href='/authors/"
      "ada'>Ada Writer</a>, <time datetime='2025-08-29T08:00:00Z'>Friday</time></div>" +
          kStory + "</article><time datetime='1999-01-01'>long ago</time>",
      "<title>Ferry | Post</title>"));
  EXPECT_EQ(article.title, "Ferry sails");
  EXPECT_EQ(article.origin(Metadata::title), Origin::microdata);
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Writer"});
  EXPECT_EQ(article.origin(Metadata::authors), Origin::markup);
  EXPECT_EQ(format_date(*article.date), "2025-08-29T08:00:00Z");
  EXPECT_EQ(article.body, kStoryText);
}

TEST(ReadPageMetadata, PrefersAShownNameToAHandle) {
  const std::string json_ld =
      "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"author\": "
      "\"AW2015\"}</script>";
  const std::string shown =
      "<h1>Ferry</h1><p class='byline'>By <b class='author-name'>Ada Writer</b></p>";
  EXPECT_EQ(finished(page(shown + kStory, json_ld)).authors,
            std::vector<std::string>{"Ada Writer"});
  EXPECT_EQ(finished(page(kStory, json_ld)).authors, std::vector<std::string>{"AW2015"});
}

TEST(ReadPageMetadata, TakesTheTitleWithoutTheSite) {
  for (const auto& [title, expected] : std::vector<std::pair<std::string, std::string>>{
           {"Ferry to Skarren sails again | Harbour Post", "Ferry to Skarren sails again"},
           {"Ferry to Skarren sails again - News - Post", "Ferry to Skarren sails again - News"},
           {"Ferry – and rope – meet again", "Ferry – and rope – meet again"},
           {"Ferry | A longer title than that", "Ferry | A longer title than that"}}) {
    EXPECT_EQ(finished(page(kStory, "<title>" + title + "</title>")).title, expected);
  }
}

TEST(ReadPageMetadata, TakesTheHeadlineThatTheTitleRepeats) {
  EXPECT_EQ(
      finished(page("<h1>Harbour Post Online</h1><h1>Ferry — again — to Skarren</h1>" + kStory,
                    "<title>Ferry — again — to Skarren · Port news</title>"))
          .title,
      "Ferry — again — to Skarren");
}

TEST(ReadPageMetadata, TakesDateAndSourceFromTheUrl) {
  const Article article =
      finished(page(kStory), {{}, "https://www.post.example/2025/aug/29/ferry"});
  EXPECT_EQ(format_date(*article.date), "2025-08-29");
  EXPECT_EQ(article.origin(Metadata::date), Origin::path);
  EXPECT_EQ(article.source, "post.example");
}

TEST(ReadPageMetadata, TakesASummaryOnlyApartFromTheBody) {
  EXPECT_EQ(finished(page(kStory,
                          "<meta name=description content='The ferry to Skarren sailed "
                          "again on Tuesday, nine days after…'>"))
                .lede,
            "");
  const Article article =
      finished(page(kStory, "<meta name=description content='How a rope stopped a ship.'>"));
  EXPECT_EQ(article.lede, "How a rope stopped a ship.");
  EXPECT_EQ(article.origin(Metadata::lede), Origin::meta);
}

TEST(ReadPageMetadata, TakesTheHeadlineThatTheTitleHasBetweenSeparators) {
  for (const auto* title : {"Harbour Post Online | Ferry sails", "Post: Ferry sails",
                            "Post: Ferry sails - all the news of the harbour", "Harbour Post"}) {
    const Article article = finished(page("<article><h1>Ferry sails</h1>" + kStory + "</article>",
                                          "<title>" + std::string(title) + "</title>"));
    EXPECT_EQ(article.title, "Ferry sails") << title;
  }
  EXPECT_EQ(
      finished(page("<h1>Harbour Post</h1><article><h1>Ferry sails</h1>" + kStory + "</article>",
                    "<title>Harbour Post</title>"))
          .title,
      "Ferry sails");
  EXPECT_EQ(finished(page("<h1>Harbour Post</h1>" + kStory, "<title>Ferry sails</title>")).title,
            "Ferry sails");
  EXPECT_EQ(finished(page("<h1>Ferry sails</h1>" + kStory,
                          "<title>Ferry sails: why the harbour office waited so long</title>"))
                .title,
            "Ferry sails: why the harbour office waited so long");
}

TEST(ReadPageMetadata, TellsTheTimeOfPublicationFromThatOfAChange) {
  const Article article =
      finished(page("<article><h1>Ferry</h1><time class='updated' datetime='2025-08-30'>now</time>"
                    "<time class='entry-date published' datetime='2025-08-29'>then</time>" +
                    kStory + "</article>"));
  EXPECT_EQ(format_date(*article.date), "2025-08-29");
  EXPECT_EQ(format_date(*article.modified), "2025-08-30");
  for (const auto* shown :
       {"<time class='updated' datetime='2025-08-29'>now</time>", "<time>29 August 2025</time>",
        "<abbr class='published' title='2025-08-29'>Friday</abbr>"}) {
    const Article other = finished(page("<h1>Ferry</h1>" + std::string(shown) + kStory));
    ASSERT_TRUE(other.date) << shown;
    EXPECT_EQ(format_date(*other.date), "2025-08-29") << shown;
    EXPECT_FALSE(other.modified) << shown;
  }
}

TEST(ReadPageMetadata, TakesACanonicalUrlThatLeadsHomeForNone) {
  const std::string home = "<link rel=canonical href='https://post.example/'>";
  const std::string own = "<meta property='og:url' content='https://post.example/n/ferry'>";
  EXPECT_EQ(finished(page(kStory, home + own)).url, "https://post.example/n/ferry");
  EXPECT_EQ(finished(page(kStory, home)).url, "https://post.example/");
}

TEST(ReadPageMetadata, TakesNamesAloneFromBylines) {
  for (const auto* byline :
       {"<a rel=author href='/ada'>More by Ada Grey</a>", "<p class=byline>By Ada Grey @ada</p>",
        "<div class=byline>By <span>Ada Grey</span> <time datetime='2025-08-29'>Aug 29</time> 5 "
        "min "
        "read</div>",
        "<p class=byline>By Ada Grey, Political Correspondent</p>",
        "<p class=byline>Ada Grey for the Harbour Post</p>",
        "<div class=author-bio><p><a rel=author href='/ada'>Ada Grey</a> has sailed.</p></div>"}) {
    EXPECT_EQ(finished(page("<h1>Ferry</h1>" + std::string(byline) + kStory)).authors,
              std::vector<std::string>{"Ada Grey"})
        << byline;
  }
}

TEST(ReadPageMetadata, TakesNoBiographyForNames) {
  for (const auto* biography :
       {"<div class=author-bio><p>Ada Grey sails and <a href='/b'>writes books</a>.</p></div>",
        "<p class=author>Ada Grey has been writing about ferries for years, and sails.</p>"}) {
    EXPECT_EQ(finished(page("<h1>Ferry</h1>" + std::string(biography) + kStory)).authors,
              std::vector<std::string>{})
        << biography;
  }
}

TEST(ReadPageMetadata, TakesEveryAuthorAndThePublisherOfMicrodata) {
  const Article article = finished(page(
      "<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>Ferry</h1>"
      "<b itemprop=author itemscope><i itemprop=name>Ada Grey</i></b> and "
      "<b itemprop=author itemscope><i itemprop=name>Jon Pell</i></b>"
      "<div itemprop=publisher itemscope><meta itemprop=name content='Harbour Post'></div>"
      "<p itemprop=description>What a rope can do.</p>"
      "<div itemprop=articleBody>" +
      kStory + "</div></div>"));
  EXPECT_EQ(article.authors, (std::vector<std::string>{"Ada Grey", "Jon Pell"}));
  EXPECT_EQ(article.source, "Harbour Post");
  EXPECT_EQ(article.lede, "What a rope can do.");
}

TEST(ReadPageMetadata, TakesTheArticleOfJsonLdThatThePageIs) {
  const auto script = [](const std::string& members) {
    return "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", " + members +
           "}</script>";
  };
  const std::string others =
      script("\"headline\": \"Salt\", \"url\": \"https://post.example/salt\"") +
      script("\"headline\": \"Fog\"");
  for (const auto* own : {"\"mainEntityOfPage\": {\"@id\": \"https://post.example/ferry/\"}",
                          "\"url\": \"http://post.example/ferry\"", "\"name\": \"x\""}) {
    EXPECT_EQ(finished(page("<h1>Ferry sails</h1>" + kStory,
                            "<link rel=canonical href='https://post.example/ferry'>" + others +
                                script("\"headline\": \"Ferry sails\", " + std::string(own))))
                  .title,
              "Ferry sails")
        << own;
  }
  EXPECT_EQ(finished(page(kStory, others)).title, "Salt");
}

TEST(ReadPageMetadata, TakesTheMainValuesOfBrokenJsonLdByTheirKeys) {
  const Article article =
      finished(page(kStory,
                    "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": "
                    "\"Ferry \\u0026 rope\", \"description\": \"He said \"no\" to it\", "
                    "\"datePublished\" : \"2025-08-29\", \"author\": [{\"name\": \"Ada Grey\"}]}"
                    "</script>"));
  EXPECT_EQ(article.title, "Ferry & rope");
  EXPECT_EQ(format_date(*article.date), "2025-08-29");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Ada Grey"});
}

// ---- bytes

TEST(ReadPage, FollowsTheCharsetThatItIsTold) {
  const std::string latin = page(
      "<p>Caf\xE9 \x93Zur F\xE4hre\x94 hat ge\xF6"
      "ffnet, heute</p>",
      "<meta http-equiv=content-type content='text/html; "
      "charset=iso-8859-1'>");
  EXPECT_EQ(body_of(latin), "Café “Zur Fähre” hat geöffnet, heute");
  const std::string cyrillic =
      page("<p>\xCF\xE0\xF0\xEE\xEC \xF1\xED\xEE\xE2\xE0 \xE2 \xEC\xEE\xF0\xE5</p>",
           "<meta charset=utf-8>");
  EXPECT_EQ(finished(cyrillic, {"windows-1251", {}}).body, "Паром снова в море");
}

TEST(ReadPage, FollowsNoCharsetInAComment) {
  EXPECT_EQ(body_of(page("<p>\xCF\xE0\xF0\xEE\xEC \xF1\xED\xEE\xE2\xE0 \xE2 \xEC\xEE\xF0\xE5</p>",
                         "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>")),
            "Паром снова в море");
}

TEST(LooksLikeHtml, KnowsPagesByTheirBeginning) {
  for (const auto head :
       {"<!DOCTYPE HTML PUBLIC"sv, "\n <html lang=en>"sv, "<HEAD>"sv,
        "\xEF\xBB\xBF<!-- saved --><!doctype html>"sv,
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC"sv, "\xFF\xFE<\0h\0t\0m\0l\0>\0"sv}) {
    EXPECT_TRUE(looks_like_html(head)) << head;
  }
  for (const auto head : {"<?xml version=\"1.0\"?><rss>"sv, "plain <html>"sv, ""sv, "<!--"sv}) {
    EXPECT_FALSE(looks_like_html(head)) << head;
  }
}

TEST(ReadHtml, SkipsAPageThatIsTooLong) {
  const auto results = read_file(page(kStory), 100);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(std::get<Skipped>(results[0]).reason, "the page is longer than 100 bytes");
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t at = 0; at < times; ++at) all += text;
  return all;
}

TEST(ReadHtml, SkipsAPageThatIsNestedTooDeepAndHasNoText) {
  const auto results = read_file(page(repeated("<div>", 100'000)));
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(std::get<Skipped>(results[0]).reason,
            "it is nested more than 1024 deep: tags beyond that are left out");
}

TEST(ReadPage, KeepsTheTextBeforeInAndBehindADeepNest) {
  for (const std::size_t depth : {2'000U, 100'000U}) {
    for (const auto& html :
         {"<div>" + kStory + "</div>" + repeated("<b>", depth),
          repeated("<div>", depth) + kStory + repeated("</div>", depth),
          repeated("<font>", depth) + repeated("</font>", depth) + kStory,
          "<div>" + repeated("<i>", depth) + repeated("</i>", depth) + kStory + "</div>"}) {
      const Article article = finished(page(html));
      EXPECT_EQ(article.body, kStoryText) << depth << ' ' << html.substr(0, 12);
      EXPECT_EQ(article.warnings.size(), 1U);
    }
  }
}

TEST(ReadPage, CountsNoDepthForWhatCannotHoldAnything) {
  const std::string ended = "<p><img></img></p><p>b</p>";
  EXPECT_EQ(bare_html(ended), ended);
}

TEST(ReadPage, ReadsThousandsOfParagraphsThatDoNotEnd) {
  EXPECT_EQ(finished(page(repeated("<p>A sentence about the ferry to Skarren.", 5'000))).warnings,
            std::vector<std::string>{});
}

TEST(ReadPage, ReadsAPageCutOffAnywhere) {
  const std::string whole = page("<article><h1>Ferry</h1>" + kStory + "</article>", kJsonLd);
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const Article article = read_page(whole.substr(0, length), {});
    EXPECT_LE(article.body.size(), whole.size());
  }
}

TEST(ReadPage, KeepsTheTreeSmallWhateverTheTags) {
  std::string attributes;
  std::string names;
  std::string scripts;
  for (int at = 0; at < 10'000; ++at) {
    const std::string number = std::to_string(at);
    attributes += " class" + number + "=x class=y id='" + number + "'";
    names += "<x" + number + ">";
    scripts += "<script type=application/ld+json>{}</script>";
  }
  EXPECT_LT(bare_html("<a" + attributes + ">text</a>").size(), 2'000U);
  EXPECT_LT(bare_html(names).size(), 30'000U);
  EXPECT_LT(bare_html(scripts).size(), scripts.size() / 20);
}

TEST(ReadPage, TakesMarkupThatNeverEndsForASlip) {
  for (const auto* slip :
       {"<script>", "<!--", "<title>", "<style", "<a href='", "</", "<![CDATA["}) {
    EXPECT_EQ(html_text("<p>before</p> " + std::string(slip)), "before") << slip;
  }
  EXPECT_EQ(html_text("<p>before</p><script><noscript><p>after</p>"), "before\n\nafter");
}

// ---- pieces of HTML

TEST(HtmlText, LaysTextOutAsABrowserDoes) {
  for (const auto& [html, expected] : std::vector<std::pair<std::string, std::string>>{
           {"<p>One\n  two</p><p>Three<br>four<br/><br>five</p>", "One two\n\nThree\nfour\n\nfive"},
           {"<ul><li>One</li><li>Two <b>b</b>old</li></ul>After", "One\nTwo bold\n\nAfter"},
           {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"},
           {"<p>Fish &amp; chips &#8212; &eacute;&lt;b&gt;</p>", "Fish & chips — é<b>"},
           {"<p>a</p><script>x < y</script><style>p{}</style><p>b", "a\n\nb"},
           {"<pre>  two\n   lines</pre>", "  two\n   lines"},
           {"<p>A &AMP; B &copy 2025 R&D &notit; &eacute", "A & B © 2025 R&D &notit; é"},
           {"<p>5 < 6 and a<b>b</b></p>", "5 < 6 and ab"},
           {"One &amp; two\n\nthree <i>four</i>\nfive", "One & two\n\nthree four\nfive"},
           {"<p>a<textarea>b</p>c", "ab\n\nc"},
           {"", ""}}) {
    EXPECT_EQ(html_text(html), expected) << html;
  }
}

TEST(HasHtml, TellsMarkupFromTextWithASign) {
  for (const auto text :
       {"<p>x</p>"sv, "a<br/>b"sv, "x &amp; y"sv, "&#8212;"sv, "<A HREF='/'>x</A>"sv}) {
    EXPECT_TRUE(has_html(text)) << text;
  }
  for (const auto text : {"a < b and b > c"sv, "<john@post.example>"sv, "AT&T; B & C"sv, "x<p"sv,
                          "<https://post.example>"sv, "Q&A: what now; then"sv}) {
    EXPECT_FALSE(has_html(text)) << text;
  }
}

}  // namespace
}  // namespace lede
