#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>
#include <xapian.h>

#include "corpus/article_codec.hpp"
#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/stored_article.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/check_articles.hpp"
#include "indexer/check_tables.hpp"
#include "indexer/in_child.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

constexpr ChildTime kTime{std::chrono::seconds(20), std::chrono::seconds(60)};

Article made_article(unsigned number) {
  Article article;
  article.id = "article " + std::to_string(number);
  article.path = "/news/" + std::to_string(number);
  article.title = "Number " + std::to_string(number);
  for (unsigned word = 0; word < 60 + number % 50; ++word)
    article.body += "word" + std::to_string(word * number % 700) + (word % 9 == 0 ? ". " : " ");
  article.date = parse_date("2025-08-" + std::to_string(10 + number % 20));
  return article;
}

constexpr unsigned kArticles = 120;

/// Made once by each engine, and copied for each damage.
void make_index(const std::string& path, Engine engine) {
  WriterOptions options;
  options.engine = engine;
  FileRegistry registry;
  const auto writer = open_writer(path, options, registry, [](const Article&, const Outcome&) {});
  for (unsigned number = 0; number < kArticles; ++number)
    writer->add_or_update(made_article(number));
  writer->commit();
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

enum class Damage { flip, zeros, shorter };

void damage(const fs::path& file, Damage kind, std::mt19937& random) {
  std::string bytes = bytes_of(file);
  const std::size_t at = random() % bytes.size();
  switch (kind) {
    case Damage::flip:
      bytes[at] = static_cast<char>(bytes[at] ^ (1U << random() % 8));
      break;
    case Damage::zeros:
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                  std::min<std::size_t>(bytes.size() - at, 1 + random() % 600), '\0');
      break;
    case Damage::shorter:
      bytes.resize(at);
      break;
  }
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// Are all articles there, with their text? Read in a process that may crash.
bool has_all_texts(const std::string& path) {
  const ChildEnd end = run_in_child(
      [&](int) {
        const Xapian::Database index = open_index(path);
        ArticleCodec codec(read_dictionary(index));
        for (unsigned number = 0; number < kArticles; ++number)
          if (codec.article_of(index.get_document(number + 1).get_data()) != made_article(number))
            throw Error("another text");
      },
      [](std::string_view) {}, kTime);
  return end.kind == ChildEnd::Kind::done;
}

bool is_found_damaged(const std::string& path) {
  const auto folder = hold_index(path, std::chrono::seconds(0));
  folder->keep_others_out();
  return check_articles(*folder).damaged_count > 0 || !check_tables(*folder).empty();
}

TEST(CheckIndex, FindsNothingInAWholeIndex) {
  for (const Engine engine : {Engine::automatic, Engine::api}) {
    const TemporaryFolder folder;
    make_index(folder.path("idx"), engine);
    const auto index = hold_index(folder.path("idx"), std::chrono::seconds(0));
    const ArticlesCheck check = check_articles(*index);
    EXPECT_EQ(check.articles, kArticles);
    EXPECT_EQ(check.damaged_count, 0U) << check.damaged.at(0).problem;
    EXPECT_TRUE(check_tables(*index).empty());
  }
}

TEST(CheckIndex, FindsEveryDamagedTextWhateverHappenedToATable) {
  std::mt19937 random(4);
  const TemporaryFolder folder;
  make_index(folder.path("whole"), Engine::automatic);
  for (const char* table : {"docdata", "termlist", "postlist", "position"}) {
    for (const Damage kind : {Damage::flip, Damage::zeros, Damage::shorter}) {
      for (int round = 0; round < 12; ++round) {
        SCOPED_TRACE(std::string(table) + std::to_string(static_cast<int>(kind)) + "/" +
                     std::to_string(round));
        const std::string path = folder.path("idx");
        fs::remove_all(path);
        fs::copy(folder.path("whole"), path, fs::copy_options::recursive);
        damage(fs::path(path) / "build-1" / (std::string(table) + ".glass"), kind, random);
        const bool is_found = is_found_damaged(path);
        if (!is_found) {
          EXPECT_TRUE(has_all_texts(path));
        }
        if (kind == Damage::shorter) {
          EXPECT_TRUE(is_found);
        }
      }
    }
  }
}

/// Writes to the index behind lede's back.
template <typename Change>
ArticlesCheck check_after(Change&& change) {
  const TemporaryFolder folder;
  make_index(folder.path("idx"), Engine::automatic);
  {
    Xapian::WritableDatabase index(folder.path("idx"));
    change(index);
    index.commit();
  }
  return check_articles(*hold_index(folder.path("idx"), std::chrono::seconds(0)));
}

TEST(CheckArticles, NamesTheArticleWhoseTextIsAnother) {
  const ArticlesCheck check = check_after([](Xapian::WritableDatabase& index) {
    Xapian::Document document = index.get_document(5);
    Article other = made_article(4);
    other.body += "!";
    document.set_data(encode_article(other));
    index.replace_document(5, document);
  });
  ASSERT_EQ(check.damaged_count, 1U);
  EXPECT_EQ(check.damaged[0].docid, 5U);
  EXPECT_EQ(check.damaged[0].id, "article 4");
  EXPECT_EQ(check.articles, kArticles);
}

TEST(CheckArticles, NamesBothArticlesOfOneId) {
  const ArticlesCheck check = check_after(
      [](Xapian::WritableDatabase& index) { index.add_document(index.get_document(5)); });
  EXPECT_EQ(check.damaged_count, 2U);
}

TEST(CheckArticles, FindsAnArticleThatCannotBeDecoded) {
  const ArticlesCheck check = check_after([](Xapian::WritableDatabase& index) {
    Xapian::Document document = index.get_document(7);
    document.set_data("nothing of ours");
    index.replace_document(7, document);
  });
  ASSERT_EQ(check.damaged_count, 1U);
  EXPECT_EQ(check.damaged[0].id, "article 6");
}

TEST(CheckArticles, FindsAnotherDateAndSettingsThatCannotBeRead) {
  const ArticlesCheck check = check_after([](Xapian::WritableDatabase& index) {
    Xapian::Document document = index.get_document(9);
    document.add_value(0, "x");
    index.replace_document(9, document);
    index.set_metadata("lede.weights", "title=heavy");
  });
  EXPECT_EQ(check.damaged_count, 2U);
}

TEST(CheckArticles, FindsALexiconThatCannotBeRead) {
  const ArticlesCheck check = check_after(
      [](Xapian::WritableDatabase& index) { index.set_metadata("lede.words.", "none"); });
  ASSERT_EQ(check.damaged_count, 1U);
  EXPECT_EQ(check.damaged[0].problem, "the list of words in the index cannot be read");
}

TEST(CheckArticles, TakesDeletedArticlesForNothing) {
  const ArticlesCheck check =
      check_after([](Xapian::WritableDatabase& index) { index.delete_document(3); });
  EXPECT_EQ(check.articles, kArticles - 1);
  EXPECT_EQ(check.damaged_count, 0U);
}

TEST(RunInChild, TellsHowItEnded) {
  std::string output;
  const auto take = [&](std::string_view bytes) { output += bytes; };
  const auto end_of = [&](const std::function<void(int)>& work, const ChildTime& time = kTime) {
    return run_in_child(work, take, time);
  };
  EXPECT_EQ(end_of([](int out) { write_to(out, "said"); }).kind, ChildEnd::Kind::done);
  EXPECT_EQ(output, "said");
  EXPECT_EQ(end_of([](int) { throw Error("no"); }).kind, ChildEnd::Kind::failed);
  EXPECT_EQ(end_of([](int) { std::raise(SIGKILL); }).kind, ChildEnd::Kind::signalled);
  const ChildTime brief{std::chrono::seconds(1), std::chrono::seconds(9)};
  EXPECT_EQ(end_of(
                [](int) {
                  for (;;) pause();
                },
                brief)
                .kind,
            ChildEnd::Kind::too_slow);
}

}  // namespace
}  // namespace lede
