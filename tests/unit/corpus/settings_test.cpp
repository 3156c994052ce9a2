#include "corpus/settings.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "corpus/version.hpp"

namespace lede {
namespace {

Xapian::WritableDatabase empty_index() {
  return Xapian::WritableDatabase("", Xapian::DB_BACKEND_INMEMORY);
}

std::string refusal(const Xapian::Database& index) {
  try {
    read_settings(index, "idx");
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::no_index);
    EXPECT_FALSE(error.hint().empty());
    return error.what();
  }
  return "";
}

TEST(Settings, ComeBackFromTheIndex) {
  IndexSettings settings;
  settings.language = "german";
  settings.weights[static_cast<std::size_t>(FieldId::title)] = 7;
  settings.positions = Positions::none;
  auto index = empty_index();
  write_settings(index, settings);
  EXPECT_EQ(read_settings(index, "idx"), settings);
}

TEST(Settings, SayWhichVersionsMadeTheIndex) {
  auto index = empty_index();
  write_settings(index, {});
  EXPECT_EQ(read_makers(index).lede, version());
  EXPECT_EQ(read_makers(index).xapian, Xapian::version_string());
}

TEST(Settings, OfADatabaseThatLedeDidNotMakeAreRefused) {
  EXPECT_NE(refusal(empty_index()).find("was not made by lede-index"), std::string::npos);
}

TEST(Settings, OfAnotherSchemaVersionAreRefused) {
  auto index = empty_index();
  write_settings(index, {});
  index.set_metadata("lede.schema", "999");
  EXPECT_NE(refusal(index).find("schema version 999"), std::string::npos);
}

TEST(Settings, ThatCannotBeReadAreRefused) {
  auto index = empty_index();
  write_settings(index, {});
  index.set_metadata("lede.weights", "title=three ");
  EXPECT_NE(refusal(index).find("title=three"), std::string::npos);
}

TEST(Settings, OfPositionsThatNobodyKnowsAreRefused) {
  auto index = empty_index();
  write_settings(index, {});
  index.set_metadata("lede.positions", "some");
  EXPECT_NE(refusal(index).find("'some'"), std::string::npos);
}

TEST(Settings, OfAStemmerThatNobodyHasAreRefused) {
  auto index = empty_index();
  write_settings(index, {});
  index.set_metadata("lede.language", "klingon");
  EXPECT_NE(refusal(index).find("'klingon'"), std::string::npos);
}

TEST(CountLanguages, PutsTheMostFrequentFirst) {
  auto index = empty_index();
  for (const auto* term : {"Lde", "Len", "Len", "Lund", "Mnot", "Kno"}) {
    Xapian::Document document;
    document.add_boolean_term(term);
    index.add_document(document);
  }
  EXPECT_EQ(count_languages(index), (std::vector<LanguageCount>{{"en", 2}, {"de", 1}, {"und", 1}}));
  EXPECT_TRUE(count_languages(empty_index()).empty());
}

}  // namespace
}  // namespace lede
