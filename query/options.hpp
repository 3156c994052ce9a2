#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "console/terminal.hpp"
#include "corpus/error.hpp"
#include "query/formats.hpp"
#include "query/script_options.hpp"
#include "query/search.hpp"

namespace lede {

/// The command line of lede-query, checked.
struct QueryOptions {
  std::vector<std::string> words;
  std::string index_path;  ///< empty: default_index_path()
  SearchRequest search;    ///< as far as single options say it; request_of() has it whole
  std::string since;       ///< --since, --until: a day or another period; else empty
  std::string until;
  std::vector<std::string> where;  ///< FIELD=VALUE each
  OutputFormat format = OutputFormat::text;
  std::vector<std::string> select;     ///< columns of a table, keys of a hit in JSON; none: all
  std::string layout;                  ///< --template: of OutputFormat::records
  Markers markers;                     ///< --highlight
  Formulas formulas = Formulas::kept;  ///< of a table
  When color = When::automatic;
  std::string batch;                   ///< a file of questions, `-` for standard input, else empty
  std::vector<std::string> show_ids;   ///< the articles to print
  std::optional<std::string> open_id;  ///< the article to open in an editor or a browser
  bool wants_fields = false;           ///< the fields that a question can name are to be printed
  bool wants_pager = true;             ///< where an answer is longer than the terminal
  bool wants_count = false;
  bool ends_in_null = false;    ///< of ids, paths, records: a NUL byte behind each
  bool is_quiet = false;        ///< nothing but errors is printed
  bool allows_nothing = false;  ///< --zero-ok: nothing found is a success
  ScriptOptions script;
};

/// The name that messages begin with.
inline constexpr std::string_view kQueryTool = "lede-query";

/// What people are told of answers, on standard error.
inline constexpr std::string_view kRelaxedNote =
    "no article has all the words; showing the best partial matches";
inline constexpr std::string_view kStaysNewNote =
    "more is new than --limit lets through, so all of it stays new";

/// Describes the command line as far as these arguments, those of main(), need it; parsing them
/// fills `options`, which must outlive `app`. Returns the long names of all options that there are.
std::vector<std::string_view> define_options(CLI::App& app, std::span<const char* const> arguments,
                                             QueryOptions& options);

/// Throws Error (usage) for options that make no sense together.
void check_options(const QueryOptions& options);

/// Where the index lies: --db, else default_index_path().
std::string chosen_index_path(const QueryOptions& options);

/// The words of the command line as one question.
std::string question_of(const QueryOptions& options);

/// Throws Error (usage) for a question without words, unless other options say what to look for or
/// to count.
void check_question(const std::string& question, const QueryOptions& options);

/// What to ask an index for, so that an answer has all the options want to show.
SearchRequest request_of(const QueryOptions& options, std::string id, std::string text);

/// What --new-since leaves out of an index in this state; nullopt for nothing. Throws Error as
/// SeenFile does.
std::optional<SeenArticles> seen_before(const QueryOptions& options, const IndexState& index);

/// Remembers for --new-since that answers from an index in this state are out. Does nothing without
/// that option, with --peek, and where no articles are shown but only whether or how many there
/// are. False: it would, but `is_whole` says that some are not shown, and they must stay new.
/// Throws Error as SeenFile does.
bool remember_seen(const QueryOptions& options, const IndexState& index, bool is_whole);

/// What to ask for the passage by which the article to open answers the words, if there are any.
SearchRequest request_to_open(const QueryOptions& options);

/// How text looks on standard output.
TextStyle style_of(const QueryOptions& options);

/// What a table begins with; empty for other formats. A batch's answers are one table.
std::string format_header(const QueryOptions& options, bool is_batch);

/// An answer as the options want it printed, without its header; in a batch --count puts the
/// question's id before it.
std::string format_answer(const Answer& answer, const QueryOptions& options);

/// The status of a command whose questions found something, or nothing.
ExitStatus found_status(bool has_found, const QueryOptions& options);

}  // namespace lede
