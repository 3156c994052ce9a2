#include "corpus/readers/records/json.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <simdjson.h>

#include "corpus/readers/assemble.hpp"
#include "corpus/readers/records/json_export.hpp"
#include "corpus/readers/records/json_mend.hpp"
#include "corpus/readers/records/json_record.hpp"
#include "corpus/readers/records/json_scan.hpp"
#include "corpus/readers/records/json_wrapper.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/xml/numbered_records.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

static_assert(Input::kPadding >= simdjson::SIMDJSON_PADDING);
static_assert(ValueScanner::kDeepest == simdjson::DEFAULT_MAX_DEPTH);

namespace dom = simdjson::dom;

constexpr auto npos = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// What simdjson complains of, in plain words.
std::string describe(simdjson::error_code error) {
  switch (error) {
    case simdjson::DEPTH_ERROR:
      return fmt::format("it is nested more than {} deep", ValueScanner::kDeepest);
    case simdjson::STRING_ERROR:
      return "a string has an escape that does not exist";
    case simdjson::UNCLOSED_STRING:
      return "a string never ends";
    case simdjson::UNESCAPED_CHARS:
      return "a string has a bare control character";
    case simdjson::UTF8_ERROR:
      return "it is not UTF-8";
    case simdjson::NUMBER_ERROR:
      return "a number is malformed";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR:
      return "a word is none of true, false and null";
    case simdjson::TAPE_ERROR:
      return "a comma, colon or bracket is missing or misplaced";
    case simdjson::EMPTY:
      return "it is empty";
    default:
      return simdjson::error_message(error);
  }
}

/// One file of JSON on its way to articles.
class JsonFile {
 public:
  JsonFile(Input& input, const ReadContext& context, const Emit& emit)
      : input_(input),
        context_(context),
        records_(context, emit, is_named_as_lines()),
        assembler_(context.options.mappings, Origin::record) {}

  void read() {
    if (input_.peek(kByteOrderMark.size()) == kByteOrderMark) input_.consume(kByteOrderMark.size());
    skip_spaces();
    if (has_record_on_each_line()) {
      read_lines();
    } else {
      read_values();
    }
    records_.finish();
  }

 private:
  bool is_named_as_lines() const {
    return context_.path == "-" || context_.path.ends_with(".jsonl") ||
           context_.path.ends_with(".ndjson");
  }

  std::string too_long() const {
    return fmt::format("the record is longer than {} bytes", context_.options.limits.record_bytes);
  }

  // -- one record

  /// `text` has Input::kPadding readable bytes behind it, or `is_padded` is false.
  simdjson::error_code parse(std::string_view text, dom::element& value, bool is_padded) {
    return parser_.parse(text.data(), text.size(), !is_padded).get(value);
  }

  ReadResult result_of(dom::element value, std::uint64_t line) {
    dom::object record;
    if (value.get_object().get(record) != simdjson::SUCCESS) {
      return skipped(line, "it is not an object");
    }
    if (is_exported(record)) return result_of_export(record, line);
    auto result = article_of_json(record, assembler_, context_.options.reads_drafts);
    if (auto* reason = std::get_if<std::string>(&result)) return skipped(line, std::move(*reason));
    Article article = std::get<Article>(std::move(result));
    set_metadata(article, Metadata::source, feed_.source, Origin::record);
    set_metadata(article, Metadata::language, feed_.language, Origin::record);
    set_metadata(article, Metadata::authors, feed_.authors, Origin::record);
    return article;
  }

  ReadResult result_of_export(dom::object record, std::uint64_t line) const {
    auto result = article_of_export(record);
    if (auto* reason = std::get_if<std::string>(&result)) return skipped(line, std::move(*reason));
    Article article = std::get<Article>(std::move(result));
    article.container = context_.path;
    return article;
  }

  Skipped skipped(std::uint64_t line, std::string reason) const {
    return {context_.path, fmt::format("line {}", line), std::move(reason)};
  }

  ReadResult read_record(std::string_view text, std::uint64_t line) {
    dom::element value;
    const auto complaint = parse(text, value, true);
    if (complaint == simdjson::SUCCESS) return result_of(value, line);
    if (complaint == simdjson::DEPTH_ERROR) return skipped(line, not_json(complaint));
    const std::string mended = mend_json(clean_text(text));
    if (const auto error = parse(mended, value, false)) return skipped(line, not_json(error));
    ReadResult result = result_of(value, line);
    if (auto* article = std::get_if<Article>(&result)) {
      article->warnings.push_back("mended, for it was not valid JSON: " + describe(complaint));
    }
    return result;
  }

