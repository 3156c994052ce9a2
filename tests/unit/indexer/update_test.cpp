#include "indexer/update.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/article_codec.hpp"
#include "corpus/index_files.hpp"
#include "corpus/lexicon.hpp"
#include "corpus/settings.hpp"
#include "corpus/words.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/file_registry.hpp"
#include "indexer/last_run.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

using Articles = std::map<std::string, Article>;

IndexOptions options_for(const std::string& index, const std::vector<std::string>& paths,
                         Engine engine = Engine::automatic) {
  IndexOptions options;
  options.index_path = index;
  options.paths = paths;
  options.engine = engine;
  options.jobs = 1;
  return options;
}

/// Runs an update that keeps what it says.
struct UpdateRun {
  std::vector<std::string> said;
  std::uint64_t stop_after = ~0ULL;  // questions

  Report operator()(const IndexOptions& options) {
    UpdateVoice voice;
    voice.say = [this](const std::string& message) { said.push_back(message); };
    voice.show = [](const ProgressState&) {};
    voice.is_stopped = [this, asked = std::uint64_t{0}]() mutable { return ++asked > stop_after; };
    return update_index(options, voice);
  }
};

Report update(const IndexOptions& options) {
  return UpdateRun()(options);
}

Articles articles_of(const std::string& path) {
  const Xapian::Database index(path);
  ArticleCodec codec(read_dictionary(index));
  Articles articles;
  for (auto docid = index.postlist_begin(""); docid != index.postlist_end(""); ++docid) {
    Article article = codec.article_of(index.get_document(*docid).get_data());
    std::string id = article.id;
    articles.emplace(std::move(id), std::move(article));
  }
  EXPECT_EQ(articles.size(), index.get_doccount());
  return articles;
}

std::uint64_t revision_of(const std::string& path) {
  return Xapian::Database(path).get_revision();
}

/// A folder of files that change at random: texts, known by their paths, and files of many records,
/// whose few ids come again and again.
class RandomFiles {
 public:
  RandomFiles(const TemporaryFolder& folder, unsigned seed) : folder_(folder), random_(seed) {
    folder_.write("news/keep.txt", "A file that stays\n\nThe path is never empty.\n");
  }

  void change() {
    switch (random_() % 9) {
      case 0:
      case 1:
        return write(new_name());
      case 2:
        return write(some_file());
      case 3:
        return append(some_file());
      case 4:
        return truncate(some_file());
      case 5:
        return remove(some_file());
      case 6:
        return move(some_file(), new_name());
      case 7:
        return swap(some_file(), some_file());
      default:
        return move_record(some_file(), some_file());
    }
  }

 private:
  std::string new_name() {
    const std::string place = "news/" + std::to_string(random_() % 2) + "/";
    return place + std::to_string(random_() % 12) + (random_() % 3 == 0 ? ".txt" : ".jsonl");
  }

