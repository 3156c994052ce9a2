#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "console/json_writer.hpp"
#include "console/printable.hpp"
#include "console/terminal.hpp"
#include "corpus/error.hpp"
#include "indexer/check_articles.hpp"
#include "indexer/check_tables.hpp"
#include "indexer/commands.hpp"
#include "indexer/index_folder.hpp"
#include "indexer/report.hpp"

namespace lede {
namespace {

/// Lines of libxapian's, and articles, that are shown unless --verbose asks for all.
constexpr std::size_t kShownLines = 8;
constexpr std::size_t kShownArticles = 20;

/// What `lede-index check` says.
struct IndexCheck {
  std::string path;
  ArticlesCheck articles;
  std::vector<TableDamage> tables;

  bool is_whole() const { return articles.damaged_count == 0 && tables.empty(); }
};

std::string_view last_lines(std::string_view text, std::size_t count) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::size_t begin = text.size();
  while (count > 0 && begin != std::string_view::npos && begin > 0) {
    begin = text.rfind('\n', begin - 1);
    --count;
  }
  return begin == std::string_view::npos || begin == 0 ? text : text.substr(begin + 1);
}

std::string format_table(const TableDamage& damage, bool shows_all) {
  std::string text = fmt::format("table {}: {}\n", damage.table, damage.problem);
  std::string_view lines =
      last_lines(damage.output, shows_all ? damage.output.size() : kShownLines);
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    text += fmt::format("    {}\n", printable_line(line));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
  return text;
}

std::string format_article(const ArticleDamage& damage) {
  if (damage.docid == 0) return fmt::format("index: {}\n", printable_line(damage.problem));
  const std::string name = damage.id.empty()
                               ? fmt::format("article of document {}", damage.docid)
                               : fmt::format("article '{}'", printable_line(damage.id));
  return fmt::format("{}: {}\n", name, printable_line(damage.problem));
}

std::string format_check(const IndexCheck& check, bool shows_all) {
  if (check.is_whole())
    return fmt::format("the index at {} is whole: {}\n", check.path,
                       count_of(check.articles.articles, "article", "articles"));
  std::string text;
  for (const TableDamage& damage : check.tables) text += format_table(damage, shows_all);
  const std::vector<ArticleDamage>& articles = check.articles.damaged;
  const std::size_t shown = shows_all ? articles.size() : std::min(articles.size(), kShownArticles);
  for (std::size_t at = 0; at < shown; ++at) text += format_article(articles[at]);
  if (shown < check.articles.damaged_count)
    text += fmt::format("and {} more\n", check.articles.damaged_count - shown);
  return text;
}

void write_article(JsonWriter& json, const ArticleDamage& damage) {
  json.begin_object();
  json.key("id").value(damage.id);
  json.key("document").value(damage.docid);
  json.key("problem").value(damage.problem);
  json.end_object();
}

void write_table(JsonWriter& json, const TableDamage& damage) {
  json.begin_object();
  json.key("table").value(damage.table);
  json.key("problem").value(damage.problem);
  json.key("output").value(damage.output);
  json.end_object();
}

std::string format_check_json(const IndexCheck& check) {
  JsonWriter json;
  json.begin_object();
  json.key("version").value(std::uint64_t{1});
  json.key("path").value(check.path);
  json.key("whole").value(check.is_whole());
  json.key("articles").value(check.articles.articles);
  json.key("damaged_count").value(check.articles.damaged_count);
  json.key("damaged").begin_array();
  for (const ArticleDamage& damage : check.articles.damaged) write_article(json, damage);
  json.end_array();
  json.key("tables").begin_array();
  for (const TableDamage& damage : check.tables) write_table(json, damage);
  json.end_array();
  json.end_object();
  return json.take() + '\n';
}

void print_check(const IndexCheck& check, const IndexOptions& options) {
  if (options.is_json) return write_all(stdout, format_check_json(check));
  if (!options.is_quiet) write_all(stdout, format_check(check, options.is_verbose));
}

}  // namespace

ExitStatus check_index(const IndexOptions& options) {
  const auto folder =
      hold_index(chosen_index_path(options), std::chrono::seconds(options.lock_wait_seconds));
  folder->keep_others_out();  // what another one writes would look like damage
  const IndexCheck check{folder->path(), check_articles(*folder), check_tables(*folder)};
  print_check(check, options);
  if (check.is_whole()) return ExitStatus::success;
  throw Error(fmt::format("the index at {} is damaged", check.path),
              fmt::format("save what can be read with: lede-index export --db {}\n"
                          "then make it anew of the articles: lede-index --rebuild --db {} PATH",
                          check.path, check.path),
              ExitStatus::damaged);
}

}  // namespace lede
