#include "corpus/readers/programs/pdf.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/office/document_title.hpp"
#include "corpus/readers/programs/child_process.hpp"
#include "corpus/readers/records/record_fields.hpp"
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
/// the next word have this part of the usual line's length, and very short with that part.
constexpr double kShortLine = 0.85;
constexpr double kVeryShortLine = 0.6;

/// Longer lines are no running heads, longer words no parts of a parted one.
constexpr std::size_t kLongestHead = 200;
constexpr std::size_t kLongestPart = 64;
constexpr std::size_t kMostWords = 200'000;  // of a vocabulary; a thick book has a fifth of that
constexpr std::size_t kMostLines = 10'000;   // of a block

/// Calls `take` with each part of a text between separators; the last part only if it is not empty.
template <typename Take>
void for_each_part(std::string_view text, char separator, Take take) {
  for (auto at = text.find(separator); at != npos; at = text.find(separator)) {
    take(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  if (!text.empty()) take(text);
}

// ---- running heads and page numbers

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter_byte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_letter_byte);
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

/// A page's first and last lines that are not empty.
Lines outermost(std::string_view page) {
  Lines lines;
  const auto take = [&](std::string_view line) {
    if (!trimmed(line).empty()) lines.push_back(line);
  };
  while (!page.empty() && lines.size() < kOutermostLines) {
    const std::string_view line = page.substr(0, page.find('\n'));
    take(line);
    page.remove_prefix(std::min(line.size() + 1, page.size()));
  }
  while (!page.empty() && lines.size() < 2 * kOutermostLines) {
    const std::string_view line = page.substr(page.rfind('\n') + 1);
    take(line);
    page.remove_suffix(std::min(line.size() + 1, page.size()));
  }
  return lines;
}

/// Where a line stands: between others, between empty ones, or at its page's head or foot.
enum class Place { inside, alone, outermost };

/// Calls `take` with each line of a page and its place.
template <typename Take>
void for_each_line(std::string_view page, Take take) {
  const Lines outer = outermost(page);
  std::optional<std::string_view> held;  // until the next one is seen
  bool is_after_empty = true;
  const auto take_held = [&](bool is_before_empty) {
    if (!held) return;
    const bool is_outer = std::any_of(outer.begin(), outer.end(), [&](std::string_view one) {
      return one.data() == held->data() && !held->empty();
    });
    const bool is_alone = is_after_empty && is_before_empty;
    take(*held, is_outer ? Place::outermost : is_alone ? Place::alone : Place::inside);
    is_after_empty = trimmed(*held).empty();
  };
  for_each_part(page, '\n', [&](std::string_view line) {
    take_held(trimmed(line).empty());
    held = line;
  });
  take_held(true);
}

/// What runs through the pages of a text: at their heads and feet, or between two columns of them,
/// where pdftotext may put a foot.
class RunningHeads {
 public:
  explicit RunningHeads(std::string_view pages) {
    for_each_part(pages, '\f', [&](std::string_view page) { count(page); });
  }

  bool has(std::string_view line, Place place) const {
    const std::string key = key_at(line, place);
    const auto found = key.empty() ? counts_.end() : counts_.find(key);
    return found != counts_.end() && found->second >= kFewestPages &&
           found->second * kPagesForOneHead >= pages_;
  }

 private:
  void count(std::string_view page) {
    ++pages_;
    std::unordered_set<std::string> keys;
    for_each_line(page, [&](std::string_view line, Place place) {
      std::string key = key_at(line, place);
      if (!key.empty()) keys.insert(std::move(key));
    });
    for (const std::string& key : keys) ++counts_[key];
  }

  /// Empty for a line that is no head. A number is a page's only at its edges: inside, it may be a
  /// table's.
  static std::string key_at(std::string_view line, Place place) {
    if (place == Place::inside || line.size() > kLongestHead) return {};
    std::string key = key_of_head(line);
    return place == Place::outermost || has_letter(key) ? key : std::string();
  }

  std::unordered_map<std::string, std::size_t> counts_;
  std::size_t pages_ = 0;
};

/// Calls `take` with each line of the pages but their running heads, and with an empty line after
/// each page. The first page keeps what says more than a number: it may be the title.
template <typename Take>
void for_each_line_of_text(std::string_view pages, const RunningHeads& heads, Take take) {
  bool is_first = true;
  for_each_part(pages, '\f', [&](std::string_view page) {
    for_each_line(page, [&](std::string_view line, Place place) {
      const bool is_head = heads.has(line, place);
      if (!is_head || (is_first && has_letter(key_of_head(line)))) take(line);
    });
    take({});
    is_first = false;
  });
}

// ---- words parted at a line's end

bool is_word_byte(char c) {
  return is_letter_byte(c) || is_digit(c);
}

bool is_lower(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z');
}

/// The words of the lines, in lower case, with the hyphens in them, but for the pieces at the
/// lines' ends and beginnings that may be parts of one.
class Vocabulary {
 public:
  Vocabulary(std::string_view pages, const RunningHeads& heads) {
    for_each_line_of_text(pages, heads, [&](std::string_view line) { add_words(line); });
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
      if (end > begin && !is_part) add(line.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  void add(std::string_view word) {
    if (word.size() > 2 * kLongestPart || words_.size() >= kMostWords) return;
    words_.insert(ascii_lower(word));
  }

  std::unordered_set<std::string> words_;
  bool is_parted_ = false;
};

std::string_view last_word(std::string_view text) {
  text = text.substr(text.size() - std::min(text.size(), kLongestPart));
  std::size_t begin = text.size();
  while (begin > 0 && is_word_byte(text[begin - 1])) --begin;
  return text.substr(begin);
}

std::string_view first_word(std::string_view text) {
  text = text.substr(0, kLongestPart);
  return text.substr(
      0, static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_word_byte) -
                                  text.begin()));
}

/// Does the hyphen between two parts of a word belong to it? The text's other words tell; where
/// they do not, two parts that are words themselves keep it.
bool keeps_hyphen(std::string_view first, std::string_view second, const Vocabulary& words) {
  if (second.empty() || !is_lower(second.front()) || is_digit(first.back())) return true;
  const std::string before = ascii_lower(first);
  const std::string after = ascii_lower(second);
  if (words.has(before + after)) return false;
  if (words.has(before + '-' + after)) return true;
  return words.has(before) && words.has(after);
}

/// The first part of a word that a text ends in the middle of; empty when it does not.
std::string_view part_before_hyphen(std::string_view text) {
  return text.ends_with('-') ? last_word(text.substr(0, text.size() - 1)) : std::string_view{};
}

/// Puts a line behind the paragraph that it goes on.
void join_line(std::string& paragraph, std::string_view line, const Vocabulary& words) {
  constexpr std::string_view kSoftHyphen = "\xC2\xAD";
  const std::string_view parted = part_before_hyphen(paragraph);
  if (paragraph.ends_with(kSoftHyphen)) {
    paragraph.resize(paragraph.size() - kSoftHyphen.size());
  } else if (parted.empty()) {
    paragraph += ' ';
  } else if (!keeps_hyphen(parted, first_word(line), words)) {
    paragraph.pop_back();
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

/// How long a block's full lines are: a third of its lines are longer, as pdftotext makes one line
/// of two where it makes a parted word whole.
std::size_t usual_length(const Block& block) {
  std::vector<std::size_t> lengths;
  for (const std::string_view line : block) lengths.push_back(line.size());
  const auto place = lengths.begin() + std::ssize(lengths) * 2 / 3;
  std::nth_element(lengths.begin(), place, lengths.end());
  return *place;
}

constexpr std::array<std::string_view, 7> kBullets{"•", "–", "-", "*", "▪", "■", "\uF0B7"};

/// A bullet that stands alone belongs to what comes next.
bool is_bullet(std::string_view line) {
  return std::find(kBullets.begin(), kBullets.end(), line) != kBullets.end();
}

bool begins_item(std::string_view line) {
  return is_bullet(line.substr(0, line.find(' ')));
}

/// Does a paragraph end between two lines of a block whose lines have `usual` bytes? Where
/// the next word would have found room, the line was broken for another reason.
bool is_break(std::string_view line, std::string_view next, std::size_t usual) {
  if (begins_item(next)) return true;
  if (is_lower(next.front()) || line.ends_with('-')) return false;
  const auto with_next_word =
      static_cast<double>(line.size() + 1 + next.substr(0, next.find(' ')).size());
  const auto full = static_cast<double>(usual);
  return with_next_word <= kVeryShortLine * full ||
         (with_next_word <= kShortLine * full && ends_sentence(line));
}

/// Does a block break off in the middle of a sentence that the next one goes on with, as at the end
/// of a column or page?
bool goes_on(std::string_view paragraph, std::string_view next) {
  if (is_bullet(paragraph)) return true;
  return !paragraph.empty() && !ends_sentence(paragraph) && next.front() >= 'a' &&
         next.front() <= 'z';
}

class Paragraphs {
 public:
  explicit Paragraphs(const Vocabulary& words) : words_(words) {}

  void add(const Block& block) {
    if (block.empty()) return;
    if (!goes_on(current_, block.front())) end_paragraph();
    const std::size_t usual = usual_length(block);
    for (std::size_t at = 0; at < block.size(); ++at) {
      if (at > 0 && is_break(block[at - 1], block[at], usual)) end_paragraph();
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
  const RunningHeads heads(pages);
  const Vocabulary words(pages, heads);
  Paragraphs paragraphs(words);
  Block block;
  for_each_line_of_text(pages, heads, [&](std::string_view line) {
    const std::string_view text = trimmed(line);
    if (!text.empty()) block.push_back(text);
    if (text.empty() || block.size() == kMostLines) paragraphs.add(std::exchange(block, {}));
  });
  return paragraphs.text();
}

void set_pdf_metadata(Article& article, std::string_view info) {
  for_each_part(info, '\n', [&](std::string_view line) {
    const std::string_view key = line.substr(0, line.find(':'));
    const std::string_view value = trimmed(line.substr(std::min(key.size() + 1, line.size())));
    const auto known = std::find_if(kInfoKeys.begin(), kInfoKeys.end(),
                                    [&](const InfoKey& one) { return one.key == key; });
    if (known != kInfoKeys.end() && is_worth_taking(known->metadata, value)) {
      set_metadata(article, known->metadata, value, Origin::markup);
    }
  });
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
