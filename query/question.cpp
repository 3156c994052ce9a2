#include "query/question.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "console/nearest_name.hpp"
#include "console/printable.hpp"
#include "corpus/error.hpp"
#include "corpus/unicode.hpp"
#include "corpus/words.hpp"

namespace lede {
namespace {

constexpr char32_t kEnd = 0xFFFFFFFF;  // what stands before the first and after the last character
constexpr char32_t kBroken = 0xFFFD;   // what a byte that is not UTF-8 stands for

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_in(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

bool is_space(char32_t c) {
  return c == ' ' || is_in(c, '\t', '\r') || c == 0x85 || c == 0xA0 || is_in(c, 0x2000, 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x3000;
}

bool is_quote(char32_t c) {
  return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E;
}
bool is_bracket(char32_t c) {
  return c == '(' || c == ')';
}
bool is_boundary(char32_t c) {
  return c == kEnd || is_space(c) || is_quote(c) || is_bracket(c);
}

/// Punctuation that keeps words apart which it joins without a space: `oil,gas` is two words,
/// while `COVID-19` and `10:30` are one word in two parts.
bool is_divider(char32_t c) {
  constexpr std::u32string_view kDividers =
      U",;!?|[]{}<>\u2014\u2026\u3001\u3002\uFF01\uFF0C\uFF1B\uFF1F";
  return kDividers.find(c) != std::u32string_view::npos;
}

char32_t character_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return kEnd;
  const CodePoint point = decode_code_point(text.substr(at));
  return point.is_valid ? point.value : kBroken;
}

std::size_t length_at(std::string_view text, std::size_t at) {
  return decode_code_point(text.substr(at)).length_bytes;
}

char32_t character_before(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestUtf8 = 4;
  if (at == 0) return kEnd;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < kLongestUtf8 && is_continuation(text[begin])) --begin;
  return character_at(text, begin);
}

/// At most `limit` characters from the end of `text`, for `backwards`, or from its beginning.
std::string_view nearest(std::string_view text, std::size_t limit, bool backwards) {
  const std::size_t count = count_code_points(text);
  if (count <= limit) return text;
  std::size_t at = 0;
  for (std::size_t passed = 0; passed < (backwards ? count - limit : limit); ++passed)
    at += length_at(text, at);
  return backwards ? text.substr(at) : text.substr(0, at);
}

/// Two lines: the question around a byte of it, and a caret under that byte.
std::string show_place(std::string_view text, std::size_t at) {
  constexpr std::size_t kCharactersEachSide = 30;
  constexpr std::string_view kCut = "...";
  const std::string_view before = nearest(text.substr(0, at), kCharactersEachSide, true);
  const std::string_view after = nearest(text.substr(at), kCharactersEachSide, false);
  const bool is_cut_before = before.size() < at;
  const bool is_cut_after = after.size() < text.size() - at;
  const std::string left = fmt::format("{}{}", is_cut_before ? kCut : "", printable_line(before));
  return fmt::format("  {}{}{}\n  {:{}}^", left, printable_line(after), is_cut_after ? kCut : "",
                     "", columns_of_text(left));
}

/// A whole number in decimal digits and nothing else.
std::optional<std::uint64_t> number_in(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
  return is_whole ? std::optional(number) : std::nullopt;
}

/// As many as leave a word recognisable.
std::size_t usual_typing_errors(std::string_view word) {
  constexpr std::size_t kShortWord = 3;
  constexpr std::size_t kLongWord = 6;
  const std::size_t length = count_code_points(word);
  return length < kShortWord ? 0 : length < kLongWord ? 1 : QuestionLimits::kTypingErrors;
}

/// Reads a question from left to right: alternatives (OR) of conjunctions (AND, NOT and words side
/// by side) of items.
class QuestionReader {
 public:
  explicit QuestionReader(std::string_view text) : text_(text) {}

  Question read() {
    check_length();
    Question question = read_alternatives();
    if (!is_at_end()) fail(at_, "no opening bracket for the one", "remove it, or put ( before it");
    return question;
  }

