#include "corpus/readers/pdf.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/child_process.hpp"
#include "corpus/readers/document_title.hpp"
#include "corpus/readers/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t npos = std::string_view::npos;

/// A running head stands in the outermost lines of a page, on at least this many pages ...
constexpr std::size_t kOutermostLines = 2;
constexpr std::size_t kFewestPages = 3;
/// ... and on every third page: left and right pages may differ, and chapters begin without one.
constexpr std::size_t kPagesForOneHead = 3;

/// Letters differ in width, so lines are compared roughly, by their bytes: one is short when it and
/// the next word have this part of the longest line's length, and very short with that part.
constexpr double kShortLine = 0.85;
constexpr double kVeryShortLine = 0.6;

Lines split(std::string_view text, char separator) {
  Lines parts;
  for (auto at = text.find(separator); at != npos; at = text.find(separator)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  if (!text.empty()) parts.push_back(text);
  return parts;
}

// ---- running heads and page numbers

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_roman_number(std::string_view line) {
  return !line.empty() && line.size() < 8 && line.find_first_not_of("ivxlc") == npos;
}

/// What a running head has in common with itself on other pages: all but its numbers.
std::string key_of_head(std::string_view line) {
  line = trimmed(line);
  if (is_roman_number(line)) return "#";
  std::string key;
  for (const char c : line) {
    if (!is_digit(c)) {
      key += c;
    } else if (!key.ends_with('#')) {
      key += '#';
    }
  }
  return key;
}

/// The places of a page's first and last lines that are not empty, in order, each once.
std::vector<std::size_t> outermost(const Lines& page) {
  std::vector<std::size_t> full;
  for (std::size_t at = 0; at < page.size(); ++at) {
    if (!trimmed(page[at]).empty()) full.push_back(at);
  }
  if (full.size() > 2 * kOutermostLines) {
    full.erase(full.begin() + kOutermostLines, full.end() - kOutermostLines);
  }
  return full;
}

std::unordered_set<std::string> running_heads(const std::vector<Lines>& pages) {
  std::unordered_map<std::string, std::size_t> counts;
  for (const Lines& page : pages) {
    std::unordered_set<std::string> keys;
    for (const std::size_t at : outermost(page)) keys.insert(key_of_head(page[at]));
    for (const std::string& key : keys) ++counts[key];
  }
  std::unordered_set<std::string> heads;
  for (const auto& [key, count] : counts) {
    if (count >= kFewestPages && count * kPagesForOneHead >= pages.size()) heads.insert(key);
  }
  return heads;
}

void leave_out_heads(std::vector<Lines>& pages) {
  const std::unordered_set<std::string> heads = running_heads(pages);
  if (heads.empty()) return;
  for (Lines& page : pages) {
    for (const std::size_t at : outermost(page)) {
      if (heads.contains(key_of_head(page[at]))) page[at] = {};
    }
  }
}

// ---- words parted at a line's end

bool is_word_byte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || is_digit(c) || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

bool is_lower(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z');
}

/// The words of the lines, in lower case, with the hyphens in them, but for the pieces at the
/// lines' ends and beginnings that may be parts of one.
class Vocabulary {
 public:
  explicit Vocabulary(const std::vector<Lines>& pages) {
    for (const Lines& page : pages) {
      for (const std::string_view line : page) add_words(line);
    }
  }

  bool has(const std::string& word) const { return words_.contains(word); }

 private:
  void add_words(std::string_view line) {
    const bool is_continued = std::exchange(is_parted_, line.ends_with('-'));
    std::size_t begin = is_continued ? line.find(' ') : 0;
    while (begin < line.size()) {
      std::size_t end = begin;
      while (end < line.size() && (is_word_byte(line[end]) || line[end] == '-')) ++end;
      const bool is_part = end == line.size() && is_parted_;
      if (end > begin && !is_part) words_.insert(ascii_lower(line.substr(begin, end - begin)));
      begin = end + 1;
    }
  }

  std::unordered_set<std::string> words_;
  bool is_parted_ = false;
};

std::string_view last_word(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_word_byte(text[begin - 1])) --begin;
  return text.substr(begin);
}

std::string_view first_word(std::string_view text) {
  return text.substr(
      0, static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_word_byte) -
                                  text.begin()));
}

