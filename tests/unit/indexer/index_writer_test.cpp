#include "indexer/index_writer.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/article_codec.hpp"
#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/lexicon.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

constexpr std::chrono::seconds kNoWait{0};

Article article(const std::string& id, const std::string& body) {
  Article made;
  made.id = id;
  made.path = "/" + id;
  made.body = body;
  return made;
}

/// A writer that returns what it tells.
class TestWriter {
 public:
  TestWriter(const std::string& path, const WantedSettings& wanted, Engine engine,
             bool is_rebuild = false)
      : writer_(lede::open_writer(
            path, {wanted, kNoWait, engine, 2, kUsualMemory, is_rebuild, false, {}}, *registry_,
            [this](const Article&, const Outcome& outcome) { outcomes_.push_back(outcome); })) {}
  TestWriter(const TestWriter&) = delete;
  TestWriter& operator=(const TestWriter&) = delete;

  Outcome add_or_update(const Article& article) {
    writer_->add_or_update(article);
    return outcomes_.empty() ? Outcome() : outcomes_.back();
  }
  void start_pass(std::uint8_t pass) { writer_->start_pass(pass, {}); }
  bool remove(const std::string& id) { return writer_->remove(id); }
  void commit() { writer_->commit(); }
  std::uint64_t article_count() const { return writer_->article_count(); }
  const std::vector<Outcome>& outcomes() const { return outcomes_; }

 private:
  std::unique_ptr<FileRegistry> registry_ = std::make_unique<FileRegistry>();
  std::vector<Outcome> outcomes_;
  std::unique_ptr<ArticleWriter> writer_;
};

TestWriter open_writer(const std::string& path, const WantedSettings& wanted = {},
                       Engine engine = Engine::api) {
  return {path, wanted, engine};
}

std::optional<ExitStatus> refusal(const std::string& path, const WantedSettings& wanted = {}) {
  try {
    open_writer(path, wanted);
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty());
    return error.status();
  }
  return std::nullopt;
}

TEST(IndexWriter, AddsThenUpdatesById) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"));
  EXPECT_EQ(writer.add_or_update(article("a", "one")).kind, Outcome::Kind::added);
  EXPECT_EQ(writer.add_or_update(article("b", "two")).kind, Outcome::Kind::added);
  writer.start_pass(2);
  EXPECT_EQ(writer.add_or_update(article("a", "three")).kind, Outcome::Kind::updated);
  EXPECT_EQ(writer.article_count(), 2U);
}

TEST(IndexWriter, LeavesAnUnchangedArticleAlone) {
  const TemporaryFolder folder;
  open_writer(folder.path("idx")).add_or_update(article("a", "one"));
  auto writer = open_writer(folder.path("idx"));
  EXPECT_EQ(writer.add_or_update(article("a", "one")).kind, Outcome::Kind::unchanged);
  const std::uint64_t before = Xapian::Database(folder.path("idx")).get_revision();
  writer.commit();
  EXPECT_EQ(Xapian::Database(folder.path("idx")).get_revision(), before);
}

TEST(IndexWriter, TellsWhichOfTwoArticlesOfOneIdIsKept) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"));
  writer.add_or_update(article("a", "one"));
  Article later = article("a", "two");
  later.path = "/elsewhere";
  Outcome outcome = writer.add_or_update(later);
  EXPECT_EQ(outcome.kind, Outcome::Kind::repeated);
  EXPECT_EQ(outcome.other, "/a");
  EXPECT_FALSE(outcome.is_kept);
  outcome = writer.add_or_update(article("a", "three"));
  EXPECT_EQ(outcome.kind, Outcome::Kind::repeated);
  EXPECT_EQ(outcome.other, "/elsewhere");
  EXPECT_TRUE(outcome.is_kept);
  EXPECT_EQ(open_writer(folder.path("other")).add_or_update(later).other, "");
}

TEST(IndexWriter, DoesNotCallAnUpdateOfAnOlderRunARepetition) {
  const TemporaryFolder folder;
  open_writer(folder.path("idx")).add_or_update(article("a", "one"));
  const Outcome outcome = open_writer(folder.path("idx")).add_or_update(article("a", "two"));
  EXPECT_EQ(outcome.kind, Outcome::Kind::updated);
  EXPECT_EQ(outcome.other, "");
}

TEST(IndexWriter, ShowsReadersWhatWasCommitted) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"));
  writer.add_or_update(article("a", "one"));
  writer.commit();
  const Xapian::Database reader(folder.path("idx"));
  EXPECT_EQ(ArticleCodec({}).article_of(reader.get_document(1).get_data()), article("a", "one"));
}