 private:
  enum class Operator : std::uint8_t { none, all, any, without };

  struct Conjunction {
    std::vector<std::vector<Question>> runs{1};  ///< words side by side, AND between the runs
    std::vector<Question> excluded;

    bool is_empty() const { return runs.size() == 1 && runs[0].empty() && excluded.empty(); }
    bool has_open_and() const { return runs.size() > 1 && runs.back().empty(); }
  };

  // Alternatives and conjunctions ------------------------------------------------------------

  Question read_alternatives() {
    std::vector<Question> alternatives;
    std::size_t or_at = text_.size();
    do {
      alternatives.push_back(read_conjunction(or_at));
      or_at = at_;
    } while (take(Operator::any));
    return joined(Question::Kind::any_of, std::move(alternatives));
  }

  /// `or_at` is where the OR before it stands, or the end of the text for none.
  Question read_conjunction(std::size_t or_at) {
    Conjunction conjunction;
    while (read_next(conjunction)) continue;
    if (conjunction.is_empty()) fail_without_operand(or_at);
    return finished(std::move(conjunction));
  }

  bool read_next(Conjunction& conjunction) {
    skip_gap();
    const std::size_t begin = at_;
    if (take(Operator::all)) {
      begin_run(conjunction, begin);
    } else if (take(Operator::without)) {
      conjunction.excluded.push_back(read_operand("NOT", begin));
    } else if (is_at_end() || text_[at_] == ')' || peek() == Operator::any) {
      return false;
    } else {
      read_signed(conjunction);
    }
    return true;
  }

  void begin_run(Conjunction& conjunction, std::size_t and_at) {
    if (conjunction.is_empty()) fail(and_at, "there is nothing before the AND", kOperandHint);
    skip_gap();
    const bool has_operand = !is_at_end() && text_[at_] != ')' &&
                             (peek() == Operator::none || peek() == Operator::without);
    if (!has_operand) fail(and_at, "there is nothing after the AND", kOperandHint);
    if (!conjunction.runs.back().empty()) conjunction.runs.emplace_back();
  }

  Question read_operand(std::string_view name, std::size_t operator_at) {
    skip_gap();
    if (is_at_end() || text_[at_] == ')' || peek() != Operator::none)
      fail(operator_at, fmt::format("there is nothing after the {}", name), kOperandHint);
    if (is_sign()) fail(at_, "a sign after NOT", "leave out the sign, or the NOT");
    return read_neighbours();
  }

  void read_signed(Conjunction& conjunction) {
    const char sign = is_sign() ? text_[at_++] : ' ';
    Question item = read_neighbours();
    item.is_required = item.is_required || sign == '+';
    (sign == '-' ? conjunction.excluded : conjunction.runs.back()).push_back(std::move(item));
  }

  Question finished(Conjunction&& conjunction) {
    if (conjunction.has_open_and()) conjunction.runs.pop_back();
    if (conjunction.runs[0].empty()) fail_without_words(conjunction.excluded[0]);
    std::vector<Question> operands;
    for (std::vector<Question>& run : conjunction.runs)
      operands.push_back(joined(Question::Kind::sequence, std::move(run)));
    Question wanted = joined(Question::Kind::all_of, std::move(operands));
    if (conjunction.excluded.empty()) return wanted;
    conjunction.excluded.insert(conjunction.excluded.begin(), std::move(wanted));
    return joined(Question::Kind::except, std::move(conjunction.excluded));
  }

  static Question joined(Question::Kind kind, std::vector<Question>&& parts) {
    if (parts.size() == 1) return std::move(parts[0]);
    Question question;
    question.kind = kind;
    question.column = parts[0].column;
    question.parts = std::move(parts);
    return question;
  }

  // Items ------------------------------------------------------------------------------------

