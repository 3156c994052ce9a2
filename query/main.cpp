#include <fmt/format.h>

#include "console/printable.hpp"
#include "console/run_tool.hpp"
#include "query/batch.hpp"
#include "query/options.hpp"
#include "query/time_limit.hpp"

namespace lede {
namespace {

ExitStatus show_article(Searcher& searcher, const QueryOptions& options) {
  const std::optional<Article> article = searcher.find_article(*options.show_id);
  if (!article) {
    if (!options.is_quiet)
      warn(kQueryTool, fmt::format("no article has the id '{}'", *options.show_id));
    return found_status(false, options);
  }
  if (options.is_quiet) return ExitStatus::success;
  const bool is_text = options.format == OutputFormat::text;
  write_all(stdout, is_text ? format_article_text(*article, style_of(options))
                            : format_article_json(*article));
  return ExitStatus::success;
}

std::string page_note(const Answer& answer) {
  const std::uint64_t shown_end = answer.offset + answer.hits.size();
  const std::string total =
      fmt::format("{}{}", answer.total.is_exact ? "" : "about ", answer.total.value);
  const std::string page = fmt::format("{}-{} of {} articles", answer.offset + 1, shown_end, total);
  if (answer.total.is_exact && shown_end >= answer.total.value) return page;
  return fmt::format("{}; more with --offset {}", page, shown_end);
}

void note(const Answer& answer, const QueryOptions& options) {
  const bool is_for_a_person = options.format == OutputFormat::text && !options.wants_count;
  if (answer.is_relaxed)
    warn(kQueryTool, "no article has all the words; showing the best partial matches");
  if (!is_for_a_person) return;
  if (answer.total.value == 0) warn(kQueryTool, "nothing found");
  if (!answer.suggestion.empty())
    warn(kQueryTool, fmt::format("did you mean: {}", printable_line(answer.suggestion)));
  if (answer.hits.empty() || !is_terminal(stdout)) return;
  warn(kQueryTool, page_note(answer));
}

ExitStatus answer_question(Searcher& searcher, const QueryOptions& options,
                           const std::string& question) {
  std::string text;
  const Answer answer = within(time_limit(options.script.timeout_seconds), [&] {
    SearchRequest request = request_of(options, {}, question);
    request.seen = seen_before(options, searcher.state());
    Answer found = searcher.search(request);
    if (!options.is_quiet) text = format_header(options, false) + format_answer(found, options);
    return found;
  });
  const ExitStatus status = found_status(answer.total.value > 0, options);
  if (!options.is_quiet) {
    write_all(stdout, text);
    note(answer, options);
  }
  finish_output();
  remember_seen(options, answer.index);
  return status;
}

ExitStatus run(const QueryOptions& options) {
  check_options(options);
  if (!options.batch.empty()) return answer_batch(options);
  const bool is_question = !options.show_id;
  const std::string question = is_question ? question_of(options) : std::string();
  Searcher searcher(chosen_index_path(options));
  if (options.show_id) return show_article(searcher, options);
  return answer_question(searcher, options, question);
}

}  // namespace
}  // namespace lede

int main(int argc, char** argv) {
  CLI::App app{"Search the article index and print ranked snippets.", "lede-query"};
  lede::QueryOptions options;
  lede::define_options(app, options);
  return lede::run_tool(app, argc, argv, [&options] { return lede::run(options); });
}
