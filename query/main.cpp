#include <fmt/format.h>

#include "console/pager.hpp"
#include "console/printable.hpp"
#include "console/run_tool.hpp"
#include "query/batch.hpp"
#include "query/field_list.hpp"
#include "query/open_article.hpp"
#include "query/options.hpp"
#include "query/time_limit.hpp"

namespace lede {
namespace {

bool is_text(const QueryOptions& options) {
  return options.format == OutputFormat::text;
}

/// Long text for a person goes through a pager.
void write_output(const std::string& text, const QueryOptions& options) {
  if (is_text(options) && options.wants_pager)
    write_paged(text);
  else
    write_all(stdout, text);
}

void warn_of_unknown_id(const std::string& id, const QueryOptions& options) {
  if (!options.is_quiet) warn(kQueryTool, fmt::format("no article has the id '{}'", id));
}

ExitStatus show_articles(Searcher& searcher, const QueryOptions& options) {
  bool has_all = true;
  std::string shown;
  for (const std::string& id : options.show_ids) {
    const std::optional<Article> article = searcher.find_article(id);
    has_all = has_all && article.has_value();
    if (!article) {
      warn_of_unknown_id(id, options);
    } else if (is_text(options)) {
      if (!shown.empty()) shown += '\n';
      shown += format_article_text(*article, style_of(options));
    } else {
      shown += format_article_json(*article);
    }
  }
  if (!options.is_quiet) write_output(shown, options);
  return found_status(has_all, options);
}

/// The passage by which an article answers the words; empty where there are none.
std::string passage_to_open(Searcher& searcher, const QueryOptions& options) {
  const SearchRequest request = request_to_open(options);
  if (request.text.empty()) return {};
  const Answer answer = searcher.search(request);
  if (answer.hits.empty()) return {};
  const std::vector<Snippet>& snippets = answer.hits.front().snippets;
  return snippets.empty() ? std::string() : snippets.back().text;
}

ExitStatus open_article(Searcher& searcher, const QueryOptions& options) {
  const std::optional<Article> article = searcher.find_article(*options.open_id);
  if (!article) {
    warn_of_unknown_id(*options.open_id, options);
    return found_status(false, options);
  }
  run_instead(command_to_open(*article, passage_to_open(searcher, options)));
}

ExitStatus show_fields(const QueryOptions& options) {
  write_all(stdout, is_text(options) ? format_fields_text() : format_fields_json());
  return ExitStatus::success;
}

/// The articles on all pages together.
std::uint64_t shown_at_most(const Answer& answer) {
  return answer.total.value - answer.total.collapsed;
}

/// Is the page behind the last one?
bool is_behind_all(const Answer& answer) {
  return answer.total.value > 0 && answer.limit > 0 && answer.hits.empty();
}

std::string page_note(const Answer& answer) {
  const std::uint64_t shown_end = answer.offset + answer.hits.size();
  const std::uint64_t total = shown_at_most(answer);
  const std::string all =
      answer.total.collapsed > 0 ? fmt::format(" for {}", answer.total.value) : std::string();
  const std::string page = fmt::format("{}-{} of {}{} articles{}", answer.offset + 1, shown_end,
                                       answer.total.is_exact ? "" : "about ", total, all);
  if (ends_there(answer)) return page;
  return fmt::format("{}; more with --offset {}", page, shown_end);
}

void note(const Answer& answer, const QueryOptions& options) {
  const bool is_for_a_person = options.format == OutputFormat::text && !options.wants_count;
  if (answer.is_relaxed) warn(kQueryTool, kRelaxedNote);
  if (!is_for_a_person) return;
  if (answer.total.value == 0 && answer.similar_to.empty()) warn(kQueryTool, "nothing found");
  if (!answer.suggestion.empty())
    warn(kQueryTool, fmt::format("did you mean: {}", printable_line(answer.suggestion)));
  if (is_behind_all(answer))
    warn(kQueryTool, fmt::format("there are only {} articles", shown_at_most(answer)));
  else if (!answer.hits.empty() && is_terminal(stdout))
    warn(kQueryTool, page_note(answer));
}

ExitStatus answer_question(Searcher& searcher, const QueryOptions& options,
                           const std::string& question) {
  std::string text;
  const Answer answer = within(time_limit(options.script.timeout_seconds), [&] {
    SearchRequest request = request_of(options, {}, question);
    request.is_of_now = false;  // it was opened for this question
    if (options.script.new_since) request.seen = seen_before(options, searcher.state());
    Answer found = searcher.search(request);
    if (!options.is_quiet) text = format_header(options, false) + format_answer(found, options);
    return found;
  });
  const ExitStatus status = found_status(answer.total.value > 0, options);
  if (!options.is_quiet) {
    write_output(text, options);
    note(answer, options);
  }
  finish_output();
  if (!remember_seen(options, answer.index, is_whole(answer))) warn(kQueryTool, kStaysNewNote);
  return status;
}

ExitStatus run(const QueryOptions& options) {
  check_options(options);
  if (options.wants_fields) return show_fields(options);
  if (!options.batch.empty()) return answer_batch(options);
  const bool is_question = options.show_ids.empty() && !options.open_id;
  const std::string question = question_of(options);
  if (is_question) check_question(question, options);
  Searcher searcher(chosen_index_path(options));
  if (!options.show_ids.empty()) return show_articles(searcher, options);
  if (options.open_id) return open_article(searcher, options);
  const std::string& similar_to = options.search.similar_to;
  if (!similar_to.empty() && !searcher.find_article(similar_to))
    warn_of_unknown_id(similar_to, options);
  return answer_question(searcher, options, question);
}

}  // namespace
}  // namespace lede

int main(int argc, char** argv) {
  CLI::App app{"Search the article index and print ranked snippets.", "lede-query"};
  lede::QueryOptions options;
  const auto names = lede::define_options(app, {argv, argv + argc}, options);
  return lede::run_tool(
      app, argc, argv, [&options] { return lede::run(options); }, names);
}