  /// An item, or several with NEAR between them.
  Question read_neighbours() {
    Question first = read_item();
    skip_gap();
    std::size_t near_at = at_;
    std::optional<std::size_t> distance = take_near();
    if (!distance) return first;
    Question near = joined(Question::Kind::near, {std::move(first), {}});
    near.distance = *distance;
    near.parts.pop_back();
    while (distance) {
      if (*distance != near.distance)
        fail(near_at, "another distance than before, the NEAR", "write the same number everywhere");
      skip_gap();
      if (is_at_end() || text_[at_] == ')' || peek() != Operator::none)
        fail(near_at, "there is nothing after the NEAR", kOperandHint);
      if (is_sign()) fail(at_, "a sign after NEAR", "leave out the sign, or the NEAR");
      near.parts.push_back(read_item());
      skip_gap();
      near_at = at_;
      distance = take_near();
    }
    near.field = field_within(near.parts[0]);
    check_neighbours(near);
    return near;
  }

  /// NEAR/5 where it stands between words; leaves the place behind it. A NEAR without a number is
  /// that of other tools.
  std::optional<std::size_t> take_near() {
    constexpr std::string_view kName = "NEAR/";
    if (is_at_end() || !is_boundary(character_before(text_, at_))) return std::nullopt;
    const std::string_view chunk = text_.substr(at_, chunk_end(at_) - at_);
    if (chunk == kName.substr(0, kName.size() - 1)) return take_near_without_number();
    if (!chunk.starts_with(kName)) return std::nullopt;
    const auto number = number_in(chunk.substr(kName.size()));
    if (!number || *number < 1 || *number > QuestionLimits::kNearWords)
      fail(at_ + kName.size(), "no such distance, the number",
           fmt::format("write one from 1 to {}", QuestionLimits::kNearWords));
    at_ += chunk.size();
    return static_cast<std::size_t>(*number);
  }

  /// At the beginning or the end it is a word.
  std::optional<std::size_t> take_near_without_number() {
    const std::size_t begin = at_;
    at_ = chunk_end(at_);
    skip_gap();
    const bool has_operand =
        begin > 0 && !is_at_end() && text_[at_] != ')' && !is_sign() && peek() == Operator::none;
    if (has_operand) return QuestionLimits::kUsualNear;
    at_ = begin;
    return std::nullopt;
  }

  void check_neighbours(const Question& near) const {
    for (const Question& part : near.parts) {
      if (!is_text(part))
        fail(byte_of(part.column), "NEAR wants words or phrases, or several joined by OR: not so",
             "ask the rest beside it: a NEAR/5 (b OR c) d");
      if (field_within(part) != field_within(near.parts[0]))
        fail(byte_of(part.column), "another field than the first word of NEAR has",
             "write field:(a NEAR/5 b)");
    }
  }

  /// Words of the text, or some of several.
  static bool is_text(const Question& question) {
    switch (question.kind) {
      case Question::Kind::word:
      case Question::Kind::phrase:
      case Question::Kind::pattern:
      case Question::Kind::misspelt:
        return !question.field || field_of(*question.field).kind == FieldKind::text;
      case Question::Kind::any_of:
        return std::ranges::all_of(question.parts, is_text);
      case Question::Kind::near:
      case Question::Kind::sequence:
      case Question::Kind::all_of:
      case Question::Kind::except:
        break;
    }
    return false;
  }

  static std::optional<FieldId> field_within(const Question& question) {
    return question.parts.empty() ? question.field : field_within(question.parts[0]);
  }

  Question read_item() {
    if (const std::size_t begin = at_; take_near())
      fail(begin, "there is nothing before the NEAR", kOperandHint);
    const Field* const field = take_field_name();
    Question item = field != nullptr ? read_in_field(field) : read_value(!is_url(at_));
    read_weight(item);
    return item;
  }

