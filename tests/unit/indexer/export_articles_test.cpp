#include "indexer/export_articles.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "console/article_json.hpp"
#include "corpus/readers/read_articles.hpp"
#include "corpus/unicode.hpp"
#include "indexer/article_writer.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

/// Bytes that quoting, cleaning, mending and tidying could trip over.
std::string random_bytes(std::mt19937& random) {
  static const std::vector<std::string> kPieces{
      "word",    " ",       "  ",   "\n",       "\n\n\n",       " \n",      "\t",      "\"",
      "\\",      "\\u0041", "{",    "<b>x</b>", "&amp;",        "é",        "e\u0301", "\u0301",
      "Ã©",      "â€œ",     "東京", "مرحبا",    "🙂",         "👩\u200D🚀", "\u2028",  "\u202E",
      "\x1b[0m", "\x01",    "\xFF", "\xC3",     "\uFEFF",       "\u00A0",   "\u00AD",  "\uFFFF",
      "/",       "#1",      "U.S.", "null",     "\u1E9B\u0323", "Å",        "\u212B",  "ﬁ"};
  std::string bytes;
  for (std::size_t count = random() % 12; count > 0; --count)
    bytes += random() % 20 == 0 ? std::string(1, '\0') : kPieces[random() % kPieces.size()];
  return bytes;
}

std::string random_text(std::mt19937& random) {
  return clean_text(random_bytes(random));
}

std::vector<std::string> random_texts(std::mt19937& random) {
  std::vector<std::string> texts(random() % 4);
  for (std::string& text : texts) text = random_text(random);
  return texts;
}

std::optional<Date> random_date(std::mt19937& random) {
  if (random() % 4 == 0) return std::nullopt;
  std::uniform_int_distribution<std::int64_t> seconds(-30'610'000'000, 253'402'000'000);
  return Date{seconds(random), static_cast<DatePrecision>(random() % 4),
              static_cast<std::int16_t>(static_cast<int>(random() % 2879) - 1439),
              random() % 2 == 0};
}

/// An article as an index may hold it: text is clean, names of files are any bytes.
Article random_article(std::mt19937& random, std::size_t number) {
  static const std::vector<std::string> kLanguages{"", "en", "de", "zh", "no", "tl"};
  Article article;
  article.id = random_bytes(random) + std::to_string(number);
  if (random() % 10 == 0) article.id = std::string(300, 'x') + article.id;
  article.path = "/" + random_bytes(random);
  article.member = random_bytes(random);
  article.url = random_text(random);
  article.title = "T" + random_text(random);
  article.lede = random_text(random);
  article.body = random_text(random);
  article.authors = random_texts(random);
  article.source = random_text(random);
  article.section = random_text(random);
  article.tags = random_texts(random);
  article.language = kLanguages[random() % kLanguages.size()];
  article.date = random_date(random);
  article.modified = random_date(random);
  article.format = random_text(random);
  const auto give_origin = [&](Metadata metadata, bool has_value) {
    if (has_value) article.origin(metadata) = static_cast<Origin>(random() % kOriginCount);
  };
  give_origin(Metadata::id, true);
  give_origin(Metadata::url, !article.url.empty());
  give_origin(Metadata::title, true);
  give_origin(Metadata::lede, !article.lede.empty());
  give_origin(Metadata::authors, !article.authors.empty());
  give_origin(Metadata::source, !article.source.empty());
  give_origin(Metadata::section, !article.section.empty());
  give_origin(Metadata::tags, !article.tags.empty());
  give_origin(Metadata::language, !article.language.empty());
  give_origin(Metadata::date, article.date.has_value());
  give_origin(Metadata::modified, article.modified.has_value());
  return article;
}

void index_articles(const std::vector<Article>& articles, const std::string& index, Engine engine) {
  FileRegistry registry;
  const auto writer = open_writer(index, {{}, {}, engine, 2, kUsualMemory, false, false, {}},
                                  registry, [](const Article&, const Outcome&) {});
  for (const Article& article : articles) writer->add_or_update(article);
  writer->commit();
}

std::vector<Article> read_export(const std::string& file) {
  std::vector<Article> articles;
  read_articles(file, {}, [&](ReadResult result) {
    if (const auto* skipped = std::get_if<Skipped>(&result))
      ADD_FAILURE() << skipped->record << ": " << skipped->reason;
    else
      articles.push_back(std::get<Article>(std::move(result)));
    return true;
  });
  return articles;
}

std::string export_of(const std::string& index) {
  std::string lines;
  for_each_by_id(Xapian::Database(index),
                 [&](const Article& article) { lines += export_json(article) + '\n'; });
  return lines;
}

TEST(Export, OfAnIndexThatAnExportMadeIsTheSame) {
  for (const Engine engine : {Engine::bulk, Engine::api}) {
    for (unsigned seed = 0; seed < 20; ++seed) {
      SCOPED_TRACE(seed);
      std::mt19937 random(seed);
      std::vector<Article> articles;
      for (std::size_t at = 0; at < 1 + seed * 2; ++at)
        articles.push_back(random_article(random, at));
      const TemporaryFolder folder;
      index_articles(articles, folder.path("first"), engine);
      const std::string exported = export_of(folder.path("first"));
      index_articles(read_export(folder.write("export.jsonl", exported)), folder.path("second"),
                     engine);
      ASSERT_EQ(export_of(folder.path("second")), exported);
    }
  }
}

TEST(Export, LosesNothingOfAnArticle) {
  std::mt19937 random(7);
  std::map<std::string, Article> articles;
  std::string lines;
  for (std::size_t at = 0; at < 500; ++at) {
    Article article = random_article(random, at);
    lines += export_json(article) + '\n';
    articles.emplace(article.id, std::move(article));
  }
  const TemporaryFolder folder;
  const std::string file = folder.write("export.jsonl", lines);
  const std::vector<Article> read = read_export(file);
  EXPECT_EQ(read.size(), articles.size());
  for (Article article : read) {
    ASSERT_EQ(article.container, file);
    article.container.clear();
    ASSERT_TRUE(article.warnings.empty()) << article.warnings.front();
    ASSERT_EQ(article, articles.at(article.id));
  }
}

TEST(Export, HasTheSameOrderWhateverOrderTheArticlesCameIn) {
  std::mt19937 random(3);
  std::vector<Article> articles;
  for (std::size_t at = 0; at < 40; ++at) articles.push_back(random_article(random, at));
  const TemporaryFolder folder;
  index_articles(articles, folder.path("first"), Engine::bulk);
  std::ranges::reverse(articles);
  index_articles(articles, folder.path("second"), Engine::api);
  EXPECT_EQ(export_of(folder.path("first")), export_of(folder.path("second")));
}

TEST(Export, IsFoundByItsFileAndByTheFilesItTellsOf) {
  Article article;
  article.id = "a";
  article.path = "/old/a.txt";
  article.container = "/new/export.jsonl";
  article.body = "text";
  const TemporaryFolder folder;
  for (const Engine engine : {Engine::bulk, Engine::api}) {
    const std::string index = folder.path(engine == Engine::bulk ? "bulk" : "api");
    index_articles({article}, index, engine);
    const Xapian::Database reader(index);
    for (const auto* term : {"P/old/a.txt", "P/old", "P/new/export.jsonl", "P/new"})
      EXPECT_TRUE(reader.term_exists(term)) << term;
  }
}

}  // namespace
}  // namespace lede
