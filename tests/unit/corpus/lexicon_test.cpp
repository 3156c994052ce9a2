#include "corpus/lexicon.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "tests/unit/corpus/listed_words.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

/// An index in a folder of its own: only those can list the names of their entries.
class TestIndex {
 public:
  TestIndex() = default;
  explicit TestIndex(const WordSet& words) { put(lexicon_of(sorted(words))); }

  operator Xapian::Database() const { return index_; }  // NOLINT: it is one
  void put(const std::string& name, const std::string& value) { index_.set_metadata(name, value); }
  void put(const MetadataEntries& entries) {
    for (const auto& [name, value] : entries) put(name, value);
  }
  MetadataEntries entries() const {
    MetadataEntries entries;
    for (auto name = index_.metadata_keys_begin(); name != index_.metadata_keys_end(); ++name)
      entries[*name] = index_.get_metadata(*name);
    return entries;
  }

 private:
  TemporaryFolder folder_;
  Xapian::WritableDatabase index_{
      folder_.path("index"), Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_BACKEND_GLASS};
};

std::vector<std::string> all_words(const Xapian::Database& index) {
  std::vector<std::string> words;
  for (Lexicon lexicon(index); !lexicon.at_end(); lexicon.next())
    words.emplace_back(lexicon.word());
  return words;
}

/// Enough for several chunks.
WordSet many_words(std::mt19937& random) {
  return random_words(random, 3000 + random() % 5000);
}

TEST(Lexicon, HasTheWordsInOrder) {
  const WordSet words{"go", "going", "gone", "ago", "élan"};
  EXPECT_EQ(all_words(TestIndex(words)), in_order(words));
}

TEST(Lexicon, OfAnIndexWithoutOneIsEmpty) {
  const TestIndex index;
  Lexicon lexicon(index);
  EXPECT_TRUE(lexicon.at_end());
  lexicon.seek("go");
  EXPECT_TRUE(lexicon.at_end());
}

TEST(Lexicon, BeginsWithTheFirstWordsInAnIndexWithoutOne) {
  TestIndex index;
  index.put(lexicon_with(index, sorted({"go"})));
  EXPECT_EQ(all_words(index), in_order(WordSet{"go"}));
}

TEST(Lexicon, MayHaveNoWords) {
  const TestIndex index(WordSet{});
  EXPECT_TRUE(Lexicon(index).at_end());
}

TEST(Lexicon, OfManyWordsIsInChunks) {
  std::mt19937 random(1);
  const WordSet words = many_words(random);
  const TestIndex index(words);
  EXPECT_GT(index.entries().size(), 2U);
  EXPECT_EQ(all_words(index), in_order(words));
}

TEST(Lexicon, FindsTheFirstWordFromAnyPlaceOn) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const WordSet words = many_words(random);
    const TestIndex index(words);
    Lexicon lexicon(index);
    for (unsigned asked = 0; asked < 300; ++asked) {
      const std::string first = random_word(random);
      lexicon.seek(first);
      const auto wanted = words.lower_bound(first);
      ASSERT_EQ(lexicon.at_end(), wanted == words.end());
      if (lexicon.at_end()) continue;
      ASSERT_EQ(lexicon.word(), *wanted);
      if (random() % 2 == 0) {
        lexicon.next();
        ASSERT_EQ(lexicon.at_end(), std::next(wanted) == words.end());
      }
    }
  }
}

TEST(Lexicon, StartsAnewFromItsEnd) {
  const TestIndex index(WordSet{"go", "gone"});
  Lexicon lexicon(index);
  lexicon.seek("zero");
  EXPECT_TRUE(lexicon.at_end());
  lexicon.seek("");
  ASSERT_FALSE(lexicon.at_end());
  EXPECT_EQ(lexicon.word(), "go");
}