/// Does the hyphen between two parts of a word belong to it? The text's other words tell; where
/// they do not, two parts that are words themselves keep it.
bool keeps_hyphen(std::string_view first, std::string_view second, const Vocabulary& words) {
  if (first.empty() || second.empty() || !is_lower(second.front()) || is_digit(first.back())) {
    return true;
  }
  const std::string before = ascii_lower(first);
  const std::string after = ascii_lower(second);
  if (words.has(before + after)) return false;
  if (words.has(before + '-' + after)) return true;
  return words.has(before) && words.has(after);
}

/// Puts a line behind the paragraph that it goes on.
void join_line(std::string& paragraph, std::string_view line, const Vocabulary& words) {
  constexpr std::string_view kSoftHyphen = "\xC2\xAD";
  if (paragraph.ends_with(kSoftHyphen)) {
    paragraph.resize(paragraph.size() - kSoftHyphen.size());
  } else if (paragraph.ends_with('-') && !paragraph.ends_with(" -") && !paragraph.ends_with("--")) {
    const std::string_view first =
        last_word(std::string_view(paragraph).substr(0, paragraph.size() - 1));
    if (!keeps_hyphen(first, first_word(line), words)) paragraph.pop_back();
  } else {
    paragraph += ' ';
  }
  paragraph += line;
}

// ---- paragraphs

/// Lines between two empty ones, or on a page.
using Block = Lines;

bool ends_sentence(std::string_view line) {
  constexpr std::array<std::string_view, 7> kClosing{"\"", "'", ")", "]", "”", "’", "»"};
  for (bool goes_on = true; goes_on;) {
    goes_on = false;
    for (const std::string_view mark : kClosing) {
      if (line.ends_with(mark)) {
        line.remove_suffix(mark.size());
        goes_on = true;
      }
    }
  }
  return line.ends_with('.') || line.ends_with('!') || line.ends_with('?') || line.ends_with(':') ||
         line.ends_with("…");
}

std::size_t longest_line(const Block& block) {
  std::size_t longest = 0;
  for (const std::string_view line : block) longest = std::max(longest, line.size());
  return longest;
}

bool begins_item(std::string_view line) {
  constexpr std::array<std::string_view, 6> kBullets{"• ", "– ", "- ", "* ", "▪ ", "■ "};
  return std::any_of(kBullets.begin(), kBullets.end(),
                     [&](std::string_view bullet) { return line.starts_with(bullet); });
}

/// Does a paragraph end between two lines of a block whose longest line has `longest` bytes? Where
/// the next word would have found room, the line was broken for another reason.
bool is_break(std::string_view line, std::string_view next, std::size_t longest) {
  if (begins_item(next)) return true;
  if (is_lower(next.front()) || line.ends_with('-')) return false;
  const auto with_next_word =
      static_cast<double>(line.size() + 1 + next.substr(0, next.find(' ')).size());
  const auto full = static_cast<double>(longest);
  return with_next_word <= kVeryShortLine * full ||
         (with_next_word <= kShortLine * full && ends_sentence(line));
}

/// Does a block break off in the middle of a sentence that the next one goes on with, as at the end
/// of a column or page?
bool goes_on(std::string_view paragraph, std::string_view next) {
  return !paragraph.empty() && !ends_sentence(paragraph) && next.front() >= 'a' &&
         next.front() <= 'z';
}

class Paragraphs {
 public:
  explicit Paragraphs(const Vocabulary& words) : words_(words) {}

  void add(const Block& block) {
    if (block.empty()) return;
    if (!goes_on(current_, block.front())) end_paragraph();
    const std::size_t longest = longest_line(block);
    for (std::size_t at = 0; at < block.size(); ++at) {
      if (at > 0 && is_break(block[at - 1], block[at], longest)) end_paragraph();
      add_line(block[at]);
    }
  }

  std::string text() {
    end_paragraph();
    return std::move(text_);
  }

 private:
  void add_line(std::string_view line) {
    if (current_.empty()) {
      current_ = line;
    } else {
      join_line(current_, line, words_);
    }
  }

  void end_paragraph() {
    if (!text_.empty() && !current_.empty()) text_ += "\n\n";
    text_ += current_;
    current_.clear();
  }

