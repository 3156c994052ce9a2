#include "indexer/watch/folder_watch.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kPatience{60};  // for a machine with much else to do
constexpr milliseconds kMoment{300};

WatchRules quick() {
  WatchRules rules;
  rules.times = {milliseconds(20), milliseconds(200), milliseconds(100), milliseconds(1'000)};
  rules.look_at_roots = milliseconds(50);
  return rules;
}

/// A watch of a folder, and what it has told.
struct Watched {
  explicit Watched(std::vector<std::string> paths, WatchRules rules = quick())
      : watch(
            paths, [this](const std::string& message) { said.push_back(message); }, rules) {}

  /// Waits until the path has been told of.
  bool hears_of(const std::string& path) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!told.is_everything && !told.paths.contains(path)) {
      if (std::chrono::steady_clock::now() > end) return false;
      told.add(watch.wait(seconds(1)));
    }
    return true;
  }

  void forget() { told = {}; }

  std::vector<std::string> said;
  FolderWatch watch;
  Changes told;
};

TEST(FolderWatch, TellsOfFilesThatAreWrittenMovedAndRemoved) {
  const TemporaryFolder folder;
  const TemporaryFolder outside;
  Watched watched({folder.path()});
  folder.write("a", "one");
  EXPECT_TRUE(watched.hears_of(folder.path("a")));
  fs::rename(folder.path("a"), folder.path("b"));
  EXPECT_TRUE(watched.hears_of(folder.path("b")));
  fs::rename(folder.path("b"), outside.path("b"));
  watched.forget();
  EXPECT_TRUE(watched.hears_of(folder.path("b")));
  fs::rename(outside.path("b"), folder.path("c"));
  EXPECT_TRUE(watched.hears_of(folder.path("c")));
  watched.forget();
  fs::remove(folder.path("c"));
  EXPECT_TRUE(watched.hears_of(folder.path("c")));
  EXPECT_FALSE(watched.told.is_everything);
}

TEST(FolderWatch, TellsOfLinksAndRights) {
  const TemporaryFolder folder;
  const TemporaryFolder outside;
  folder.write("a", "one");
  outside.write("b", "two");
  Watched watched({folder.path()});
  fs::create_hard_link(outside.path("b"), folder.path("hard"));
  EXPECT_TRUE(watched.hears_of(folder.path("hard")));
  fs::create_symlink(outside.path("b"), folder.path("soft"));
  EXPECT_TRUE(watched.hears_of(folder.path("soft")));
  fs::permissions(folder.path("a"), fs::perms::owner_read);
  EXPECT_TRUE(watched.hears_of(folder.path("a")));
}

TEST(FolderWatch, LooksIntoNewAndMovedFolders) {
  const TemporaryFolder folder;
  const TemporaryFolder outside;
  Watched watched({folder.path()});
  folder.write("new/deep/a", "one");
  EXPECT_TRUE(watched.hears_of(folder.path("new")));
  watched.forget();
  folder.write("new/deep/b", "two");
  EXPECT_TRUE(watched.hears_of(folder.path("new/deep/b")));

  outside.write("in/deep/c", "three");
  fs::rename(outside.path("in"), folder.path("in"));
  EXPECT_TRUE(watched.hears_of(folder.path("in")));
  folder.write("in/deep/d", "four");
  EXPECT_TRUE(watched.hears_of(folder.path("in/deep/d")));

  fs::rename(folder.path("in"), folder.path("out"));
  EXPECT_TRUE(watched.hears_of(folder.path("out")));
  watched.forget();
  folder.write("out/deep/e", "five");
  EXPECT_TRUE(watched.hears_of(folder.path("out/deep/e")));
}

