#include "query/build_query.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "query/search.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

/// Wednesday, 3 September 2025, noon UTC.
const Moment kNow{1'756'900'800, CalendarDay(std::chrono::year(2025) / 9 / 3)};

IndexSettings settings_with(Positions positions) {
  IndexSettings settings;
  settings.positions = positions;
  return settings;
}

BuiltQuery build_over(const Xapian::Database& index, std::string_view text, Match match) {
  const IndexSettings settings;
  const IndexLanguages languages(index, settings.language);
  ArticleCodec codec({});
  return build_query(parse_question(text), {languages, settings, codec}, {match, kNow, {}});
}

/// Over an index without articles: of one language, whose words need not be there.
BuiltQuery build(std::string_view text, Match match = Match::all) {
  return build_over(Xapian::WritableDatabase("", Xapian::DB_BACKEND_INMEMORY), text, match);
}

std::string description_of(const BuiltQuery& built) {
  const std::string query = built.query.get_description();
  return built.tests.empty() ? query : fmt::format("{} with {} tests", query, built.tests.size());
}

std::string described(std::string_view text, Match match = Match::all) {
  return description_of(build(text, match));
}

std::string refusal_of(std::string_view text) {
  try {
    return "read as " + build(text).parsed;
  } catch (const Error& error) {
    EXPECT_NE(error.hint(), "");
    return error.what();
  }
}

struct Pair {
  std::string_view text;
  std::string_view expected;
};

void expect_parsed(Match match, const std::vector<Pair>& pairs) {
  for (const Pair& pair : pairs) {
    SCOPED_TRACE(pair.text);
    EXPECT_EQ(build(pair.text, match).parsed, pair.expected);
  }
}

void expect_described(Match match, const std::vector<Pair>& pairs) {
  for (const Pair& pair : pairs) {
    SCOPED_TRACE(pair.text);
    EXPECT_EQ(described(pair.text, match), fmt::format("Query({})", pair.expected));
  }
}

TEST(BuildQuery, JoinsWordsSideBySideAsMatchSays) {
  expect_described(Match::all, {
                                   {"attacks", "attack"},
                                   {"Crude prices", "(crude AND price)"},
                                   {"crude OR price", "(crude OR price)"},
                                   {"crude -price", "(crude AND_NOT price)"},
                               });
  expect_described(Match::any, {
                                   {"Crude prices", "(crude OR price)"},
                                   {"crude AND price", "(crude AND price)"},
                                   {"+crude price oil", "(crude AND_MAYBE (price OR oil))"},
                                   {"+crude +price", "(crude AND price)"},
                                   {"crude oil -price", "((crude OR oil) AND_NOT price)"},
                               });
}

TEST(BuildQuery, SaturatesAWordThatComesAgain) {
  expect_described(Match::all, {
                                   {"oil price oil", "(oil#2 AND price)"},
                                   {"attack attacks attacked", "attack#3"},
                                   {"oil AND price AND oil", "(oil#2 AND price)"},
                               });
}

TEST(BuildQuery, KeepsAWordOfSeveralPartsTogetherUnlessAnyWordDoes) {
  expect_described(Match::all, {{"covid-19", "(covid PHRASE 2 19)"}});
  expect_described(Match::any, {
                                   {"covid-19 cases", "(covid OR 19 OR case)"},
                                   {"+covid-19 cases", "((covid PHRASE 2 19) AND_MAYBE case)"},
                                   {"state-of-the-art", "(state OR art)"},
                                   {"\"covid 19\"", "(covid PHRASE 2 19)"},
                                   {"cases -covid-19", "(case AND_NOT (covid PHRASE 2 19))"},
                               });
}

TEST(BuildQuery, RanksAWordInAFieldAsTheBareWord) {
  expect_described(Match::all, {
                                   {"title:prices", "(price FILTER Sprice)"},
                                   {"source:reuters", "0 * XSreuter"},
                                   {"title:oil title:oil", "(oil#2 FILTER Soil)"},
                               });
}

TEST(BuildQuery, TestsTheTextOfWhatIsFoundWhereAllOfItNeedsThat) {
  EXPECT_EQ(described("title:\"crude prices\""),
            "Query(((crude AND price) FILTER (Scrude AND Sprice))) with 1 tests");
  EXPECT_EQ(described("source:\"new york\""), "Query(0 * (XSnew AND XSyork)) with 1 tests");
  EXPECT_EQ(described("=oil =gas opec"), "Query((oil AND gas AND opec)) with 2 tests");
  EXPECT_EQ(described("(=oil gas)^2 NOT opec"),
            "Query((2 * (oil AND gas) AND_NOT opec)) with 1 tests");
  EXPECT_EQ(described("+=oil gas", Match::any), "Query((oil AND_MAYBE gas)) with 1 tests");
}

TEST(BuildQuery, FiltersByTextWhereOnlySomeOfWhatIsFoundNeedsThat) {
  const std::string oil = "(oil FILTER PostingSource(in the text))";
  EXPECT_EQ(described("=oil OR gas"), "Query((" + oil + " OR gas))");
  EXPECT_EQ(described("gas -=oil"), "Query((gas AND_NOT " + oil + "))");
  EXPECT_EQ(described("=oil gas", Match::any), "Query((" + oil + " OR gas))");
  EXPECT_EQ(described("=oil +gas", Match::any), "Query((gas AND_MAYBE " + oil + "))");
}

TEST(BuildQuery, LooksForPhrasesInTheTextWhereThereAreNoPositions) {
  const auto described = [](std::string_view text) {
    const Xapian::WritableDatabase index("", Xapian::DB_BACKEND_INMEMORY);
    const IndexLanguages languages(index, IndexSettings().language);
    const IndexSettings settings = settings_with(Positions::none);
    ArticleCodec codec({});
    return description_of(
        build_query(parse_question(text), {languages, settings, codec}, {Match::all, kNow, {}}));
  };
  EXPECT_EQ(described("covid-19"), "Query((covid AND 19)) with 1 tests");
  EXPECT_EQ(described("covid-19 OR gas"),
            "Query((((covid AND 19) FILTER PostingSource(in the text)) OR gas))");
  EXPECT_EQ(described("title:\"crude prices\""),
            "Query(((crude AND price) FILTER (Scrude AND Sprice))) with 1 tests");
  EXPECT_EQ(described("\"crude\""), "Query(crude)");
  EXPECT_EQ(described("東京"), "Query(東京)");
}

TEST(BuildQuery, FiltersByExactValuesWithoutWeight) {
  expect_described(Match::all, {
                                   {"lang:DE", "0 * Lde"},
                                   {"id:Ab-7", "0 * QAb-7"},
                                   {"host:WWW.Example.com", "0 * Hexample.com"},
                                   {"host:https://www.example.com:80/x", "0 * Hexample.com"},
                                   {"url:https://x.example/a?b", "0 * Uhttps://x.example/a?b"},
                                   {"path:/a/b/", "0 * P/a/b"},
                                   {"path:/a/../b", "0 * P/b"},
                                   {"date:2025", "0 * Y2025"},
                                   {"date:2025-08", "0 * M202508"},
                                   {"date:2025-08-29", "0 * D20250829"},
                                   {"oil lang:de", "(oil AND 0 * Lde)"},
                               });
  EXPECT_EQ(described("path:b"),
            fmt::format("Query(0 * P{})", (std::filesystem::current_path() / "b").string()));
}

TEST(BuildQuery, HoldsFiltersAlsoWhenAnyWordDoes) {
  expect_described(Match::any, {
                                   {"lang:de oil gas", "(0 * Lde AND (oil OR gas))"},
                                   {"oil source:reuters gas", "(0 * XSreuter AND (oil OR gas))"},
                                   {"oil (lang:de OR lang:fr)", "((0 * Lde OR 0 * Lfr) AND oil)"},
                                   {"lang:de date:2025", "(0 * Lde AND 0 * Y2025)"},
                               });
}

TEST(BuildQuery, LeavesStopWordsOutUnlessTheyAreAskedFor) {
  expect_parsed(Match::all, {
                                {"what is the price of oil?", "price AND oil"},
                                {"to be or not to be", "to AND be AND or AND not AND to AND be"},
                                {"+the oil", "+the AND oil"},
                                {"\"the oil\"", "\"the oil\""},
                                {"\"the\" oil", "\"the\" AND oil"},
                                {"title:the oil", "title:the AND oil"},
                                {"the AND oil", "oil"},
                                {"oil -the", "oil AND NOT the"},
                                {"oil -(the war)", "oil AND NOT war"},
                                {"the -oil", "the AND NOT oil"},
                                {"war (the -oil)", "war AND (the AND NOT oil)"},
                            });
}

TEST(BuildQuery, SpellsOutWhatItUnderstood) {
  expect_parsed(Match::all, {
                                {"Putin attacks Kyiv", "putin AND attacks AND kyiv"},
                                {"(a1 OR b1) -c1", "(a1 OR b1) AND NOT c1"},
                                {"a1 b1 NOT c1 NOT d1", "a1 AND b1 AND NOT c1 AND NOT d1"},
                                {"a1 b1 OR c1", "(a1 AND b1) OR c1"},
                                {"\"Crude  Oil!\" title:OPEC", "\"crude oil\" AND title:opec"},
                                {"COVID-19", "covid-19"},
                                {"headline:\"Caf\u00E9\"", "title:\"caf\u00E9\""},
                                {"lang:DE", "language:de"},
                                {"id:\"a b\" oil", "id:\"a b\" AND oil"},
                                {"(a1 b1) (c1 d1)", "a1 AND b1 AND c1 AND d1"},
                                {"a1 -(b1 c1)", "a1 AND NOT (b1 AND c1)"},
                            });
  expect_parsed(Match::any, {
                                {"Putin attacks Kyiv", "putin OR attacks OR kyiv"},
                                {"a1 b1 +c1", "a1 b1 +c1"},
                                {"a1 b1 AND c1", "(a1 OR b1) AND c1"},
                                {"a1 b1 -c1", "(a1 OR b1) AND NOT c1"},
                                {"lang:de a1 b1", "language:de AND (a1 OR b1)"},
                                {"a1 b1 +c1 -d1", "(a1 b1 +c1) AND NOT d1"},
                            });
}

TEST(BuildQuery, NamesTheWordsThatSnippetsShowOnceEach) {
  const std::vector<Wanted> expected{
      {{"price"}, {}, {}, std::nullopt},
      {{"crude", "oil"}, {}, {}, std::nullopt},
      {{"opec"}, {}, {}, FieldId::title},
  };
  EXPECT_EQ(build("the prices \"crude oil\" price title:opec lang:de -gas").wanted[0], expected);
}

TEST(BuildQuery, KnowsWhereAnyWordWouldAskForLess) {
  for (const std::string_view text : {"crude oil", "a1 (b1 c1)", "covid-19", "(a1 b1) AND c1"})
    EXPECT_TRUE(build(text).can_relax) << text;
  for (const std::string_view text : {"oil", "the oil", "a1 AND b1", "\"a1 b1\"", "lang:de oil",
                                      "+a1 +b1", "+a1 b1", "a1 -(b1 c1)", "source:new-york oil"})
    EXPECT_FALSE(build(text).can_relax) << text;
}

TEST(BuildQuery, RefusesADateItCannotRead) {
  EXPECT_EQ(refusal_of("oil date:soon"), "'soon' is not a date");
  EXPECT_EQ(refusal_of("date:2025-02-30"), "'2025-02-30' is not a date");
  EXPECT_EQ(refusal_of("date:2025..2024"), "'2025..2024' ends before it begins");
}

// Properties -------------------------------------------------------------------------------------

std::string random_question(std::mt19937& random) {
  constexpr std::array kPieces{"oil ",       "gas ",       "the ",
                               "crude-oil ", "prices ",    "of ",
                               " ( ",        " ) ",        "\"",
                               "+",          "-",          " -",
                               "AND ",       "OR ",        "NOT ",
                               "title:",     "lang:de ",   "title:(",
                               "source:ap ", "date:2025 ", "\u4E2D\u56FD ",
                               "C++ ",       "U.S. ",      "OPEC, ",
                               "title:gas ", "kyiv ",      "\"crude oil\" ",
                               "id:1 ",      "o?l ",       "cru*^2 ",
                               "gaz~ ",      "=prices ",   "NEAR/3 ",
                               "=\"oil\" ",  "oil^0.5 ",   "date:7d.. "};
  std::uniform_int_distribution<std::size_t> piece(0, kPieces.size() - 1);
  std::string text;
  for (auto left = std::uniform_int_distribution<int>(1, 10)(random); left > 0; --left)
    text += kPieces[piece(random)];
  return text;
}

std::optional<BuiltQuery> build_if_readable(std::string_view text, Match match) {
  try {
    return build(text, match);
  } catch (const Error&) {
    return std::nullopt;
  }
}

TEST(BuildQuery, MeansTheSameWhenWhatItUnderstoodIsAskedAgain) {
  std::mt19937 random(2);
  std::size_t readable = 0;
  for (int i = 0; i < 5'000; ++i) {
    const Match match = i % 2 == 0 ? Match::all : Match::any;
    const std::string text = random_question(random);
    const std::optional<BuiltQuery> built = build_if_readable(text, match);
    if (!built) continue;
    ++readable;
    SCOPED_TRACE(fmt::format("{}: {} -> {}", name_of(match), text, built->parsed));
    const std::optional<BuiltQuery> again = build_if_readable(built->parsed, match);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->parsed, built->parsed);
    ASSERT_EQ(again->query.get_description(), built->query.get_description());
    EXPECT_EQ(again->tests.size(), built->tests.size());
  }
  EXPECT_GT(readable, 1'000U);
}

std::vector<Article> articles_of_all_kinds() {
  std::vector<Article> articles;
  constexpr std::array kWords{"oil", "gas", "crude oil", "the prices", "kyiv", "opec", "of"};
  for (unsigned i = 0; i < 128; ++i) {
    Article article = make_article(std::to_string(i), "", "");
    for (unsigned bit = 0; bit < kWords.size(); ++bit)
      if ((i >> bit & 1U) != 0) article.body += fmt::format("{} ", kWords[bit]);
    article.title = kWords[i % kWords.size()];
    article.language = i % 3 == 0 ? "de" : "en";
    article.source = i % 2 == 0 ? "AP" : "Reuters";
    articles.push_back(article);
  }
  return articles;
}

std::set<Xapian::docid> found(const Xapian::Database& index, const BuiltQuery& built) {
  ArticleCodec codec({});
  StoredArticles articles(index, codec);
  const TextDecider decider(built.tests, articles);
  Xapian::Enquire enquire(index);
  enquire.set_query(built.query);
  const Xapian::MSet matches = enquire.get_mset(0, index.get_doccount(), 0, nullptr, &decider);
  std::set<Xapian::docid> ids;
  for (auto match = matches.begin(); match != matches.end(); ++match) ids.insert(*match);
  return ids;
}

struct Relaxed {
  std::string parsed;
  bool is_relaxed = false;
  std::vector<std::pair<std::string, double>> hits;  ///< ids and scores
};

Relaxed asked(Searcher& searcher, std::string text) {
  SearchRequest request;
  request.text = std::move(text);
  request.limit = 200;
  request.now = kNow;
  const Answer answer = searcher.search(request);
  Relaxed relaxed{answer.parsed, answer.is_relaxed, {}};
  for (const Hit& hit : answer.hits) relaxed.hits.emplace_back(hit.article.id, hit.score);
  return relaxed;
}

TEST(BuildQuery, FindsTheSameWhenWhatItUnderstoodIsAskedAgainAlsoWhereItWasRelaxed) {
  const TinyIndex index(articles_of_all_kinds());
  Searcher searcher(index.path());
  std::mt19937 random(5);
  std::size_t relaxed = 0;
  std::vector<std::string> texts{"(oil gas nosuchword) +kyiv", "((oil gas nosuchword) -opec) +kyiv",
                                 "(oil gas nosuch-word)^2 +kyiv", "(of-the oil nosuchword) +kyiv"};
  for (int i = 0; i < 1'500; ++i)
    texts.push_back(fmt::format("({} {}) +{}", random_question(random),
                                i % 2 == 0 ? "nosuchword" : "", i % 3 == 0 ? "kyiv" : "oil"));
  for (const std::string& text : texts) {
    if (!build_if_readable(text, Match::all)) continue;
    const Relaxed first = asked(searcher, text);
    SCOPED_TRACE(fmt::format("{} -> {}", text, first.parsed));
    const Relaxed again = asked(searcher, first.parsed);
    ASSERT_EQ(again.hits.size(), first.hits.size());
    for (std::size_t at = 0; at < first.hits.size(); ++at) {
      EXPECT_EQ(again.hits[at].first, first.hits[at].first);
      EXPECT_DOUBLE_EQ(again.hits[at].second, first.hits[at].second);
    }
    relaxed += first.is_relaxed ? 1 : 0;
  }
  EXPECT_GT(relaxed, 50U);
}

/// Beside another word such a question asks for nothing.
bool is_stop_words_only(const BuiltQuery& built) {
  return build(fmt::format("({}) AND kyiv", built.parsed)).parsed == "kyiv";
}

bool is_within(const std::set<Xapian::docid>& part, const std::set<Xapian::docid>& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

TEST(BuildQuery, FindsNoMoreWhenAskedMoreStrictly) {
  const TinyIndex index(articles_of_all_kinds());
  const IndexLanguages languages(index.database(), IndexSettings().language);
  const IndexSettings settings;
  ArticleCodec codec({});
  std::mt19937 random(3);
  for (int i = 0; i < 1'500; ++i) {
    const std::string text = random_question(random);
    if (!build_if_readable(text, Match::all)) continue;
    const auto asked = [&](std::string_view question, Match match = Match::all) {
      return build_query(parse_question(question), {languages, settings, codec}, {match, kNow, {}});
    };
    const BuiltQuery all = asked(text);
    if (is_stop_words_only(all)) continue;
    SCOPED_TRACE(fmt::format("{} -> {}", text, all.parsed));
    const auto matched = found(index.database(), all);
    const auto in = [&](std::string_view question, Match match = Match::all) {
      return found(index.database(), asked(question, match));
    };
    EXPECT_TRUE(is_within(matched, in(text, Match::any)));
    EXPECT_TRUE(is_within(in(fmt::format("({}) AND kyiv", all.parsed)), matched));
    EXPECT_TRUE(is_within(in(fmt::format("({}) -kyiv", all.parsed)), matched));
    EXPECT_TRUE(is_within(matched, in(fmt::format("({}) OR kyiv", all.parsed))));
    EXPECT_EQ(in(fmt::format("({0}) AND ({0})", all.parsed)), matched);
  }
}

// Patterns, misspelt words, words as they are written, words near each other
// -----------------------

std::vector<Article> news() {
  std::vector<Article> articles{
      make_article("opec", "OPEC cuts output", "Crude oil prices rose after the cartel met."),
      make_article("ball", "The opera ball", "Dancing all night, the price of oil was paid."),
      make_article("run", "Runners", "They run; running is a café pastime."),
      make_article("word", "Words", "A word, a ward and a weird wd.")};
  return articles;
}

class AskedOfNews : public testing::TestWithParam<Positions> {
 protected:
  AskedOfNews() : index_(news(), GetParam()) {}

  /// The ids of what the question finds, in the order of their names.
  std::string found_by(std::string_view text) {
    const IndexLanguages languages(index_.database(), IndexSettings().language);
    const IndexSettings settings = settings_with(GetParam());
    ArticleCodec codec({});
    const BuiltQuery built =
        build_query(parse_question(text), {languages, settings, codec}, {Match::all, kNow, {}});
    std::set<std::string> ids;
    for (const Xapian::docid docid : found(index_.database(), built))
      ids.insert(codec.article_of(index_.database().get_document(docid).get_data()).id);
    return fmt::format("{}", fmt::join(ids, " "));
  }

  TinyIndex index_;
};

INSTANTIATE_TEST_SUITE_P(WithAndWithoutPositions, AskedOfNews,
                         testing::Values(Positions::all, Positions::none));

TEST_P(AskedOfNews, FindsTheWordsThatAPatternStandsFor) {
  EXPECT_EQ(found_by("op*"), "ball opec");
  EXPECT_EQ(found_by("w?rd"), "word");
  EXPECT_EQ(found_by("w*rd"), "word");
  EXPECT_EQ(found_by("*ing"), "ball run");
  EXPECT_EQ(found_by("caf*"), "run");
  EXPECT_EQ(found_by("title:op*"), "ball opec");
  EXPECT_EQ(found_by("title:cru*"), "");
  EXPECT_EQ(found_by("xyz*"), "");
  EXPECT_EQ(found_by("op* AND xyz*"), "");
  EXPECT_EQ(found_by("op* -xyz*"), "ball opec");
}

TEST_P(AskedOfNews, FindsWordsWithTypingErrors) {
  EXPECT_EQ(found_by("cratel~"), "opec");
  EXPECT_EQ(found_by("cratel~0"), "");
  EXPECT_EQ(found_by("oul~"), "ball opec");
  EXPECT_EQ(found_by("danicng~"), "ball");
  EXPECT_EQ(found_by("title:opex~"), "opec");
}

TEST_P(AskedOfNews, FindsWordsAsTheyAreWritten) {
  EXPECT_EQ(found_by("price"), "ball opec");
  EXPECT_EQ(found_by("=price"), "ball");
  EXPECT_EQ(found_by("=Prices"), "opec");
  EXPECT_EQ(found_by("=cafe"), "run");
  EXPECT_EQ(found_by("=\"oil prices\""), "opec");
  EXPECT_EQ(found_by("=\"oil price\""), "");
  EXPECT_EQ(found_by("title:=runners"), "run");
  EXPECT_EQ(found_by("title:=runner"), "");
  EXPECT_EQ(found_by("=pric*"), "ball opec");
  EXPECT_EQ(found_by("=price?"), "ball");
  EXPECT_EQ(found_by("=runn*g"), "run");
  EXPECT_EQ(found_by("oil -=price"), "opec");
}

TEST_P(AskedOfNews, FindsWordsNearEachOther) {
  EXPECT_EQ(found_by("crude NEAR/2 prices"), "opec");
  EXPECT_EQ(found_by("crude NEAR/1 prices"), "");
  EXPECT_EQ(found_by("prices NEAR/2 crude"), "opec");
  EXPECT_EQ(found_by("oil NEAR/2 pri*"), "ball opec");
  EXPECT_EQ(found_by("oil NEAR/1 pri*"), "opec");
  EXPECT_EQ(found_by("\"crude oil\" NEAR/1 price"), "opec");
  EXPECT_EQ(found_by("(cartel OR night) NEAR/3 (rose OR price)"), "ball opec");
  EXPECT_EQ(found_by("oil NEAR/2 =price"), "ball");
  EXPECT_EQ(found_by("title:(output NEAR/2 opec)"), "opec");
  EXPECT_EQ(found_by("title:(oil NEAR/2 opec)"), "");
  EXPECT_EQ(found_by("output NEAR/9 crude"), "");  // another field
  EXPECT_EQ(found_by("run NEAR/1 running"), "run");
  EXPECT_EQ(found_by("cartel NEAR/9 cartel"), "");  // no word is two
}

TEST(BuildQuery, RanksAWordHigherThanOneWithTypingErrors) {
  const TinyIndex index({make_article("1", "", "oil"), make_article("2", "", "oel"),
                         make_article("3", "", "other words")});
  EXPECT_EQ(build_over(index.database(), "oil~", Match::all).query.get_description(),
            "Query(0.5 * (oil OR (oel SYNONYM oil)))");
}

/// Words in several spellings, the more of them the earlier the article.
std::vector<Article> misspelt_articles(std::mt19937& random, int count) {
  constexpr std::array kWords{"crude",  "cruda", "curde", "crud",  "prices", "pricse",
                              "prizes", "opera", "rain",  "ports", "storm",  "sun"};
  std::vector<Article> articles;
  for (int i = 0; i < count; ++i) {
    Article article = make_article(std::to_string(i), "", "");
    const auto first = static_cast<std::size_t>(i) * kWords.size() / count;
    std::uniform_int_distribution<std::size_t> word(first, kWords.size() - 1);
    for (unsigned words = 1 + random() % 8; words > 0; --words)
      article.body += fmt::format("{} ", kWords[word(random)]);
    articles.push_back(article);
  }
  return articles;
}

std::vector<Xapian::docid> best(Xapian::Enquire& enquire, Xapian::doccount count) {
  const Xapian::MSet matches = enquire.get_mset(0, count);
  std::vector<Xapian::docid> docids;
  for (auto match = matches.begin(); match != matches.end(); ++match) docids.push_back(*match);
  return docids;
}

TEST(BuildQuery, FindsTheSameArticlesBestHoweverFewAreAskedFor) {
  std::mt19937 random(4);
  for (int round = 0; round < 20; ++round) {
    const TinyIndex index(misspelt_articles(random, 60));
    for (const std::string_view text :
         {"crude~", "crude~ rain", "crude~2 prices~ ports", "prices~ sun storm", "pri* crude~",
          "crude~1 AND (rain OR prices~2)", "prices~2 ports rain opera storm"}) {
      SCOPED_TRACE(fmt::format("{} {}", round, text));
      Xapian::Enquire enquire(index.database());
      enquire.set_docid_order(Xapian::Enquire::ASCENDING);
      enquire.set_query(build_over(index.database(), text, Match::any).query);
      const std::vector<Xapian::docid> all = best(enquire, 60);
      for (const Xapian::doccount count : {1U, 2U, 3U, 5U, 10U}) {
        const std::size_t found = std::min<std::size_t>(count, all.size());
        EXPECT_EQ(best(enquire, count), std::vector(all.begin(), all.begin() + found));
      }
    }
  }
}

TEST(BuildQuery, WeighsWhatAskedForWeight) {
  expect_described(Match::all, {{"oil^2 gas", "(2 * oil AND gas)"},
                                {"(oil OR gas)^0.5 opec", "(0.5 * (oil OR gas) AND opec)"},
                                {"\"crude oil\"^3", "3 * (crude PHRASE 2 oil)"}});
  expect_parsed(Match::all, {{"oil^2 gas", "oil^2 AND gas"},
                             {"(oil OR gas)^0.5", "(oil OR gas)^0.5"},
                             {"+oil^2 gas", "+oil^2 AND gas"}});
}

TEST(BuildQuery, SpellsOutWhichDaysWereMeant) {
  expect_parsed(Match::all, {{"date:yesterday", "date:2025-09-02"},
                             {"date:\"last month\"", "date:2025-08"},
                             {"date:7d..", "date:2025-08-27.."},
                             {"date:2024..2025-03", "date:2024-01-01..2025-03-31"},
                             {"date:2025-08-29T14:05Z..", "date:2025-08-29T14:05:00Z.."}});
}

Article article_in(std::string language, std::string body) {
  Article article = make_article(language, "", std::move(body));
  article.language = std::move(language);
  return article;
}

/// English ones are more, so that English is the first language.
std::vector<Article> two_languages() {
  return {article_in("en", "The war on rates: a cold house in the price war. Die hard."),
          article_in("", "Cold war"),
          article_in("de", "Die Häuser: es war im Haus der Rat. The Guardian.")};
}

std::string described_in_two(std::string_view text, Match match = Match::all) {
  const TinyIndex index(two_languages());
  return build_over(index.database(), text, match).query.get_description();
}

TEST(BuildQueryOfLanguages, AsksForAWordInEachThatHasIt) {
  EXPECT_EQ(described_in_two("houses"), "Query(hous)");
  EXPECT_EQ(described_in_two("Häuser"), "Query(hausDE)");
  EXPECT_EQ(described_in_two("guardian"), "Query(guardianDE)");
  EXPECT_EQ(described_in_two("neither"), "Query(neither)");
  EXPECT_EQ(described_in_two("2025"), "Query(2025)");
}

TEST(BuildQueryOfLanguages, RanksTheStemsOfAWordAsOne) {
  EXPECT_EQ(described_in_two("+die"), "Query((die SYNONYM dieDE))");
  EXPECT_EQ(described_in_two("+die +die"), "Query(1.8000000000000000444 * (die SYNONYM dieDE))");
}

TEST(BuildQueryOfLanguages, LeavesAStopWordOfMostArticlesOutEverywhere) {
  EXPECT_EQ(described_in_two("the price"), "Query(price)");
  EXPECT_EQ(described_in_two("the price", Match::any), "Query(price)");
}

TEST(BuildQueryOfLanguages, LeavesAStopWordOfAnotherLanguageOutOnlyThere) {
  EXPECT_EQ(described_in_two("cold war"),
            "Query((cold AND (((war SYNONYM warDE) FILTER war) OR 0 * Lde)))");
  EXPECT_EQ(described_in_two("cold war", Match::any),
            "Query((cold OR ((war SYNONYM warDE) FILTER war)))");
}

TEST(BuildQueryOfLanguages, KeepsStopWordsInALanguageThatHasNothingElse) {
  EXPECT_EQ(described_in_two("war"), "Query((war SYNONYM warDE))");
}

TEST(BuildQueryOfLanguages, AsksForAPhraseInEachThatHasItsWords) {
  EXPECT_EQ(described_in_two("\"the price\""), "Query((the PHRASE 2 price))");
  EXPECT_EQ(described_in_two("\"der Rat\""), "Query((derDE PHRASE 2 ratDE))");
  EXPECT_EQ(described_in_two("\"es die\""), "Query((esDE PHRASE 2 dieDE))");
}

TEST(BuildQueryOfLanguages, ShowsTheWordsThatEachOfThemAskedFor) {
  const TinyIndex index(two_languages());
  const BuiltQuery built = build_over(index.database(), "cold war", Match::all);
  const std::vector<Wanted> english{{{"cold"}, {}, {}, std::nullopt},
                                    {{"war"}, {}, {}, std::nullopt}};
  const std::vector<Wanted> german{{{"coldDE"}, {}, {}, std::nullopt}};
  ASSERT_EQ(built.wanted.size(), 2U);
  EXPECT_EQ(built.wanted[0], english);
  EXPECT_EQ(built.wanted[1], german);
  EXPECT_EQ(built.parsed, "cold AND war");
}

TEST(BuildQuery, AsksForThePairsOfCharactersInARow) {
  expect_described(Match::all,
                   {
                       {"水", "水"},
                       {"東京", "東京"},
                       {"東京都", "((東京 AND 京都) FILTER (東 PHRASE 3 京 PHRASE 3 都))"},
                       {"title:東京", "(東京 FILTER S東京)"},
                   });
  expect_described(Match::any, {{"東京都", "(東京 OR 京都)"}, {"AI技術", "(ai OR 技術)"}});
  expect_parsed(Match::all, {{"東京都 水", "東京都 AND 水"}, {"AI技術", "ai-技術"}});
}

TEST(BuildQuery, ShowsAPairAsItsCharacters) {
  const std::vector<Wanted> expected{{{"東", "京"}, {}, {}, std::nullopt},
                                     {{"京", "都"}, {}, {}, std::nullopt}};
  EXPECT_EQ(build("東京都", Match::any).wanted[0], expected);
}

TEST(BuildQuery, KnowsALanguageByEachOfItsNames) {
  expect_described(Match::all, {
                                   {"lang:de-AT", "0 * Lde"},
                                   {"lang:German", "0 * Lde"},
                                   {"lang:nb", "0 * Lno"},
                                   {"lang:und", "0 * Lund"},
                               });
}

}  // namespace
}  // namespace lede