TEST(Lexicon, IsTheSameHoweverTheWordsCame) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    WordSet words;
    TestIndex index(WordSet{});
    for (auto rounds = 1 + random() % 6; rounds > 0; --rounds) {
      const WordSet more = random_words(random, random() % 3000);
      index.put(lexicon_with(index, sorted(more)));
      words.insert(more.begin(), more.end());
    }
    EXPECT_EQ(all_words(index), in_order(words));
    EXPECT_EQ(index.entries(), TestIndex(words).entries());
  }
}

TEST(Lexicon, OfKnownWordsStaysAsItIs) {
  std::mt19937 random(2);
  const WordSet words = many_words(random);
  EXPECT_TRUE(lexicon_with(TestIndex(words), sorted(words)).empty());
}

TEST(Lexicon, ChangesOneEntryForAWord) {
  std::mt19937 random(3);
  const TestIndex index(many_words(random));
  EXPECT_EQ(lexicon_with(index, sorted({"mmmmmm"})).size(), 1U);
}

TEST(Lexicon, OfTwoIndexesTakesThePlaceOfEither) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const WordSet one = many_words(random);
    const WordSet other = many_words(random);
    WordSet both = one;
    both.insert(other.begin(), other.end());
    TestIndex index(one);
    const TestIndex second(other);
    const MetadataEntries united = united_lexicon(index, second);
    index.put(second.entries());
    index.put(united);
    EXPECT_EQ(index.entries(), TestIndex(both).entries());
  }
}

/// Whether the whole of it can be read; if so, its words ascend.
bool can_be_read(const Xapian::Database& index) {
  try {
    std::string last;
    for (Lexicon lexicon(index); !lexicon.at_end(); lexicon.next()) {
      EXPECT_LT(last, lexicon.word());
      last = lexicon.word();
    }
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::damaged);
    EXPECT_FALSE(error.hint().empty());
    return false;
  }
}

TEST(Lexicon, ThatIsDamagedIsAnError) {
  std::mt19937 random(5);
  TestIndex index(many_words(random));
  const MetadataEntries entries = index.entries();
  for (unsigned round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    const auto& [name, whole] = *std::next(entries.begin(), random() % entries.size());
    std::string bytes = whole;
    bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
    if (random() % 4 == 0) bytes.resize(1 + random() % bytes.size());
    index.put(name, bytes);
    EXPECT_FALSE(can_be_read(index));
    index.put(name, whole);
  }
  EXPECT_TRUE(can_be_read(index));
}

TEST(Lexicon, OfAnotherLayoutIsRefused) {
  TestIndex index(WordSet{"go"});
  auto [name, bytes] = *index.entries().begin();
  bytes[0] = 2;
  index.put(name, bytes);
  EXPECT_FALSE(can_be_read(index));
}

TEST(Lexicon, ThatClaimsToBeHugeIsRefused) {
  TestIndex index(WordSet{"go"});
  const std::string frame("\x28\xB5\x2F\xFD\xE0\xFF\xFF\xFF\xFF\xFF\x00\x00\x00\x01\x00\x00", 16);
  index.put(index.entries().begin()->first, "\x01" + frame);
  EXPECT_FALSE(can_be_read(index));
}

TEST(Lexicon, WithChunksInEachOthersPlacesIsRefused) {
  std::mt19937 random(4);
  TestIndex index(many_words(random));
  MetadataEntries entries = index.entries();
  ASSERT_GT(entries.size(), 2U);
  const auto second = std::next(entries.begin());
  index.put(second->first, std::next(second)->second);
  index.put(std::next(second)->first, second->second);
  EXPECT_FALSE(can_be_read(index));
}

TEST(Lexicon, WithAnEntryOfALongNameIsRefused) {
  TestIndex index(WordSet{"go"});
  index.put("lede.words." + std::string(kLongestListedWord + 1, 'x'), "\x01");
  EXPECT_FALSE(can_be_read(index));
}

}  // namespace
}  // namespace lede
