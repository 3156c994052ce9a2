#include "indexer/bulk_addition.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/index_files.hpp"
#include "indexer/article_rank.hpp"
#include "tests/unit/indexer/glass/glass_database.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

constexpr AdditionRule kAlways{0, 0, ~0ULL};

/// An index with a registry of its own, which is opened anew for each run.
class TestIndex {
 public:
  explicit TestIndex(std::string path) : path_(std::move(path)) {}
  TestIndex(std::string path, const TestIndex& other) : path_(std::move(path)) {
    fs::copy(other.path_, path_, fs::copy_options::recursive);
    registry_ = FileRegistry(open_index(path_));
  }

  /// Takes the articles of one run; `files` are those that may have others by now.
  void run(const std::vector<Article>& articles, const WriterOptions& options,
           const std::vector<std::string>& files = {}) {
    outcomes_.clear();
    registry_.begin_run();
    const std::unique_ptr<ArticleWriter> writer = open(options);
    writer->start_pass(1, {files.begin(), files.end()});
    for (const Article& article : articles) {
      if (files_.insert(owner_of(article)).second) registry_.start(owner_of(article), false, 1, 1);
      writer->add_or_update(article);
    }
    count_ = writer->article_count();
    writer->finish_reading();
    for (const std::string& file : files) writer->remove_the_rest(file);
    for (const std::string& file : files_) registry_.settle(file);
    files_.clear();
    writer->finish_pass();
    writer->commit();
  }

  void remove(const std::vector<std::string>& ids) {
    const std::unique_ptr<ArticleWriter> writer = open({});
    for (const std::string& id : ids) EXPECT_TRUE(writer->remove(id));
    writer->commit();
  }

  std::unique_ptr<ArticleWriter> open(const WriterOptions& options) {
    return open_writer(
        path_, options, registry_, [this](const Article& article, const Outcome& is) {
          outcomes_.push_back(article.id + ' ' + std::to_string(static_cast<int>(is.kind)) + ' ' +
                              is.other);
        });
  }

  std::vector<std::string> outcomes() const {
    std::vector<std::string> sorted = outcomes_;
    std::ranges::sort(sorted);
    return sorted;
  }
  /// Articles at the end of the last run, before what waited was in the index.
  std::uint64_t count() const { return count_; }
  const FileRegistry& registry() const { return registry_; }
  std::string tables() const { return tables_path(path_, read_stub(path_)); }
  std::uint64_t build() const { return read_stub(path_).build; }

 private:
  std::string path_;
  FileRegistry registry_;
  std::set<std::string> files_;  // of this run
  std::vector<std::string> outcomes_;
  std::uint64_t count_ = 0;
};

WriterOptions options_with(Engine engine, const AdditionRule& rule = kAlways,
                           std::optional<Positions> positions = {}) {
  WriterOptions options;
  options.settings.positions = positions;
  options.engine = engine;
  options.jobs = 2;
  options.addition = rule;
  return options;
}

Article article(std::mt19937& random, std::size_t number) {
  static const std::vector<std::string> kWords{"harbour", "pilots",  "the", "Élection", "élections",
                                               "3.5",     "running", "oil", "東京都",   "Straße"};
  Article made;
  made.id = "id" + std::to_string(number);
  made.path = "/news/" + std::to_string(number % 5) + ".jsonl";
  made.member = "#" + std::to_string(number);
  made.title = kWords[random() % kWords.size()] + " and " + kWords[random() % kWords.size()];
  for (auto words = random() % 80; words > 0; --words)
    made.body += (random() % 9 == 0 ? "w" + std::to_string(random() % 5000)
                                    : kWords[random() % kWords.size()]) +
                 ' ';
  if (random() % 2 == 0) made.tags = {"ports"};
  if (random() % 3 != 0) made.date = parse_date("2025-08-" + std::to_string(10 + number % 20));
  if (random() % 2 == 0) made.source = "Coastal Wire";
  made.language = random() % 4 == 0 ? "de" : "en";
  return made;
}

std::vector<Article> articles_from(std::mt19937& random, std::size_t first, std::size_t count) {
  std::vector<Article> articles;
  for (std::size_t at = first; at < first + count; ++at) articles.push_back(article(random, at));
  return articles;
}

/// New ones, changed ones, such that are as they were, and ids that come twice, at random places.
std::vector<Article> mixed(std::mt19937& random, const std::vector<Article>& old,
                           std::size_t count) {
  std::vector<Article> articles = articles_from(random, old.size(), count);
  for (std::size_t at = 0; at < old.size(); at += 3)
    articles.push_back(random() % 2 == 0 ? old[at] : article(random, at));
  for (std::size_t at = 0; at < count; at += 7) {
    Article again = article(random, old.size() + at);
    if (random() % 2 == 0) again.path = "/news/another.jsonl";
    articles.push_back(std::move(again));
  }
  std::ranges::shuffle(articles, random);
  return articles;
}

