#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/article.hpp"
#include "query/answer.hpp"

namespace lede {

/// How an answer is written. The names are those of --format.
enum class OutputFormat : std::uint8_t { text, json, jsonl, trec, ids };

/// How text is laid out for a person.
struct TextStyle {
  bool has_color = false;
  bool is_terminal = false;  ///< folds at `width`
  std::size_t width = 80;    ///< columns; used on a terminal only
};

/// For a person: rank, title, date and source, place, then the passages; nothing without hits.
/// Without colour highlights are unmarked. Whatever an article holds, no control or bidirectional
/// character of it gets out: they become visible, as printable() has it.
std::string format_text(const Answer& answer, const TextStyle& style);

/// One object, also when nothing was found; docs/answer.schema.json describes it. Ends in a
/// newline.
std::string format_json(const Answer& answer);

/// One hit a line, as in format_json; of a batch, each with its `query_id`.
std::string format_jsonl(const Answer& answer);

/// The run format of trec_eval: question id, Q0, article id, rank, score, `lede`. White space in
/// ids is percent-encoded, so a line always has six columns; outside a batch the question is `1`.
std::string format_trec(const Answer& answer);

/// The ids of the hits. `ends_in_null`: each as it is, a NUL byte behind it, for programs. Else
/// each on a line, with all that a line or a terminal would not just show made visible.
std::string format_ids(const Answer& answer, bool ends_in_null);

/// A whole article for a person (`--show ID`), and as one JSON object on a line.
std::string format_article_text(const Article& article, const TextStyle& style);
std::string format_article_json(const Article& article);

}  // namespace lede
