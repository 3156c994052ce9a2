#include "query/text_filters.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "query/search.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

using Ids = std::vector<std::string>;

// Random articles and questions ------------------------------------------------------------------

/// Few words, so that phrases come about: with accents, stop words of several languages, numbers,
/// words of several parts, scripts without spaces.
constexpr std::array<std::string_view, 24> kWords{
    "the",  "of",       "oil",      "Crude", "price",        "prices",    "covid-19", "19",
    "und",  "Häuser",   "haus",     "die",   "Élection",     "elections", "la",       "l'économie",
    "東京", "東京都の", "都の経済", "経済",  "port-of-call", "U.S.",      "2025",     "the"};

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool is_one_in(std::size_t count) { return below(count) == 0; }
  std::string word() { return std::string(kWords[below(kWords.size())]); }

  std::string words(std::size_t count) {
    std::string text;
    for (std::size_t at = 0; at < count; ++at) {
      if (at > 0) text += is_one_in(8) ? ". " : " ";
      text += word();
    }
    return text;
  }

  std::vector<std::string> values() {
    std::vector<std::string> values(below(3));
    for (std::string& value : values) value = words(1 + below(3));
    return values;
  }

 private:
  std::mt19937 random_;
};

Article random_article(Chance& chance, std::size_t number) {
  constexpr std::array<const char*, 6> kLanguages{"en", "en", "de", "fr", "ja", ""};
  Article article = make_article(fmt::format("n{}", number), chance.words(chance.below(5)),
                                 chance.words(chance.below(40)));
  if (chance.is_one_in(3)) article.origin(Metadata::title) = Origin::derived;
  if (chance.is_one_in(3)) article.lede = chance.words(chance.below(8));
  if (chance.is_one_in(2)) article.source = chance.words(1 + chance.below(3));
  if (chance.is_one_in(2)) article.section = chance.words(1 + chance.below(2));
  article.tags = chance.values();
  article.authors = chance.values();
  article.language = kLanguages[chance.below(kLanguages.size())];
  return article;
}

std::vector<Article> random_articles(Chance& chance, std::size_t count) {
  std::vector<Article> articles;
  for (std::size_t number = 0; number < count; ++number)
    articles.push_back(random_article(chance, number));
  return articles;
}

std::string random_phrase(Chance& chance) {
  return fmt::format("\"{}\"", chance.words(1 + chance.below(4)));
}

std::string random_leaf(Chance& chance) {
  constexpr std::array<std::string_view, 6> kNames{"title",  "lede",   "tag",
                                                   "author", "source", "section"};
  const std::string field =
      chance.is_one_in(3) ? fmt::format("{}:", kNames[chance.below(kNames.size())]) : "";
  return field + (chance.is_one_in(3) ? chance.word() : random_phrase(chance));
}

/// A word or phrase as it is written, anywhere or in a field.
std::string random_written(Chance& chance) {
  const std::string field = chance.is_one_in(4) ? "title:" : "";
  return fmt::format("{}=\"{}\"", field, chance.words(1 + chance.below(2)));
}

/// One with phrases alone, beside each other, in brackets, demanded, excluded.
std::string random_question(Chance& chance, std::size_t depth = 0) {
  constexpr std::array<std::string_view, 6> kJoints{" ", " AND ", " OR ", " NOT ", " +", " -"};
  const auto operand = [&] {
    if (depth == 2 || !chance.is_one_in(4)) return random_leaf(chance);
    return fmt::format("({})", random_question(chance, depth + 1));
  };
  std::string question = operand();
  for (std::size_t more = chance.below(3); more > 0; --more) {
    question += kJoints[chance.below(kJoints.size())];
    question += operand();
  }
  return question;
}

// One index beside the other ---------------------------------------------------------------------

struct Found {
  std::string id;
  double score = 0;
};

/// Everything that is found, by id; nothing where the question cannot be read.
std::optional<std::vector<Found>> ask(Searcher& searcher, const std::string& question,
                                      Match match) {
  SearchRequest request;
  request.text = question;
  request.match = match;
  request.limit = 10'000;
  request.wants_articles = false;
  std::vector<Found> found;
  try {
    for (const Hit& hit : searcher.search(request).hits)
      found.push_back({hit.article.id, hit.score});
  } catch (const Error&) {
    return std::nullopt;
  }
  std::ranges::sort(found, {}, &Found::id);
  return found;
}

Ids ids_of(const std::vector<Found>& found) {
  Ids ids;
  for (const Found& each : found) ids.push_back(each.id);
  return ids;
}

void expect_same(const std::vector<Found>& with, const std::vector<Found>& without) {
  ASSERT_EQ(with.size(), without.size());
  for (std::size_t at = 0; at < with.size(); ++at) {
    EXPECT_EQ(with[at].id, without[at].id);
    EXPECT_DOUBLE_EQ(with[at].score, without[at].score);
  }
}

