#include "indexer/document.hpp"

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/index_terms.hpp"
#include "corpus/stored_article.hpp"

namespace lede {
namespace {

Article sample_article() {
  Article article;
  article.id = "a1";
  article.path = "/news/a.txt";
  article.url = "https://www.coast.example/pilots";
  article.title = "Harbour pilots strike";
  article.lede = "Ships wait outside.";
  article.body = "The pilots stopped work. Rates rose.";
  article.authors = {"Anna Vell", "Tom Rask"};
  article.tags = {"ports"};
  article.source = "Coastal Wire";
  article.language = "en";
  article.date = parse_date("2025-08-29");
  return article;
}

Xapian::Document document_of(const Article& article, const IndexSettings& settings = {}) {
  Analyzers analyzers(settings.language);
  ArticleCodec codec(settings.dictionary);
  return make_document(article, settings, analyzers, codec);
}

Xapian::TermIterator find_term(const Xapian::Document& document, const std::string& term) {
  Xapian::TermIterator found = document.termlist_begin();
  found.skip_to(term);
  return found;
}

bool has_term(const Xapian::Document& document, const std::string& term) {
  const auto found = find_term(document, term);
  return found != document.termlist_end() && *found == term;
}

Xapian::termcount wdf_of(const Xapian::Document& document, const std::string& term) {
  return has_term(document, term) ? find_term(document, term).get_wdf() : 0;
}

std::size_t matches(const Xapian::Document& document, const std::vector<std::string>& phrase) {
  Xapian::WritableDatabase index("", Xapian::DB_BACKEND_INMEMORY);
  index.add_document(document);
  Xapian::Enquire enquire(index);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_PHRASE, phrase.begin(), phrase.end(), 10));
  return enquire.get_mset(0, 10).size();
}

TEST(MakeDocument, FindsBareWordsInEveryBareField) {
  const auto document = document_of(sample_article());
  for (const auto* term : {"harbour", "ship", "stop", "anna", "port"})
    EXPECT_TRUE(has_term(document, term)) << term;
  EXPECT_FALSE(has_term(document, "coastal"));
  EXPECT_TRUE(has_term(document, "XScoastal"));
}

TEST(MakeDocument, HasTheSameTermsWithoutPositions) {
  IndexSettings settings;
  settings.positions = Positions::none;
  const auto with = document_of(sample_article());
  const auto without = document_of(sample_article(), settings);
  ASSERT_EQ(with.termlist_count(), without.termlist_count());
  auto expected = with.termlist_begin();
  for (auto term = without.termlist_begin(); term != without.termlist_end(); ++term, ++expected) {
    EXPECT_EQ(*term, *expected);
    EXPECT_EQ(term.get_wdf(), expected.get_wdf()) << *term;
    EXPECT_EQ(term.positionlist_count(), 0U) << *term;
  }
}

TEST(MakeDocument, WeighsTitleWordsThreefold) {
  const auto document = document_of(sample_article());
  EXPECT_EQ(wdf_of(document, "strike"), 3U);
  EXPECT_EQ(wdf_of(document, "ship"), 1U);
  EXPECT_EQ(wdf_of(document, "pilot"), 4U);
}

TEST(MakeDocument, FollowsTheWeightsOfTheIndex) {
  IndexSettings settings;
  settings.weights[static_cast<std::size_t>(FieldId::title)] = 10;
  EXPECT_EQ(wdf_of(document_of(sample_article(), settings), "strike"), 10U);
}

TEST(MakeDocument, GivesStopWordsAPositionAndNoWeight) {
  const auto document = document_of(sample_article());
  EXPECT_EQ(wdf_of(document, "the"), 0U);
  EXPECT_EQ(matches(document, {"the", "pilot"}), 1U);
}

TEST(MakeDocument, AddsNothingToTheLengthForTheFieldsOwnTerms) {
  const auto document = document_of(sample_article());
  EXPECT_TRUE(has_term(document, "Sstrike"));
  EXPECT_EQ(wdf_of(document, "Sstrike"), 0U);
  EXPECT_EQ(wdf_of(document, "Qa1"), 0U);
}

TEST(MakeDocument, KeepsPhrasesInsideOneField) {
  const auto document = document_of(sample_article());
  EXPECT_EQ(matches(document, {"harbour", "pilot"}), 1U);
  EXPECT_EQ(matches(document, {"strike", "ship"}), 0U);
  EXPECT_EQ(matches(document, {"outsid", "the"}), 0U);
}

