#include "indexer/update_plan.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

constexpr std::uint64_t kReading = 7;

FoundFile file(const std::string& path, std::uint64_t inode) {
  return {path, {10, 1000, inode}};
}

FileRegistry registry_of(const std::vector<FoundFile>& files) {
  FileRegistry registry;
  for (const FoundFile& each : files) {
    registry.start(each.path, false, kReading, 1);
    registry.finish(each.path, each.stamp, {}, {});
    registry.settle(each.path);
  }
  return registry;
}

FoundFiles found_in(const std::string& root, std::vector<FoundFile> files) {
  const bool has_files = !files.empty();
  return {std::move(files), {{root, true, has_files}}, {}};
}

/// What is not named is gone.
PlanRules rules(std::map<std::string, Presence> presences = {}) {
  PlanRules made;
  made.reading = kReading;
  made.presence = [presences](const std::string& path) {
    const auto known = presences.find(path);
    return known == presences.end() ? Presence::gone : known->second;
  };
  return made;
}

std::vector<std::string> to_read(const UpdatePlan& plan) {
  std::vector<std::string> paths;
  for (const FileToRead& each : plan.to_read)
    paths.push_back(each.file.path + (each.moved_from.empty() ? "" : " from " + each.moved_from));
  return paths;
}

using Paths = std::vector<std::string>;

TEST(UpdatePlan, ReadsNewAndChangedFilesOnly) {
  const FileRegistry registry = registry_of({file("/r/a", 1), file("/r/b", 2)});
  const UpdatePlan plan = plan_update(
      registry, found_in("/r", {file("/r/a", 1), file("/r/b", 9), file("/r/c", 3)}), rules());
  EXPECT_EQ(to_read(plan), (Paths{"/r/b", "/r/c"}));
  EXPECT_EQ(plan.unchanged, std::vector<std::string_view>{"/r/a"});
  EXPECT_TRUE(plan.vanished.empty());
}

TEST(UpdatePlan, HasNoWorkWhereNothingChanged) {
  const FileRegistry registry = registry_of({file("/r/a", 1), file("/other", 2)});
  EXPECT_FALSE(plan_update(registry, found_in("/r", {file("/r/a", 1)}), rules()).has_work());
}

TEST(UpdatePlan, ReadsAgainWhatWasReadInAnotherWayOrNotToItsEnd) {
  FileRegistry registry = registry_of({file("/r/a", 1), file("/r/b", 2)});
  registry.require_reading("/r/a");
  const FoundFiles found = found_in("/r", {file("/r/a", 1), file("/r/b", 2)});
  EXPECT_EQ(to_read(plan_update(registry, found, rules())), Paths{"/r/a"});
  PlanRules other = rules();
  other.reading = 8;
  EXPECT_EQ(to_read(plan_update(registry, found, other)), (Paths{"/r/a", "/r/b"}));
}

TEST(UpdatePlan, RemovesWhatIsGoneUnderThePathsAlone) {
  const FileRegistry registry = registry_of({file("/r/a", 1), file("/r/b", 2), file("/s/c", 3)});
  EXPECT_EQ(plan_update(registry, found_in("/r", {file("/r/a", 1)}), rules()).vanished,
            Paths{"/r/b"});
}

TEST(UpdatePlan, KeepsEverythingUnderAPathThatIsMissingOrEmpty) {
  const FileRegistry registry = registry_of({file("/r/a", 1), file("/r/b", 2)});
  for (const bool is_there : {true, false}) {
    const FoundFiles found{{}, {{"/r", is_there, false}}, {}};
    PlanRules forced = rules();
    const UpdatePlan plan = plan_update(registry, found, forced);
    EXPECT_FALSE(plan.has_work());
    ASSERT_EQ(plan.kept.size(), 1U);
    EXPECT_EQ(plan.kept[0].files, 2U);
    forced.pruning = Pruning::always;
    EXPECT_EQ(plan_update(registry, found, forced).vanished, (Paths{"/r/a", "/r/b"}));
  }
}

TEST(UpdatePlan, KeepsWhatNobodyMayLookAt) {
  const FileRegistry registry = registry_of({file("/r/a", 1), file("/r/x/b", 2)});
  const FoundFiles found = found_in("/r", {file("/r/a", 1)});
  PlanRules made = rules({{"/r/x/b", Presence::unknown}});
  const UpdatePlan plan = plan_update(registry, found, made);
  EXPECT_FALSE(plan.has_work());
  ASSERT_EQ(plan.kept.size(), 1U);
  EXPECT_TRUE(plan.kept[0].is_root_there);
  made.pruning = Pruning::always;
  EXPECT_EQ(plan_update(registry, found, made).vanished, Paths{"/r/x/b"});
}

