#include "corpus/readers/json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "corpus/readers/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

static_assert(Input::kPadding >= simdjson::SIMDJSON_PADDING);

namespace dom = simdjson::dom;

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kDeepest = simdjson::DEFAULT_MAX_DEPTH;
constexpr int kDeepestKey = 2;  // `byline.person.name` is as deep as a key that means something

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// ---- where a value ends

enum class ScanState : std::uint8_t { unfinished, finished, too_deep };

/// Finds the end of the JSON value that a text begins with, also when the text comes in pieces.
/// It knows strings and brackets, no more: a broken value may end too late, or never.
class ValueScanner {
 public:
  /// Goes on where the last call stopped, in a text that has grown since.
  ScanState scan(std::string_view text) {
    while (state_ == ScanState::unfinished && length_ < text.size()) step(text[length_]);
    return state_;
  }

  /// The bytes of the value, or those seen when it is not finished.
  std::size_t length() const { return length_; }

 private:
  void step(char c) {
    if (is_in_string_) {
      step_in_string(c);
    } else {
      step_outside(c);
    }
  }

  void step_in_string(char c) {
    ++length_;
    if (is_escaped_) {
      is_escaped_ = false;
    } else if (c == '\\') {
      is_escaped_ = true;
    } else if (c == '"') {
      is_in_string_ = false;
      finish_at_top();
    }
  }

  void step_outside(char c) {
    switch (c) {
      case '"':
        is_in_string_ = true;
        break;
      case '{':
      case '[':
        open();
        break;
      case '}':
      case ']':
        close();
        return;
      case ' ':
      case '\t':
      case '\r':
      case '\n':
      case ',':
        finish_at_top();
        break;
      default:
        break;
    }
    if (state_ != ScanState::finished) ++length_;
  }

  void open() {
    if (++depth_ > kDeepest) state_ = ScanState::too_deep;
  }

  void close() {
    if (depth_ == 0) {  // the bracket belongs to what the value stands in
      state_ = ScanState::finished;
      return;
    }
    ++length_;
    --depth_;
    finish_at_top();
  }

  void finish_at_top() {
    if (depth_ == 0) state_ = ScanState::finished;
  }

  std::size_t length_ = 0;
  std::size_t depth_ = 0;
  bool is_in_string_ = false;
  bool is_escaped_ = false;
  ScanState state_ = ScanState::unfinished;
};

// ---- mending

/// Rewrites text that is nearly JSON: words that Python writes for numbers, whole numbers of more
/// than 64 bits, control characters and impossible escapes in strings.
class Mender {
 public:
  explicit Mender(std::string_view text) : rest_(text) { mended_.reserve(text.size() + 64); }

  std::string mend() {
    while (!rest_.empty()) {
      if (is_in_string_) {
        mend_in_string();
      } else {
        mend_outside();
      }
    }
    return std::move(mended_);
  }

 private:
  void keep(std::size_t bytes) {
    mended_ += rest_.substr(0, bytes);
    rest_.remove_prefix(std::min(bytes, rest_.size()));
  }

  void replace(std::size_t bytes, std::string_view by) {
    mended_ += by;
    rest_.remove_prefix(bytes);
  }

  bool replace_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    replace(word.size(), "null");
    return true;
  }

  void mend_outside() {
    const char c = rest_.front();
    if (c == '"') is_in_string_ = true;
    if (is_digit(c)) return mend_number();
    if (replace_word("NaN") || replace_word("Infinity") || replace_word("-Infinity")) return;
    keep(1);
  }

  void mend_number() {
    constexpr std::size_t kMostDigits = 18;  // always fit in 64 bits
    const std::size_t length = std::min(rest_.find_first_not_of("0123456789.eE+-"), rest_.size());
    const std::string_view number = rest_.substr(0, length);
    const bool is_whole = number.find_first_not_of("0123456789") == npos;
    const bool is_negative = mended_.ends_with('-');
    if (!is_whole || is_negative || length <= kMostDigits) return keep(length);
    mended_ += '"';
    keep(length);
    mended_ += '"';
  }

  void mend_in_string() {
    switch (rest_.front()) {
      case '"':
        is_in_string_ = false;
        keep(1);
        break;
      case '\\':
        mend_escape();
        break;
      case '\n':
        replace(1, "\\n");
        break;
      case '\t':
        replace(1, "\\t");
        break;
      default:
        keep(std::max<std::size_t>(length_of_plain(), 1));
    }
  }

  std::size_t length_of_plain() const {
    return std::min(rest_.find_first_of("\"\\\n\t"), rest_.size());
  }

  void mend_escape() {
    if (rest_.starts_with("\\u")) return mend_code_unit();
    const bool is_known = rest_.size() > 1 && std::string_view("\"\\/bfnrt").find(rest_[1]) != npos;
    if (is_known) return keep(2);
    replace(1, "\\\\");
  }

  void mend_code_unit() {
    const auto unit = code_unit(rest_);
    if (!unit) return replace(1, "\\\\");
    const bool is_surrogate = *unit >= 0xD800 && *unit <= 0xDFFF;
    if (!is_surrogate) return keep(6);
    const auto second = *unit < 0xDC00 ? code_unit(rest_.substr(6)) : std::nullopt;
    if (second && *second >= 0xDC00 && *second <= 0xDFFF) return keep(12);
    replace(6, "\\ufffd");
  }

  /// The value of the `\u1234` that begins `text`.
  static std::optional<unsigned> code_unit(std::string_view text) {
    if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
    unsigned value = 0;
    for (const char c : ascii_lower(text.substr(2, 4))) {
      const bool is_hex_letter = c >= 'a' && c <= 'f';
      if (!is_digit(c) && !is_hex_letter) return std::nullopt;
      value = value * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
  }

  std::string_view rest_;
  std::string mended_;
  bool is_in_string_ = false;
};

