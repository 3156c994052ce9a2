#include "query/open_article.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "console/become.hpp"
#include "corpus/environment.hpp"
#include "corpus/error.hpp"
#include "query/links.hpp"
#include "query/sentences.hpp"

namespace lede {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t kMostFileBytes = std::size_t{64} << 20;  // to look for a passage in

Words words_of(std::string_view text, std::size_t most) {
  Words words;
  for (std::size_t at = 0; words.size() < most;) {
    while (at < text.size() && is_white_space(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !is_white_space(text[at])) ++at;
    if (begin == at) break;
    words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

/// Whether the words stand at `at`, with white space between them.
bool has_words_at(std::string_view text, std::size_t at, const Words& words) {
  for (const std::string_view word : words) {
    if (!text.substr(at).starts_with(word)) return false;
    at += word.size();
    while (at < text.size() && is_white_space(text[at])) ++at;
  }
  return true;
}

std::size_t find_words(std::string_view text, const Words& words) {
  if (words.empty()) return text.npos;
  std::size_t at = text.find(words.front());
  while (at != text.npos && !has_words_at(text, at, words)) at = text.find(words.front(), at + 1);
  return at;
}

std::vector<std::string> split_command(std::string_view command) {
  std::vector<std::string> arguments;
  for (const std::string_view word : words_of(command, 100)) arguments.emplace_back(word);
  return arguments;
}

/// The first of these that is set and not empty.
template <std::size_t count>
std::vector<std::string> command_in(const std::array<const char*, count>& variables,
                                    std::string_view otherwise) {
  for (const char* variable : variables) {
    std::vector<std::string> command = split_command(environment(variable));
    if (!command.empty()) return command;
  }
  return {std::string(otherwise)};
}

std::string read_beginning(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  std::array<char, 65536> block{};
  while (bytes.size() < kMostFileBytes && file) {
    file.read(block.data(), block.size());
    bytes.append(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  return bytes;
}

/// A file of its own, or one of records; not a part of an archive, nor where an exported article
/// once lay.
bool is_in_local_file(const Article& article) {
  const bool is_member = !article.member.empty() && !article.member.starts_with('#');
  std::error_code error;
  return !is_member && !article.is_imported() &&
         std::filesystem::is_regular_file(article.path, error);
}

bool is_text_file(const Article& article) {
  constexpr std::array<std::string_view, 4> kOthers{"pdf", "docx", "odt", "epub"};
  return std::ranges::find(kOthers, article.format) == kOthers.end();
}

/// Never to be taken for an option.
std::string safe_path(const std::string& path) {
  return path.starts_with('-') ? "./" + path : path;
}

std::vector<std::string> command_for_file(const Article& article, std::string_view passage) {
  if (!is_text_file(article)) return {"xdg-open", safe_path(article.path)};
  std::vector<std::string> command = command_in(std::array{"VISUAL", "EDITOR"}, "vi");
  command.push_back(fmt::format("+{}", line_of_passage(read_beginning(article.path), passage)));
  command.push_back(safe_path(article.path));
  return command;
}

}  // namespace

std::size_t line_of_passage(std::string_view file, std::string_view passage) {
  // A file may spell the passage in its own way somewhere, by an entity or an escape: fewer words
  // are less likely to have one.
  for (const std::size_t most : {12, 6, 3}) {
    const std::size_t at = find_words(file, words_of(passage, most));
    if (at == file.npos) continue;
    return static_cast<std::size_t>(std::ranges::count(file.substr(0, at), '\n')) + 1;
  }
  return 1;
}

std::vector<std::string> command_to_open(const Article& article, std::string_view passage) {
  if (is_in_local_file(article)) return command_for_file(article, passage);
  if (is_clean_url(article.url)) {
    std::vector<std::string> command = command_in(std::array{"BROWSER"}, "xdg-open");
    command.push_back(article.url);
    return command;
  }
  throw Error(fmt::format("the article '{}' has neither a file of its own here nor a web address",
                          article.id),
              "print what the index holds of it with --show");
}

void run_instead(const std::vector<std::string>& command) {
  become(command);
  throw Error(
      fmt::format("cannot start {}: {}", command.front(), std::generic_category().message(errno)),
      "set VISUAL, EDITOR or BROWSER to a program that is there", ExitStatus::resources);
}

}  // namespace lede