  /// `^2` behind an item.
  void read_weight(Question& item) {
    if (character_at(text_, at_) != '^' || !is_digit(character_at(text_, at_ + 1))) return;
    const std::size_t begin = at_++;
    const std::size_t end = std::min(text_.find_first_not_of("0123456789.", at_), text_.size());
    const std::string number(text_.substr(at_, end - at_));
    const double weight = std::strtod(number.c_str(), nullptr);
    if (weight > QuestionLimits::kWeight || std::ranges::count(number, '.') > 1)
      fail(begin, "no such weight",
           fmt::format("write a number up to {}", QuestionLimits::kWeight));
    if (item.field && field_of(*item.field).kind != FieldKind::text)
      fail(begin, "a filter has no weight,", "remove it");
    item.weight *= weight;
    at_ = end;
  }

  Question read_in_field(const Field* field) {
    const Field* const outer = std::exchange(field_, field);
    Question item = read_value();
    field_ = outer;
    return item;
  }

  /// Outside a field a word ends where punctuation keeps the next one apart.
  Question read_value(bool stops_at_divider = false) {
    const char32_t c = character_at(text_, at_);
    if (is_quote(c)) return read_phrase();
    if (c == '(') return read_group();
    if (reads_exact_values()) return read_exact_value();
    if (c == '=' && begins_exact(at_)) return read_exact_words(stops_at_divider);
    return read_words(stops_at_divider);
  }

  /// `=word`, `="words"`.
  Question read_exact_words(bool stops_at_divider) {
    const std::size_t begin = at_++;
    const bool is_phrase = is_quote(character_at(text_, at_));
    Question item = is_phrase ? read_phrase() : read_words(stops_at_divider);
    item.is_exact = true;
    item.column = column_of(begin);
    return item;
  }

  Question read_group() {
    const std::size_t begin = at_++;
    if (++depth_ > QuestionLimits::kNesting)
      fail(begin, fmt::format("more than {} brackets inside each other", QuestionLimits::kNesting),
           "ask in a simpler way");
    skip_gap();
    if (!is_at_end() && text_[at_] == ')')
      fail(begin, "there is nothing between the brackets",
           "remove them, or put words between them");
    if (is_at_end()) fail_unclosed(begin);
    Question group = read_alternatives();
    if (is_at_end()) fail_unclosed(begin);
    ++at_;
    --depth_;
    return group;
  }

  Question read_phrase() {
    const std::size_t begin = at_;
    const std::size_t text_begin = begin + length_at(text_, begin);
    std::size_t end = text_begin;
    while (end < text_.size() && !is_quote(character_at(text_, end))) end += length_at(text_, end);
    if (end == text_.size()) fail(begin, "no closing quote for the one", "add one, or remove it");
    at_ = end + length_at(text_, end);
    const std::string_view words = text_.substr(text_begin, end - text_begin);
    check_phrase(begin, words);
    check_phrase_end();
    return leaf(Question::Kind::phrase, begin, words);
  }

  void check_phrase(std::size_t begin, std::string_view words) {
    const std::size_t count =
        reads_exact_values() ? (trimmed(words).empty() ? 0 : 1) : count_words(words);
    if (count == 0) fail(begin, "there is no word between the quotes", "put words between them");
    if (count > QuestionLimits::kPhraseWords) fail_long_phrase(begin);
    add_words(count, begin);
  }

  /// All that stands before the next space, quote or bracket, `title:COVID-19`; with
  /// `stops_at_divider` its first words, as far as they belong together.
  Question read_words(bool stops_at_divider) {
    const std::size_t begin = at_;
    if (const std::size_t end = pattern_end(begin); end > begin) return read_pattern(end);
    const std::string_view chunk = text_.substr(begin, chunk_end(begin) - begin);
    const auto [length, count] = measure_words(chunk, stops_at_divider);
    if (!stops_at_divider && count > QuestionLimits::kPhraseWords) fail_long_phrase(begin);
    at_ = begin + length;
    add_words(count, begin);
    Question item = leaf(Question::Kind::word, begin, chunk.substr(0, length));
    if (count == 1) read_typing_errors(item);
    return item;
  }

