#include "indexer/chosen_articles.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "indexer/article_writer.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

using Ids = std::vector<std::string>;

Ids ids_in(std::string_view bytes, bool are_null_ended) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  std::fwrite(bytes.data(), 1, bytes.size(), file.get());
  std::rewind(file.get());
  return read_ids(file.get(), are_null_ended);
}

TEST(ReadIds, TakesALineOrWhatEndsInANull) {
  EXPECT_EQ(ids_in("a\nb c\r\n\nd", false), (Ids{"a", "b c", "d"}));
  EXPECT_EQ(ids_in(std::string_view("a\nb\r\0\0c\0d", 9), true), (Ids{"a\nb\r", "c", "d"}));
  EXPECT_EQ(ids_in("", false), Ids());
}

TEST(IdsUnder, AreThoseOfAFileOrOfAllBelowAFolder) {
  const TemporaryFolder folder;
  {
    FileRegistry registry;
    const auto writer =
        open_writer(folder.path("idx"), {}, registry, [](const Article&, const Outcome&) {});
    for (const auto* path : {"/news/a.txt", "/news/2025/b.txt", "/newsroom/c.txt"}) {
      Article article;
      article.id = article.path = path;
      article.body = "text";
      writer->add_or_update(article);
    }
    writer->commit();
  }
  const Xapian::Database index(folder.path("idx"));
  EXPECT_EQ(ids_under(index, "/news"), (Ids{"/news/a.txt", "/news/2025/b.txt"}));
  EXPECT_EQ(ids_under(index, "/news/../news/2025/"), (Ids{"/news/2025/b.txt"}));
  EXPECT_EQ(ids_under(index, "/news/a.txt"), (Ids{"/news/a.txt"}));
  EXPECT_EQ(ids_under(index, "/new"), Ids());
  EXPECT_THROW(ids_under(index, "/"), Error);
}

}  // namespace
}  // namespace lede