TEST(IndexWriter, KeepsTheSettingsOfAnIndex) {
  const TemporaryFolder folder;
  WantedSettings german;
  german.language = "german";
  open_writer(folder.path("idx"), german);
  EXPECT_EQ(refusal(folder.path("idx")), std::nullopt);
  EXPECT_EQ(refusal(folder.path("idx"), german), std::nullopt);
  WantedSettings heavy;
  heavy.weights[FieldId::title] = 9;
  EXPECT_EQ(refusal(folder.path("idx"), heavy), ExitStatus::no_index);
  WantedSettings unplaced;
  unplaced.positions = Positions::none;
  EXPECT_EQ(refusal(folder.path("idx"), unplaced), ExitStatus::no_index);
  open_writer(folder.path("other"), unplaced);
  EXPECT_EQ(refusal(folder.path("other")), std::nullopt);
  unplaced.positions = Positions::all;
  EXPECT_EQ(refusal(folder.path("other"), unplaced), ExitStatus::no_index);
}

TEST(IndexWriter, HasItsSettingsBeforeItsFirstArticle) {
  const TemporaryFolder folder;
  const auto writer = open_writer(folder.path("idx"));
  const Xapian::Database reader(folder.path("idx"));
  EXPECT_EQ(read_settings(reader, folder.path("idx")), IndexSettings());
}

TEST(IndexWriter, RefusesAFolderOfOtherFiles) {
  const TemporaryFolder folder;
  folder.write("holiday.jpg", "x");
  EXPECT_EQ(refusal(folder.path()), ExitStatus::no_index);
  EXPECT_FALSE(std::filesystem::exists(folder.path("iamglass")));
}

TEST(IndexWriter, RefusesADatabaseThatLedeDidNotMake) {
  const TemporaryFolder folder;
  Xapian::WritableDatabase(folder.path("idx")).add_document(Xapian::Document());
  EXPECT_EQ(refusal(folder.path("idx")), ExitStatus::no_index);
}

TEST(IndexWriter, MakesTheFoldersAboveANewIndex) {
  const TemporaryFolder folder;
  EXPECT_EQ(refusal(folder.path("a/b/idx")), std::nullopt);
}

TEST(IndexWriter, SaysThatAnotherProcessIsWriting) {
  const TemporaryFolder folder;
  const auto writer = open_writer(folder.path("idx"));
  const pid_t child = fork();
  ASSERT_NE(child, -1);
  if (child == 0) _exit(refusal(folder.path("idx")) == ExitStatus::locked ? 0 : 1);
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(IndexWriter, RemovesAnArticleWithAllItIsFoundBy) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"));
  writer.add_or_update(article("a", "zebra"));
  writer.add_or_update(article("b", "walrus"));
  EXPECT_TRUE(writer.remove("a"));
  EXPECT_FALSE(writer.remove("a"));
  EXPECT_FALSE(writer.remove("never there"));
  writer.commit();
  const Xapian::Database reader(folder.path("idx"));
  EXPECT_EQ(reader.get_doccount(), 1U);
  EXPECT_FALSE(reader.term_exists("zebra"));
  EXPECT_FALSE(reader.term_exists("Qa"));
  EXPECT_TRUE(reader.term_exists("Qb"));
}

TEST(IndexWriter, RemovesAnArticleWhoseIdIsLongerThanATerm) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"));
  writer.add_or_update(article(std::string(5000, 'x'), "one"));
  writer.add_or_update(article(std::string(5001, 'x'), "two"));
  EXPECT_TRUE(writer.remove(std::string(5000, 'x')));
  EXPECT_EQ(writer.article_count(), 1U);
}

TEST(NewIndex, IsThereWithItsFirstCommit) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"), {}, Engine::automatic);
  writer.add_or_update(article("a", "one"));
  EXPECT_THROW(Xapian::Database(folder.path("idx")), Xapian::Error);
  writer.commit();
  EXPECT_EQ(Xapian::Database(folder.path("idx")).get_doccount(), 1U);
  EXPECT_EQ(writer.add_or_update(article("b", "two")).kind, Outcome::Kind::added);
  writer.start_pass(2);
  EXPECT_EQ(writer.add_or_update(article("a", "three")).kind, Outcome::Kind::updated);
  writer.commit();
  EXPECT_EQ(Xapian::Database(folder.path("idx")).get_doccount(), 2U);
}

TEST(NewIndex, TellsOfRepeatedArticlesWhenItIsDone) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"), {}, Engine::automatic);
  writer.add_or_update(article("a", "one"));
  writer.add_or_update(article("a", "one"));
  Article other = article("a", "two");
  writer.add_or_update(other);
  EXPECT_EQ(writer.outcomes().size(), 1U);
  writer.commit();
  ASSERT_EQ(writer.outcomes().size(), 3U);
  EXPECT_EQ(writer.outcomes()[1].kind, Outcome::Kind::unchanged);
  EXPECT_EQ(writer.outcomes()[2].kind, Outcome::Kind::repeated);
  EXPECT_EQ(writer.outcomes()[2].other, "/a");
  const Xapian::Database reader(folder.path("idx"));
  const Xapian::docid docid = *reader.postlist_begin(id_term("a"));
  EXPECT_EQ(ArticleCodec({}).article_of(reader.get_document(docid).get_data()), other);
}

TEST(NewIndex, LeavesNothingWhenItEndsBeforeItsFirstCommit) {
  const TemporaryFolder folder;
  open_writer(folder.path("idx"), {}, Engine::automatic).add_or_update(article("a", "one"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("idx/build-1")));
  auto writer = open_writer(folder.path("idx"), {}, Engine::automatic);
  writer.commit();
  EXPECT_EQ(writer.article_count(), 0U);
}