  std::string some_file() {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path("news")))
      if (entry.is_regular_file() && entry.path().filename() != "keep.txt")
        names.push_back(fs::relative(entry.path(), folder_.path()).string());
    if (names.empty()) return new_name();
    std::ranges::sort(names);
    return names[random_() % names.size()];
  }

  std::string record() {
    std::string record = R"({"text":"word)" + std::to_string(random_() % 30) + R"( and more")";
    if (random_() % 5 != 0) record += R"(,"id":"x)" + std::to_string(random_() % 15) + '"';
    if (random_() % 3 == 0)
      record += R"(,"date":"2025-08-0)" + std::to_string(1 + random_() % 5) + '"';
    if (random_() % 6 == 0)
      record += R"(,"modified":"2025-09-0)" + std::to_string(1 + random_() % 5) + '"';
    return record + "}\n";
  }

  std::string content(const std::string& name) {
    if (name.ends_with(".txt")) return "A title\n\nText " + std::to_string(random_() % 50) + ".\n";
    std::string content;
    for (auto records = random_() % 6; records > 0; --records)
      content += random_() % 12 == 0 ? "{\"text\": broken\n" : record();
    return content;
  }

  void write(const std::string& name) { folder_.write(name, content(name)); }

  void append(const std::string& name) {
    if (name.ends_with(".jsonl") && fs::exists(folder_.path(name)))
      std::ofstream(folder_.path(name), std::ios::app | std::ios::binary) << record();
  }

  void truncate(const std::string& name) {
    std::error_code error;
    const auto size = fs::file_size(folder_.path(name), error);
    if (!error) fs::resize_file(folder_.path(name), size - size / 3);
  }

  void remove(const std::string& name) { fs::remove(folder_.path(name)); }

  void move(const std::string& from, const std::string& to) {
    fs::create_directories(fs::path(folder_.path(to)).parent_path());
    if (fs::exists(folder_.path(from))) fs::rename(folder_.path(from), folder_.path(to));
  }

  void swap(const std::string& one, const std::string& other) {
    if (fs::path(one).extension() != fs::path(other).extension()) return;
    move(one, "aside");
    move(other, one);
    move("aside", other);
  }

  /// The last line of a file goes to the end of another.
  void move_record(const std::string& from, const std::string& to) {
    if (!from.ends_with(".jsonl") || !to.ends_with(".jsonl") || from == to) return;
    std::ifstream in(folder_.path(from));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line + '\n');
    if (lines.empty()) return;
    fs::create_directories(fs::path(folder_.path(to)).parent_path());
    std::ofstream(folder_.path(to), std::ios::app | std::ios::binary) << lines.back();
    std::ofstream out(folder_.path(from), std::ios::binary);
    for (std::size_t at = 0; at + 1 < lines.size(); ++at) out << lines[at];
  }

  const TemporaryFolder& folder_;
  std::mt19937 random_;
};

std::uint64_t articles_by_registry(const std::string& path) {
  std::uint64_t count = 0;
  const FileRegistry registry{Xapian::Database(path)};
  for (const auto& [name, file] : registry.files()) {
    EXPECT_FALSE(file.needs_reading) << name;
    count += file.articles;
  }
  return count;
}

void expect_words_in(Lexicon& lexicon, std::string_view text) {
  WordReader words(text);
  for (Word word; words.next(word);) {
    lexicon.seek(word.written);
    ASSERT_FALSE(lexicon.at_end()) << word.written;
    ASSERT_EQ(lexicon.word(), word.written);
  }
}

void expect_lexicon_of(const Articles& articles, const std::string& path) {
  Lexicon lexicon{Xapian::Database(path)};
  for (const auto& [id, article] : articles)
    for (const std::string& text : {article.title, article.lede, article.body})
      expect_words_in(lexicon, text);
}

void expect_like_a_fresh_build(unsigned seed, Engine engine, const AdditionRule& rule = {}) {
  const TemporaryFolder folder;
  RandomFiles files(folder, seed);
  std::mt19937 random(seed);
  const std::string index = folder.path("idx");
  IndexOptions options = options_for(index, {folder.path("news")}, engine);
  options.addition = rule;
  for (unsigned at = 0; at < 8; ++at) files.change();
  for (unsigned round = 0; round < 25; ++round) {
    SCOPED_TRACE(round);
    for (auto changes = random() % 4; changes > 0; --changes) files.change();
    if (random() % 4 == 0) {
      UpdateRun stopped;
      stopped.stop_after = random() % 60;
      stopped(options);
      for (auto changes = random() % 2; changes > 0; --changes) files.change();
    }
    const Report pretended = [&] {
      IndexOptions dry = options;
      dry.is_dry_run = true;
      return update(dry);
    }();
    const Report report = update(options);
    EXPECT_EQ(pretended.index_articles, report.index_articles);
    if (engine == Engine::api || round > 0) {
      EXPECT_EQ(pretended.added, report.added);
      EXPECT_EQ(pretended.updated, report.updated);
      EXPECT_EQ(pretended.removed, report.removed);
      EXPECT_EQ(pretended.moved, report.moved);
    }
    const std::string fresh = folder.path("fresh" + std::to_string(round));
    update(options_for(fresh, {folder.path("news")}, round % 2 == 0 ? Engine::bulk : Engine::api));
    const Articles articles = articles_of(index);
    ASSERT_EQ(articles, articles_of(fresh));
    expect_lexicon_of(articles, index);
    expect_lexicon_of(articles, fresh);
    ASSERT_EQ(articles_by_registry(index), articles.size());
    ASSERT_EQ(articles_by_registry(fresh), articles.size());
    ASSERT_EQ(Xapian::Database::check(tables_path(index, read_stub(index))), 0U);
    const std::uint64_t revision = revision_of(index);
    EXPECT_EQ(update(options).unchanged, articles.size());
    ASSERT_EQ(revision_of(index), revision);
    fs::remove_all(fresh);
  }
}

