#include "corpus/readers/records/record_fields.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

using Names = std::vector<std::string>;

TEST(FindRecordKey, DoesNotMindCaseAndSeparators) {
  for (const char* key : {"datePublished", "date_published", "DATE-PUBLISHED", "datepublished"}) {
    ASSERT_TRUE(find_record_key(key)) << key;
    EXPECT_EQ(find_record_key(key)->field, RecordField{Metadata::date}) << key;
  }
  EXPECT_EQ(find_record_key("_id")->field, RecordField{Metadata::id});
  EXPECT_EQ(find_record_key("source.name")->field, RecordField{Metadata::source});
  EXPECT_EQ(find_record_key("byline.original")->field, RecordField{Metadata::authors});
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
  for (const char* key : {"", "_", "image", "textual", "thread.main_image", "titles", "thread"}) {
    EXPECT_FALSE(find_record_key(key)) << key;
  }
  EXPECT_FALSE(find_record_key(std::string(1'000'000, 'x')));
}

TEST(FindRecordKey, KnowsKeysInsideListsByTheRoleOfTheItem) {
  EXPECT_EQ(find_record_key("contents[kicker].content")->field, RecordField{Metadata::section});
  EXPECT_EQ(find_record_key("headlines[*].value")->field, RecordField{Metadata::title});
  EXPECT_EQ(find_record_key("headlines[short].value")->field, RecordField{Metadata::title});
  EXPECT_LT(find_record_key("headlines[main].value")->rank,
            find_record_key("headlines[short].value")->rank);
  EXPECT_FALSE(find_record_key("contents[image].content"));
}

TEST(FindRecordKey, LooksIntoObjectsThatOnlyHoldTheOtherKeys) {
  EXPECT_EQ(find_record_key("thread.section_title")->field, RecordField{Metadata::section});
  EXPECT_EQ(find_record_key("metadata.author.name")->field, RecordField{Metadata::authors});
  EXPECT_LT(find_record_key("title")->rank, find_record_key("thread.title")->rank);
  EXPECT_LT(find_record_key("thread.title")->rank, rank_count());
}

TEST(LeadsToRecordKey, IsTrueOfObjectsThatHoldAKey) {
  for (const char* key : {"source", "thread", "metadata.author", "authors[*]", "contents[kicker]",
                          "contents[*]", "headlines[main]", "_Headline"}) {
    EXPECT_TRUE(leads_to_record_key(key)) << key;
  }
  for (const char* key : {"", "entities", "thread.thread", "social.facebook", "images[*]"}) {
    EXPECT_FALSE(leads_to_record_key(key)) << key;
  }
}

TEST(FindRecordField, KnowsEveryFieldByItsName) {
  EXPECT_EQ(find_record_field("body"), kBody);
  EXPECT_EQ(find_record_field("title"), RecordField{Metadata::title});
  EXPECT_FALSE(find_record_field("headline"));
  for (const char* name : {"id", "url", "lede", "authors", "source", "section", "tags", "language",
                           "date", "modified"}) {
    ASSERT_TRUE(find_record_field(name)) << name;
    EXPECT_EQ(name_of(*find_record_field(name)), name);
  }
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
           {"By Ada Writer, Staff Writer", {"Ada Writer"}},
           {"Ada Writer, Political Correspondent and Bo Other", {"Ada Writer", "Bo Other"}},
           {"Ada Writer, Jim Stafford", {"Ada Writer", "Jim Stafford"}},
           {"Staff Writer", {"Staff Writer"}},
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
