#include <random>

#include <gtest/gtest.h>

#include "tests/unit/indexer/glass/glass_database.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede::glass {
namespace {

/// Numbers that are the same everywhere.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  unsigned operator()() { return static_cast<unsigned>(engine_()); }

 private:
  std::mt19937 engine_;
};

std::string bytes(std::initializer_list<unsigned> values) {
  std::string text;
  for (const unsigned value : values) text += static_cast<char>(value);
  return text;
}

template <typename Append, typename... Values>
std::string appended(Append&& append, Values&&... values) {
  std::string out;
  append(out, values...);
  return out;
}

TEST(GlassEncoding, WritesNumbersAsXapianDoes) {
  EXPECT_EQ(appended(append_vint, 127U), bytes({0x7F}));
  EXPECT_EQ(appended(append_vint, 40000U), bytes({0xC0, 0xB8, 0x02}));
  EXPECT_EQ(appended(append_last_int, 0U), "");
  EXPECT_EQ(appended(append_last_int, 256U), bytes({0x00, 0x01}));
  EXPECT_EQ(appended(append_sortable_int, 1U), bytes({0x00, 0x01}));
  EXPECT_EQ(appended(append_sortable_int, 32767U), bytes({0x7F, 0xFF}));
  EXPECT_EQ(appended(append_sortable_int, 32768U), bytes({0x80, 0x80, 0x00}));
  EXPECT_EQ(appended(append_sortable_int, 4194303U), bytes({0xBF, 0xFF, 0xFF}));
  EXPECT_EQ(appended(append_sortable_int, 5000000U), bytes({0xC0, 0x4C, 0x4B, 0x40}));
  EXPECT_EQ(appended(append_sortable_int, 4294967295U), bytes({0xE0, 0xFF, 0xFF, 0xFF, 0xFF}));
  EXPECT_EQ(appended(append_sortable, std::string_view("a\0b", 3)), bytes({'a', 0, 0xFF, 'b'}));
}

TEST(GlassEncoding, SortsNumbersAsTheyAre) {
  Random random(1);
  std::string last;
  std::uint32_t value = 0;
  while (value < 4'000'000'000U) {
    const std::string key = appended(append_sortable_int, value);
    EXPECT_GT(key, last) << value;
    last = key;
    value += 1 + value / 100 + random() % 3;
  }
}

TEST(GlassPositions, AreCodedByInterpolation) {
  const auto tag = [](std::vector<std::uint32_t> positions) {
    std::string bytes(most_position_bytes(positions.size()), '\0');
    bytes.resize(static_cast<std::size_t>(put_positions(bytes.data(), positions) - bytes.data()));
    return bytes;
  };
  EXPECT_EQ(tag({3, 7, 9, 20}), bytes({0x14, 0x43, 0x26, 0x00}));
  EXPECT_EQ(tag({1, 2}), bytes({0x02, 0x01}));
  EXPECT_EQ(tag({1, 2, 3}), bytes({0x03, 0x03}));
  EXPECT_EQ(tag({5}), bytes({0x05}));
}

/// The first line in which they differ; empty when they are the same.
std::string difference(const std::string& a, const std::string& b) {
  const std::vector<std::string> left = contents(a);
  const std::vector<std::string> right = contents(b);
  const auto [one, other] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (one == left.end() && other == right.end()) return {};
  const std::string first = one == left.end() ? "nothing" : *one;
  return first + "\nwhere the other has\n" + (other == right.end() ? "nothing" : *other);
}

/// Compares with what Xapian writes, then lets Xapian update it.
void expect_twins(const TestDatabase& database, std::size_t block_bytes, unsigned seed) {
  const TemporaryFolder folder;
  const std::string ours = folder.path() + "/ours";
  const std::string theirs = folder.path() + "/theirs";
  TestWriter(database, ours, block_bytes).write();
  write_by_xapian(database, theirs, static_cast<int>(block_bytes));
  ASSERT_EQ(difference(ours, theirs), "") << "seed " << seed;
  ASSERT_EQ(Xapian::Database::check(ours), 0U) << "seed " << seed;
  for (const std::string& path : {ours, theirs}) {
    Random random(seed);
    Xapian::WritableDatabase index(path, Xapian::DB_OPEN);
    for (const auto& [docid, document] : database.documents) {
      if (random() % 3 == 0) index.delete_document(docid);
      if (random() % 3 != 0) continue;
      Xapian::Document other;
      other.add_posting("new", random() % 9);
      other.add_value(3, "v");
      index.replace_document(docid, other);
    }
    index.add_document(Xapian::Document());
    index.commit();
  }
  ASSERT_EQ(difference(ours, theirs), "") << "seed " << seed;
  ASSERT_EQ(Xapian::Database::check(ours), 0U) << "seed " << seed;
  Xapian::Database(ours).compact(folder.path() + "/small");
  ASSERT_EQ(Xapian::Database::check(folder.path() + "/small"), 0U) << "seed " << seed;
}

