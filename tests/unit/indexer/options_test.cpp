#include "indexer/options.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

/// The options that a command line gives, or nothing where it is refused.
std::optional<IndexOptions> parse(std::vector<std::string> arguments) {
  CLI::App app{"", "lede-index"};
  IndexOptions options;
  define_options(app, options);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants a vector
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  return options;
}

TEST(IndexOptions, TakePathsByDefault) {
  const auto options = parse({"news", "-", "--db", "idx"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->command, IndexCommand::index);
  EXPECT_EQ(options->paths, (std::vector<std::string>{"news", "-"}));
  EXPECT_EQ(options->index_path, "idx");
}

TEST(IndexOptions, TakeOptionsBehindACommandToo) {
  const auto options = parse({"parse", "news", "--format", "json"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->command, IndexCommand::parse);
  EXPECT_EQ(options->paths, (std::vector<std::string>{"news"}));
  EXPECT_EQ(options->reading.format, "json");
  EXPECT_EQ(parse({"status", "--db", "idx", "--json"})->command, IndexCommand::status);
}

TEST(IndexOptions, ReadWeightsForBareFields) {
  const auto options = parse({"news", "--weight", "title=5", "--weight", "summary=2"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->settings.weights.at(FieldId::title), 5U);
  EXPECT_EQ(options->settings.weights.at(FieldId::lede), 2U);
}

TEST(IndexOptions, LeavePositionsToTheIndexUnlessTheyAreWanted) {
  EXPECT_EQ(parse({"news"})->settings.positions, std::nullopt);
  EXPECT_EQ(parse({"news", "--positions", "none"})->settings.positions, Positions::none);
  EXPECT_EQ(parse({"news", "--positions", "all"})->settings.positions, Positions::all);
}

TEST(IndexOptions, RefuseWhatTheyCannotMeet) {
  EXPECT_FALSE(parse({"news", "--positions", "some"}));
  for (const auto* weight : {"title", "title=", "title=x", "title=-1", "title=101", "url=2", "=3"})
    EXPECT_FALSE(parse({"news", "--weight", weight})) << weight;
  EXPECT_FALSE(parse({"news", "--language", "klingon"}));
  EXPECT_FALSE(parse({"news", "--format", "xml"}));
  EXPECT_FALSE(parse({"news", "--progress", "maybe"}));
  EXPECT_FALSE(parse({"news", "--lock-wait", "-1"}));
  EXPECT_FALSE(parse({"parse"}));
}

TEST(IndexOptions, ReadWhatToRemove) {
  const auto options = parse({"remove", "a", "b", "-0", "--dry-run", "--db", "idx"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->command, IndexCommand::remove);
  EXPECT_EQ(options->removal.ids, (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(options->removal.are_null_ended);
  EXPECT_TRUE(options->is_dry_run);
  EXPECT_EQ(parse({"remove", "--query", "oil gas"})->removal.query, "oil gas");
  EXPECT_EQ(parse({"remove", "--under", "news"})->removal.under, "news");
  EXPECT_EQ(parse({"export"})->command, IndexCommand::export_all);
}

TEST(RequireRemoval, WantsOneWayOfNamingArticles) {
  EXPECT_THROW(require_removal(*parse({"remove"})), Error);
  EXPECT_THROW(require_removal(*parse({"remove", "a", "--under", "news"})), Error);
  EXPECT_THROW(require_removal(*parse({"remove", "--query", "a", "--under", "news"})), Error);
  EXPECT_NO_THROW(require_removal(*parse({"remove", "a", "b"})));
}

TEST(RequirePaths, WantsAtLeastOne) {
  EXPECT_THROW(require_paths({}), Error);
}

}  // namespace
}  // namespace lede
