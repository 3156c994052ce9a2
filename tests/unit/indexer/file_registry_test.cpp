#include "indexer/file_registry.hpp"

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

using Entries = std::map<std::string, std::string>;

Xapian::WritableDatabase new_database(const TemporaryFolder& folder, const std::string& name) {
  return Xapian::WritableDatabase(folder.path(name), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
}

void write(FileRegistry& registry, Xapian::WritableDatabase& index) {
  for (const auto& [name, value] : registry.take_changes()) index.set_metadata(name, value);
}

Entries entries_of(const Xapian::Database& index) {
  Entries entries;
  for (auto name = index.metadata_keys_begin(); name != index.metadata_keys_end(); ++name)
    entries[*name] = index.get_metadata(*name);
  return entries;
}

void add(FileRegistry& registry, const std::string& path, const FileStamp& stamp,
         FileSkips skips = {}, std::uint64_t reading = 7) {
  registry.start(path, false, reading, 1);
  registry.add_article(path);
  registry.finish(path, stamp, {}, std::move(skips));
  registry.settle(path);
}

std::string random_path(std::mt19937& random) {
  std::string path = "/news/" + std::to_string(random() % 4) + "/" + std::to_string(random() % 300);
  return random() % 20 == 0 ? path + std::string(300, 'x') : path;
}

FileStamp random_stamp(std::mt19937& random) {
  return {random(), static_cast<std::int64_t>(random()), random()};
}

TEST(FileRegistry, ReadsBackWhatItWrote) {
  const TemporaryFolder folder;
  Xapian::WritableDatabase index = new_database(folder, "idx");
  FileRegistry registry;
  FileSkips skips;
  for (const auto* record : {"1", "2", "3", "4", "5", "6", "7"})
    skips.add({"/a", record, std::string(1000, 'r')});
  add(registry, "/a", {12, -5, 99}, skips);
  registry.add_shadowed("/a", 42);
  registry.start("/b", false, 8, 1);
  registry.finish("/b", {~0ULL, 1'700'000'000'123'456'789, ~0ULL}, {3, 4}, {});
  write(registry, index);
  const FileRegistry again(index);
  const FileRecord& a = *again.find("/a");
  EXPECT_EQ(a.stamp, (FileStamp{12, -5, 99}));
  EXPECT_EQ(a.reading, 7U);
  EXPECT_EQ(a.articles, 1U);
  EXPECT_FALSE(a.needs_reading);
  EXPECT_EQ(a.details->skips.count, 7U);
  ASSERT_EQ(a.details->skips.named.size(), FileSkips::kNamed);
  EXPECT_EQ(a.details->skips.named[4].record, "5");
  EXPECT_LT(a.details->skips.named[4].reason.size(), 400U);
  EXPECT_TRUE(a.details->shadowed.contains(42));
  EXPECT_TRUE(again.is_shadowed(42));
  const FileRecord& b = *again.find("/b");
  EXPECT_TRUE(b.needs_reading);
  EXPECT_EQ(b.stamp, (FileStamp{~0ULL, 1'700'000'000'123'456'789, ~0ULL}));
  EXPECT_EQ(b.checksum, (Checksum{3, 4}));
  EXPECT_EQ(b.reading, 8U);
}

TEST(FileRegistry, LeavesTheSameEntriesWhateverTheOrderOfChanges) {
  const TemporaryFolder folder;
  Xapian::WritableDatabase index = new_database(folder, "idx");
  std::mt19937 random(5);
  FileRegistry registry;
  std::map<std::string, FileStamp> expected;
  for (unsigned round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    for (auto change = random() % 40; change > 0; --change) {
      const std::string path = random_path(random);
      if (random() % 3 == 0 || (round > 50 && random() % 8 != 0)) {
        registry.forget(path);
        expected.erase(path);
      } else {
        add(registry, path, expected[path] = random_stamp(random));
      }
    }
    write(registry, index);
    index.commit();
    FileRegistry fresh;
    for (const auto& [path, stamp] : expected) add(fresh, path, stamp);
    Xapian::WritableDatabase other = new_database(folder, std::to_string(round));
    write(fresh, other);
    other.commit();
    ASSERT_EQ(entries_of(index), entries_of(other));
    ASSERT_EQ(FileRegistry(index).files().size(), expected.size());
    std::filesystem::remove_all(folder.path(std::to_string(round)));
  }
}

TEST(FileRegistry, ChangesFewEntriesForOneFile) {
  FileRegistry registry;
  for (unsigned at = 0; at < 5000; ++at) add(registry, "/f/" + std::to_string(at), {1, 2, 3});
  EXPECT_GT(registry.take_changes().size(), 20U);
  EXPECT_FALSE(registry.has_changes());
  add(registry, "/f/77", {2, 2, 3});
  EXPECT_LE(registry.take_changes().size(), 2U);
}

TEST(FileRegistry, RefusesEntriesOfOtherBytes) {
  const TemporaryFolder folder;
  FileRegistry registry;
  FileSkips skips;
  skips.add({"/a", "line 1", "no text"});
  for (const auto* path : {"/a", "/a/b", "/ab"}) add(registry, path, {1, 2, 3}, skips);
  registry.add_shadowed("/a", 1);
  registry.add_removed("/ab", 2);
  const Entries entries = registry.take_changes();
  Xapian::WritableDatabase index = new_database(folder, "idx");
  std::mt19937 random(1);
  unsigned refused = 0;
  for (unsigned round = 0; round < 3000; ++round) {
    const auto& [name, value] = *entries.begin();
    std::string bytes = value;
    if (round < value.size()) {
      bytes.resize(round);
    } else {
      for (unsigned at = 0; at <= random() % 3; ++at)
        bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    index.set_metadata(name, bytes);
    try {
      const FileRegistry read(index);
      EXPECT_LE(read.files().size(), bytes.size());
    } catch (const Error& error) {
      EXPECT_EQ(error.status(), ExitStatus::damaged);
      ++refused;
    }
  }
  EXPECT_GT(refused, 300U);
}

TEST(FileRegistry, NamesTheFilesThatHaveAnotherArticleOfAnId) {
  FileRegistry registry;
  for (const auto* path : {"/a", "/b", "/c"}) add(registry, path, {1, 2, 3});
  registry.add_shadowed("/a", 1);
  registry.add_shadowed("/b", 2);
  registry.add_shadowed("-", 3);
  EXPECT_FALSE(registry.is_shadowed(3));
  registry.free({1, 5}, 2);
  EXPECT_TRUE(registry.find("/a")->needs_reading);
  EXPECT_FALSE(registry.find("/b")->needs_reading);
  registry.free({2}, 1);  // it was read in that pass
  EXPECT_FALSE(registry.find("/b")->needs_reading);
}

TEST(FileRegistry, KeepsRemovedIdsWhileTheFileIsTheSame) {
  FileRegistry registry;
  for (const auto* path : {"/a", "/b"}) add(registry, path, {1, 2, 3});
  registry.add_shadowed("/b", 9);
  registry.add_removed("/a", 9);
  EXPECT_TRUE(registry.find("/b")->details->removed.contains(9));
  registry.start("/a", true, 7, 2);
  EXPECT_TRUE(registry.find("/a")->details->removed.contains(9));
  registry.start("/a", false, 7, 2);
  EXPECT_EQ(registry.find("/a")->details, nullptr);
}

TEST(FileRegistry, ListsTheFilesUnderAPath) {
  FileRegistry registry;
  for (const auto* path : {"/a", "/a b", "/a/1", "/a/2/3", "/ab"}) add(registry, path, {});
  const auto under = [&](const std::string& root) {
    std::vector<std::string> paths;
    registry.for_each_under(
        root, [&](const std::string& path, const FileRecord&) { paths.push_back(path); });
    return paths;
  };
  EXPECT_EQ(under("/a"), (std::vector<std::string>{"/a", "/a/1", "/a/2/3"}));
  EXPECT_EQ(under("/").size(), 5U);
  EXPECT_TRUE(under("/c").empty());
}

}  // namespace
}  // namespace lede
