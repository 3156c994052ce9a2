#include "query/open_article.hpp"

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "query/links.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

using Command = std::vector<std::string>;

/// Sets an environment variable for the length of a test.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    value == nullptr ? unsetenv(name) : setenv(name, value, 1);
  }
  ~Environment() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

Article article_in(const std::string& path) {
  Article article;
  article.id = "a";
  article.path = path;
  article.url = "https://wire.example/a";
  article.format = "text";
  return article;
}

TEST(LineOfPassage, FindsAPassageWhoseLinesAreBrokenElsewhere) {
  EXPECT_EQ(line_of_passage("a\nb\nThe oil\nfell by a third.\n", "oil fell by"), 3U);
  EXPECT_EQ(line_of_passage("The oil fell", "The oil\n\nfell"), 1U);
  EXPECT_EQ(line_of_passage("x\n\n\ty\n the  oil", "the oil"), 4U);
}

TEST(LineOfPassage, MakesDoWithTheFirstWordsWhereTheFileSpellsTheRestInItsOwnWay) {
  EXPECT_EQ(line_of_passage("a\n{\"text\":\"x\"}\nOil in the Smith &amp; Co. yard",
                            "Oil in the Smith & Co. yard"),
            3U);
}

TEST(LineOfPassage, IsTheFirstWhereThereIsNoSuchPassage) {
  EXPECT_EQ(line_of_passage("a\nb\n", "oil"), 1U);
  EXPECT_EQ(line_of_passage("a\nb\n", ""), 1U);
  EXPECT_EQ(line_of_passage("", "oil"), 1U);
}

TEST(CommandToOpen, IsTheEditorAtTheLineOfThePassage) {
  const TemporaryFolder folder;
  const std::string path = folder.path("-a b.txt");
  std::ofstream(path) << "title\n\nthe oil fell\n";
  const Environment visual("VISUAL", "code -w");
  const Environment editor("EDITOR", "ed");
  EXPECT_EQ(command_to_open(article_in(path), "oil fell"), (Command{"code", "-w", "+3", path}));
}

TEST(CommandToOpen, FallsBackFromEditorToEditor) {
  const TemporaryFolder folder;
  const std::string path = folder.path("a.txt");
  std::ofstream(path) << "oil\n";
  const Environment visual("VISUAL", " ");
  {
    const Environment editor("EDITOR", "ed");
    EXPECT_EQ(command_to_open(article_in(path), ""), (Command{"ed", "+1", path}));
  }
  const Environment editor("EDITOR", nullptr);
  EXPECT_EQ(command_to_open(article_in(path), ""), (Command{"vi", "+1", path}));
}

TEST(CommandToOpen, LeavesToTheDesktopWhatEditorsDoNotRead) {
  const TemporaryFolder folder;
  const std::string path = folder.path("a.pdf");
  std::ofstream(path) << "%PDF";
  Article article = article_in(path);
  article.format = "pdf";
  EXPECT_EQ(command_to_open(article, ""), (Command{"xdg-open", path}));
}

TEST(CommandToOpen, IsTheBrowserForWhatIsNoFileHere) {
  const TemporaryFolder folder;
  const std::string path = folder.path("a.zip");
  std::ofstream(path) << "PK";
  Article member = article_in(path);
  member.member = "a.txt";
  Article imported = article_in(path);
  imported.container = path;
  const Environment browser("BROWSER", "firefox --new-window");
  for (const Article& article : {article_in(folder.path("gone.txt")), member, imported})
    EXPECT_EQ(command_to_open(article, ""),
              (Command{"firefox", "--new-window", "https://wire.example/a"}));
}

TEST(CommandToOpen, NeverHandsOutAnAddressThatIsNotOfTheWeb) {
  for (const std::string url : {"", "file:///etc/passwd", "javascript:alert(1)", "-x",
                                "https://a b", "https://a\x1b[m", "https://\xc3\xbc.example"}) {
    Article article = article_in("/gone");
    article.url = url;
    EXPECT_THROW(command_to_open(article, ""), Error) << url;
  }
}

TEST(FileUrl, IsPlainWhateverThePath) {
  EXPECT_TRUE(file_url("/a b/\xc3\xbc;\x1b").ends_with("/a%20b/%C3%BC%3B%1B"));
  EXPECT_TRUE(file_url("/a").starts_with("file://"));
  EXPECT_EQ(file_url("a"), "");
}

}  // namespace
}  // namespace lede