  const Vocabulary& words_;
  std::string text_;
  std::string current_;
};

// ---- children

struct Tool {
  std::string_view name;
  std::vector<std::string> arguments;
};

/// What one of poppler's tools prints; a result that is no success when it is not installed.
std::optional<ChildResult> run_tool(const Tool& tool, const Descriptor& file,
                                    const ReadContext& context, const ChildLimits& limits) {
  const auto program = find_program(tool.name);
  if (!program) return std::nullopt;
  ChildCommand command;
  command.program = *program;
  command.arguments = tool.arguments;
  command.input = file.number();
  command.limits = limits;
  command.is_stopped = context.options.is_stopped;
  return run_child(command);
}

ChildLimits limits_of(const ReadLimits& limits) {
  ChildLimits child;
  child.seconds = limits.filter_seconds;
  child.memory_bytes = limits.filter_memory_bytes;
  child.output_bytes = limits.record_bytes;
  return child;
}

struct InfoKey {
  std::string_view key;
  Metadata metadata;
};
constexpr std::array kInfoKeys{
    InfoKey{"Title", Metadata::title},      InfoKey{"Author", Metadata::authors},
    InfoKey{"Keywords", Metadata::tags},    InfoKey{"CreationDate", Metadata::date},
    InfoKey{"ModDate", Metadata::modified},
};

bool is_worth_taking(Metadata metadata, std::string_view value) {
  return metadata != Metadata::title || !is_placeholder_title(value);
}

}  // namespace

bool looks_like_pdf(std::string_view head) {
  return trimmed(head.substr(0, 1024)).starts_with("%PDF-");
}

std::string text_of_pages(std::string_view pages) {
  std::vector<Lines> lines_of_pages;
  for (const std::string_view page : split(pages, '\f'))
    lines_of_pages.push_back(split(page, '\n'));
  leave_out_heads(lines_of_pages);
  const Vocabulary words(lines_of_pages);
  Paragraphs paragraphs(words);
  for (const Lines& page : lines_of_pages) {
    Block block;
    for (const std::string_view line : page) {
      if (const auto text = trimmed(line); !text.empty()) {
        block.push_back(text);
      } else {
        paragraphs.add(std::exchange(block, {}));
      }
    }
    paragraphs.add(block);
  }
  return paragraphs.text();
}

void set_pdf_metadata(Article& article, std::string_view info) {
  for (const std::string_view line : split(info, '\n')) {
    const std::string_view key = line.substr(0, line.find(':'));
    const std::string_view value = trimmed(line.substr(std::min(key.size() + 1, line.size())));
    const auto known = std::find_if(kInfoKeys.begin(), kInfoKeys.end(),
                                    [&](const InfoKey& known_key) { return known_key.key == key; });
    if (known != kInfoKeys.end() && is_worth_taking(known->metadata, value)) {
      set_metadata(article, known->metadata, value, Origin::markup);
    }
  }
}

void read_pdf(Input& input, const ReadContext& context, const Emit& emit) {
  const auto skip = [&](std::string reason) { emit(Skipped{context.path, {}, std::move(reason)}); };
  const ChildLimits limits = limits_of(context.options.limits);
  const auto file = descriptor_of(input, context.options.limits.record_bytes);
  if (!file)
    return skip(fmt::format("it is longer than {} bytes", context.options.limits.record_bytes));
  const auto text = run_tool({"pdftotext", {"-enc", "UTF-8", "-eol", "unix", "/dev/fd/3", "-"}},
                             *file, context, limits);
  if (!text) return skip("pdftotext is not installed; package poppler-utils has it");
  if (!text->is_success()) return skip(describe_failure("pdftotext", *text, limits));
  if (trimmed(text->output).empty()) return skip("there is no text in it: its pages are pictures");
  Article article;
  article.format = "pdf";
  article.body = text_of_pages(text->output);
  const auto info =
      run_tool({"pdfinfo", {"-enc", "UTF-8", "-isodates", "/dev/fd/3"}}, *file, context, limits);
  if (info && info->is_success()) set_pdf_metadata(article, info->output);
  emit(std::move(article));
}

}  // namespace lede