TEST(UpdateIndex, LeavesWhatAFreshBuildMakesWhateverChanged) {
  for (unsigned seed = 0; seed < 3; ++seed) {
    SCOPED_TRACE(seed);
    expect_like_a_fresh_build(seed, Engine::automatic);
    expect_like_a_fresh_build(seed + 100, Engine::api);
    expect_like_a_fresh_build(seed + 200, Engine::automatic, {0, 0, ~0ULL});      // all in bulk
    expect_like_a_fresh_build(seed + 300, Engine::automatic, {2'000, 0, ~0ULL});  // 3 articles
  }
}

TEST(UpdateIndex, DoesNotDependOnTheOrderOfPaths) {
  const TemporaryFolder folder;
  const std::string a = folder.write("a.jsonl", R"({"id":"x","text":"of a","date":"2025-01-02"})");
  const std::string b = folder.write("b.jsonl", R"({"id":"x","text":"of b","date":"2025-01-01"})");
  for (const Engine engine : {Engine::bulk, Engine::api}) {
    const std::string tag = engine == Engine::bulk ? "bulk" : "api";
    update(options_for(folder.path("ab" + tag), {a, b}, engine));
    const Report report = update(options_for(folder.path("ba" + tag), {b, a}, engine));
    EXPECT_EQ(report.added, 1U);
    EXPECT_EQ(report.repeated, 1U);
    EXPECT_EQ(articles_of(folder.path("ab" + tag)), articles_of(folder.path("ba" + tag)));
    EXPECT_EQ(articles_of(folder.path("ab" + tag)).at("x").body, "of a");
  }
}

TEST(UpdateIndex, BringsBackAnArticleWhenTheOneThatWasKeptOverItIsGone) {
  const TemporaryFolder folder;
  const std::string a = folder.write("a/a.jsonl", R"({"id":"x","text":"of a"})");
  const std::string b = folder.write("b/b.jsonl", R"({"id":"x","text":"of b"})");
  folder.write("b/c.txt", "A title\n\nA text.\n");
  const std::string index = folder.path("idx");
  update(options_for(index, {folder.path("a"), folder.path("b")}));
  EXPECT_EQ(articles_of(index).at("x").body, "of b");
  fs::remove(b);
  const Report report = update(options_for(index, {folder.path("b")}));  // a/ is not named
  EXPECT_EQ(articles_of(index).at("x").path, a);
  EXPECT_EQ(report.removed, 1U);
  EXPECT_EQ(report.added, 1U);
}

TEST(UpdateIndex, GoesOnWhereAKilledRunHadDoneHalf) {
  const TemporaryFolder folder;
  const std::string a = folder.write("news/a.jsonl", "{\"id\":\"x\",\"text\":\"of a\"}\n");
  const std::string b = folder.write("news/b.jsonl", "{\"id\":\"x\",\"text\":\"of b\"}\n");
  const IndexOptions options = options_for(folder.path("idx"), {folder.path("news")});
  update(options);
  fs::remove(b);
  {
    FileRegistry registry{Xapian::Database(folder.path("idx"))};
    const auto writer =
        open_writer(folder.path("idx"), {}, registry, [](const Article&, const Outcome&) {});
    writer->start_pass(1, {b});
    writer->remove_the_rest(b);
    registry.forget(b);
    writer->commit();  // and no second pass
  }
  EXPECT_TRUE(articles_of(folder.path("idx")).empty());
  update(options);
  EXPECT_EQ(articles_of(folder.path("idx")).at("x").path, a);
}

TEST(UpdateIndex, KeepsTheDocumentOfAFileThatWasMoved) {
  const TemporaryFolder folder;
  folder.write("news/a.txt", "A title\n\nA text.\n");
  folder.write("news/b.txt", "Another\n\nAnother text.\n");
  const IndexOptions options = options_for(folder.path("idx"), {folder.path("news")});
  update(options);
  fs::create_directory(folder.path("news/deep"));
  fs::rename(folder.path("news/a.txt"), folder.path("news/deep/z.txt"));
  const Report report = update(options);
  EXPECT_EQ(report.moved, 1U);
  EXPECT_EQ(report.added + report.removed + report.updated, 0U);
  const Xapian::Database index(folder.path("idx"));
  EXPECT_EQ(ArticleCodec(read_dictionary(index)).article_of(index.get_document(1).get_data()).path,
            folder.path("news/deep/z.txt"));
  EXPECT_EQ(index.get_doccount(), 2U);
}

/// Adds a record to the file in the middle of the first reading, or of each.
class Meddler {
 public:
  Meddler(std::string path, bool goes_on) : path_(std::move(path)), goes_on_(goes_on) {}

  void see(const ProgressState& state) {
    if (state.activity != path_) return;  // nothing is read any more
    if (state.files > readings_) {
      readings_ = state.files;
      has_added_ = false;
    } else if (!has_added_ && (readings_ == 0 || goes_on_)) {
      has_added_ = true;
      std::ofstream(path_, std::ios::app) << "{\"text\":\"another record\"}\n";
    }
  }

 private:
  std::string path_;
  bool goes_on_;
  std::uint64_t readings_ = 0;
  bool has_added_ = false;
};

TEST(UpdateIndex, ReadsAFileThatChangesWhileItIsReadOnceMore) {
  for (const bool goes_on : {false, true}) {
    for (const Engine engine : {Engine::automatic, Engine::api}) {
      const TemporaryFolder folder;
      const std::string path = folder.write("a.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
      const IndexOptions options = options_for(folder.path("idx"), {path}, engine);
      Meddler meddler(path, goes_on);
      std::vector<std::string> said;
      UpdateVoice voice;
      voice.say = [&](const std::string& message) { said.push_back(message); };
      voice.is_stopped = [] { return false; };
      voice.show = [&](const ProgressState& state) { meddler.see(state); };
      update_index(options, voice);
      EXPECT_EQ(said.size(), goes_on ? 1U : 0U);
      EXPECT_EQ(update(options).files_read, goes_on ? 1U : 0U);
      EXPECT_EQ(articles_of(options.index_path).size(), goes_on ? 4U : 3U);
    }
  }
}

TEST(UpdateIndex, DoesNotBringBackWhatWasRemovedUntilItsFileChanges) {
  const TemporaryFolder folder;
  const std::string a = folder.write(
      "news/a.jsonl", "{\"id\":\"x\",\"text\":\"one\"}\n{\"id\":\"y\",\"text\":\"two\"}\n");
  const std::string b = folder.write("news/b.jsonl", "{\"id\":\"y\",\"text\":\"three\"}\n");
  const IndexOptions options = options_for(folder.path("idx"), {folder.path("news")});
  update(options);
  {
    FileRegistry registry{Xapian::Database(folder.path("idx"))};
    const auto writer =
        open_writer(folder.path("idx"), {}, registry, [](const Article&, const Outcome&) {});
    EXPECT_TRUE(writer->remove("x"));
    EXPECT_TRUE(writer->remove("y"));
    EXPECT_FALSE(writer->remove("z"));
    writer->commit();
  }
  const std::uint64_t revision = revision_of(folder.path("idx"));
  EXPECT_EQ(update(options).unchanged, 0U);
  EXPECT_EQ(revision_of(folder.path("idx")), revision);
  IndexOptions drafts = options;
  drafts.reading.reads_drafts = true;  // another reading of the same files
  update(drafts);
  EXPECT_TRUE(articles_of(folder.path("idx")).empty());
  std::ofstream(a, std::ios::app) << "{\"id\":\"w\",\"text\":\"four\"}\n";
  update(drafts);
  EXPECT_EQ(articles_of(folder.path("idx")).size(), 3U);
}

TEST(UpdateIndex, RemembersItsLastRunButNotOneThatChangedNothing) {
  const TemporaryFolder folder;
  folder.write("news/a.jsonl", "{\"id\":\"x\",\"text\":\"one\"}\n{\"id\": broken\n");
  const IndexOptions options = options_for(folder.path("idx"), {folder.path("news")});
  update(options);
  const auto run = read_last_run(Xapian::Database(folder.path("idx")));
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->added, 1U);
  EXPECT_EQ(run->files, 1U);
  EXPECT_EQ(run->skips, 1U);
  ASSERT_EQ(run->skipped.size(), 1U);
  EXPECT_EQ(run->skipped[0].record, "line 2");
  const Report again = update(options);
  EXPECT_EQ(again.skipped.size(), 1U);
  EXPECT_EQ(encode_last_run(*read_last_run(Xapian::Database(folder.path("idx")))),
            encode_last_run(*run));
}

TEST(UpdateIndex, ChecksTheSettingsThoughThereIsNothingToWrite) {
  const TemporaryFolder folder;
  folder.write("news/a.txt", "A title\n\nA text.\n");
  IndexOptions options = options_for(folder.path("idx"), {folder.path("news")});
  update(options);
  options.settings.language = "german";
  EXPECT_THROW(update(options), Error);
}

TEST(UpdateIndex, TakesNothingFromAnUnfinishedWalk) {
  const TemporaryFolder folder;
  for (const auto* name : {"news/a.txt", "news/b.txt"}) folder.write(name, "A title\n\nA text.\n");
  const IndexOptions options = options_for(folder.path("idx"), {folder.path("news")});
  update(options);
  for (std::uint64_t asked = 0; asked < 12; ++asked) {
    UpdateRun run;
    run.stop_after = asked;
    run(options);
    EXPECT_EQ(articles_of(folder.path("idx")).size(), 2U);
  }
}

TEST(UpdateIndex, ReplacesWhatCameThroughAPipeBefore) {
  // Standard input is no file: what came from it is never gone, and what comes again counts.
  const TemporaryFolder folder;
  FileRegistry registry;
  const auto writer =
      open_writer(folder.path("idx"), {{}, {}, Engine::api, 1, kUsualMemory, false, false, {}},
                  registry, [](const Article&, const Outcome&) {});
  Article article;
  article.id = "x";
  article.path = "-";
  article.member = "#7";
  article.body = "old";
  writer->start_pass(1, {"-"});
  writer->add_or_update(article);
  writer->start_pass(1, {"-"});
  article.member = "#1";
  article.body = "new";
  writer->add_or_update(article);
  writer->commit();
  EXPECT_EQ(articles_of(folder.path("idx")).at("x").body, "new");
}

TEST(LastRun, IsReadBackAndNothingElseIs) {
  Report report;
  report.added = 300;
  report.removed = 2;
  report.is_interrupted = true;
  report.skipped.assign(40, {"/a", "line 3", "no text"});
  const TemporaryFolder folder;
  Xapian::WritableDatabase index(folder.path("idx"), Xapian::DB_CREATE);
  EXPECT_FALSE(read_last_run(index).has_value());
  const std::string bytes = encode_last_run(last_run_of(report, -5));
  index.set_metadata(kLastRunKey, bytes);
  const LastRun run = *read_last_run(index);
  EXPECT_EQ(run.unix_seconds, -5);
  EXPECT_EQ(run.added, 300U);
  EXPECT_EQ(run.skips, 40U);
  EXPECT_EQ(run.skipped.size(), LastRun::kNamedSkips);
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    index.set_metadata(kLastRunKey, bytes.substr(0, length));
    EXPECT_THROW(read_last_run(index), Error);
  }
}

}  // namespace
}  // namespace lede
