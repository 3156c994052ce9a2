#include "console/named_options.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

/// The options, by all their names, that an app gets for arguments.
std::vector<std::string> added_for(const std::vector<const char*>& arguments) {
  CLI::App app{"", "lede-example"};
  app.set_help_flag("");
  std::vector<std::string> words;
  unsigned limit = 0;
  bool is_quiet = false;
  NamedOptions line(app, arguments);
  line.add_option("words", words, "");
  line.add_option("-n,--limit", limit, "");
  line.add_flag("-q,--quiet", is_quiet, "");
  line.add_flag_callback(
      "--json", [] {}, "");
  line.add_option_function<std::string>(
      "--format", [](const std::string&) {}, "");
  std::vector<std::string> added;
  for (const CLI::Option* option : app.get_options()) added.push_back(option->get_name(true, true));
  return added;
}

using Names = std::vector<std::string>;

TEST(NamedOptions, AddWhatHasItsNameFromItsPlace) {
  EXPECT_EQ(added_for({}), Names{"words"});
  EXPECT_EQ(added_for({"limit", "json", "quiet"}), Names{"words"});
}

TEST(NamedOptions, AddAnOptionThatALongNameStandsFor) {
  EXPECT_EQ(added_for({"--json", "oil"}), (Names{"words", "--json"}));
  EXPECT_EQ(added_for({"--limit=3"}), (Names{"words", "-n,--limit"}));
}

TEST(NamedOptions, AddAnOptionThatAShortNameStandsFor) {
  EXPECT_EQ(added_for({"-n", "3"}), (Names{"words", "-n,--limit"}));
  EXPECT_EQ(added_for({"-n3"}), (Names{"words", "-n,--limit"}));
}

TEST(NamedOptions, AddAllThatAClusterOfShortNamesMayStandFor) {
  EXPECT_EQ(added_for({"-qn3"}), (Names{"words", "-n,--limit", "-q,--quiet"}));
}

TEST(NamedOptions, AddEverythingForATextAboutAll) {
  const Names all{"words", "-n,--limit", "-q,--quiet", "--json", "--format"};
  EXPECT_EQ(added_for({"--help"}), all);
  EXPECT_EQ(added_for({"oil", "-h"}), all);
  EXPECT_EQ(added_for({"--completion=bash"}), all);
}

TEST(NamedOptions, ForgetWhatIsSaidOfAnOptionThatIsNotNamed) {
  CLI::App app{"", "lede-example"};
  const std::vector<const char*> arguments{"--json"};
  NamedOptions line(app, arguments);
  const NamedOption json = line.add_flag_callback(
      "--json", [] {}, "");
  const NamedOption format = line.add_option_function<std::string>(
      "--format", [](const std::string&) {}, "");
  format->type_name("NAME")->check(CLI::Range(1, 2))->allow_extra_args(false)->excludes(json);
  json->excludes(format);
  app.parse("--json", false);
  EXPECT_EQ(json->count(), 1U);
  EXPECT_EQ(format->count(), 0U);
  EXPECT_FALSE(format);
}

TEST(NamedOptions, KeepWhatIsSaidOfAnOptionThatIsNamed) {
  CLI::App app{"", "lede-example"};
  const std::vector<const char*> arguments{"--json", "--format", "text"};
  NamedOptions line(app, arguments);
  const NamedOption json = line.add_flag_callback(
      "--json", [] {}, "");
  line.add_option_function<std::string>(
          "--format", [](const std::string&) {}, "")
      ->excludes(json);
  EXPECT_THROW(app.parse("--json --format text", false), CLI::ExcludesError);
}

}  // namespace
}  // namespace lede
