#include "indexer/index_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <xapian.h>

#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/settings.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kNoWait{0};

/// A build with so many empty documents.
void make_build(IndexFolder& folder, unsigned documents) {
  folder.begin_build();
  Xapian::WritableDatabase index(folder.tables(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
  write_settings(index, {});
  for (unsigned at = 0; at < documents; ++at) index.add_document({});
  index.commit();
}

void publish_build(const std::string& path, unsigned documents) {
  IndexFolder folder(path, kNoWait);
  make_build(folder, documents);
  folder.publish();
}

unsigned documents_in(const std::string& path) {
  return open_index(path).get_doccount();
}

std::string names_in(const std::string& path) {
  std::vector<std::string> names;
  for (const fs::directory_entry& file : fs::directory_iterator(path))
    names.push_back(file.path().filename());
  std::ranges::sort(names);
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : " ") + name;
  return list;
}

ExitStatus refusal(const std::string& path) {
  try {
    const IndexFolder folder(path, kNoWait);
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty());
    return error.status();
  }
  return ExitStatus::success;
}

TEST(IndexFolder, HasNoIndexUntilABuildIsPublished) {
  const TemporaryFolder folder;
  IndexFolder index(folder.path("a/idx"), kNoWait);
  EXPECT_FALSE(index.has_index());
  make_build(index, 3);
  EXPECT_FALSE(index.has_index());
  EXPECT_THROW(open_index(folder.path("a/idx")), Error);
  index.publish();
  EXPECT_TRUE(index.has_index());
  EXPECT_EQ(documents_in(folder.path("a/idx")), 3U);
}

TEST(IndexFolder, IsWhatLibxapianFollowsForReadingAndWriting) {
  const TemporaryFolder folder;
  publish_build(folder.path("idx"), 1);
  Xapian::WritableDatabase(folder.path("idx")).add_document({});
  EXPECT_EQ(Xapian::Database(folder.path("idx")).get_doccount(), 2U);
  EXPECT_EQ(documents_in(folder.path("idx")), 2U);
}

TEST(IndexFolder, DeletesTheBuildThatWasReplacedAndNeverUsesItsNameAgain) {
  const TemporaryFolder folder;
  for (unsigned documents = 1; documents < 4; ++documents) {
    publish_build(folder.path("idx"), documents);
    EXPECT_EQ(names_in(folder.path("idx")), "XAPIANDB " + build_name(documents) + " lede.lock");
  }
}

TEST(IndexFolder, TakesAwayABuildThatIsNotPublished) {
  const TemporaryFolder folder;
  publish_build(folder.path("idx"), 1);
  {
    IndexFolder index(folder.path("idx"), kNoWait);
    make_build(index, 7);
    EXPECT_EQ(documents_in(folder.path("idx")), 1U);
  }
  EXPECT_EQ(names_in(folder.path("idx")), "XAPIANDB build-1 lede.lock");
}

TEST(IndexFolder, ClearsWhatAnEndedWriterLeft) {
  const TemporaryFolder folder;
  publish_build(folder.path("idx"), 1);
  folder.write("idx/build-9/termlist.glass", "half");
  folder.write("idx/XAPIANDB.next", "glass bui");
  publish_build(folder.path("idx"), 2);
  EXPECT_EQ(names_in(folder.path("idx")), "XAPIANDB build-10 lede.lock");
  EXPECT_EQ(documents_in(folder.path("idx")), 2U);
}

TEST(IndexFolder, LetsOneWriterIn) {
  const TemporaryFolder folder;
  auto index = std::make_unique<IndexFolder>(folder.path("idx"), kNoWait);
  EXPECT_EQ(refusal(folder.path("idx")), ExitStatus::locked);
  index.reset();
  EXPECT_EQ(refusal(folder.path("idx")), ExitStatus::success);
}

