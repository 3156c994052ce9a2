#include "query/options.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "console/choice.hpp"
#include "console/named_options.hpp"
#include "console/printable.hpp"
#include "console/run_tool.hpp"
#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/unicode.hpp"
#include "query/filters.hpp"

namespace lede {
namespace {

constexpr std::uint64_t kMaxLimit = 100'000;
constexpr std::uint64_t kMaxOffset = 1'000'000'000;

constexpr std::array kFormatChoices{
    Choice{"text", OutputFormat::text},   Choice{"json", OutputFormat::json},
    Choice{"jsonl", OutputFormat::jsonl}, Choice{"csv", OutputFormat::csv},
    Choice{"tsv", OutputFormat::tsv},     Choice{"trec", OutputFormat::trec},
    Choice{"paths", OutputFormat::paths}, Choice{"ids", OutputFormat::ids}};

constexpr std::array kFacetChoices =
    choices_of<FacetField::source, FacetField::section, FacetField::author, FacetField::tag,
               FacetField::language, FacetField::host>();

constexpr std::array kPeriodChoices{
    Choice{"day", CalendarUnit::day}, Choice{"week", CalendarUnit::week},
    Choice{"month", CalendarUnit::month}, Choice{"year", CalendarUnit::year}};

template <CollapseField... fields>
constexpr auto collapse_choices() {
  using MaybeField = Choice<std::optional<CollapseField>>;
  return std::array{MaybeField{name_of(fields), fields}..., MaybeField{"none", std::nullopt}};
}

constexpr std::array kCollapseChoices =
    collapse_choices<CollapseField::story, CollapseField::source, CollapseField::section,
                     CollapseField::author, CollapseField::host, CollapseField::language,
                     CollapseField::date, CollapseField::title>();

constexpr std::array kPagerChoices{Choice{"auto", true}, Choice{"never", false}};

constexpr std::array kMatchChoices = choices_of<Match::automatic, Match::all, Match::any>();

// Checks of single values -------------------------------------------------------------------------

/// A check that says what `read`, which throws Error, says of a value.
template <typename Read>
CLI::Validator readable(Read&& read) {
  const auto check = [read](const std::string& input) -> std::string {
    try {
      read(input);
      return {};
    } catch (const Error& error) {
      return error.what();
    }
  };
  return CLI::Validator(check, {});
}

/// What stands before and behind the one comma.
Markers read_markers(const std::string& text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos || text.find(',', comma + 1) != std::string::npos)
    throw Error(fmt::format("'{}' is not OPEN,CLOSE, as in '<b>,</b>'", printable_line(text)));
  return {text.substr(0, comma), text.substr(comma + 1)};
}

/// The names between commas; they are checked where it is known what they choose from.
std::vector<std::string> read_names(const std::string& text) {
  std::vector<std::string> names = CLI::detail::split(text, ',');
  for (std::string& name : names) name = trimmed(name);
  return names;
}

// The command line --------------------------------------------------------------------------------

/// Returns --show, which others are at odds with.
NamedOption define_question(NamedOptions& line, QueryOptions& options) {
  line.begin_group("What to do");
  const NamedOption words = line.add_option("query", options.words,
                                            "What to look for; put -- before it "
                                            "when a word begins with -");
  words->type_name("QUERY");
  const NamedOption batch =
      line.add_option("--batch", options.batch,
                      "Answer each line of this file, QUERY or ID<TAB>QUERY; - is "
                      "standard input");
  const NamedOption show = line.add_option("--show", options.show_ids,
                                           "Print the article with this id; as often as wanted");
  const NamedOption open =
      line.add_option("--open", options.open_id,
                      "Open the article with this id in $VISUAL, $EDITOR or $BROWSER, "
                      "where it has the words");
  const NamedOption similar = line.add_option("--similar", options.search.similar_to,
                                              "Find articles like that with this id");
  const NamedOption fields =
      line.add_flag("--fields", options.wants_fields, "Print the fields that a question can name");
  batch->type_name("FILE")->excludes(words);
  show->type_name("ID")->allow_extra_args(false)->excludes(words)->excludes(batch);
  open->type_name("ID")->excludes(batch)->excludes(show);
  similar->type_name("ID")->excludes(words)->excludes(batch)->excludes(show)->excludes(open);
  fields->excludes(similar)->excludes(words)->excludes(batch)->excludes(show)->excludes(open);
  return show;
}

void define_filters(NamedOptions& line, QueryOptions& options) {
  line.add_option("--since", options.since, "Only articles of this day, month or year, or later")
      ->type_name("DATE");
  line.add_option("--until", options.until, "Only articles of this day, month or year, or earlier")
      ->type_name("DATE");
  line.add_option("--where", options.where,
                  "Only articles with this in that field, as in source=Reuters; all of several")
      ->type_name("FIELD=VALUE")
      ->allow_extra_args(false)
      ->check(readable([](const std::string& text) { return where_filter(text); }));
}

/// A name with a minus before it turns a key's order round, but is not offered for each of them.
void define_sort(NamedOptions& line, QueryOptions& options) {
  line.add_option_function<std::string>(
          "--sort",
          [&options](const std::string& name) { options.search.sort = read_sort_order(name); },
          "In the order of relevance, of date (-date: newest first), or of title, source, section, "
          "author, id, path, url, host, language [relevance]")
      ->type_name(fmt::format("KEY:{{{}}}", fmt::join(sort_names(), ",")))
      ->check(readable(read_sort_order));
}

void define_result(NamedOptions& line, QueryOptions& options) {
  line.begin_group("What to find");
  line.add_option("-d,--db", options.index_path,
                  "The index [$LEDE_DB, else lede/index in XDG data]")
      ->type_name("DIR");
  line.add_option("-n,--limit", options.search.limit, "Show at most this many articles [10]")
      ->type_name("COUNT")
      ->check(whole_number(0, kMaxLimit));
  line.add_option("--offset", options.search.offset, "Leave out this many of the best articles [0]")
      ->type_name("COUNT")
      ->check(whole_number(0, kMaxOffset));
  line.add_option_function<std::string>(
          "--now",
          [&options](const std::string& text) {
            options.search.now = parse_moment(text);
            if (!options.search.now)
              throw CLI::ValidationError("--now", fmt::format("'{}' is not a date", text));
          },
          "Read `today`, `7d..` and the like as at this time [the present]")
      ->type_name("DATE");
  add_choice(line, "--match", options.search.match, kMatchChoices,
             "Whether all words must be there, or any [auto: all; any when no article has all]");
  define_filters(line, options);
  define_sort(line, options);
  line.add_option_function<std::string>(
          "--recency",
          [&options](const std::string& text) { options.search.recency = parse_half_life(text); },
          "Let an article of this age count half as much as one of now, as in 30d, 2w, 1y, 12h")
      ->type_name("HALF-LIFE")
      ->check(readable(parse_half_life));
  line.add_flag("--expand", options.search.expands,
                "Rank by other words of the ten best articles, too");
  line.add_option_function<std::vector<std::string>>(
          "--weight",
          [&options](const std::vector<std::string>& weights) {
            for (const std::string& text : weights)
              options.search.weights.push_back(parse_field_weight(text));
          },
          "Let a word in this field count so much, as in title=5 or body=0.5; for "
          "title, lede, body, tag, author [as the index has it]")
      ->type_name("FIELD=N")
      ->allow_extra_args(false)
      ->check(readable(parse_field_weight));
  add_choice(
      line, "--collapse", options.search.collapse, kCollapseChoices,
      "Show one article of each story or value, the best, and how many others there are [none]");
}

void define_format(NamedOptions& line, QueryOptions& options) {
  const NamedOption format =
      add_choice(line, "--format", options.format, kFormatChoices, "How to print [text]");
  const NamedOption json = line.add_flag_callback(
      "--json", [&options] { options.format = OutputFormat::json; }, "Same as --format json");
  const NamedOption jsonl = line.add_flag_callback(
      "--jsonl", [&options] { options.format = OutputFormat::jsonl; }, "Same as --format jsonl");
  const NamedOption layout = line.add_option_function<std::string>(
      "--template",
      [&options](const std::string& text) {
        options.format = OutputFormat::records;
        options.layout = text;
      },
      R"(Print each article as this has it: '{rank}\t{title:<40.40}')");
  layout->type_name("TEXT")->check(readable([](const std::string& text) { HitTemplate{text}; }));
  json->excludes(format);
  jsonl->excludes(format)->excludes(json);
  layout->excludes(format)->excludes(json)->excludes(jsonl);
  line.add_flag_callback(
      "-0,--null",
      [&options, format] {
        options.ends_in_null = true;
        const bool is_open = format->count() == 0 && options.format == OutputFormat::text;
        if (is_open) options.format = OutputFormat::ids;
      },
      "Print ids, paths or what --template says, each as it is with a NUL byte behind it");
}

void define_passages(NamedOptions& line, QueryOptions& options) {
  line.add_option("--snippets", options.search.snippets.count,
                  "Show this many passages of an article [1]")
      ->type_name("COUNT")
      ->check(whole_number(1, 20));
  line.add_option("--snippet-length", options.search.snippets.limit_characters,
                  "Let a passage have this many characters [240]")
      ->type_name("COUNT")
      ->check(whole_number(40, 2000));
  add_choice(line, "--color", options.color, kWhenChoices,
             "Colour the words that were asked for [auto: on a terminal]")
      ->type_name("WHEN");
  add_choice(line, "--pager", options.wants_pager, kPagerChoices,
             "Whether a long answer is shown page by page on a terminal [auto]");
  line.add_option_function<std::string>(
          "--highlight",
          [&options](const std::string& text) { options.markers = read_markers(text); },
          "Put these around the words that were asked for, as in '<b>,</b>'")
      ->type_name("OPEN,CLOSE")
      ->check(readable(read_markers));
}

void define_counts(NamedOptions& line, QueryOptions& options) {
  line.add_flag("-c,--count", options.wants_count, "Print only how many articles there are");
  add_choices(line, "--facet", options.search.facets, kFacetChoices,
              "Count all that is found by this, too; as often as wanted");
  line.add_option("--facet-limit", options.search.facet_limit,
                  "Show this many values of a facet [10]")
      ->type_name("COUNT")
      ->check(whole_number(1, 10'000));
  add_choice(line, "--histogram", options.search.histogram, kPeriodChoices,
             "Count all that is found by the time of publication, too");
}

void define_output(NamedOptions& line, QueryOptions& options) {
  line.begin_group("How to print");
  define_format(line, options);
  line.add_option_function<std::string>(
          "--select", [&options](const std::string& text) { options.select = read_names(text); },
          "Print only these of a hit in csv, tsv, json or jsonl, as in title,date")
      ->type_name("NAME,...");
  line.add_flag_callback(
      "--no-formulas", [&options] { options.formulas = Formulas::defused; },
      "In csv and tsv, put ' before what a spreadsheet would take for a formula");
  define_counts(line, options);
  define_passages(line, options);
  line.add_flag("--explain", options.search.wants_explanation,
                "Show what each word adds to an article's score");
  line.add_flag("-q,--quiet", options.is_quiet, "Print nothing but errors; the status tells");
  line.add_flag("--zero-ok", options.allows_nothing, "Succeed also when nothing is found");
}

std::vector<Filter> filters_of(const QueryOptions& options) {
  std::vector<Filter> filters;
  if (!options.since.empty()) filters.push_back(since_filter(options.since));
  if (!options.until.empty()) filters.push_back(until_filter(options.until));
  for (const std::string& text : options.where) filters.push_back(where_filter(text));
  return filters;
}

// What goes together ------------------------------------------------------------------------------

bool is_table(OutputFormat format) {
  return format == OutputFormat::csv || format == OutputFormat::tsv;
}

bool is_json(OutputFormat format) {
  return format == OutputFormat::json || format == OutputFormat::jsonl;
}

/// The names that were chosen as what they name.
Columns columns_of(const QueryOptions& options, bool is_batch) {
  return chosen_hit_values(options.select, is_table(options.format) ? NamedIn::text : NamedIn::json,
                           is_batch);
}

void check_null(const QueryOptions& options) {
  const OutputFormat format = options.format;
  const bool is_list = format == OutputFormat::ids || format == OutputFormat::paths;
  if (options.ends_in_null && !is_list && format != OutputFormat::records)
    throw Error("--null goes with ids, paths and --template only",
                "leave --null out, or add --format ids, --format paths or --template");
}

void check_select(const QueryOptions& options) {
  if (options.select.empty()) return;
  if (!is_table(options.format) && !is_json(options.format))
    throw Error("--select chooses columns of csv and tsv, and keys of json and jsonl",
                "add --format csv, or say with --template what to print");
  try {
    columns_of(options, false);
  } catch (const Error& error) {
    throw Error(fmt::format("--select: {}", error.what()));
  }
}

bool counts_all(const QueryOptions& options) {
  return !options.search.facets.empty() || options.search.histogram.has_value();
}

void check_formulas(const QueryOptions& options) {
  if (options.formulas != Formulas::kept && !is_table(options.format))
    throw Error("--no-formulas goes with csv and tsv only", "add --format csv, or leave it out");
}

/// Whole articles are no hits, of which these choose and tell.
void check_show(const QueryOptions& options) {
  const bool is_of_hits = options.wants_count || !options.select.empty() || counts_all(options) ||
                          options.ends_in_null || options.format == OutputFormat::records ||
                          options.search.wants_explanation;
  if (!options.show_ids.empty() && is_of_hits)
    throw Error("--show prints a whole article, and has no use for options that are of hits",
                "ask for the hit: lede-query 'id:\"ID\"' with these options");
}

void check_markers(const QueryOptions& options) {
  const bool has_passages = options.format == OutputFormat::text || is_table(options.format) ||
                            options.format == OutputFormat::records;
  if (!options.markers.is_none() && !has_passages)
    throw Error("--highlight goes with text, csv, tsv and --template only",
                "in JSON, highlights says where the words stand");
}

/// Who is told of news wants no partial matches because nothing new has all the words.
Match match_of(const QueryOptions& options) {
  if (!options.search.similar_to.empty()) return Match::any;
  const bool is_strict = options.search.match == Match::automatic && options.script.new_since;
  return is_strict ? Match::all : options.search.match;
}

/// In JSON it is a key; a person is told of it beside the answer to a single question.
bool shows_suggestion(const QueryOptions& options, bool is_batch) {
  if (options.is_quiet) return false;
  const bool is_told = options.format == OutputFormat::text && !options.wants_count && !is_batch;
  return is_told || options.format == OutputFormat::json;
}

std::string format_count(const Answer& answer) {
  if (answer.id.empty()) return fmt::format("{}\n", answer.total.value);
  return fmt::format("{}\t{}\n", answer.id, answer.total.value);
}

void check_counts(const QueryOptions& options) {
  if (!counts_all(options)) return;
  const bool is_text = options.format == OutputFormat::text;
  if (options.format != OutputFormat::json && !(is_text && !options.wants_count))
    throw Error("--facet and --histogram have no place beside anything but text and json",
                "leave --count and --format out, or use --json");
}

void check_explanation(const QueryOptions& options) {
  if (options.search.wants_explanation && options.format != OutputFormat::text &&
      !is_json(options.format))
    throw Error("--explain goes with text, json and jsonl only", "use --json");
}

bool is_by_relevance(const QueryOptions& options) {
  return options.search.sort.key == SortKey::relevance;
}

/// The options that only change scores.
void check_ranking(const QueryOptions& options) {
  if (is_by_relevance(options)) return;
  const SearchRequest& search = options.search;
  const std::string_view option = search.recency            ? "--recency"
                                  : search.expands          ? "--expand"
                                  : !search.weights.empty() ? "--weight"
                                                            : "";
  if (option.empty()) return;
  throw Error(
      fmt::format("{} changes the order of relevance, and --sort asks for another one", option),
      "leave one of them out");
}

void check_peek(const QueryOptions& options) {
  if (options.script.is_peek && !options.script.new_since)
    throw Error("--peek requires --new-since", fmt::format("{} --help", kQueryTool));
}

}  // namespace

std::vector<std::string_view> define_options(CLI::App& app, std::span<const char* const> arguments,
                                             QueryOptions& options) {
  define_common_options(app);
  NamedOptions line(app, arguments);
  const NamedOption show = define_question(line, options);
  define_result(line, options);
  define_output(line, options);
  define_script_options(line, options.script, show);
  app.parse_complete_callback([&app, &options] {
    const CLI::Option* const limit = app.get_option_no_throw("--limit");
    const bool has_limit = limit != nullptr && limit->count() > 0;
    if (options.script.new_since && !has_limit)
      options.search.limit = kMaxLimit;  // or some were lost
  });
  return line.long_names();
}

std::string chosen_index_path(const QueryOptions& options) {
  return options.index_path.empty() ? default_index_path() : options.index_path;
}

void check_options(const QueryOptions& options) {
  check_peek(options);
  check_null(options);
  check_select(options);
  check_formulas(options);
  check_markers(options);
  check_show(options);
  check_counts(options);
  check_explanation(options);
  check_ranking(options);
}

std::string question_of(const QueryOptions& options) {
  return fmt::format("{}", fmt::join(options.words, " "));
}

void check_question(const std::string& question, const QueryOptions& options) {
  const bool asks_for_all = !options.search.similar_to.empty() || !filters_of(options).empty() ||
                            counts_all(options) || !is_by_relevance(options);
  if (!trimmed(question).empty() || asks_for_all) return;
  throw Error("nothing to look for is given", "give words, as in: lede-query crude oil");
}

SearchRequest request_of(const QueryOptions& options, std::string id, std::string text) {
  const bool needs_no_text = options.format == OutputFormat::trec ||
                             options.format == OutputFormat::ids ||
                             options.format == OutputFormat::paths;
  SearchRequest request = options.search;
  request.wants_suggestion = shows_suggestion(options, !id.empty());
  request.id = std::move(id);
  request.text = std::move(text);
  request.match = match_of(options);
  if (options.wants_count || options.is_quiet) request.limit = 0;
  request.wants_articles = !needs_no_text;
  request.wants_exact_total = options.wants_count;
  request.filters = filters_of(options);
  return request;
}

std::optional<SeenArticles> seen_before(const QueryOptions& options, const IndexState& index) {
  if (!options.script.new_since) return std::nullopt;
  return SeenFile(*options.script.new_since, index.uuid).read();
}

bool remember_seen(const QueryOptions& options, const IndexState& index, bool is_whole) {
  const bool shows_nothing = options.is_quiet || options.wants_count || options.search.limit == 0;
  if (!options.script.new_since || options.script.is_peek || shows_nothing) return true;
  if (is_whole)
    SeenFile(*options.script.new_since, index.uuid).write({index.uuid, index.last_docid});
  return is_whole;
}

SearchRequest request_to_open(const QueryOptions& options) {
  SearchRequest request;
  request.text = question_of(options);
  request.only_id = *options.open_id;
  request.match = Match::any;
  request.limit = 1;
  return request;
}

TextStyle style_of(const QueryOptions& options) {
  TextStyle style{wants_color(options.color, stdout), is_terminal(stdout), terminal_width(stdout)};
  style.has_links = style.is_terminal && style.has_color && wants_color(When::automatic, stdout);
  style.markers = options.markers;
  return style;
}

std::string format_header(const QueryOptions& options, bool is_batch) {
  if (options.wants_count || !is_table(options.format)) return {};
  return format_table_header(options.format, columns_of(options, is_batch));
}

std::string format_answer(const Answer& answer, const QueryOptions& options) {
  if (options.wants_count && options.format != OutputFormat::json) return format_count(answer);
  const bool is_batch = !answer.id.empty();
  switch (options.format) {
    case OutputFormat::text:
      return format_text(answer, style_of(options));
    case OutputFormat::json:
      return format_json(answer, columns_of(options, is_batch));
    case OutputFormat::jsonl:
      return format_jsonl(answer, columns_of(options, is_batch));
    case OutputFormat::csv:
    case OutputFormat::tsv:
      return format_table(answer, options.format, columns_of(options, is_batch), options.markers,
                          options.formulas);
    case OutputFormat::trec:
      return format_trec(answer);
    case OutputFormat::paths:
      return format_paths(answer, options.ends_in_null);
    case OutputFormat::ids:
      return format_ids(answer, options.ends_in_null);
    case OutputFormat::records:
      return format_template(answer, HitTemplate(options.layout), options.markers,
                             options.ends_in_null);
  }
  return {};
}

ExitStatus found_status(bool has_found, const QueryOptions& options) {
  return has_found || options.allows_nothing ? ExitStatus::success : ExitStatus::nothing_found;
}

}  // namespace lede
