#include "indexer/bulk/bulk_build.hpp"

#include <filesystem>
#include <random>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "corpus/lexicon.hpp"
#include "indexer/bulk/deflater.hpp"
#include "indexer/document.hpp"
#include "tests/unit/indexer/glass/glass_database.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

/// Words of a small vocabulary, so that terms meet, and some that come once.
std::string random_prose(std::mt19937& random, std::size_t words) {
  static const std::vector<std::string> kWords{
      "the",    "harbour", "pilots", "rates",  "strike", "of",     "Élection", "élections",
      "Kyiv's", "3.5",     "oil",    "東京都", "und",    "Straße", "running",  "ran"};
  std::string text;
  for (std::size_t at = 0; at < words; ++at) {
    text += random() % 9 == 0 ? "w" + std::to_string(random() % 5000)
                              : kWords[random() % kWords.size()];
    text += random() % 12 == 0 ? ". " : " ";
  }
  return text;
}

Article random_article(std::mt19937& random, std::size_t number) {
  Article article;
  article.id = "id" + std::to_string(number);
  article.path = "/news/" + std::to_string(number % 7) + ".jsonl";
  article.member = "#" + std::to_string(number);
  article.title = random_prose(random, random() % 8);
  article.body = random_prose(random, random() % (random() % 20 == 0 ? 3000 : 120));
  if (random() % 3 == 0) article.lede = random_prose(random, 12);
  if (random() % 2 == 0) article.authors = {"Anna Vell", "Tom Rask"};
  if (random() % 2 == 0) article.tags = {"ports", random_prose(random, 2)};
  if (random() % 2 == 0) article.url = "https://www.coast.example/" + article.id;
  if (random() % 3 != 0) article.date = parse_date("2025-08-" + std::to_string(10 + number % 20));
  article.language = random() % 4 == 0 ? "de" : random() % 5 == 0 ? "" : "en";
  article.source = "Coastal Wire";
  return article;
}

void build_in_bulk(const std::vector<Article>& articles, const std::string& folder,
                   const IndexSettings& settings, const BulkLimits& limits) {
  std::filesystem::create_directories(folder);
  BulkBuild build(folder, settings, limits);
  for (const Article& article : articles) build.add(article);
  build.finish();
}

/// Under the settings of an index that was made in bulk, which has learned its dictionary.
void build_by_xapian(const std::vector<Article>& articles, const std::string& folder,
                     const std::string& twin) {
  const IndexSettings settings = read_settings(Xapian::Database(twin), twin);
  Xapian::WritableDatabase index(folder, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
  write_settings(index, settings);
  LearnedWords words;
  Analyzers analyzers(settings.language, Analyzer::kUsualMemo, &words);
  ArticleCodec codec(settings.dictionary);
  for (const Article& article : articles)
    index.add_document(make_document(article, settings, analyzers, codec));
  for (const auto& [name, value] : lexicon_of(words.take())) index.set_metadata(name, value);
  index.commit();
}

void expect_twins(const std::vector<Article>& articles, const BulkLimits& limits,
                  const IndexSettings& settings = {}) {
  const TemporaryFolder folder;
  build_in_bulk(articles, folder.path("ours"), settings, limits);
  build_by_xapian(articles, folder.path("theirs"), folder.path("ours"));
  ASSERT_EQ(glass::contents(folder.path("ours")), glass::contents(folder.path("theirs")));
  ASSERT_EQ(Xapian::Database::check(folder.path("ours")), 0U);
}

TEST(BulkBuild, MakesTheIndexThatXapianMakes) {
  std::mt19937 random(3);
  for (const std::size_t count : {1U, 2U, 40U, 700U}) {
    std::vector<Article> articles;
    for (std::size_t at = 0; at < count; ++at) articles.push_back(random_article(random, at));
    // An article a run, all of them in the temporary file; several runs; one.
    for (const std::size_t memory : {std::size_t{1}, std::size_t{2} << 20, std::size_t{256} << 20})
      expect_twins(articles, {2, memory});
  }
}

TEST(BulkBuild, MakesTheSameWithoutPositions) {
  IndexSettings settings;
  settings.positions = Positions::none;
  std::mt19937 random(4);
  std::vector<Article> articles;
  for (std::size_t at = 0; at < 100; ++at) articles.push_back(random_article(random, at));
  expect_twins(articles, {2, std::size_t{2} << 20}, settings);
  const TemporaryFolder folder;
  build_in_bulk(articles, folder.path("ours"), settings, {});
  EXPECT_FALSE(Xapian::Database(folder.path("ours")).has_positions());
  EXPECT_FALSE(std::filesystem::exists(folder.path("ours/position.glass")));
}

TEST(BulkBuild, MakesAnEmptyIndex) {
  const TemporaryFolder folder;
  build_in_bulk({}, folder.path("ours"), {}, {});
  EXPECT_EQ(Xapian::Database(folder.path("ours")).get_doccount(), 0U);
  EXPECT_EQ(Xapian::Database::check(folder.path("ours")), 0U);
}

TEST(BulkBuild, LeavesNoDatabaseWhereItWasNotFinished) {
  const TemporaryFolder folder;
  {
    BulkBuild build(folder.path(), {}, {2, 100});
    std::mt19937 random(1);
    for (std::size_t at = 0; at < 50; ++at) build.add(random_article(random, at));
  }
  EXPECT_THROW(Xapian::Database(folder.path()), Xapian::Error);
}

TEST(BulkBuild, SaysThatItCannotWrite) {
  EXPECT_THROW(BulkBuild("/nowhere/to/be/found", {}, {}), Error);
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path("docdata.glass"));
  BulkBuild build(folder.path(), {}, {2, 1});  // whose workers cannot write
  std::mt19937 random(1);
  const auto build_all = [&] {
    for (std::size_t at = 0; at < 9; ++at) build.add(random_article(random, at));
    build.finish();
  };
  EXPECT_THROW(build_all(), Error);
}

TEST(Deflater, MakesTagsThatXapianReads) {
  const TemporaryFolder folder;
  glass::TestDatabase database;
  std::uint32_t docid = 0;
  for (std::size_t size = 8000; size < 9000; size += 1 + size / 40 % 3)
    database.documents[++docid].data = std::string(size, 'a');
  for (const std::size_t size : {1U, 18U, 19U, 100U, 8192U, 8193U, 70'000U})
    database.documents[++docid].data = std::string(size, 'b') + "c";
  std::mt19937 random(8);
  for (std::size_t at = 0; at < 300; ++at)  // enough to make a code of
    database.documents[++docid].data = random_prose(random, 150 + random() % 100);
  for (const std::size_t words : {1500U, 3000U, 20'000U})
    database.documents[++docid].data = random_prose(random, words);
  Deflater deflater;
  glass::TestWriter writer(database, folder.path("d"), 8192);
  writer.deflate = [&](std::string_view tag) { return deflater.deflate(tag); };
  writer.write();
  const Xapian::Database written(folder.path("d"));
  for (const auto& [each, document] : database.documents)
    EXPECT_EQ(written.get_document(each).get_data(), document.data) << document.data.size();
}

}  // namespace
}  // namespace lede
