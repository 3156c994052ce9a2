#include "indexer/watch/change_batch.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

using std::chrono::milliseconds;

/// A time so many milliseconds after the beginning.
ChangeBatch::Time at(int time) {
  return ChangeBatch::Time(milliseconds(time));
}

TEST(ChangeBatch, IsTakenWhenNothingHasComeForAMoment) {
  ChangeBatch batch;
  EXPECT_EQ(batch.due(), std::nullopt);
  batch.add("/r/a", at(0));
  batch.add("/r/b", at(150));
  EXPECT_EQ(batch.due(), at(350));
  EXPECT_TRUE(batch.take(at(349)).is_empty());
  EXPECT_EQ(batch.take(at(350)).paths, (PathSet{"/r/a", "/r/b"}));
  EXPECT_TRUE(batch.take(at(9'999)).is_empty());
}

TEST(ChangeBatch, IsTakenInAStormWithoutEnd) {
  ChangeBatch batch;
  for (int time = 0; time < 2'000; time += 100) {
    batch.add("/r/a", at(time));
    EXPECT_TRUE(batch.take(at(time)).is_empty());
  }
  batch.add("/r/a", at(2'000));
  EXPECT_EQ(batch.take(at(2'000)).paths, PathSet{"/r/a"});
}

TEST(ChangeBatch, WaitsForAFileToBeClosed) {
  ChangeBatch batch;
  for (int time = 0; time <= 60'000; time += 1'000) {
    batch.note_writing("/r/a", at(time));
    EXPECT_TRUE(batch.take(at(time)).is_empty());
  }
  batch.add("/r/a", at(60'100));
  EXPECT_EQ(batch.take(at(60'300)).paths, PathSet{"/r/a"});
  EXPECT_EQ(batch.due(), std::nullopt);
}

TEST(ChangeBatch, TakesAnOpenFileThatIsQuiet) {
  ChangeBatch batch;
  batch.note_writing("/r/log", at(0));
  batch.add("/r/a", at(0));
  EXPECT_EQ(batch.take(at(200)).paths, PathSet{"/r/a"});
  EXPECT_EQ(batch.due(), at(3'000));
  EXPECT_EQ(batch.take(at(3'000)).paths, PathSet{"/r/log"});
}

TEST(ChangeBatch, TakesAnOpenFileNowAndThenThatIsNeverQuiet) {
  ChangeBatch batch;
  for (int time = 0; time < 300'000; time += 1'000) batch.note_writing("/r/log", at(time));
  EXPECT_EQ(batch.take(at(300'000)).paths, PathSet{"/r/log"});
}

TEST(ChangeBatch, BecomesEverythingWhenEventsAreLost) {
  ChangeBatch batch;
  batch.add("/r/a", at(0));
  batch.add_everything(at(0));
  batch.add("/r/b", at(0));
  const Changes changes = batch.take(at(200));
  EXPECT_TRUE(changes.is_everything);
  EXPECT_TRUE(changes.paths.empty());
}

TEST(Changes, BecomeEverythingWhenTheyAreTooMany) {
  Changes changes;
  for (int number = 0; number < 100'001; ++number) changes.add({false, {std::to_string(number)}});
  EXPECT_TRUE(changes.is_everything);
}

}  // namespace
}  // namespace lede
