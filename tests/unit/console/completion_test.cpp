#include "console/completion.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

/// An App must stay where it is, so this holds it.
class Example {
 public:
  Example() {
    app_.set_help_flag("-h,--help", "Print this help and exit");
    app_.add_option("QUERY", words_, "Words");
    app_.add_option("-n,--limit", limit_, "Show at most this many")->type_name("COUNT");
    app_.add_option("--format", format_, "How to write")->check(CLI::IsMember({"text", "json"}));
    app_.add_option("-d,--db", db_, "The index")->type_name("DIR");
    app_.add_option("--batch", batch_, "Questions")->type_name("FILE|-");
    app_.add_option("--weight", weights_, "Weights")->type_name("FIELD=N")->take_all();
    app_.add_flag("--odd", is_odd_, R"(It's [odd]: a "quote", a \ and $HOME `id`)");
    app_.add_flag("--secret", is_odd_, "Nobody sees this")->group("");
  }

  CLI::App& app() { return app_; }
  std::string script(std::string_view shell) { return completion_script(app_, shell); }

 private:
  CLI::App app_{"An example.", "lede-example"};
  std::vector<std::string> words_;
  std::vector<std::string> weights_;
  std::string format_;
  std::string db_;
  std::string batch_;
  unsigned limit_ = 10;
  bool is_odd_ = false;
};

void expect_parts(const std::string& script, const std::vector<std::string_view>& parts) {
  for (const std::string_view part : parts)
    EXPECT_NE(script.find(part), std::string::npos) << part << "\nis not in\n" << script;
}

TEST(Completion, OffersBashNamesChoicesFilesAndFolders) {
  expect_parts(Example().script("bash"),
               {"# bash completion of lede-example, made by: lede-example --completion bash\n",
                "-*) words='-h --help -n --limit --format -d --db --batch --weight --odd' ;;",
                "' -n' | ' --limit') ;;", "' --format') words='text json' ;;",
                "' -d' | ' --db') paths=-d ;;", "' --batch') paths=-f ;;",
                "complete -F _lede_example lede-example\n"});
}

TEST(Completion, DescribesOptionsToZsh) {
  expect_parts(
      Example().script("zsh"),
      {"#compdef lede-example\n", "'(-h --help)-h[Print this help and exit]'",
       "'(-n --limit)-n+[Show at most this many]:COUNT: '",
       "'(-n --limit)--limit=[Show at most this many]:COUNT: '",
       "'(--format)--format=[How to write]:TEXT:(text json)'",
       "'(-d --db)--db=[The index]:DIR:_files -/'", "'(--batch)--batch=[Questions]:FILE|-:_files'",
       "'*--weight=[Weights]:FIELD=N: '", "'*:QUERY: '"});
}

TEST(Completion, DescribesOptionsToFish) {
  expect_parts(Example().script("fish"),
               {"complete -c lede-example -f\n",
                "complete -c lede-example -s n -l limit -x -d 'Show at most this many'\n",
                "complete -c lede-example -l format -x -a 'text json' -d 'How to write'\n",
                "-l batch -r -F -d 'Questions'\n",
                "-l db -x -a '(__fish_complete_directories (commandline -ct))' -d 'The index'\n"});
}

TEST(Completion, QuotesDescriptionsForTheShellThatReadsThem) {
  expect_parts(Example().script("zsh"),
               {R"x([It'\''s \[odd\]\: a "quote", a \\ and $HOME `id`]')x"});
  expect_parts(Example().script("fish"), {R"x(-d 'It\'s [odd]: a "quote", a \\ and $HOME `id`')x"});
}

TEST(Completion, QuotesChoicesForTheShellThatReadsThem) {
  Example example;
  std::string sort;
  example.app().add_option("--sort", sort)->check(CLI::IsMember({"-date", "a b", "$x", "it's"}));
  expect_parts(example.script("bash"), {R"(words='-date a\ b \$x it\'\''s')"});
  expect_parts(example.script("zsh"), {R"((-date a\ b \$x it\'\''s))"});
  expect_parts(example.script("fish"), {R"x(-a '-date a\\ b \\$x it\\\'s')x"});
}

TEST(Completion, KeepsHiddenOptionsHidden) {
  for (const std::string_view shell : {"bash", "zsh", "fish"})
    EXPECT_EQ(Example().script(shell).find("secret"), std::string::npos);
}

TEST(Completion, OffersSubcommandsBesideTheFilesOfTheTool) {
  CLI::App app{"An example.", "lede-example"};
  std::vector<std::string> paths;
  bool is_json = false;
  app.add_option("path", paths, "Files")->type_name("PATH");
  app.add_flag("-v,--verbose", is_json, "Say more");
  CLI::App* parse = app.add_subcommand("parse", "Print it's text");
  parse->add_option("path", paths, "Files")->type_name("PATH");
  app.add_subcommand("status", "Say how it is")->add_flag("--json", is_json, "As JSON");
  expect_parts(completion_script(app, "bash"),
               {"parse | status) command=${COMP_WORDS[i]}; break ;;",
                "*) words='parse status' paths=-f ;;", "'status '*)", "words='-h --help --json'"});
  expect_parts(
      completion_script(app, "zsh"),
      {R"('parse:Print it'\''s text')", "'status:Say how it is'", "_lede_example_parse() {",
       "'*:path:_files'", "  _describe -t commands command commands\n  _files\n",
       "'(--json)--json[As JSON]'\n"});
  expect_parts(
      completion_script(app, "fish"),
      {R"(-n 'not __fish_seen_subcommand_from parse status' -a parse -d 'Print it\'s text')",
       "-n '__fish_seen_subcommand_from status' -f\n",
       "-n '__fish_seen_subcommand_from status' -l json -d 'As JSON'\n"});
}

TEST(Completion, OffersASubcommandWhatItHandsOnToTheTool) {
  CLI::App app{"An example.", "lede-example"};
  std::string db;
  app.add_option("-d,--db", db, "The index")->type_name("DIR");
  app.add_subcommand("status", "Say how it is")->fallthrough();
  app.add_subcommand("parse", "Print it");
  expect_parts(completion_script(app, "bash"),
               {"' -d' | ' --db') paths=-d ;;", "'status -d' | 'status --db') paths=-d ;;",
                "-*) words='-h --help -d --db' ;;"});
  EXPECT_EQ(completion_script(app, "bash").find("'parse --db'"), std::string::npos);
}

TEST(Completion, KnowsNoOtherShell) {
  EXPECT_THROW(Example().script("tcsh"), Error);
  EXPECT_THROW(Example().script(""), Error);
}

}  // namespace
}  // namespace lede
