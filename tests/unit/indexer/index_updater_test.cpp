#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <xapian.h>

#include "indexer/update.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

/// News in a folder, and an updater of their index.
class IndexUpdaterTest : public testing::Test {
 protected:
  IndexUpdaterTest() {
    folder.write("news/a.txt", "A quiet harbour\n\nNothing but zebras.\n");
    folder.write("news/deep/b.txt", "A loud harbour\n\nNothing but walruses.\n");
  }

  IndexOptions options() const {
    IndexOptions options;
    options.index_path = folder.path("index");
    options.paths = {folder.path("news")};
    options.jobs = 1;
    return options;
  }

  UpdateVoice voice() {
    return {[this](const std::string& message) { said.push_back(message); },
            [](const ProgressState&) {}, [] { return false; }};
  }

  std::string news(const std::string& name) const { return folder.path("news/" + name); }
  Xapian::doccount count() const { return Xapian::Database(folder.path("index")).get_doccount(); }

  TemporaryFolder folder;
  std::vector<std::string> said;
  IndexUpdater updater{options(), voice()};
};

TEST_F(IndexUpdaterTest, LooksAtWhatHasChangedOnly) {
  updater.update();
  folder.write("news/c.txt", "A third harbour\n\nNothing but herons.\n");
  folder.write("news/d.txt", "A fourth harbour\n\nNothing but gulls.\n");
  const Report report = updater.update({news("c.txt")});
  EXPECT_EQ(report.files_found, 1U);
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(updater.update().added, 1U);
}

TEST_F(IndexUpdaterTest, TakesWhatIsGoneForDeletedWhileThePathHasFiles) {
  updater.update();
  fs::remove(news("a.txt"));
  EXPECT_EQ(updater.update({news("a.txt")}).removed, 1U);
  fs::remove_all(news("deep"));
  EXPECT_EQ(updater.update({news("deep")}).removed, 0U);
  EXPECT_EQ(count(), 1U);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0].find("are kept, though there are no files at " + folder.path("news")),
            std::string::npos);
}

TEST_F(IndexUpdaterTest, KnowsAMovedFolderAgain) {
  updater.update();
  fs::rename(news("deep"), news("moved"));
  const Report report = updater.update({news("deep"), news("moved")});
  EXPECT_EQ(report.moved, 1U);
  EXPECT_EQ(report.removed, 0U);
  EXPECT_EQ(count(), 2U);
}

TEST_F(IndexUpdaterTest, PassesOverWhatLiesElsewhere) {
  updater.update();
  const std::string elsewhere = folder.write("other/x.txt", "Elsewhere\n\nAn otter.\n");
  EXPECT_EQ(updater.update({elsewhere, "/"}).files_found, 0U);
}

TEST_F(IndexUpdaterTest, LearnsAgainWhatAnotherWriterHasDone) {
  updater.update();
  fs::remove(news("a.txt"));
  IndexUpdater(options(), voice()).update();
  EXPECT_EQ(count(), 1U);
  folder.write("news/a.txt", "A quiet harbour\n\nNothing but zebras.\n");
  EXPECT_EQ(updater.update({news("a.txt")}).added, 1U);
  fs::remove_all(folder.path("index"));
  EXPECT_EQ(updater.update().added, 2U);
}

TEST_F(IndexUpdaterTest, ReadsEachFileOnceWhereAFolderAboveItHasChangedToo) {
  updater.update();
  folder.write("news/deep/c.txt", "A third harbour\n\nNothing but herons.\n");
  EXPECT_EQ(updater.update({news("deep"), news("deep/c.txt")}).files_found, 2U);
}

}  // namespace
}  // namespace lede
