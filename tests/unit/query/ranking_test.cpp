#include "query/ranking.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace lede {
namespace {

/// Documents in which the term `oil` stands as often as chance has it, of chance lengths.
Xapian::WritableDatabase random_index(unsigned seed, unsigned having, unsigned documents) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<Xapian::termcount> often(1, 9);
  std::uniform_int_distribution<Xapian::termcount> length(0, 200);
  Xapian::WritableDatabase index("", Xapian::DB_BACKEND_INMEMORY);
  for (unsigned i = 0; i < documents; ++i) {
    Xapian::Document document;
    if (i < having) document.add_term("oil", often(random));
    document.add_term("other", length(random));
    index.add_document(document);
  }
  return index;
}

TEST(Ranking, ReckonsAsTheMatcherDoes) {
  for (const unsigned having : {1U, 5U, 40U, 70U, 99U}) {
    const Xapian::WritableDatabase index = random_index(having, having, 100);
    for (const unsigned repeats : {1U, 2U, 5U}) {
      Xapian::Enquire enquire(index);
      enquire.set_weighting_scheme(ranking());
      enquire.set_query(Xapian::Query("oil", repeats));
      const Xapian::MSet found = enquire.get_mset(0, 100);
      ASSERT_EQ(found.size(), having);
      for (auto hit = found.begin(); hit != found.end(); ++hit) {
        auto posting = index.postlist_begin("oil");
        posting.skip_to(*hit);
        const double length = index.get_doclength(*hit) / index.get_avlength();
        EXPECT_NEAR(hit.get_weight(),
                    repeated(repeats) * greatest_weight(100, having) *
                        weight_share(posting.get_wdf(), length),
                    1e-9);
      }
    }
  }
}

TEST(Ranking, LetsNoWordCountTwiceAsMuchForBeingSaidTwice) {
  EXPECT_DOUBLE_EQ(repeated(1), 1);
  EXPECT_DOUBLE_EQ(repeated(2), 1.8);
  EXPECT_LT(repeated(1000), kRepeatSaturation + 1);
}

}  // namespace
}  // namespace lede