  /// `~` or `~1` behind a word.
  void read_typing_errors(Question& item) {
    if (!is_tilde(at_)) return;
    const std::size_t begin = at_++;
    item.kind = Question::Kind::misspelt;
    item.distance = usual_typing_errors(item.text);
    add_pattern(begin);
    if (!is_digit(character_at(text_, at_))) return;
    const std::size_t end = std::min(text_.find_first_not_of("0123456789", at_), text_.size());
    const auto number = number_in(text_.substr(at_, end - at_));
    if (!number || *number > QuestionLimits::kTypingErrors)
      fail(at_, "too many typing errors,",
           fmt::format("write ~1 or ~{}", QuestionLimits::kTypingErrors));
    item.distance = static_cast<std::size_t>(*number);
    at_ = end;
  }

  /// `~1`, `^2`.
  bool begins_suffix(std::size_t at) const {
    return is_tilde(at) ||
           (character_at(text_, at) == '^' && is_digit(character_at(text_, at + 1)));
  }

  bool is_tilde(std::size_t at) const {
    const char32_t following = at < text_.size() ? character_at(text_, at + 1) : kEnd;
    return character_at(text_, at) == '~' &&
           (is_digit(following) || following == '^' || is_boundary(following));
  }

  Question read_pattern(std::size_t end) {
    const std::size_t begin = std::exchange(at_, end);
    add_words(1, begin);
    add_pattern(begin);
    return leaf(Question::Kind::pattern, begin, text_.substr(begin, end - begin));
  }

  void add_pattern(std::size_t at) {
    if (++patterns_ > QuestionLimits::kPatterns)
      fail(at,
           fmt::format("more than {} words with * ? or ~, the next one", QuestionLimits::kPatterns),
           "write more of them out");
  }

  /// Where the word with wildcards that begins there ends; `at` where it has none, or is none.
  std::size_t pattern_end(std::size_t at) const {
    if (is_url(at)) return at;
    bool has_wildcard = false;
    std::size_t end = at;
    for (bool may_be_word = true;;) {
      const std::size_t signs = wildcards_end(end);
      if (signs > end) {
        has_wildcard = true;
        may_be_word = true;
        end = signs;
      } else if (may_be_word && is_word_start(end) && !is_unspaced_at(end)) {
        may_be_word = false;
        end += first_word(end).end;
      } else {
        return has_wildcard ? end : at;
      }
    }
  }

  /// Behind `*` and `?` that stand for letters: a `?` at the end of a word is punctuation, and so
  /// is a `*` that no word touches.
  std::size_t wildcards_end(std::size_t at) const {
    const std::size_t end = std::min(text_.find_first_not_of("*?", at), text_.size());
    const bool has_star = text_.substr(at, end - at).find('*') != std::string_view::npos;
    const bool is_before_word = is_word_start(end) && !is_unspaced_at(end);
    const bool is_behind_word = !is_boundary(character_before(text_, at)) && text_[at - 1] != ':' &&
                                text_[at - 1] != '=' && text_[at - 1] != '-' &&
                                text_[at - 1] != '+';
    if (is_before_word && (has_star || is_behind_word || begins_token(at))) return end;
    return has_star && is_behind_word ? text_.rfind('*', end - 1) + 1 : at;
  }

  struct WordsLength {
    std::size_t bytes = 0;
    std::size_t words = 0;
  };

  WordsLength measure_words(std::string_view chunk, bool stops_at_divider) const {
    const bool has_suffixes = !is_url(at_);
    WordsLength length;
    WordReader words(chunk);
    for (Word word; words.next(word); ++length.words) {
      const std::string_view gap = chunk.substr(length.bytes, word.begin - length.bytes);
      const bool is_full = length.words == QuestionLimits::kPhraseWords;
      if (stops_at_divider && (is_full || has_divider(gap))) break;
      if (has_suffixes && length.words > 0 && begins_suffix(at_ + length.bytes)) break;
      length.bytes = word.end;
      if (has_suffixes) check_word_end(at_ + length.bytes, length.words, word.folded);
    }
    return length;
  }