TEST(Rebuild, TakesThePlaceOfTheOldIndexWithItsFirstCommit) {
  for (const Engine engine : {Engine::automatic, Engine::api}) {
    const TemporaryFolder folder;
    open_writer(folder.path("idx")).add_or_update(article("a", "one"));
    WantedSettings wanted;
    wanted.weights[FieldId::title] = 9;
    TestWriter writer(folder.path("idx"), wanted, engine, true);
    writer.add_or_update(article("b", "two"));
    writer.add_or_update(article("c", "three"));
    EXPECT_EQ(open_index(folder.path("idx")).get_doccount(), 1U);
    writer.commit();
    const Xapian::Database index = open_index(folder.path("idx"));
    EXPECT_EQ(index.get_doccount(), 2U);
    EXPECT_EQ(read_settings(index, {}).weight(FieldId::title), 9U);
    writer.add_or_update(article("d", "four"));
    writer.commit();
    EXPECT_EQ(open_index(folder.path("idx")).get_doccount(), 3U);
  }
}

TEST(Rebuild, LeavesTheOldIndexWhenItEndsBeforeItsFirstCommit) {
  for (const Engine engine : {Engine::automatic, Engine::api}) {
    const TemporaryFolder folder;
    open_writer(folder.path("idx")).add_or_update(article("a", "one"));
    TestWriter(folder.path("idx"), {}, engine, true).add_or_update(article("b", "two"));
    const Xapian::Database index = open_index(folder.path("idx"));
    EXPECT_EQ(ArticleCodec({}).article_of(index.get_document(1).get_data()).id, "a");
    EXPECT_FALSE(std::filesystem::exists(folder.path("idx/build-2")));
  }
}

TEST(NewIndex, LocksOutOtherWriters) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"), {}, Engine::automatic);
  writer.add_or_update(article("a", "one"));
  for (const Engine engine : {Engine::automatic, Engine::api}) {
    try {
      open_writer(folder.path("idx"), {}, engine);
      ADD_FAILURE() << "opened";
    } catch (const Error& error) {
      EXPECT_EQ(error.status(), ExitStatus::locked);
    }
  }
}

std::vector<std::string> lexicon_of_index(const std::string& path) {
  std::vector<std::string> words;
  for (Lexicon lexicon{Xapian::Database(path)}; !lexicon.at_end(); lexicon.next())
    words.emplace_back(lexicon.word());
  return words;
}

/// With words in every field that has any.
Article worded_article() {
  Article made = article("worded", "Running élections in 東京, " + std::string(100, 'x'));
  made.title = "Harbours";
  made.lede = "Lede's";
  made.tags = {"Tagged"};
  made.authors = {"Anna", "Vell"};
  made.source = "Wire";
  made.section = "Sports";
  return made;
}

TEST(Lexicon, HasTheWordsOfAllFieldsUnderBothEngines) {
  const TemporaryFolder folder;
  const std::vector<std::string> words{"anna",   "harbours", "in",   "lede's", "running",
                                       "sports", "tagged",   "vell", "wire",   "élections"};
  for (const Engine engine : {Engine::bulk, Engine::api}) {
    const std::string path = folder.path(engine == Engine::bulk ? "bulk" : "api");
    auto writer = open_writer(path, {}, engine);
    writer.add_or_update(worded_article());
    writer.commit();
    EXPECT_EQ(lexicon_of_index(path), words);
  }
}

TEST(Lexicon, GrowsWithUpdatesAndShrinksWithARebuild) {
  const TemporaryFolder folder;
  const std::string path = folder.path("idx");
  for (const char* body : {"old words", "new words"}) {
    auto writer = open_writer(path, {}, Engine::automatic);
    writer.add_or_update(article("a", body));
    writer.commit();
  }
  EXPECT_EQ(lexicon_of_index(path), (std::vector<std::string>{"new", "old", "words"}));
  TestWriter rebuild(path, {}, Engine::automatic, true);
  rebuild.add_or_update(article("a", "new words"));
  rebuild.commit();
  EXPECT_EQ(lexicon_of_index(path), (std::vector<std::string>{"new", "words"}));
}

TEST(NewIndex, IsAllThatABulkBuildMakes) {
  const TemporaryFolder folder;
  open_writer(folder.path("idx"), {}, Engine::bulk).commit();
  EXPECT_THROW(open_writer(folder.path("idx"), {}, Engine::bulk), Error);
}

TEST(IndexWriter, TakesAnIdOfAnyLengthAndBytes) {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.path("idx"));
  for (const std::size_t length : {1, 200, 245, 5000}) {
    for (const char filler : {'x', '\0', '\xFF'})
      EXPECT_EQ(writer.add_or_update(article(std::string(length, filler), "text")).kind,
                Outcome::Kind::added);
  }
  EXPECT_NO_THROW(writer.commit());
  EXPECT_EQ(writer.article_count(), 12U);
}

}  // namespace
}  // namespace lede
