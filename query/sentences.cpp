#include "query/sentences.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// What a character between two words is to the sentence before it.
enum class Mark : std::uint8_t {
  other,
  stop,             ///< ends a sentence when white space follows
  full_width_stop,  ///< ends one whatever follows
  closing,          ///< may stand between the stop and the white space
};

Mark ascii_mark_of(char32_t c) {
  constexpr std::string_view kClosing = ")]}'\"";
  if (c == '.' || c == '!' || c == '?') return Mark::stop;
  return kClosing.find(static_cast<char>(c)) == kClosing.npos ? Mark::other : Mark::closing;
}

Mark mark_of(char32_t c) {
  constexpr std::u32string_view kFullWidthStops = U"。！？｡";
  constexpr std::u32string_view kClosing = U"”’“‘»«›‹」』）】》〉］";
  if (c < 0x80) return ascii_mark_of(c);
  if (c == U'…') return Mark::stop;
  if (kFullWidthStops.find(c) != kFullWidthStops.npos) return Mark::full_width_stop;
  return kClosing.find(c) == kClosing.npos ? Mark::other : Mark::closing;
}

/// “ closes a German sentence and opens a Chinese one.
bool closes(char32_t c, Mark stop) {
  const bool is_opening_there = stop == Mark::full_width_stop && (c == U'“' || c == U'‘');
  return mark_of(c) == Mark::closing && !is_opening_there;
}

bool is_title(const std::string& word) {
  constexpr std::array<std::string_view, 38> kTitles{
      "adm", "apr",  "aug", "bros", "capt", "cmdr",   "col", "cpl", "dec",  "dr",
      "feb", "fr",   "gen", "gov",  "hon",  "hr",     "jan", "jr",  "lt",   "maj",
      "mme", "mlle", "mr",  "mrs",  "ms",   "messrs", "nov", "oct", "pres", "prof",
      "rep", "rev",  "sen", "sept", "sgt",  "sr",     "st",  "vs"};
  return std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
}

/// A single letter, or letters with dots between them.
bool is_initials(std::string_view word) {
  bool is_letter_next = true;
  while (!word.empty()) {
    const CodePoint point = decode_code_point(word);
    const bool is_dot = point.value == '.';
    if (is_dot == is_letter_next || (point.value >= '0' && point.value <= '9')) return false;
    is_letter_next = is_dot;
    word.remove_prefix(point.length_bytes);
  }
  return true;
}

bool keeps_its_dot(std::string_view word, std::string_view next) {
  constexpr std::size_t kLongestTitle = 6;
  if (is_initials(word)) return true;
  if (word.size() > kLongestTitle) return false;
  const std::string lower = ascii_lower(word);
  const bool is_number_next = !next.empty() && next[0] >= '0' && next[0] <= '9';
  return is_title(lower) || (is_number_next && (lower == "no" || lower == "nr"));
}

struct WhiteSpace {
  std::size_t end;
  int newlines;
};

WhiteSpace read_white_space(std::string_view text, std::size_t begin, std::size_t limit) {
  WhiteSpace run{begin, 0};
  for (; run.end < limit && is_white_space(text[run.end]); ++run.end)
    if (text[run.end] == '\n' && run.newlines < 2) ++run.newlines;
  return run;
}

/// Reads what stands between two words, from the first to the second.
class GapReader {
 public:
  GapReader(std::string_view text, std::size_t word_begin, std::size_t word_end)
      : text_(text), word_(text.substr(word_begin, word_end - word_begin)), word_end_(word_end) {}

  std::optional<SentenceBreak> read(std::size_t next_begin) {
    for (std::size_t at = word_end_; at < next_begin;)
      at = is_white_space(text_[at]) ? pass_white_space(at, next_begin) : pass_mark(at, next_begin);
    if (stop_ == Mark::full_width_stop) note({next_begin, next_begin, false});
    return found_;
  }

 private:
  std::size_t pass_white_space(std::size_t at, std::size_t next_begin) {
    const WhiteSpace run = read_white_space(text_, at, next_begin);
    if (run.newlines > 1)
      found_ = {at, run.end, true};
    else if (stop_ != Mark::other)
      note({at, run.end, false});
    stop_ = Mark::other;
    return run.end;
  }

  std::size_t pass_mark(std::size_t at, std::size_t next_begin) {
    const CodePoint point = decode_code_point(text_.substr(at, next_begin - at));
    const Mark mark = mark_of(point.value);
    if (mark == Mark::stop || mark == Mark::full_width_stop) {
      const bool is_kept =
          point.value == '.' && at == word_end_ && keeps_its_dot(word_, text_.substr(next_begin));
      stop_ = is_kept ? Mark::other : mark;
    } else if (!closes(point.value, stop_)) {
      if (stop_ == Mark::full_width_stop) note({at, at, false});
      stop_ = Mark::other;
    }
    return at + point.length_bytes;
  }

  void note(const SentenceBreak& sentence_break) {
    if (!found_) found_ = sentence_break;
  }

  std::string_view text_;
  std::string_view word_;
  std::size_t word_end_;
  Mark stop_ = Mark::other;  // the stop that only closing marks have followed so far
  std::optional<SentenceBreak> found_;
};

}  // namespace

std::optional<SentenceBreak> find_sentence_break(std::string_view text, std::size_t word_begin,
                                                 std::size_t word_end, std::size_t next_begin) {
  return GapReader(text, word_begin, word_end).read(next_begin);
}

}  // namespace lede