/// What simdjson complains of, in plain words.
std::string describe(simdjson::error_code error) {
  switch (error) {
    case simdjson::DEPTH_ERROR:
      return fmt::format("it is nested more than {} deep", kDeepest);
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

// ---- from a record to an article

/// The text of a value that is a string or a number; empty for any other.
std::string text_of(dom::element value) {
  switch (value.type()) {
    case dom::element_type::STRING:
      return std::string(value.get_string().value_unsafe());
    case dom::element_type::INT64:
      return fmt::to_string(value.get_int64().value_unsafe());
    case dom::element_type::UINT64:
      return fmt::to_string(value.get_uint64().value_unsafe());
    case dom::element_type::DOUBLE:
      return fmt::to_string(value.get_double().value_unsafe());
    default:
      return {};
  }
}

/// The texts of a list, of its objects their `name`; of a value that is no list, its own.
std::vector<std::string> texts_of(dom::element value) {
  dom::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return {text_of(value)};
  std::vector<std::string> texts;
  for (const dom::element item : list) {
    dom::element name;
    const bool is_named = item["name"].get(name) == simdjson::SUCCESS;
    std::string text = text_of(is_named ? name : item);
    if (!trimmed(text).empty()) texts.push_back(std::move(text));
  }
  return texts;
}

std::string join(const std::vector<std::string>& texts, std::string_view between) {
  return fmt::to_string(fmt::join(texts, between));
}

bool is_list_field(RecordField field) {
  return field == RecordField::body || field == RecordField::authors || field == RecordField::tags;
}

/// A value as the one text that fills a field: of lists either all of it, or the first.
std::string text_for(RecordField field, dom::element value) {
  const std::vector<std::string> texts = texts_of(value);
  if (texts.empty()) return {};
  if (!is_list_field(field)) return texts.front();
  return join(texts, field == RecordField::body ? "\n\n" : ";");
}

Metadata metadata_of(RecordField field) {
  switch (field) {
    case RecordField::body:  // is no metadata; its caller has seen to it
    case RecordField::id:
      return Metadata::id;
    case RecordField::url:
      return Metadata::url;
    case RecordField::title:
      return Metadata::title;
    case RecordField::lede:
      return Metadata::lede;
    case RecordField::authors:
      return Metadata::authors;
    case RecordField::source:
      return Metadata::source;
    case RecordField::section:
      return Metadata::section;
    case RecordField::tags:
      return Metadata::tags;
    case RecordField::language:
      return Metadata::language;
    case RecordField::date:
      return Metadata::date;
    case RecordField::modified:
      return Metadata::modified;
  }
  return Metadata::id;
}

struct Candidate {
  RecordKey key;
  dom::element value;
};

/// The keys of an object that mean something, also those one or two objects further in.
void collect(dom::object object, const std::string& prefix, int depth,
             std::vector<Candidate>& candidates) {
  for (const auto& [key, value] : object) {
    const std::string path = prefix + std::string(key);
    if (const auto meaning = find_record_key(path)) candidates.push_back({*meaning, value});
    dom::object inner;
    if (depth < kDeepestKey && value.get_object().get(inner) == simdjson::SUCCESS) {
      collect(inner, path + ".", depth + 1, candidates);
    }
  }
}

/// Fills a field from a value, unless a more trusted one has filled it.
void fill(Article& article, RecordField field, dom::element value) {
  if (field != RecordField::body) {
    set_metadata(article, metadata_of(field), text_for(field, value), Origin::record);
  } else if (article.body.empty()) {
    const std::string text = text_for(field, value);
    if (!trimmed(text).empty()) article.body = text;
  }
}

Article article_of(dom::object record) {
  std::vector<Candidate> candidates;
  collect(record, {}, 0, candidates);
  // Stable, so that of a key that stands twice the first is taken.
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.key.rank < b.key.rank; });
  Article article;
  article.format = "json";
  for (const Candidate& candidate : candidates) fill(article, candidate.key.field, candidate.value);
  return article;
}

