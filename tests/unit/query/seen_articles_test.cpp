#include "query/seen_articles.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "query/search.hpp"
#include "tests/unit/query/hit_ids.hpp"
#include "tests/unit/query/tiny_index.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

/// A folder in the place of the user's for states.
class StateFolder {
 public:
  StateFolder() { setenv("XDG_STATE_HOME", folder_.path().c_str(), 1); }
  ~StateFolder() { unsetenv("XDG_STATE_HOME"); }
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  std::string path() const { return folder_.path("lede/new-since"); }

 private:
  TemporaryFolder folder_;
};

std::vector<std::string> sorted_ids_of(const Answer& answer) {
  std::vector<std::string> ids = ids_of(answer);
  std::ranges::sort(ids);
  return ids;
}

TEST(SeenArticles, AreLeftOutOfWhatAQuestionFinds) {
  TinyIndex index({make_article("a", "Oil", "crude"), make_article("b", "Oil", "crude"),
                   make_article("c", "Gas", "crude")});
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "oil";
  EXPECT_EQ(ids_of(searcher.search(request)), (Ids{"a", "b"}));
  const IndexState before = searcher.state();
  request.seen = SeenArticles{before.uuid, before.last_docid};
  EXPECT_EQ(searcher.search(request).total.value, 0U);
  index.add(make_article("d", "Oil", "crude"));
  index.add(make_article("e", "Gas", "crude"));
  index.commit();
  EXPECT_EQ(ids_of(searcher.search(request)), (Ids{"d"}));
  for (const char* text : {"crude", "oil OR gas", "crude -lamps"}) {
    request.text = text;
    const Answer answer = searcher.search(request);
    EXPECT_EQ(sorted_ids_of(answer), (Ids{"d", "e"})) << text;
    EXPECT_TRUE(answer.total.is_exact);
  }
}

TEST(SeenArticles, DoNotChangeTheScoresOfTheOthers) {
  const TinyIndex index({make_article("a", "Oil", "crude"), make_article("b", "Oil", "oil oil")});
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "oil";
  const Answer all = searcher.search(request);
  request.seen = SeenArticles{all.index.uuid, 1};
  const Answer later = searcher.search(request);
  ASSERT_EQ(ids_of(later), (Ids{"b"}));
  const auto same = std::ranges::find(all.hits, "b", [](const Hit& hit) { return hit.article.id; });
  EXPECT_EQ(same->score, later.hits[0].score);
}

TEST(SeenArticles, OfAnotherIndexLeaveNothingOut) {
  const TinyIndex index({make_article("a", "Oil", "crude")});
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "oil";
  request.seen = SeenArticles{"another", 1};
  EXPECT_EQ(searcher.search(request).total.value, 1U);
}

TEST(SeenArticles, MayBeMoreThanThereAre) {
  const TinyIndex index({make_article("a", "Oil", "crude")});
  Searcher searcher(index.path());
  SearchRequest request;
  request.text = "oil";
  for (const std::uint64_t docid : {1ULL, 2ULL, 4'294'967'295ULL, ~0ULL}) {
    request.seen = SeenArticles{searcher.state().uuid, docid};
    EXPECT_EQ(searcher.search(request).total.value, 0U) << docid;
  }
}

TEST(SeenFile, GivesBackWhatWasWrittenLast) {
  const StateFolder state;
  const SeenFile file("news", "uuid");
  EXPECT_EQ(file.read(), std::nullopt);
  for (const std::uint64_t docid : {7ULL, 0ULL, ~0ULL}) {
    file.write({"uuid", docid});
    EXPECT_EQ(file.read(), (SeenArticles{"uuid", docid}));
  }
  EXPECT_EQ(SeenFile("news", "other").read(), std::nullopt);
  EXPECT_EQ(SeenFile("other", "uuid").read(), std::nullopt);
}

TEST(SeenFile, LeavesNothingBesideIt) {
  const StateFolder state;
  SeenFile("news", "uuid").write({"uuid", 1});
  SeenFile("news", "uuid").write({"uuid", 2});
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(state.path()))
    files.push_back(entry.path().filename());
  EXPECT_EQ(files, (std::vector<std::string>{"news@uuid"}));
}

TEST(SeenFile, RefusesWhatItHasNotWritten) {
  const StateFolder state;
  const SeenFile file("news", "uuid");
  file.write({"uuid", 1});
  for (const char* text : {"", "seen 1", "seen x\n", "seen -1\n", "seen 1 2\n", "\n", "seen \n",
                           "seen 99999999999999999999\n"}) {
    std::ofstream(state.path() + "/news@uuid") << text;
    EXPECT_THROW(file.read(), Error) << text;
  }
}

TEST(SeenName, IsSafeAsTheNameOfAFile) {
  for (const char* name : {"news", "a", "Morning-desk_2.x", "7"}) EXPECT_TRUE(is_seen_name(name));
  for (const char* name :
       {"", ".", "..", ".x", "-x", "a/b", "a b", "a\n", "\xc3\xa4", "a@b", "a\\b"})
    EXPECT_FALSE(is_seen_name(name)) << name;
  EXPECT_TRUE(is_seen_name(std::string(64, 'a')));
  EXPECT_FALSE(is_seen_name(std::string(65, 'a')));
  EXPECT_FALSE(is_seen_name(std::string("a\0b", 3)));
}

}  // namespace
}  // namespace lede