TEST(FolderWatch, PassesOverWhatFindFilesPassesOver) {
  const TemporaryFolder folder;
  const TemporaryFolder outside;
  folder.write(".hidden/a", "one");
  folder.write("index/a", "one");
  fs::create_directory_symlink(outside.path(), folder.path("link"));
  WatchRules rules = quick();
  rules.ignored = folder.path("index");
  Watched watched({folder.path()}, rules);
  folder.write(".hidden/b", "two");
  folder.write("index/b", "two");
  outside.write("c", "three");
  folder.write(".d", "four");
  folder.write("z", "last");
  EXPECT_TRUE(watched.hears_of(folder.path("z")));
  EXPECT_EQ(watched.told.paths, PathSet{folder.path("z")});
}

TEST(FolderWatch, TakesAFileThatIsNeverClosedWhenItIsQuiet) {
  const TemporaryFolder folder;
  Watched watched({folder.path()});
  std::ofstream log(folder.path("log"));
  log << "line" << std::flush;
  EXPECT_TRUE(watched.hears_of(folder.path("log")));
}

TEST(FolderWatch, FollowsAFileThatWasNamedThroughItsReplacement) {
  const TemporaryFolder folder;
  const std::string file = folder.write("a", "one");
  Watched watched({file});
  folder.write("other", "two");
  fs::rename(folder.path("other"), file);
  EXPECT_TRUE(watched.hears_of(file));
  EXPECT_EQ(watched.told.paths, PathSet{file});
  watched.forget();
  folder.write("a", "three");
  EXPECT_TRUE(watched.hears_of(file));
}

TEST(FolderWatch, WaitsForAPathThatIsMissing) {
  const TemporaryFolder folder;
  const std::string root = folder.path("root");
  Watched watched({root});
  folder.write("root/a", "one");
  EXPECT_TRUE(watched.hears_of(root));
  fs::rename(root, folder.path("away"));
  watched.forget();
  EXPECT_TRUE(watched.hears_of(root));
  watched.forget();
  fs::rename(folder.path("away"), root);
  EXPECT_TRUE(watched.hears_of(root));
  folder.write("root/b", "two");
  EXPECT_TRUE(watched.hears_of(folder.path("root/b")));
}

TEST(FolderWatch, SaysThatEverythingMayHaveChangedWhenEventsAreLost) {
  const TemporaryFolder folder;
  std::size_t most_events = 0;
  std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> most_events;
  folder.write("a", "one");
  Watched watched({folder.path()});
  fs::create_directories(folder.path("new/deep"));
  for (std::size_t event = 0; event <= most_events; event += 4) {
    fs::rename(folder.path("a"), folder.path("b"));
    fs::rename(folder.path("b"), folder.path("a"));
  }
  fs::create_directories(folder.path("late"));
  while (!watched.told.is_everything) ASSERT_TRUE(watched.hears_of("nothing"));
  watched.forget();
  while (!watched.watch.wait(kMoment).is_empty()) {
  }
  folder.write("late/b", "two");
  EXPECT_TRUE(watched.hears_of(folder.path("late/b")));
  EXPECT_FALSE(watched.told.is_everything);
}

TEST(FolderWatch, LooksNowAndThenAtFoldersThatAreTooMany) {
  const TemporaryFolder folder;
  for (const char* name : {"a", "b", "c"}) fs::create_directory(folder.path(name));
  WatchRules rules = quick();
  rules.most_folders = 2;
  rules.look_again = milliseconds(100);
  Watched watched({folder.path()}, rules);
  EXPECT_EQ(watched.watch.folder_count(), 2U);
  ASSERT_EQ(watched.said.size(), 1U);
  EXPECT_NE(watched.said[0].find("fs.inotify.max_user_watches"), std::string::npos);
  const Changes again = watched.watch.wait(kPatience);
  EXPECT_EQ(again.paths.size(), 2U);
  watched.told.add(again);
  fs::remove(folder.path("a"));
  fs::remove(folder.path("b"));
  EXPECT_TRUE(watched.hears_of(folder.path("a")) && watched.hears_of(folder.path("b")));
  EXPECT_EQ(watched.said.size(), 1U);
}

}  // namespace
}  // namespace lede