TEST(UpdatePlan, LeavesAFileThatIsThereButNotFoundThisWay) {
  const FileRegistry registry = registry_of({file("/r/a", 1), file("/r/.hidden", 2)});
  PlanRules made = rules({{"/r/.hidden", Presence::there}});
  made.pruning = Pruning::always;
  const UpdatePlan plan = plan_update(registry, found_in("/r", {file("/r/a", 1)}), made);
  EXPECT_FALSE(plan.has_work());
  EXPECT_TRUE(plan.kept.empty());
}

TEST(UpdatePlan, NeverRemovesWhenAskedNotTo) {
  const FileRegistry registry = registry_of({file("/r/a", 1), file("/r/b", 2)});
  PlanRules made = rules();
  made.pruning = Pruning::never;
  const UpdatePlan plan = plan_update(registry, found_in("/r", {file("/r/a", 1)}), made);
  EXPECT_FALSE(plan.has_work());
  EXPECT_TRUE(plan.kept.empty());
}

TEST(UpdatePlan, KnowsAMovedFileByItsStamp) {
  const FileRegistry registry = registry_of({file("/r/a", 1), file("/r/b", 2), file("/r/c", 2)});
  const UpdatePlan plan =
      plan_update(registry, found_in("/r", {file("/r/a2", 1), file("/r/b2", 2)}), rules());
  EXPECT_EQ(to_read(plan), (Paths{"/r/a2 from /r/a", "/r/b2 from /r/b"}));
  EXPECT_EQ(plan.vanished, Paths{"/r/c"});
}

TEST(UpdatePlan, KnowsTheFilesOfAFolderThatWasRenamed) {
  const FileRegistry registry = registry_of({file("/r/a", 1)});
  const FoundFiles found{{file("/s/a", 1)}, {{"/r", false, false}, {"/s", true, true}}, {}};
  const UpdatePlan plan = plan_update(registry, found, rules());
  EXPECT_EQ(to_read(plan), Paths{"/s/a from /r/a"});
}

TEST(UpdatePlan, GoesByContentsWhereChecksumsAreAskedFor) {
  FileRegistry registry = registry_of({file("/r/a", 1), file("/r/b", 2), file("/r/c", 3)});
  for (const auto* path : {"/r/a", "/r/b"}) {
    registry.finish(path, registry.find(path)->stamp, {1, 2}, {});
    registry.settle(path);
  }
  PlanRules made = rules();
  made.checksum = [](const std::string& path) {
    return path == "/r/b" ? Checksum{3, 4} : Checksum{1, 2};
  };
  const UpdatePlan plan = plan_update(
      registry, found_in("/r", {file("/r/a", 9), file("/r/b", 2), file("/r/c", 3)}), made);
  EXPECT_EQ(plan.restamped, std::vector<FoundFile>{file("/r/a", 9)});
  EXPECT_EQ(to_read(plan), (Paths{"/r/b", "/r/c"}));
}

TEST(ReadingHash, DependsOnEachOption) {
  std::vector<ReadOptions> options(6);
  options[1].format = "json";
  options[2].reads_drafts = true;
  options[3].mappings = {{kBody, "x"}};
  options[4].filters = {{".doc", "antiword {}"}};
  options[5].limits.record_bytes = 1;
  std::vector<std::uint64_t> hashes;
  for (const ReadOptions& each : options) hashes.push_back(reading_hash(each));
  std::ranges::sort(hashes);
  EXPECT_EQ(std::ranges::adjacent_find(hashes), hashes.end());
}

TEST(PresenceOf, TellsWhatIsGoneFromWhatIsThere) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a/b.txt", "x");
  std::filesystem::create_symlink("nowhere", folder.path("link"));
  EXPECT_EQ(presence_of(path), Presence::there);
  EXPECT_EQ(presence_of(folder.path("link")), Presence::there);
  EXPECT_EQ(presence_of(folder.path("a")), Presence::gone);
  EXPECT_EQ(presence_of(folder.path("a/c.txt")), Presence::gone);
  EXPECT_EQ(presence_of(path + "/d.txt"), Presence::gone);
}

}  // namespace
}  // namespace lede