  bool is_url(std::size_t at) const {
    return text_.substr(at, chunk_end(at) - at).find("://") != std::string_view::npos;
  }

  Question read_exact_value() {
    const std::size_t begin = at_;
    at_ = chunk_end(begin);
    add_words(1, begin);
    return leaf(Question::Kind::word, begin, text_.substr(begin, at_ - begin));
  }

  Question leaf(Question::Kind kind, std::size_t begin, std::string_view text) const {
    Question item;
    item.kind = kind;
    item.text = std::string(text);
    item.column = column_of(begin);
    if (field_ != nullptr) item.field = field_->field;
    return item;
  }

  /// `title:` where a value follows; leaves the place behind the colon.
  const Field* take_field_name() {
    const std::size_t colon = field_name_end();
    if (colon == at_) return nullptr;
    const std::string_view name = text_.substr(at_, colon - at_);
    const Field* field = find_field(name);
    if (!is_value(colon + 1, field) && !has_sign_before_words(colon + 1, field)) return nullptr;
    if (field == nullptr && reads_exact_values()) return nullptr;
    if (field == nullptr) fail_unknown_field(name, colon);
    if (field->field == FieldId::body) fail_body_field();
    check_no_sign(colon + 1, field);
    at_ = colon + 1;
    return field;
  }

  /// Where the colon after letters stands; where the letters begin when they are no field's name.
  std::size_t field_name_end() const {
    std::size_t end = at_;
    while (end < text_.size() && is_ascii_letter(text_[end])) ++end;
    const bool begins_chunk = is_boundary(character_before(text_, at_)) || follows_sign();
    return begins_chunk && end < text_.size() && text_[end] == ':' ? end : at_;
  }

  bool follows_sign() const {
    return at_ > 0 && (text_[at_ - 1] == '+' || text_[at_ - 1] == '-') && begins_token(at_ - 1);
  }

  bool is_value(std::size_t at, const Field* field) const {
    const char32_t c = character_at(text_, at);
    if (c == kEnd || is_space(c) || c == ')' || text_.substr(at, 2) == "//") return false;
    if (is_quote(c) || c == '(') return true;
    return (field != nullptr && field->kind != FieldKind::text) || begins_words(at);
  }

  // Gaps, signs and operators ----------------------------------------------------------------

  void skip_gap() {
    while (!is_at_end() && !begins_something()) {
      check_exclamation_mark();
      at_ += length_at(text_, at_);
    }
  }

  bool begins_something() const {
    const char32_t c = character_at(text_, at_);
    if (is_space(c)) return false;
    if (is_quote(c) || is_bracket(c) || is_sign()) return true;
    if (reads_exact_values() || peek() != Operator::none) return true;
    return begins_words(at_);
  }

  /// A word, a pattern, or either behind `=`.
  bool begins_words(std::size_t at) const {
    return is_word_start(at) || begins_exact(at) || begins_with_wildcard(at);
  }

  bool begins_exact(std::size_t at) const {
    if (character_at(text_, at) != '=' || !(begins_token(at) || follows_prefix(at))) return false;
    const char32_t following = character_at(text_, at + 1);
    return is_quote(following) || is_word_start(at + 1) || begins_with_wildcard(at + 1);
  }

  bool begins_with_wildcard(std::size_t at) const {
    if (character_at(text_, at) != '*' && character_at(text_, at) != '?') return false;
    const std::size_t end = wildcards_end(at);
    return end > at && is_word_start(end) && !is_unspaced_at(end);
  }

  /// Whether a sign or a field's name stands right before.
  bool follows_prefix(std::size_t at) const {
    const char before = at > 0 ? text_[at - 1] : ' ';
    return before == ':' || ((before == '+' || before == '-') && begins_token(at - 1));
  }