bool is_without_text(const Article& article) {
  return article.title.empty() && article.lede.empty() && article.body.empty();
}

// ---- records

/// Numbers the results of one file and passes them on. It holds the first one back until it is
/// known whether the file has more: only then is it a member of a many-record file.
class Records {
 public:
  Records(const ReadContext& context, const Emit& emit, bool is_many)
      : context_(context), emit_(emit), is_many_(is_many) {}

  void say_that_there_are_many() { is_many_ = true; }

  /// False when no more are wanted.
  bool add(ReadResult result) {
    ++count_;
    if (!is_many_ && count_ == 1) {
      first_ = std::move(result);
      return true;
    }
    is_many_ = true;
    return pass_on_first() && pass_on(std::move(result), count_);
  }

  bool skip(std::uint64_t line, std::string reason) {
    return add(Skipped{context_.path, fmt::format("line {}", line), std::move(reason)});
  }

  void finish() {
    if (first_) emit_(*std::exchange(first_, std::nullopt));
    if (count_ == 0) emit_(Skipped{context_.path, {}, "there is no record in it"});
  }

 private:
  bool pass_on_first() { return !first_ || pass_on(*std::exchange(first_, std::nullopt), 1); }

  bool pass_on(ReadResult result, std::uint64_t number) {
    if (auto* article = std::get_if<Article>(&result)) {
      article->member = fmt::format("#{}", number);
    }
    return emit_(std::move(result));
  }

  const ReadContext& context_;
  const Emit& emit_;
  bool is_many_;
  std::uint64_t count_ = 0;
  std::optional<ReadResult> first_;
};

/// One file of JSON on its way to articles.
class JsonFile {
 public:
  JsonFile(Input& input, const ReadContext& context, const Emit& emit)
      : input_(input), context_(context), records_(context, emit, is_named_as_lines()) {}

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

  ReadResult result_of(dom::element value, const std::string& line) {
    dom::object record;
    if (value.get_object().get(record) != simdjson::SUCCESS) {
      return Skipped{context_.path, line, "it is not an object"};
    }
    Article article = article_of(record);
    if (is_without_text(article)) {
      return Skipped{context_.path, line, "no key of it is a title, a summary or a text"};
    }
    return article;
  }

  ReadResult read_record(std::string_view text, std::uint64_t line_number) {
    const std::string line = fmt::format("line {}", line_number);
    dom::element value;
    const auto complaint = parse(text, value, true);
    if (complaint == simdjson::SUCCESS) return result_of(value, line);
    if (complaint == simdjson::DEPTH_ERROR) return not_json(complaint, line);
    const std::string mended = Mender(clean_text(text)).mend();
    if (const auto error = parse(mended, value, false)) return not_json(error, line);
    ReadResult result = result_of(value, line);
    if (auto* article = std::get_if<Article>(&result)) {
      article->warnings.push_back("mended, for it was not valid JSON: " + describe(complaint));
    }
    return result;
  }

  ReadResult not_json(simdjson::error_code error, const std::string& line) const {
    return Skipped{context_.path, line, "not valid JSON: " + describe(error)};
  }

  // -- a record on each line

  /// Does line-by-line reading suit the file? Decided by its first value.
  bool has_record_on_each_line() {
    const std::string_view start = input_.peek(1);
    if (start.empty() || start == "[") return false;
    if (start != "{") return true;
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
    ValueScanner scanner;
    ReadResult result = read_record(text, line.number);
    const bool is_broken = std::holds_alternative<Skipped>(result);
    if (is_broken && has_more_values(scanner, text)) return read_values_of_line(text, line.number);
    return records_.add(std::move(result));
  }

  /// Does another object follow the value that begins `text`?
  static bool has_more_values(ValueScanner& scanner, std::string_view text) {
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

  /// Passes over what stands between values. False at the end of the input.
  bool go_to_value() {
    for (;;) {
      skip_spaces();
      const std::string_view next = input_.peek(1);
      if (next.empty()) return false;
      if (!passes_over(next.front())) return true;
      input_.consume(1);
    }
  }

  bool passes_over(char c) {
    if (c == '[' && !is_in_array_) {
      is_in_array_ = true;
      records_.say_that_there_are_many();
      return true;
    }
    if (c == ']') is_in_array_ = false;
    return c == ',' || c == ']' || c == '}';  // the last: one bracket too many before it
  }

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
    const std::string reason = is_too_deep   ? "not valid JSON: " + describe(simdjson::DEPTH_ERROR)
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
  Records records_;
  dom::parser parser_;
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