TEST(IndexFolder, KeepsOtherWritersOutOfABuildThatIsBeingReplaced) {
  const TemporaryFolder folder;
  publish_build(folder.path("idx"), 1);
  IndexFolder index(folder.path("idx"), kNoWait);
  index.begin_build();
  EXPECT_THROW(Xapian::WritableDatabase(folder.path("idx")), Xapian::DatabaseLockError);
}

TEST(IndexFolder, WaitsForNoOtherWriterThanItIsTold) {
  const TemporaryFolder folder;
  publish_build(folder.path("idx"), 1);
  const Xapian::WritableDatabase foreign(folder.path("idx"));
  IndexFolder index(folder.path("idx"), kNoWait);
  EXPECT_THROW(index.begin_build(), Error);
  EXPECT_EQ(names_in(folder.path("idx")), "XAPIANDB build-1 lede.lock");
}

TEST(IndexFolder, RefusesWhatIsNoIndex) {
  const TemporaryFolder folder;
  folder.write("photos/a.jpg", "x");
  folder.write("file", "x");
  folder.write("stranger/XAPIANDB", "glass ../elsewhere\n");
  folder.write("program/XAPIANDB", "remote :sh -c true\n");
  for (const char* name : {"photos", "file", "stranger", "program"})
    EXPECT_EQ(refusal(folder.path(name)), ExitStatus::no_index) << name;
  EXPECT_EQ(names_in(folder.path("photos")), "a.jpg");
}

TEST(IndexFolder, RefusesADatabaseWithoutAStub) {
  const TemporaryFolder folder;
  Xapian::WritableDatabase(folder.path("foreign")).add_document({});
  Xapian::WritableDatabase old(folder.path("old"));
  write_settings(old, {});
  old.commit();
  for (const char* name : {"foreign", "old"})
    EXPECT_EQ(refusal(folder.path(name)), ExitStatus::no_index) << name;
}

TEST(ReadStub, TakesNothingButABuildsName) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_stub(folder.path("nothing")).build, 0U);
  folder.write("idx/XAPIANDB", stub_line(12));
  EXPECT_EQ(read_stub(folder.path("idx")).build, 12U);
  for (const char* text :
       {"", "glass build-", "glass build-1", "glass build-0\n", "glass build-01\n",
        "glass build-1\nglass build-2\n", "glass build--1\n", "glass /build-1\n", "auto build-1\n",
        "glass build-99999999999999999999\n", "-", "glass-1\n"}) {
    folder.write("idx/XAPIANDB", text);
    EXPECT_THROW(read_stub(folder.path("idx")), Error) << text;
  }
}

TEST(IndexReader, FollowsTheIndexFromBuildToBuild) {
  const TemporaryFolder folder;
  publish_build(folder.path("idx"), 1);
  IndexReader reader(folder.path("idx"));
  EXPECT_FALSE(reader.refresh());
  publish_build(folder.path("idx"), 5);
  EXPECT_EQ(reader.database().get_doccount(), 1U) << "what is open stays whole";
  EXPECT_TRUE(reader.refresh());
  EXPECT_EQ(reader.database().get_doccount(), 5U);
  Xapian::WritableDatabase(folder.path("idx")).add_document({});
  EXPECT_TRUE(reader.refresh());
  EXPECT_EQ(reader.database().get_doccount(), 6U);
  EXPECT_FALSE(reader.refresh());
}

TEST(IndexReader, SeesThatAnIndexWasMadeAnewUnderTheNameOfTheOldOne) {
  const TemporaryFolder folder;
  publish_build(folder.path("idx"), 1);
  IndexReader reader(folder.path("idx"));
  fs::rename(folder.path("idx"), folder.path("old"));
  publish_build(folder.path("idx"), 4);
  EXPECT_TRUE(reader.refresh());
  EXPECT_EQ(reader.database().get_doccount(), 4U);
}

TEST(IndexReader, SaysThatTheBuildIsMissing) {
  const TemporaryFolder folder;
  publish_build(folder.path("idx"), 1);
  fs::remove_all(folder.path("idx/build-1"));
  try {
    const IndexReader reader(folder.path("idx"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::damaged);
  }
}

}  // namespace
}  // namespace lede