  bool is_sign() const {
    if (text_[at_] != '+' && text_[at_] != '-') return false;
    if (!begins_token(at_)) return false;
    const char32_t following = character_at(text_, at_ + 1);
    if (is_quote(following) || following == '(') return true;
    return reads_exact_values() ? !is_boundary(following) : begins_words(at_ + 1);
  }

  /// A sign means something only here: `"crude"-oil` and `one-dimensional` have none.
  bool begins_token(std::size_t at) const {
    const char32_t previous = character_before(text_, at);
    return previous == kEnd || previous == '(' || is_space(previous);
  }

  bool is_word_start(std::size_t at) const { return at < text_.size() && first_word(at).end > 0; }

  bool is_unspaced_at(std::size_t at) const {
    const Word word = first_word(at);
    return is_unspaced_word(text_.substr(at, word.end));
  }

  /// The word that begins right there; of no length where none does.
  Word first_word(std::size_t at) const {
    constexpr std::size_t kLookAheadBytes = 256;  // marks before a letter may be many
    Word word;
    const bool is_here =
        WordReader(text_.substr(at, kLookAheadBytes)).next(word) && word.begin == 0;
    return is_here ? Word{0, word.end, {}, {}, {}} : Word{0, 0, {}, {}, {}};
  }

  Operator peek() const {
    if (is_at_end() || !is_boundary(character_before(text_, at_))) return Operator::none;
    const std::string_view chunk = text_.substr(at_, chunk_end(at_) - at_);
    if (chunk == "AND" || chunk == "&&") return Operator::all;
    if (chunk == "OR" || chunk == "||") return Operator::any;
    return chunk == "NOT" ? Operator::without : Operator::none;
  }

  bool take(Operator wanted) {
    if (peek() != wanted) return false;
    at_ = chunk_end(at_);
    return true;
  }

  std::size_t chunk_end(std::size_t at) const {
    while (!is_boundary(character_at(text_, at))) at += length_at(text_, at);
    return at;
  }

  static bool has_divider(std::string_view gap) {
    for (std::size_t at = 0; at < gap.size(); at += length_at(gap, at))
      if (is_divider(character_at(gap, at))) return true;
    return gap.find("..") != std::string_view::npos;
  }

  // Signs where they mean nothing ------------------------------------------------------------

  /// `words` are those before this one in a word of several parts.
  void check_word_end(std::size_t at, std::size_t words, std::string_view folded) const {
    const bool has_wildcard = wildcards_end(at) > at && !is_unspaced_word(folded);
    if (has_wildcard || (words > 0 && is_tilde(at)))
      fail(at, "a sign in a word of several parts",
           "put a space between the parts, or remove the sign");
  }

  /// `title:-word`: what the field's name would have lost on the way.
  bool has_sign_before_words(std::size_t at, const Field* field) const {
    const char32_t sign = character_at(text_, at);
    if (field == nullptr || field->kind != FieldKind::text || (sign != '-' && sign != '+'))
      return false;
    return is_quote(character_at(text_, at + 1)) || begins_words(at + 1);
  }

  void check_no_sign(std::size_t at, const Field* field) const {
    if (has_sign_before_words(at, field))
      fail(at, "a sign behind a field's name", "put it before the name, as in -title:word");
  }

  /// `!word` leaves out in other tools what it would ask for here.
  void check_exclamation_mark() const {
    const bool is_sign = text_[at_] == '!' && begins_token(at_) &&
                         (is_word_start(at_ + 1) || is_quote(character_at(text_, at_ + 1)));
    if (is_sign)
      fail(at_, "a ! before a word", "write -word to leave it out, or \"!word\" for text");
  }

  void check_phrase_end() const {
    const char32_t c = character_at(text_, at_);
    if (c != '*' && !is_tilde(at_)) return;
    fail(at_, fmt::format("a {} behind a phrase", static_cast<char>(c)),
         "remove it; for words near each other write a NEAR/5 b");
  }

  // Limits -----------------------------------------------------------------------------------

