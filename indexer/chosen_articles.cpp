#include "indexer/chosen_articles.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "corpus/article_codec.hpp"
#include "corpus/error.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/readers/programs/child_process.hpp"
#include "corpus/settings.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

/// Ids that lede-query is asked for at once.
constexpr std::size_t kPage = 20'000;

struct FreeBytes {
  void operator()(char* bytes) const { std::free(bytes); }
};

std::string lede_query() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path() / "lede-query";
  if (!error && fs::exists(program, error)) return program.string();
  throw Error(fmt::format("there is no {}", program.string()),
              "pipe ids instead: lede-query -0 QUERY | lede-index remove -0 -",
              ExitStatus::resources);
}

std::string_view without_tool(std::string_view complaint) {
  constexpr std::string_view kTool = "lede-query: ";
  return complaint.starts_with(kTool) ? complaint.substr(kTool.size()) : complaint;
}

[[noreturn]] void fail(const ChildResult& result, const ChildLimits& limits) {
  if (result.end != ChildResult::End::exited || result.complaint.empty())
    throw Error(describe_failure("lede-query", result, limits), {}, ExitStatus::resources);
  throw Error(std::string(without_tool(result.complaint)), "lede-query QUERY shows what it finds",
              static_cast<ExitStatus>(result.number));
}

/// Splits `kPage` ids or fewer, each with a NUL byte behind it.
void append_ids(std::vector<std::string>& ids, std::string_view output) {
  for (std::size_t end = output.find('\0'); end != output.npos; end = output.find('\0')) {
    ids.emplace_back(output.substr(0, end));
    output.remove_prefix(end + 1);
  }
}

ChildCommand page_command(const std::string& index_path, const std::string& question,
                          std::size_t offset) {
  ChildCommand command;
  command.program = lede_query();
  command.arguments = {"--db=" + fs::absolute(index_path).string(),
                       "--match=all",
                       "--null",
                       "--zero-ok",
                       fmt::format("--limit={}", kPage),
                       fmt::format("--offset={}", offset),
                       "--",
                       question};
  command.limits.seconds = 600;
  command.limits.memory_bytes = std::uint64_t{1} << 40;  // it is ours, and knows its own limits
  command.limits.output_bytes = std::uint64_t{1} << 30;
  return command;
}

}  // namespace

std::vector<std::string> read_ids(std::FILE* stream, bool are_null_ended) {
  std::vector<std::string> ids;
  const char end = are_null_ended ? '\0' : '\n';
  char* buffer = nullptr;
  std::size_t capacity = 0;
  for (ssize_t size = 0; (size = getdelim(&buffer, &capacity, end, stream)) > 0;) {
    std::string_view id(buffer, static_cast<std::size_t>(size));
    if (id.ends_with(end)) id.remove_suffix(1);
    if (!are_null_ended && id.ends_with('\r')) id.remove_suffix(1);
    if (!id.empty()) ids.emplace_back(id);
  }
  const std::unique_ptr<char, FreeBytes> freed(buffer);
  if (std::ferror(stream) != 0)
    throw Error("cannot read the ids on standard input", {}, ExitStatus::resources);
  return ids;
}

std::vector<std::string> ids_under(const Xapian::Database& index, const std::string& path) {
  std::string place = path == "-" ? path : fs::absolute(path).lexically_normal().string();
  if (place.size() > 1 && place.ends_with('/')) place.pop_back();
  if (place == "/")
    throw Error("everything lies under /", "to remove all articles, delete the index");
  const std::string term = path_terms(place).front();
  ArticleCodec codec(read_dictionary(index));
  std::vector<std::string> ids;
  for (auto article = index.postlist_begin(term); article != index.postlist_end(term); ++article)
    ids.push_back(codec.article_of(index, *article).id);
  return ids;
}

std::vector<std::string> ids_answering(const std::string& index_path, const std::string& question,
                                       const std::function<bool()>& is_stopped) {
  std::vector<std::string> ids;
  for (;;) {
    ChildCommand command = page_command(index_path, question, ids.size());
    command.is_stopped = is_stopped;
    const ChildResult result = run_child(command);
    if (result.end == ChildResult::End::stopped) return {};
    if (!result.is_success()) fail(result, command.limits);
    const std::size_t before = ids.size();
    append_ids(ids, result.output);
    if (ids.size() < before + kPage) return ids;
  }
}

}  // namespace lede
