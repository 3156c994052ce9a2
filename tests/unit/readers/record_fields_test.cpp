#include "corpus/readers/record_fields.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

using Names = std::vector<std::string>;

TEST(FindRecordKey, DoesNotMindCaseAndSeparators) {
  for (const char* key : {"datePublished", "date_published", "DATE-PUBLISHED", "datepublished"}) {
    ASSERT_TRUE(find_record_key(key)) << key;
    EXPECT_EQ(find_record_key(key)->field, RecordField::date) << key;
  }
  EXPECT_EQ(find_record_key("_id")->field, RecordField::id);
  EXPECT_EQ(find_record_key("source.name")->field, RecordField::source);
  EXPECT_EQ(find_record_key("byline.original")->field, RecordField::authors);
}

TEST(FindRecordKey, TrustsSomeKeysMoreThanOthers) {
  const auto rank = [](const char* key) { return find_record_key(key)->rank; };
  EXPECT_LT(rank("title"), rank("webTitle"));
  EXPECT_LT(rank("maintext"), rank("text"));
  EXPECT_LT(rank("text"), rank("content"));
  EXPECT_LT(rank("published_at"), rank("date"));
  EXPECT_LT(rank("url"), rank("guid"));
}

TEST(FindRecordKey, KnowsNothingOfOtherKeys) {
  for (const char* key : {"", "_", "image", "textual", "thread.uuid", "titles"}) {
    EXPECT_FALSE(find_record_key(key)) << key;
  }
  EXPECT_FALSE(find_record_key(std::string(1'000'000, 'x')));
}

TEST(SplitAuthors, PartsNamesButNotTheirParts) {
  struct Case {
    std::string text;
    Names expected;
  };
  for (const auto& [text, expected] : std::vector<Case>{
           {"By Ada Writer and Bo Other", {"Ada Writer", "Bo Other"}},
           {"Ada Writer, Bo Other and Cy Third", {"Ada Writer", "Bo Other", "Cy Third"}},
           {"Ada Writer, Bo Other, and Cy Third", {"Ada Writer", "Bo Other", "Cy Third"}},
           {"Ada Writer & Bo Other", {"Ada Writer", "Bo Other"}},
           {"Writer, A.; Other, B.", {"Writer, A.", "Other, B."}},
           {"Brenckman, M.", {"Brenckman, M."}},
           {"brenckman,m.", {"brenckman,m."}},
           {"BY PAT RIZZO AND PAM DOMM", {"PAT RIZZO", "PAM DOMM"}},
           {"Byron Sand", {"Byron Sand"}},
           {"", {}},
           {" ; , and ", {"and"}},
       }) {
    EXPECT_EQ(split_authors(text), expected) << text;
  }
}

TEST(SplitList, LeavesOutWhatIsEmpty) {
  EXPECT_EQ(split_list("a, b;c ,, "), (Names{"a", "b", "c"}));
  EXPECT_EQ(split_list(""), Names{});
}

TEST(SetMetadata, NeverReplacesAValue) {
  Article article;
  EXPECT_TRUE(set_metadata(article, Metadata::title, " First ", Origin::header));
  EXPECT_FALSE(set_metadata(article, Metadata::title, "Second", Origin::record));
  EXPECT_EQ(article.title, "First");
  EXPECT_EQ(article.origin(Metadata::title), Origin::header);
}

TEST(SetMetadata, WarnsOfADateItCannotRead) {
  Article article;
  EXPECT_FALSE(set_metadata(article, Metadata::date, "some day", Origin::header));
  EXPECT_EQ(article.origin(Metadata::date), Origin::none);
  EXPECT_EQ(article.warnings, Names{"the date cannot be read: some day"});
  EXPECT_TRUE(set_metadata(article, Metadata::date, "2025-08-29", Origin::header));
}

}  // namespace
}  // namespace lede