  static std::string not_json(simdjson::error_code error) {
    return "not valid JSON: " + describe(error);
  }

  // -- a record on each line

  /// Does line-by-line reading suit the file? Decided by its first value.
  bool has_record_on_each_line() {
    const std::string_view start = input_.peek(1);
    if (start.empty() || start == "[") return false;
    if (start != "{") return true;
    if (wrapper_ahead() != Wrapper::none) return false;
    ValueScanner scanner;
    const ScanState state = scan_value(scanner);
    const std::size_t newline = buffered_line_end(scanner.length());
    if (state == ScanState::finished && scanner.length() <= newline) {
      return trimmed(input_.buffered().substr(0, newline).substr(scanner.length())).empty();
    }
    return !is_valid(state, scanner.length()) && looks_like_broken_line(newline);
  }

  /// Where the first line ends in the buffered bytes; it is read on while nothing but spaces stands
  /// behind its first value.
  std::size_t buffered_line_end(std::size_t value_length) {
    std::size_t newline = input_.buffered().find('\n');
    while (newline == npos && trimmed(input_.buffered().substr(value_length)).empty() &&
           input_.fill()) {
      newline = input_.buffered().find('\n', value_length);
    }
    return newline;
  }

  bool is_valid(ScanState state, std::size_t length) {
    dom::element value;
    return state == ScanState::finished &&
           parse(input_.buffered().substr(0, length), value, true) == simdjson::SUCCESS;
  }

  /// A record whose end is missing, and others on the lines behind it; not one pretty-printed.
  bool looks_like_broken_line(std::size_t newline) const {
    const std::string_view text = input_.buffered();
    return newline != npos && text.substr(newline + 1).starts_with('{') &&
           trimmed(text.substr(0, newline)).size() > 1;
  }

  void read_lines() {
    while (const auto line = input_.next_line(context_.options.limits.record_bytes)) {
      if (!trimmed(line->text).empty() && !read_line(*line)) return;
    }
  }

  bool read_line(const Line& line) {
    if (line.is_cut) return records_.skip(line.number, too_long());
    const std::string_view text = trimmed(line.text);
    ReadResult result = read_record(text, line.number);
    const bool is_broken = std::holds_alternative<Skipped>(result);
    if (is_broken && has_more_values(text)) return read_values_of_line(text, line.number);
    return records_.add(std::move(result));
  }

  /// Does another object follow the value that begins `text`?
  static bool has_more_values(std::string_view text) {
    ValueScanner scanner;
    return scanner.scan(text) == ScanState::finished && scanner.length() > 0 &&
           text.substr(scanner.length()).find('{') != npos;
  }

  bool read_values_of_line(std::string_view text, std::uint64_t number) {
    while (!text.empty()) {
      ValueScanner scanner;
      scanner.scan(text);
      const std::size_t length = std::max<std::size_t>(scanner.length(), 1);
      if (!records_.add(read_record(text.substr(0, length), number))) return false;
      const std::size_t next = text.find('{', length);
      text = next == npos ? std::string_view{} : text.substr(next);
    }
    return true;
  }

  // -- values one after the other, or in an array

  void read_values() {
    while (go_to_value()) {
      if (!read_value()) return;
    }
  }

  void skip_spaces() {
    for (;;) {
      const std::string_view text = input_.buffered();
      const auto end = std::find_if_not(text.begin(), text.end(), is_space);
      input_.consume(static_cast<std::size_t>(end - text.begin()));
      if (end != text.end() || !input_.fill()) return;
    }
  }

  /// Passes over what stands between records. False at the end of the input.
  bool go_to_value() {
    for (;;) {
      skip_spaces();
      const std::string_view next = input_.peek(1);
      if (next.empty()) return false;
      if (!passes_over(next.front())) return true;
    }
  }

  /// Steps over a bracket or comma between records, or over one key of a wrapper.
  bool passes_over(char c) {
    if (is_in_array_ || open_wrappers_ == 0) return passes_over_mark(c);
    if (c == '"') return passes_over_key();
    if (c == '}') --open_wrappers_;
    if (c != '}' && c != ',') open_wrappers_ = 0;  // it is broken: what follows is records again
    return consume(1);
  }