TEST(PhraseFilter, FindsWhatPositionsFindAndRanksItAlike) {
  Chance chance(7);
  std::size_t answered = 0;
  for (const std::size_t count : {3U, 40U, 200U}) {
    const std::vector<Article> articles = random_articles(chance, count);
    const TinyIndex with(articles, Positions::all);
    const TinyIndex without(articles, Positions::none);
    ASSERT_TRUE(with.database().has_positions());
    ASSERT_FALSE(without.database().has_positions());
    Searcher first(with.path());
    Searcher second(without.path());
    for (int round = 0; round < 2000; ++round) {
      const std::string question = random_question(chance);
      SCOPED_TRACE(question);
      const Match match = chance.is_one_in(2) ? Match::all : Match::any;
      const auto expected = ask(first, question, match);
      const auto found = ask(second, question, match);
      ASSERT_EQ(expected.has_value(), found.has_value());
      if (!expected) continue;
      expect_same(*expected, *found);
      if (!expected->empty()) ++answered;
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(answered, 2000U);
}

TEST(PhraseFilter, FindsTheBestFirstAsPositionsDo) {
  Chance chance(11);
  const std::vector<Article> articles = random_articles(chance, 300);
  const TinyIndex with(articles, Positions::all);
  const TinyIndex without(articles, Positions::none);
  Searcher first(with.path());
  Searcher second(without.path());
  for (const std::string question : {"\"crude price\"", "\"the oil\"", "\"of the\" covid-19",
                                     "東京都の経済", "\"the price\" OR \"price of\""}) {
    SCOPED_TRACE(question);
    SearchRequest request;
    request.text = question;
    request.limit = 5;
    const Answer expected = first.search(request);
    const Answer found = second.search(request);
    ASSERT_EQ(expected.hits.size(), found.hits.size());
    for (std::size_t at = 0; at < found.hits.size(); ++at) {
      EXPECT_EQ(expected.hits[at].article.id, found.hits[at].article.id);
      EXPECT_EQ(expected.hits[at].snippets, found.hits[at].snippets);
    }
  }
}

TEST(NearFilter, FindsWhatPositionsFind) {
  constexpr std::array<std::string_view, 6> kNear{"oil", "crude", "2025", "haus", "of", "19"};
  Chance chance(5);
  const std::vector<Article> articles = random_articles(chance, 300);
  const TinyIndex with(articles, Positions::all);
  const TinyIndex without(articles, Positions::none);
  Searcher first(with.path());
  Searcher second(without.path());
  std::size_t answered = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t word = chance.below(kNear.size());
    const std::size_t other = (word + 1 + chance.below(kNear.size() - 1)) % kNear.size();
    const std::string question =
        fmt::format("{}{} NEAR/{} {}", chance.is_one_in(2) ? "" : "price OR ", kNear[word],
                    1 + chance.below(6), kNear[other]);
    SCOPED_TRACE(question);
    const auto expected = ask(first, question, Match::all);
    const auto found = ask(second, question, Match::all);
    ASSERT_TRUE(expected && found);
    ASSERT_EQ(ids_of(*expected), ids_of(*found));
    if (!expected->empty()) ++answered;
  }
  EXPECT_GT(answered, 200U);
}

/// Beside each other words are looked for together, alone each by itself.
TEST(WrittenWords, AreFoundBesideOthersAsTheyAreAlone) {
  Chance chance(13);
  const std::vector<Article> articles = random_articles(chance, 200);
  const TinyIndex index(articles);
  Searcher searcher(index.path());
  const auto found_by = [&](const std::string& question) {
    const auto found = ask(searcher, question, Match::all);
    return ids_of(found ? *found : std::vector<Found>());
  };
  std::size_t found = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string one = random_written(chance);
    const std::string other = random_written(chance);
    SCOPED_TRACE(one + " and " + other);
    const Ids of_one = found_by(one);
    const Ids of_other = found_by(other);
    Ids either;
    Ids only_one;
    std::ranges::set_union(of_one, of_other, std::back_inserter(either));
    std::ranges::set_difference(of_one, of_other, std::back_inserter(only_one));
    ASSERT_EQ(found_by(fmt::format("{} OR {}", one, other)), either);
    ASSERT_EQ(found_by(fmt::format("{} NOT {}", one, other)), only_one);
    found += only_one.size();
  }
  EXPECT_GT(found, 400U);
}

// What a filter is by itself ---------------------------------------------------------------------

/// As Xapian finds it with nothing else to lead the way.
std::vector<Xapian::docid> found_by(const Xapian::Database& index, const Xapian::Query& query) {
  Xapian::Enquire enquire(index);
  enquire.set_query(query);
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  const Xapian::MSet matches = enquire.get_mset(0, index.get_doccount());
  return {matches.begin(), matches.end()};
}

