#include "indexer/find_files.hpp"

#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

std::vector<std::string> paths_of(const FoundFiles& found) {
  std::vector<std::string> paths;
  for (const FoundFile& file : found.files) paths.push_back(file.path);
  return paths;
}

using Paths = std::vector<std::string>;

TEST(FindFiles, WalksFoldersInTheByteOrderOfTheirNames) {
  const TemporaryFolder folder;
  for (const auto* name : {"b/2.txt", "b/10.txt", "a.txt", "B.txt", "é.txt"})
    folder.write(name, "x");
  EXPECT_EQ(paths_of(find_files({folder.path()})),
            (Paths{folder.path("B.txt"), folder.path("a.txt"), folder.path("b/10.txt"),
                   folder.path("b/2.txt"), folder.path("é.txt")}));
}

TEST(FindFiles, TellsTheStampOfEachFile) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a.txt", "12345");
  const FoundFiles found = find_files({path});
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].stamp.bytes, 5U);
  EXPECT_EQ(found.files[0].stamp, stamp_of(path));
  EXPECT_EQ(find_files({folder.path()}).files, found.files);
}

TEST(FindFiles, TellsWhetherThereIsAnythingAtAPath) {
  const TemporaryFolder folder;
  folder.write("full/deep/a.txt", "x");
  std::filesystem::create_directory(folder.path("empty"));
  const FoundFiles found =
      find_files({folder.path("full"), folder.path("empty"), folder.path("missing"),
                  folder.path("full/deep/a.txt"), "-"});
  ASSERT_EQ(found.roots.size(), 4U);
  EXPECT_TRUE(found.roots[0].is_there && found.roots[0].has_files);
  EXPECT_TRUE(found.roots[1].is_there && !found.roots[1].has_files);
  EXPECT_FALSE(found.roots[2].is_there || found.roots[2].has_files);
  EXPECT_TRUE(found.roots[3].is_there && found.roots[3].has_files);
}

TEST(FindFiles, ListsAFileOnceHoweverOftenItIsNamed) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a/b.txt", "x");
  EXPECT_EQ(paths_of(find_files({path, folder.path(), folder.path("a/../a/b.txt")})), Paths{path});
}

TEST(FindFiles, PassesOverHiddenEntriesOfFoldersButNotAHiddenFileThatIsNamed) {
  const TemporaryFolder folder;
  const std::string hidden = folder.write(".git/config", "x");
  EXPECT_TRUE(find_files({folder.path()}).files.empty());
  EXPECT_EQ(paths_of(find_files({hidden})), Paths{hidden});
}

TEST(FindFiles, FollowsLinksToFilesButNotToFoldersSoThatLoopsEnd) {
  const TemporaryFolder folder;
  const std::string file = folder.write("a/file.txt", "x");
  std::filesystem::create_directory_symlink(folder.path(), folder.path("a/loop"));
  std::filesystem::create_symlink(file, folder.path("a/link.txt"));
  EXPECT_EQ(paths_of(find_files({folder.path()})), (Paths{file, folder.path("a/link.txt")}));
}

TEST(FindFiles, WalksALinkToAFolderThatIsNamed) {
  const TemporaryFolder folder;
  folder.write("real/a.txt", "x");
  std::filesystem::create_directory_symlink(folder.path("real"), folder.path("link"));
  EXPECT_EQ(paths_of(find_files({folder.path("link")})), Paths{folder.path("link/a.txt")});
}

TEST(FindFiles, SaysWhyAPathWasSkipped) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo(folder.path("pipe").c_str(), 0600), 0);
  std::filesystem::create_symlink("nowhere", folder.path("dangling"));
  const FoundFiles found = find_files({folder.path(), folder.path("missing")});
  ASSERT_EQ(found.skipped.size(), 3U);
  EXPECT_EQ(found.skipped[0].path, folder.path("dangling"));
  EXPECT_EQ(found.skipped[0].reason, "no such file or directory");
  EXPECT_EQ(found.skipped[1].reason, "a pipe, not a file");
  EXPECT_EQ(found.skipped[2].path, folder.path("missing"));
}

TEST(FindFiles, TakesAMinusForStandardInput) {
  EXPECT_EQ(paths_of(find_files({"-"})), Paths{"-"});
}

TEST(FindFiles, GivesNothingForAnEmptyFolder) {
  const TemporaryFolder folder;
  const FoundFiles found = find_files({folder.path()});
  EXPECT_TRUE(found.files.empty());
  EXPECT_TRUE(found.skipped.empty());
}

TEST(FindChangedFiles, LooksAtThePathsThatChangedWithAllBelowThem) {
  const TemporaryFolder folder;
  folder.write("a", "one");
  folder.write("deep/b", "two");
  folder.write("deep/.hidden", "three");
  std::filesystem::create_directory_symlink(folder.path("deep"), folder.path("link"));
  const auto never = [] { return false; };
  const PathSet changed{folder.path("deep"), folder.path("deep/b"), folder.path("gone"),
                        folder.path("link")};
  const FoundFiles found = find_changed_files({folder.path()}, changed, never);
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].path, folder.path("deep/b"));
  EXPECT_TRUE(found.skipped.empty());
  ASSERT_EQ(found.roots.size(), 3U);
  EXPECT_EQ(found.roots[1].path, folder.path("gone"));
  EXPECT_FALSE(found.roots[1].is_there);
  EXPECT_TRUE(found.roots[1].has_files);
}

TEST(FindChangedFiles, LooksAtAllOfAPathThatHasNoFiles) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path("empty"));
  const FoundFiles found = find_changed_files({folder.path()}, {folder.path("a"), folder.path("b")},
                                              [] { return false; });
  ASSERT_EQ(found.roots.size(), 1U);
  EXPECT_EQ(found.roots[0].path, folder.path());
  EXPECT_FALSE(found.roots[0].has_files);
}

}  // namespace
}  // namespace lede
