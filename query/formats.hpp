#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"
#include "query/answer.hpp"
#include "query/hit_template.hpp"
#include "query/hit_values.hpp"
#include "query/marked_line.hpp"

namespace lede {

/// How an answer is written. The names are those of --format, but for `records`, which --template
/// lays out.
enum class OutputFormat : std::uint8_t { text, json, jsonl, csv, tsv, trec, paths, ids, records };

/// What a table shows of each hit, or JSON, in this order.
using Columns = std::vector<const HitValue*>;

/// How text is laid out for a person.
struct TextStyle {
  bool has_color = false;
  bool is_terminal = false;  ///< folds at `width`
  std::size_t width = 80;    ///< columns; used on a terminal only
  bool has_links = false;    ///< the terminal takes hyperlinks (OSC 8)
  Markers markers{};         ///< around what was asked for, where there is no colour
};

/// For a person: rank, title, date and source, place, then the passages; behind all hits what was
/// counted, on a terminal with bars; nothing without either.
/// Without colour or markers highlights are unmarked. Whatever an article holds, no control or
/// bidirectional character of it gets out: they become visible, as printable() has it.
std::string format_text(const Answer& answer, const TextStyle& style);

/// All keys of a hit in JSON.
inline Columns all_keys() {
  return chosen_hit_values({}, NamedIn::json, false);
}

/// One object, also when nothing was found; docs/answer.schema.json describes it. Ends in a
/// newline. Hits have the keys that were chosen.
std::string format_json(const Answer& answer, const Columns& keys = all_keys());

/// One hit a line, as in format_json; of a batch, each with its `query_id`.
std::string format_jsonl(const Answer& answer, const Columns& keys = all_keys());

/// What becomes of a text that a spreadsheet would take for a formula: one that begins with = + -
/// @.
enum class Formulas : std::uint8_t {
  kept,
  defused,  ///< an apostrophe before it makes it text
};

/// A table: csv as RFC 4180 has it, with CRLF behind each row; or tsv, where tabs and newlines of
/// values are spaces. What a terminal would obey is visible.
std::string format_table_header(OutputFormat format, const Columns& columns);
std::string format_table(const Answer& answer, OutputFormat format, const Columns& columns,
                         const Markers& markers, Formulas formulas = Formulas::kept);

/// Each hit as the template has it, and a newline. `ends_in_null`: with values as they are, and a
/// NUL byte instead.
std::string format_template(const Answer& answer, const HitTemplate& layout, const Markers& markers,
                            bool ends_in_null);

/// The run format of trec_eval: question id, Q0, article id, rank, score, `lede`. White space in
/// ids is percent-encoded, so a line always has six columns; outside a batch the question is `1`.
std::string format_trec(const Answer& answer);

/// The ids of the hits. `ends_in_null`: each as it is, a NUL byte behind it, for programs. Else
/// each on a line, with all that a line or a terminal would not just show made visible.
std::string format_ids(const Answer& answer, bool ends_in_null);

/// In the same way the files that hold the hits, each once, where its best hit stands. Members of
/// an archive and records of a file have its path.
std::string format_paths(const Answer& answer, bool ends_in_null);

/// A whole article for a person (`--show ID`), and as one JSON object on a line.
std::string format_article_text(const Article& article, const TextStyle& style);
std::string format_article_json(const Article& article);

}  // namespace lede
