#include "corpus/readers/xml/element_records.hpp"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

constexpr auto kNames = std::to_array<std::string_view>({"item"});

/// Gives its bytes a few at a time, so that every tag is cut off somewhere.
class Drops : public ByteSource {
 public:
  Drops(std::string bytes, std::size_t size) : bytes_(std::move(bytes)), size_(size) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t count = std::min({size_, capacity, bytes_.size() - at_});
    bytes_.copy(buffer, count, at_);
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t size_;
  std::size_t at_ = 0;
};

std::vector<std::string> records_in(const std::string& bytes, Syntax syntax,
                                    std::size_t limit = 1000, std::size_t drop = 1000) {
  Input input(std::make_unique<Drops>(bytes, drop));
  ElementRecords records(input, kNames, syntax, limit);
  std::vector<std::string> found;
  while (const auto record = records.next()) {
    const char* end = record->end == RecordEnd::found     ? ""
                      : record->end == RecordEnd::missing ? "missing "
                                                          : "too far ";
    found.push_back(end + std::string(record->end == RecordEnd::too_far ? "" : record->text));
  }
  return found;
}

using Texts = std::vector<std::string>;

TEST(ElementRecords, AreFoundHoweverTheInputComes) {
  const std::string bytes =
      "<items><item a='1'>x</item><x:item/>\n<!-- <item> --><item><![CDATA[</item>]]></item "
      "></items>";
  for (std::size_t drop = 1; drop < bytes.size(); ++drop) {
    EXPECT_EQ(records_in(bytes, Syntax::xml, 1000, drop),
              (Texts{"<item a='1'>x</item>", "<x:item/>", "<item><![CDATA[</item>]]></item >"}))
        << drop;
  }
}

TEST(ElementRecords, MayLackTheirEnd) {
  EXPECT_EQ(records_in("<item>1<item>2</item>3<item>4", Syntax::xml),
            (Texts{"missing <item>1", "<item>2</item>", "missing <item>4"}));
}

TEST(ElementRecords, OfSgmlAreNotHiddenAndHaveNamesInAnyCase) {
  EXPECT_EQ(records_in("<!-- <ITEM>1</Item> --> <Item>2</ITEM>", Syntax::sgml),
            (Texts{"<ITEM>1</Item>", "<Item>2</ITEM>"}));
  EXPECT_EQ(records_in("<ITEM>1</ITEM>", Syntax::xml), Texts{});
}

TEST(ElementRecords, PastTheLimitCostNoOther) {
  const std::string bytes = "<item>" + std::string(5000, 'x') + "</item><item>2</item>";
  for (const std::size_t drop : {7, 100, 10'000}) {
    EXPECT_EQ(records_in(bytes, Syntax::xml, 1000, drop), (Texts{"too far ", "<item>2</item>"}));
  }
}

TEST(ElementRecords, HaveAHead) {
  Input input(from_memory("<rss><title>T</title><item>1</item>"));
  ElementRecords records(input, kNames, Syntax::xml, 1000);
  EXPECT_EQ(records.head(8), "<rss><ti");
  EXPECT_EQ(records.next()->text, "<item>1</item>");
  EXPECT_FALSE(records.next());
}

TEST(RecordTagFinder, LooksAtEachByteOnce) {
  std::string text;
  RecordTagFinder finder(kNames, Syntax::xml);
  std::size_t last = 0;
  for (int round = 0; round < 10'000; ++round) {
    text += round % 2 == 0 ? "<!-- <item" : "<item <<";
    EXPECT_FALSE(finder.next(text));
    EXPECT_GE(finder.place(), last);
    EXPECT_LE(text.size() - finder.place(), 64U) << "what is looked at is not looked at again";
    last = finder.place();
  }
}

}  // namespace
}  // namespace lede