std::string random_text(Random& random, std::size_t longest) {
  std::string text;
  for (std::size_t size = 1 + random() % longest; size > 0; --size)
    text += random() % 20 == 0 ? '\0' : static_cast<char>('a' + random() % 4);
  return text;
}

TestDocument random_document(Random& random) {
  TestDocument document;
  for (unsigned count = random() % 60; count > 0; --count) {
    TestPosting& posting = document.terms[random_text(random, random() % 40 == 0 ? 100 : 5)];
    posting.wdf = 1 + random() % (random() % 10 == 0 ? 100'000 : 3);
    posting.positions.clear();
    std::uint32_t position = random() % 5;
    for (unsigned each = random() % 8; each > 0; --each)
      posting.positions.push_back(position += 1 + random() % 300);
  }
  for (const std::uint32_t slot : {0U, 1U, 3U, 255U, 256U, 70000U})
    if (random() % 3 == 0) document.values[slot] = random_text(random, 30);
  if (random() % 4 != 0) document.data = random_text(random, random() % 10 == 0 ? 9000 : 400);
  return document;
}

TEST(GlassDatabase, EqualsWhatXapianWrites) {
  for (unsigned seed = 0; seed < 24; ++seed) {
    Random random(seed);
    TestDatabase database;
    database.metadata["setting"] = "value";
    database.metadata["other"] = random_text(random, 6000);
    std::uint32_t docid = 0;
    for (unsigned count = random() % (seed % 4 == 0 ? 900 : 30); count > 0; --count) {
      docid += 1 + (random() % 10 == 0 ? random() % 100'000 : 0);
      database.documents[docid] = random_document(random);
    }
    expect_twins(database, std::size_t{2048} << (seed % 3), seed);
  }
}

TEST(GlassDatabase, HoldsLongListsAndTagsOfEverySizeRoundAComponent) {
  TestDatabase database;
  for (std::uint32_t docid = 1; docid <= 30'000; ++docid) {
    TestDocument& document = database.documents[docid];
    document.terms["all"] = {1 + docid % 5, {}};
    if (docid % 7 == 0) document.terms["seven"] = {200, {docid, docid + 1}};
    if (docid < 1200) document.data = std::string(docid * 3, 'x');
  }
  std::vector<std::uint32_t> positions;
  for (std::uint32_t position = 1; position < 60'000; position += 1 + position % 7)
    positions.push_back(position);
  database.documents[5].terms["often"] = {static_cast<std::uint32_t>(positions.size()), positions};
  expect_twins(database, 2048, 1);
}

TEST(GlassDatabase, MayBeEmpty) {
  expect_twins({}, 8192, 1);
  TestDatabase database;
  database.documents[7] = {};
  expect_twins(database, 8192, 1);
}

TEST(GlassTable, RefusesKeysThatDoNotAscend) {
  const TemporaryFolder folder;
  TableWriter table(folder.path() + "/t", 2048);
  table.add("b", "1");
  EXPECT_THROW(table.add("b", "2"), std::logic_error);
  EXPECT_THROW(table.add("a", "2"), std::logic_error);
}

TEST(GlassVersion, BeginsAsXapiansOwn) {
  const TemporaryFolder folder;
  Xapian::WritableDatabase(folder.path() + "/x", Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
  std::ifstream file(folder.path() + "/x/iamglass", std::ios::binary);
  const std::string iamglass{std::istreambuf_iterator<char>(file), {}};
  constexpr std::size_t kMagicAndVersion = 16;
  EXPECT_EQ(encode({}).substr(0, kMagicAndVersion), iamglass.substr(0, kMagicAndVersion));
  EXPECT_TRUE(is_known_library(Xapian::version_string()));
  EXPECT_FALSE(is_known_library("1.5.1"));
}

}  // namespace
}  // namespace lede::glass