TEST(MakeDocument, KeepsPhrasesInsideOneAuthor) {
  const auto document = document_of(sample_article());
  EXPECT_EQ(matches(document, {"anna", "vell"}), 1U);
  EXPECT_EQ(matches(document, {"vell", "tom"}), 0U);
}

TEST(MakeDocument, LeavesTheWeightOfADerivedTitleToTheBody) {
  Article article = sample_article();
  article.title = "The pilots stopped work";
  article.origin(Metadata::title) = Origin::derived;
  const auto document = document_of(article);
  EXPECT_EQ(wdf_of(document, "stop"), 1U);
  EXPECT_TRUE(has_term(document, "Sstop"));
}

TEST(MakeDocument, HasATermForEachExactValue) {
  const auto document = document_of(sample_article());
  for (const auto* term : {"Qa1", "Uhttps://www.coast.example/pilots", "Hcoast.example", "Len",
                           "P/news/a.txt", "P/news", "Y2025", "M202508", "D20250829"})
    EXPECT_TRUE(has_term(document, term)) << term;
}

TEST(MakeDocument, HasNoDateTermsForAnUndatedArticle) {
  Article article = sample_article();
  article.date.reset();
  EXPECT_FALSE(has_term(document_of(article), "Y2025"));
  EXPECT_EQ(document_of(article).get_value(static_cast<Xapian::valueno>(Slot::date)), "");
}

Article article_in(const std::string& language, const std::string& body) {
  Article article;
  article.id = "a1";
  article.body = body;
  article.language = language;
  return article;
}

TEST(MakeDocument, StemsByTheLanguageOfTheArticle) {
  const auto german = document_of(article_in("de", "Die alten Häuser"));
  for (const auto* term : {"dieDE", "altDE", "hausDE", "Lde"}) EXPECT_TRUE(has_term(german, term));
  EXPECT_EQ(wdf_of(german, "dieDE"), 0U);
  EXPECT_EQ(wdf_of(document_of(article_in("en", "They die")), "die"), 1U);
}

TEST(MakeDocument, SaysSoWhereNobodyKnowsTheLanguage) {
  EXPECT_TRUE(has_term(document_of(article_in("", "Rates")), "Lund"));
  EXPECT_TRUE(has_term(document_of(article_in("", "Rates")), "rate"));
}

TEST(MakeDocument, FindsAWordWithoutItsAccentsWhereItStands) {
  IndexSettings spanish;
  spanish.language = "spanish";
  const auto document = document_of(article_in("es", "la comunicación perdida"), spanish);
  EXPECT_EQ(matches(document, {"la", "comun", "perd"}), 1U);
  EXPECT_EQ(matches(document, {"la", "comunicacion", "perd"}), 1U);
}

TEST(MakeDocument, HasTheCharactersAndThePairsOfAScriptWithoutSpaces) {
  Article article = article_in("ja", "東京都、水");
  article.title = "東京";
  const auto document = document_of(article);
  EXPECT_EQ(matches(document, {"東", "京", "都"}), 1U);
  EXPECT_EQ(wdf_of(document, "京都"), 1U);
  EXPECT_EQ(wdf_of(document, "東京"), 4U);
  EXPECT_TRUE(has_term(document, "S東京"));
  EXPECT_FALSE(has_term(document, "都水"));
}

TEST(MakeDocument, StoresTheArticle) {
  EXPECT_EQ(ArticleCodec({}).article_of(document_of(sample_article()).get_data()),
            sample_article());
}

TEST(Fingerprint, IsTheSameForTheSameBytesOnly) {
  EXPECT_EQ(fingerprint_of("abc"), fingerprint_of("abc"));
  EXPECT_NE(fingerprint_of("abc"), fingerprint_of("abd"));
  EXPECT_EQ(fingerprint_of("").size(), 16U);
}

TEST(SlotValues, HaveTheSourceAsItStandsUnlessItIsVeryLong) {
  Article article = sample_article();
  const auto source_in = [&]() -> std::string {
    for (const auto& [slot, value] : slot_values(article, "", {}))
      if (slot == Slot::source) return value;
    return "none";
  };
  article.source = "Coastal Wire & Sons";
  EXPECT_EQ(source_in(), "Coastal Wire & Sons");
  article.source = std::string(100'000, 's');
  EXPECT_LT(source_in().size(), 200U);
  article.source.clear();
  EXPECT_EQ(source_in(), "none");
}

}  // namespace
}  // namespace lede