/// A document's terms with their wdf and positions, its values and its data; its id's term first.
std::string contents_of(const Xapian::Database& index, Xapian::docid docid) {
  const Xapian::Document document = index.get_document(docid);
  std::string id;
  std::string contents;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    const std::string name = *term;
    if (name.starts_with(field_of(FieldId::id).prefix)) id = name;
    contents += fmt::format("\n{} {} {}:", name, term.get_wdf(), term.get_termfreq());
    for (auto at = term.positionlist_begin(); at != term.positionlist_end(); ++at)
      contents += fmt::format(" {}", *at);
  }
  for (auto value = document.values_begin(); value != document.values_end(); ++value)
    contents += fmt::format("\n{}={}", value.get_valueno(), *value);
  return id + contents + "\n" + document.get_data();
}

/// All that a database holds, whatever the docids: changed articles come behind the new ones of a
/// bulk addition. Without what keeps an index known by its old name.
std::vector<std::string> contents_of(const std::string& tables) {
  const Xapian::Database index(tables);
  std::vector<std::string> contents;
  for (auto each = index.postlist_begin({}); each != index.postlist_end({}); ++each)
    contents.push_back(contents_of(index, *each));
  std::ranges::sort(contents);
  for (auto name = index.metadata_keys_begin(); name != index.metadata_keys_end(); ++name)
    if (*name != "lede.uuid") contents.push_back(*name + "=" + index.get_metadata(*name));
  contents.push_back(fmt::format("{} {}", index.get_total_length(), index.get_doccount()));
  return contents;
}

/// Where the contents of two databases differ; empty: nowhere.
std::string first_difference(const std::string& one, const std::string& other) {
  const std::vector<std::string> ours = contents_of(one);
  const std::vector<std::string> theirs = contents_of(other);
  const auto [at, there] = std::ranges::mismatch(ours, theirs);
  if (at == ours.end() && there == theirs.end()) return {};
  return "line " + std::to_string(at - ours.begin()) + ": " + (at == ours.end() ? "" : *at) +
         "\nnot: " + (there == theirs.end() ? "" : *there);
}

/// Everything that can be asked of an index after such additions is what Xapian alone makes.
void expect_twins(std::size_t old_count, const AdditionRule& rule,
                  std::optional<Positions> positions = {}) {
  const TemporaryFolder folder;
  TestIndex ours(folder.path("ours"));
  std::mt19937 random(static_cast<unsigned>(old_count));
  std::vector<Article> old = articles_from(random, 0, old_count);
  ours.run(old, options_with(Engine::bulk, rule, positions));
  if (old_count > 2) ours.remove({"id0", "id" + std::to_string(old_count - 1)});  // gaps of docids
  TestIndex theirs(folder.path("theirs"), ours);
  const std::string uuid = index_uuid(Xapian::Database(ours.tables()));
  for (int run = 0; run < 3; ++run) {
    const std::vector<Article> articles = mixed(random, old, 90);
    const std::vector<std::string> files{"/news/0.jsonl", "/news/1.jsonl"};
    ours.run(articles, options_with(Engine::automatic, rule), files);
    theirs.run(articles, options_with(Engine::api), files);
    EXPECT_EQ(ours.outcomes(), theirs.outcomes());
    ASSERT_EQ(first_difference(ours.tables(), theirs.tables()), "");
    ASSERT_EQ(Xapian::Database::check(ours.tables()), 0U);
    EXPECT_EQ(index_uuid(Xapian::Database(ours.tables())), uuid);
    EXPECT_EQ(ours.build(), theirs.build() + 2U * (run + 1));  // each had a part, too
    for (const Article& each : articles_from(random, old.size(), 90)) old.push_back(each);
  }
}