std::vector<Article> five_articles() {
  std::vector<Article> articles{make_article("a", "Crude oil", "OPEC met."),
                                make_article("b", "Vienna", "The price of crude oil."),
                                make_article("c", "Crude", "Oil and more."),
                                make_article("d", "News", "Oils, crude."),
                                make_article("e", "Crude oil", "So it was with crude oil.")};
  articles[2].tags = {"crude", "oil"};
  articles[4].origin(Metadata::title) = Origin::derived;
  return articles;
}

using Docids = std::vector<Xapian::docid>;

TEST(PhraseFilter, CanLeadTheWay) {
  const TinyIndex index(five_articles(), Positions::none);
  const IndexLanguages languages(index.database(), "auto");
  ArticleCodec codec({});
  const auto articles = std::make_shared<StoredArticles>(index.database(), codec);
  const Xapian::Query everywhere =
      text_filter(phrase_test({{{"crude", "oil"}}, {}}, languages), articles);
  const Xapian::Query title =
      text_filter(phrase_test({{{"crude", "oil"}}, FieldId::title}, languages), articles);
  EXPECT_EQ(found_by(index.database(), everywhere), (Docids{1, 2, 5}));
  EXPECT_EQ(found_by(index.database(), everywhere), (Docids{1, 2, 5}));  // a query is asked twice
  EXPECT_EQ(found_by(index.database(), title), (Docids{1, 5}));
  EXPECT_EQ(found_by(index.database(), everywhere & title), (Docids{1, 5}));
  EXPECT_EQ(found_by(index.database(), Xapian::Query::MatchAll & ~everywhere), (Docids{3, 4}));
  EXPECT_EQ(found_by(index.database(), Xapian::Query("more") | title), (Docids{3, 1, 5}));
}

TEST(PhraseFilter, IsAskedOfWhatHasTheWordsOnly) {
  std::vector<Article> articles = five_articles();
  articles.push_back(make_article("f", "Damaged", "Nothing."));
  TinyIndex index(articles, Positions::none);
  index.damage("f");
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "\"crude oil\"";
  EXPECT_EQ(searcher.search(request).total.value, 3U);
}

TEST(PhraseFilter, SaysThatAnArticleIsDamaged) {
  TinyIndex index(five_articles(), Positions::none);
  index.damage("b");
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "\"crude oil\"";
  try {
    searcher.search(request);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::damaged);
  }
  request.text = "\"crude vienna\" OR opec";
  EXPECT_THROW(searcher.search(request), Error);  // and the next question is answered again
  request.text = "opec";
  EXPECT_EQ(searcher.search(request).total.value, 1U);
}

TEST(PhraseFilter, FollowsTheIndexToItsNewestRevision) {
  TinyIndex index(five_articles(), Positions::none);
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "\"crude oil\"";
  for (std::uint64_t round = 0; round < 5; ++round) {
    EXPECT_EQ(searcher.search(request).total.value, 3 + round);
    index.add(make_article(fmt::format("n{}", round), "Crude oil", "Again."));
    index.add(make_article("d", "News", fmt::format("Changed {} times.", round)));
    index.commit();
  }
}

TEST(WrittenWords, CostWhatReadingEachArticleOnceCosts) {
  const TinyIndex index(five_articles());
  const IndexLanguages languages(index.database(), "auto");
  ArticleCodec codec({});
  const auto articles = std::make_shared<StoredArticles>(index.database(), codec, 5);
  const auto words = std::make_shared<WrittenWords>(languages, articles);
  const Xapian::Query oil = written_filter(words, words->add({{{{{{}, {"oil"}}}}}, {}}));
  const Xapian::Query oils = written_filter(words, words->add({{{{{{}, {"oils"}}}}}, {}}));
  EXPECT_EQ(found_by(index.database(), oil), (Docids{1, 2, 3, 5}));
  EXPECT_EQ(found_by(index.database(), oils), (Docids{4}));
}

TEST(TextFilter, ReadsNoMoreThanItMay) {
  const TinyIndex index(five_articles());
  const IndexLanguages languages(index.database(), "auto");
  ArticleCodec codec({});
  const auto found_with = [&](std::size_t most) {
    const auto articles = std::make_shared<StoredArticles>(index.database(), codec, most);
    const TextTest test = phrase_test({{{"crude", "oil"}}, {}}, languages);
    return found_by(index.database(), text_filter(test, articles, 2));
  };
  EXPECT_EQ(found_with(10), (Docids{1, 2, 5}));
  EXPECT_THROW(found_with(9), Error);
}

}  // namespace
}  // namespace lede