  void check_length() const {
    if (text_.size() > QuestionLimits::kBytes)
      throw Error(fmt::format("the question has {} bytes; {} is the limit", text_.size(),
                              QuestionLimits::kBytes),
                  "ask for fewer words");
  }

  void add_words(std::size_t count, std::size_t at) {
    words_ += count;
    if (words_ > QuestionLimits::kWords)
      fail(at, fmt::format("more than {} words, the next one", QuestionLimits::kWords),
           "ask for fewer words");
  }

  static std::size_t count_words(std::string_view text) {
    WordReader words(text);
    Word word;
    std::size_t count = 0;
    while (words.next(word)) ++count;
    return count;
  }

  // Errors -----------------------------------------------------------------------------------

  static constexpr std::string_view kOperandHint =
      "AND, OR and NOT stand between words; to look for the word itself write it small";

  [[noreturn]] void fail(std::size_t at, std::string_view what, std::string_view advice) const {
    throw Error(fmt::format("{} at column {}", what, column_of(at)),
                fmt::format("{}\n{}", advice, show_place(text_, at)));
  }

  [[noreturn]] void fail_long_phrase(std::size_t begin) const {
    fail(begin, fmt::format("more than {} words in the phrase", QuestionLimits::kPhraseWords),
         "shorten the phrase");
  }

  [[noreturn]] void fail_without_operand(std::size_t or_at) const {
    if (or_at < text_.size()) fail(or_at, "there is nothing after the OR", kOperandHint);
    if (peek() == Operator::any) fail(at_, "there is nothing before the OR", kOperandHint);
    if (!is_at_end()) fail(at_, "no opening bracket for the one", "remove it, or put ( before it");
    throw Error(fmt::format("there is no word to look for in '{}'",
                            printable_line(nearest(text_, 60, false))),
                "give words, as in: crude oil");
  }

  [[noreturn]] void fail_without_words(const Question& excluded) const {
    fail(byte_of(excluded.column), "nothing is asked for, only left out,",
         "add what to look for, as in: oil -gas");
  }

  [[noreturn]] void fail_unclosed(std::size_t begin) const {
    fail(begin, "no closing bracket for the one", "add one, or remove it");
  }

  [[noreturn]] void fail_unknown_field(std::string_view name, std::size_t colon) const {
    const std::string_view value = text_.substr(colon, chunk_end(colon) - colon);
    const std::string hint =
        fmt::format("the fields are {}; to look for the text itself put it in quotes: \"{}{}\"",
                    field_names(), name, printable_line(value));
    fail(at_, fmt::format("unknown field '{}'", name),
         with_nearest_name(name, all_names_of_fields(), hint));
  }

  [[noreturn]] void fail_body_field() const {
    fail(at_, "every word searches the body already, so there is no such field",
         "leave the field's name out");
  }

  // Places -----------------------------------------------------------------------------------

  bool is_at_end() const { return at_ >= text_.size(); }
  bool reads_exact_values() const { return field_ != nullptr && field_->kind != FieldKind::text; }
  std::size_t column_of(std::size_t at) const { return count_code_points(text_.substr(0, at)) + 1; }

  std::size_t byte_of(std::size_t column) const { return nearest(text_, column - 1, false).size(); }

  std::string_view text_;
  std::size_t at_ = 0;
  const Field* field_ = nullptr;  ///< whose value is being read
  std::size_t depth_ = 0;
  std::size_t words_ = 0;
  std::size_t patterns_ = 0;
};

}  // namespace

bool has_quote(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += length_at(text, at))
    if (is_quote(character_at(text, at))) return true;
  return false;
}

Question parse_question(std::string_view text) {
  return QuestionReader(text).read();
}

Error with_place(const QuestionError& error, std::string_view text) {
  const std::size_t at = nearest(text, error.column() - 1, false).size();
  return Error(fmt::format("{}, at column {}", error.what(), error.column()),
               fmt::format("{}\n{}", error.hint(), show_place(text, at)));
}

}  // namespace lede