TEST(BulkAddition, LeavesTheIndexThatXapianMakes) {
  for (const std::size_t old : {1U, 20U, 300U})  // 20 are too few for a dictionary
    for (const std::size_t held : {0U, 9'000U}) {
      SCOPED_TRACE(old);
      expect_twins(old, {held, 0, ~0ULL});
    }
}

TEST(BulkAddition, LeavesItWithoutPositionsToo) {
  expect_twins(100, kAlways, Positions::none);
}

TEST(BulkAddition, GoesIntoAnIndexThatIsEmpty) {
  const TemporaryFolder folder;
  TestIndex index(folder.path("idx"));
  index.run({}, options_with(Engine::api));
  std::mt19937 random(1);
  index.run(articles_from(random, 0, 50), options_with(Engine::automatic));
  EXPECT_EQ(index.count(), 50U);
  EXPECT_EQ(Xapian::Database(index.tables()).get_doccount(), 50U);
  EXPECT_EQ(index.build(), 3U);
  EXPECT_EQ(Xapian::Database::check(index.tables()), 0U);
}

TEST(BulkAddition, IsWrittenByXapianWhereItIsSmallOrThatIsWanted) {
  const TemporaryFolder folder;
  TestIndex index(folder.path("idx"));
  std::mt19937 random(1);
  index.run(articles_from(random, 0, 50), options_with(Engine::automatic));
  AdditionRule small = kAlways;
  small.least_bytes = std::uint64_t{1} << 30;
  index.run(articles_from(random, 50, 50), options_with(Engine::automatic, small));
  AdditionRule large_index = kAlways;
  large_index.index_share = 1;
  index.run(articles_from(random, 100, 2), options_with(Engine::automatic, large_index));
  AdditionRule held = kAlways;
  held.held_bytes = std::size_t{1} << 30;
  index.run(articles_from(random, 102, 50), options_with(Engine::automatic, held));
  index.run(articles_from(random, 152, 50), options_with(Engine::api));
  EXPECT_EQ(index.build(), 1U);
  EXPECT_EQ(Xapian::Database(index.tables()).get_doccount(), 202U);
}

TEST(BulkAddition, GoesByTheBytesOfFilesThatAreToCome) {
  const TemporaryFolder folder;
  TestIndex index(folder.path("idx"));
  index.run({}, options_with(Engine::api));
  AdditionRule rule = kAlways;
  rule.least_bytes = 1'000'000;
  FileRegistry registry;
  const auto writer = open_writer(folder.path("idx"), options_with(Engine::automatic, rule),
                                  registry, [](const Article&, const Outcome&) {});
  writer->start_pass(1, {});
  writer->expect(1'000'000);
  std::mt19937 random(1);
  writer->add_or_update(article(random, 1));
  writer->commit();
  EXPECT_EQ(index.build(), 3U);
}

std::vector<std::string> names_in(const std::string& path) {
  std::vector<std::string> names;
  for (const fs::directory_entry& file : fs::directory_iterator(path))
    names.push_back(file.path().filename());
  std::ranges::sort(names);
  return names;
}

TEST(BulkAddition, LeavesTheIndexAsItWasUntilTheCommit) {
  const TemporaryFolder folder;
  TestIndex index(folder.path("idx"));
  std::mt19937 random(1);
  index.run(articles_from(random, 0, 50), options_with(Engine::automatic));
  const std::vector<std::string> before = glass::contents(index.tables());
  for (const bool is_joined : {false, true}) {
    FileRegistry registry{open_index(folder.path("idx"))};
    const auto writer = open_writer(folder.path("idx"), options_with(Engine::automatic), registry,
                                    [](const Article&, const Outcome&) {});
    for (const Article& each : articles_from(random, 50, 50)) writer->add_or_update(each);
    if (is_joined) writer->finish_reading();
    EXPECT_GT(names_in(folder.path("idx")).size(), 3U);
    EXPECT_EQ(glass::contents(index.tables()), before);
    EXPECT_THROW(Xapian::WritableDatabase(index.tables()), Xapian::DatabaseLockError);
  }
  EXPECT_EQ(names_in(folder.path("idx")),
            (std::vector<std::string>{"XAPIANDB", "build-1", "lede.lock"}));
}

/// What the registry says of a run that was killed is true of what is in the index.
TEST(BulkAddition, IsReadAgainWhereTheRunWasKilled) {
  const TemporaryFolder folder;
  TestIndex index(folder.path("idx"));
  std::mt19937 random(1);
  const std::vector<Article> old = articles_from(random, 0, 50);
  index.run(old, options_with(Engine::automatic));
  Article large = old[0];
  for (int at = 0; at < 1'200'000; ++at) large.body += "word ";  // more than one commit holds
  Article fresh = article(random, 50);
  fresh.path = "/fresh.jsonl";
  const pid_t child = fork();
  ASSERT_NE(child, -1);
  if (child == 0) {
    FileRegistry registry{open_index(folder.path("idx"))};
    const auto writer = open_writer(folder.path("idx"), options_with(Engine::automatic), registry,
                                    [](const Article&, const Outcome&) {});
    writer->start_pass(1, {large.path});
    for (const Article& each : {large, fresh}) registry.start(each.path, false, 1, 1);
    for (const Article& each : {large, fresh}) writer->add_or_update(each);
    _exit(0);
  }
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_EQ(Xapian::Database(index.tables()).get_doccount(), 50U);
  const FileRegistry left{open_index(folder.path("idx"))};
  ASSERT_NE(left.find(fresh.path), nullptr);
  EXPECT_TRUE(left.find(fresh.path)->needs_reading);
  EXPECT_EQ(left.find(fresh.path)->articles, 0U);
  EXPECT_TRUE(left.find(large.path)->needs_reading);
  index.run({fresh}, options_with(Engine::automatic));
  EXPECT_EQ(names_in(folder.path("idx")).size(), 3U);
  EXPECT_EQ(Xapian::Database(index.tables()).get_doccount(), 51U);
}

}  // namespace
}  // namespace lede
