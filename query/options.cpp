#include "query/options.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "console/choice.hpp"
#include "console/run_tool.hpp"
#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::uint64_t kMaxLimit = 100'000;
constexpr std::uint64_t kMaxOffset = 1'000'000'000;

constexpr std::array kFormatChoices{
    Choice{"text", OutputFormat::text}, Choice{"json", OutputFormat::json},
    Choice{"jsonl", OutputFormat::jsonl}, Choice{"trec", OutputFormat::trec},
    Choice{"ids", OutputFormat::ids}};

constexpr std::array kMatchChoices{Choice{"auto", Match::automatic}, Choice{"all", Match::all},
                                   Choice{"any", Match::any}};

void define_question(CLI::App& app, QueryOptions& options) {
  CLI::Option* words = app.add_option("query", options.words,
                                      "What to look for; put -- before it "
                                      "when a word begins with -");
  words->type_name("QUERY");
  CLI::Option* batch = app.add_option("--batch", options.batch,
                                      "Answer each line of this file, QUERY or ID<TAB>QUERY; - is "
                                      "standard input");
  CLI::Option* show = app.add_option("--show", options.show_id, "Print the article with this id");
  batch->type_name("FILE")->excludes(words);
  show->type_name("ID")->excludes(words)->excludes(batch);
}

void define_result(CLI::App& app, QueryOptions& options) {
  app.add_option("-d,--db", options.index_path, "The index [$LEDE_DB, else lede/index in XDG data]")
      ->type_name("DIR");
  app.add_option("-n,--limit", options.limit, "Show at most this many articles [10]")
      ->type_name("COUNT")
      ->check(whole_number(0, kMaxLimit));
  app.add_option("--offset", options.offset, "Leave out this many of the best articles [0]")
      ->type_name("COUNT")
      ->check(whole_number(0, kMaxOffset));
  add_choice(app, "--match", options.match, kMatchChoices,
             "Whether all words must be there, or any [auto: all; any when no article has all]");
}

void define_format(CLI::App& app, QueryOptions& options) {
  CLI::Option* format =
      add_choice(app, "--format", options.format, kFormatChoices, "How to print [text]");
  CLI::Option* json = app.add_flag_callback(
      "--json", [&options] { options.format = OutputFormat::json; }, "Same as --format json");
  CLI::Option* jsonl = app.add_flag_callback(
      "--jsonl", [&options] { options.format = OutputFormat::jsonl; }, "Same as --format jsonl");
  app.add_flag_callback(
         "-0,--null",
         [&options] {
           options.format = OutputFormat::ids;
           options.ends_in_null = true;
         },
         "Print ids as they are, each with a NUL byte behind it")
      ->excludes(format)
      ->excludes(json)
      ->excludes(jsonl);
  json->excludes(format);
  jsonl->excludes(format)->excludes(json);
}

void define_output(CLI::App& app, QueryOptions& options) {
  define_format(app, options);
  app.add_flag("-c,--count", options.wants_count, "Print only how many articles there are");
  app.add_option("--snippets", options.snippets.count, "Show this many passages of an article [1]")
      ->type_name("COUNT")
      ->check(whole_number(1, 20));
  app.add_option("--snippet-length", options.snippets.limit_characters,
                 "Let a passage have this many characters [240]")
      ->type_name("COUNT")
      ->check(whole_number(40, 2000));
  add_choice(app, "--color", options.color, kWhenChoices,
             "Colour the words that were asked for [auto: on a terminal]")
      ->type_name("WHEN");
  app.add_flag("-q,--quiet", options.is_quiet, "Print nothing but errors; the status tells");
  app.add_flag("--zero-ok", options.allows_nothing, "Succeed also when nothing is found");
}

/// Who is told of news wants no partial matches because nothing new has all the words.
Match match_of(const QueryOptions& options) {
  const bool is_strict = options.match == Match::automatic && options.script.new_since;
  return is_strict ? Match::all : options.match;
}

std::string format_count(const Answer& answer) {
  if (answer.id.empty()) return fmt::format("{}\n", answer.total.value);
  return fmt::format("{}\t{}\n", answer.id, answer.total.value);
}

}  // namespace

void define_options(CLI::App& app, QueryOptions& options) {
  define_common_options(app);
  define_question(app, options);
  define_result(app, options);
  define_output(app, options);
  define_script_options(app, options.script);
  app.parse_complete_callback([&app, &options] {
    const bool has_limit = app.count("--limit") > 0;
    if (options.script.new_since && !has_limit) options.limit = kMaxLimit;  // or some were lost
  });
}

std::string chosen_index_path(const QueryOptions& options) {
  return options.index_path.empty() ? default_index_path() : options.index_path;
}

std::string question_of(const QueryOptions& options) {
  std::string question = fmt::format("{}", fmt::join(options.words, " "));
  if (!trimmed(question).empty()) return question;
  throw Error("nothing to look for is given", "give words, as in: lede-query crude oil");
}

SearchRequest request_of(const QueryOptions& options, std::string id, std::string text) {
  SearchRequest request;
  request.id = std::move(id);
  request.text = std::move(text);
  request.match = match_of(options);
  request.offset = options.offset;
  request.limit = options.wants_count || options.is_quiet ? 0 : options.limit;
  request.wants_articles =
      options.format != OutputFormat::trec && options.format != OutputFormat::ids;
  request.wants_exact_total = options.wants_count;
  request.snippets = options.snippets;
  return request;
}

std::optional<SeenArticles> seen_before(const QueryOptions& options, const IndexState& index) {
  if (!options.script.new_since) return std::nullopt;
  return SeenFile(*options.script.new_since, index.uuid).read();
}

void remember_seen(const QueryOptions& options, const IndexState& index) {
  if (!options.script.new_since || options.script.is_peek) return;
  SeenFile(*options.script.new_since, index.uuid).write({index.uuid, index.last_docid});
}

TextStyle style_of(const QueryOptions& options) {
  return {wants_color(options.color, stdout), is_terminal(stdout), terminal_width(stdout)};
}

std::string format_answer(const Answer& answer, const QueryOptions& options) {
  const bool is_json = options.format == OutputFormat::json;
  if (options.wants_count && !is_json) return format_count(answer);
  switch (options.format) {
    case OutputFormat::text:
      return format_text(answer, style_of(options));
    case OutputFormat::json:
      return format_json(answer);
    case OutputFormat::jsonl:
      return format_jsonl(answer);
    case OutputFormat::trec:
      return format_trec(answer);
    case OutputFormat::ids:
      return format_ids(answer, options.ends_in_null);
  }
  return {};
}

ExitStatus found_status(bool has_found, const QueryOptions& options) {
  return has_found || options.allows_nothing ? ExitStatus::success : ExitStatus::nothing_found;
}

}  // namespace lede