  bool passes_over_mark(char c) {
    if (c == '[' && !is_in_array_) return enters_array();
    if (c == '{' && !is_in_array_) {
      const Wrapper wrapper = wrapper_ahead();
      if (wrapper != Wrapper::none) return enters_wrapper(wrapper);
    }
    if (c == ']') is_in_array_ = false;
    const bool is_mark = c == ',' || c == ']' || c == '}';  // the last: one too many before it
    return is_mark && consume(1);
  }

  bool enters_array() {
    is_in_array_ = true;
    records_.say_that_there_are_many();
    return consume(1);
  }

  bool enters_wrapper(Wrapper wrapper) {
    ++open_wrappers_;
    wrapper_ = wrapper;
    records_.say_that_there_are_many();
    return consume(1);
  }

  // -- an object around lists of records

  Wrapper wrapper_ahead() { return find_wrapper(input_.peek(kWrapperHead), assembler_); }

  bool holds_records(const std::string& key, std::string_view list) {
    if (!begins_list_of_objects(list)) return false;
    return is_list_key(key) ||
           (wrapper_ == Wrapper::lists_of_texts && begins_with_text(list, assembler_));
  }

  /// Goes into a list of records or a further wrapper; passes over any other value.
  bool passes_over_key() {
    const std::string key = take_string();
    skip_spaces();
    if (input_.peek(1) != ":") return true;
    consume(1);
    skip_spaces();
    const std::string_view value = input_.peek(kWrapperHead);
    if (holds_records(key, value)) return enters_array();
    if (value.starts_with('{')) {
      const Wrapper wrapper = find_wrapper(value, assembler_);
      if (wrapper != Wrapper::none) return enters_wrapper(wrapper);
    }
    if (value.starts_with('"')) {
      note_for_feed(key, take_string());
      return true;
    }
    ValueScanner scanner;
    scan_value(scanner);
    const std::size_t length = std::min(scanner.length(), input_.buffered().size());
    if (feed_.is_feed && (key == "authors" || key == "author")) note_authors(length);
    return consume(std::max<std::size_t>(length, 1));
  }

  /// The authors of a feed, in the next `length` bytes, are those of items that name none.
  void note_authors(std::size_t length) {
    dom::element value;
    if (parse(input_.buffered().substr(0, length), value, true) != simdjson::SUCCESS) return;
    std::string_view name;
    if (value["name"].get_string().get(name) == simdjson::SUCCESS) feed_.authors = name;
    dom::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS) return;
    for (const dom::element author : list) {
      if (author["name"].get_string().get(name) != simdjson::SUCCESS) continue;
      feed_.authors.append(feed_.authors.empty() ? "" : ";").append(name);
    }
  }

  /// The string that the input's bytes begin with, its escapes undone; empty when it is broken.
  std::string take_string() {
    ValueScanner scanner;
    scan_value(scanner);
    const std::string_view text = input_.buffered().substr(0, scanner.length());
    dom::element value;
    std::string_view content;
    const bool is_string = parse(text, value, true) == simdjson::SUCCESS &&
                           value.get_string().get(content) == simdjson::SUCCESS;
    std::string result(is_string ? content : std::string_view{});
    consume(std::max<std::size_t>(text.size(), 1));
    return result;
  }

  /// What a JSON Feed says of all its items.
  void note_for_feed(const std::string& key, std::string value) {
    if (key == "version")
      feed_.is_feed = value.find("jsonfeed.org") != npos;
    else if (key == "title" && feed_.is_feed)
      feed_.source = std::move(value);
    else if (key == "language" && feed_.is_feed)
      feed_.language = std::move(value);
  }

  struct Feed {
    bool is_feed = false;
    std::string source;
    std::string language;
    std::string authors;  // between semicolons
  };

  /// Scans the value that the input's bytes begin with, as far as a record may go.
  ScanState scan_value(ValueScanner& scanner) {
    ScanState state = scanner.scan(input_.buffered());
    while (state == ScanState::unfinished &&
           scanner.length() <= context_.options.limits.record_bytes && input_.fill()) {
      state = scanner.scan(input_.buffered());
    }
    return state;
  }

  bool read_value() {
    const std::uint64_t line = input_.line_number();
    ValueScanner scanner;
    const ScanState state = scan_value(scanner);
    const bool is_whole = state == ScanState::finished && scanner.length() > 0 &&
                          scanner.length() <= context_.options.limits.record_bytes;
    if (!is_whole) return pass_over_unending(line, state, scanner.length());
    ReadResult result = read_record(input_.buffered().substr(0, scanner.length()), line);
    const bool is_broken = std::holds_alternative<Skipped>(result);
    if (!records_.add(std::move(result))) return false;
    return is_broken ? pass_over_broken(scanner.length()) : consume(scanner.length());
  }

  bool consume(std::size_t bytes) {
    input_.consume(bytes);
    return true;
  }

  bool pass_over_unending(std::uint64_t line, ScanState state, std::size_t length) {
    const bool is_too_deep = state == ScanState::too_deep;
    const bool is_too_long = length > context_.options.limits.record_bytes;
    const std::string reason = is_too_deep   ? not_json(simdjson::DEPTH_ERROR)
                               : is_too_long ? too_long()
                                             : "not valid JSON: it never ends";
    if (!records_.skip(line, reason)) return false;
    if (const auto next = next_start(1, length)) return go_back_to(*next, length);
    go_to_start_behind(length);
    return true;
  }

  /// A broken value may have swallowed those behind it, as a string without an end does: goes on at
  /// the first line in it that begins a value.
  bool pass_over_broken(std::size_t length) {
    const auto next = next_start(1, length);
    return next ? go_back_to(*next, length) : consume(length);
  }

  bool go_back_to(std::size_t start, std::size_t length) {
    constexpr std::uint64_t kMostOften = 4;  // times, on average, that a byte is scanned again
    scanned_again_ += length - start;
    input_.consume(start);
    if (scanned_again_ <= kMostOften * input_.bytes_read()) return true;
    records_.skip(input_.line_number(), "too much is broken: the rest of the file is passed over");
    return false;
  }

  /// The first line in the next `length` bytes that begins an object where records begin.
  std::optional<std::size_t> next_start(std::size_t from, std::size_t length) const {
    const std::string_view text = input_.buffered().substr(0, length);
    for (auto at = text.find('\n', from); at != npos; at = text.find('\n', at + 1)) {
      const auto start = text.find_first_not_of(" \t,", at + 1);
      if (start != npos && text[start] == '{' && begins_record(text, start)) return start;
    }
    return std::nullopt;
  }

  /// Records begin with a key. Objects within a record are mostly written further to the right.
  bool begins_record(std::string_view text, std::size_t start) const {
    const auto key = text.find_first_not_of(" \t\r\n", start + 1);
    const auto line = text.rfind('\n', start);
    return key != npos && text[key] == '"' && start - line <= kDeepestIndent;
  }

  /// Goes to the first line behind the next `length` bytes that begins an object.
  void go_to_start_behind(std::size_t length) {
    input_.consume(std::min(length, input_.buffered().size()));
    while (const auto line = input_.next_line(kLineStart)) {
      skip_indent();
      if (input_.peek(1) == "{") return;
    }
  }

  void skip_indent() {
    while (input_.peek(1) == " " || input_.peek(1) == "\t" || input_.peek(1) == ",") {
      input_.consume(1);
    }
  }

  static constexpr std::size_t kDeepestIndent = 5;  // a newline and up to four columns
  static constexpr std::size_t kLineStart = 64;     // bytes: enough of a line that is passed over

  Input& input_;
  const ReadContext& context_;
  NumberedRecords records_;
  Assembler assembler_;
  dom::parser parser_;
  Feed feed_;
  std::size_t open_wrappers_ = 0;  // objects around the records
  Wrapper wrapper_ = Wrapper::none;
  bool is_in_array_ = false;
  std::uint64_t scanned_again_ = 0;  // bytes
};

}  // namespace

bool looks_like_json(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const auto first = std::find_if_not(head.begin(), head.end(), is_space);
  if (first == head.end() || (*first != '{' && *first != '[')) return false;
  const auto second = std::find_if_not(first + 1, head.end(), is_space);
  if (second == head.end()) return false;
  return *first == '{' ? *second == '"' || *second == '}' : *second == '{' || *second == ']';
}

void read_json(Input& input, const ReadContext& context, const Emit& emit) {
  JsonFile(input, context, emit).read();
}

}  // namespace lede
