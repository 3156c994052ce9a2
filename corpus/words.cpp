#include "corpus/words.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <utf8proc.h>
#include <xxhash.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// What a byte of ASCII is to a word.
enum class Ascii : std::uint8_t {
  gap,    ///< ends a word and begins none
  word,   ///< a letter or digit
  joint,  ///< may join what stands on both sides of it
  sign,   ///< may end `C++` or `C#`
};

constexpr unsigned char byte_of(char c) {
  return static_cast<unsigned char>(c);
}

constexpr std::array<Ascii, 128> kAscii = [] {
  std::array<Ascii, 128> classes{};
  for (char c = '0'; c <= '9'; ++c) classes[byte_of(c)] = Ascii::word;
  for (char c = 'a'; c <= 'z'; ++c) classes[byte_of(c)] = Ascii::word;
  for (char c = 'A'; c <= 'Z'; ++c) classes[byte_of(c)] = Ascii::word;
  for (const char c : {'\'', '.', ',', '&'}) classes[byte_of(c)] = Ascii::joint;
  for (const char c : {'+', '#'}) classes[byte_of(c)] = Ascii::sign;
  return classes;
}();

bool is_ascii(char c) {
  return byte_of(c) < 0x80;
}
bool is_ascii(char c, Ascii kind) {
  return is_ascii(c) && kAscii[byte_of(c)] == kind;
}
bool is_in(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0xFF07;
}

/// Marks that speakers leave off when they type: accents, vowel points, the Arabic lengthener.
bool is_optional_mark(char32_t c) {
  return is_in(c, 0x0300, 0x036F) || is_in(c, 0x0591, 0x05C7) || is_in(c, 0x0610, 0x061A) ||
         c == 0x0640 || is_in(c, 0x064B, 0x065F) || c == 0x0670 || is_in(c, 0x06D6, 0x06DC) ||
         is_in(c, 0x1AB0, 0x1AFF) || is_in(c, 0x1DC0, 0x1DFF) || is_in(c, 0x20D0, 0x20FF);
}

/// Letters that no decomposition takes apart, yet people type as these.
std::string_view plain_form(char32_t c) {
  switch (c) {
    case 0xE6:
      return "ae";
    case 0xF0:
      return "d";
    case 0xF8:
      return "o";
    case 0xFE:
      return "th";
    case 0x111:
      return "d";
    case 0x127:
      return "h";
    case 0x131:
      return "i";
    case 0x142:
      return "l";
    case 0x153:
      return "oe";
    case 0x167:
      return "t";
    default:
      return {};
  }
}

/// Letters of scripts that put no spaces between words.
bool is_unspaced(char32_t c) {
  if (c < 0x0E01) return false;
  return is_in(c, 0x0E01, 0x0E4E) || is_in(c, 0x0E81, 0x0ECD) || is_in(c, 0x1000, 0x103F) ||
         is_in(c, 0x1050, 0x108F) || is_in(c, 0x1100, 0x11FF) || is_in(c, 0x1780, 0x17D3) ||
         is_in(c, 0x3005, 0x3007) || is_in(c, 0x3041, 0x30FF) || is_in(c, 0x31F0, 0x31FF) ||
         is_in(c, 0x3400, 0x4DBF) || is_in(c, 0x4E00, 0x9FFF) || is_in(c, 0xAC00, 0xD7AF) ||
         is_in(c, 0xF900, 0xFAFF) || is_in(c, 0xFF66, 0xFF9F) || is_in(c, 0x20000, 0x3FFFD);
}

utf8proc_category_t category_of(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

/// Invisible inside a word: joiners, direction marks, the soft hyphen.
bool is_invisible(char32_t c) {
  return c >= 0x80 && category_of(c) == UTF8PROC_CATEGORY_CF;
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return kAscii[c] == Ascii::word;
  const auto category = category_of(c);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO) ||
         category == UTF8PROC_CATEGORY_CF;
}

/// Appends one code point of a decomposition, accents left off.
void append_folded_part(std::string& folded, char32_t c) {
  constexpr std::string_view kShortI = "\u0438";  // й is a letter of its own, not и with an accent
  if (c == 0x0306 && folded.ends_with(kShortI)) {
    folded.replace(folded.size() - kShortI.size(), kShortI.size(), "\u0439");
  } else if (const std::string_view plain = plain_form(c); !plain.empty()) {
    folded.append(plain);
  } else if (!is_optional_mark(c) && !is_invisible(c)) {
    append_code_point(folded, c);
  }
}

void append_folded(std::string& folded, char32_t c) {
  if (c < 0x80) return folded.push_back(ascii_lower(static_cast<char>(c)));
  const bool is_composed_script = is_in(c, 0x3041, 0x30FF) || is_in(c, 0xAC00, 0xD7A3);
  if (is_composed_script) return append_code_point(folded, c);
  std::array<utf8proc_int32_t, 32> parts{};
  int last_boundary_class = UTF8PROC_BOUNDCLASS_START;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), parts.data(), parts.size(),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD),
      &last_boundary_class);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count) && i < parts.size(); ++i)
    append_folded_part(folded, static_cast<char32_t>(parts[i]));
}

/// Letters whose accents a stemmer may need: Latin ones.
bool keeps_accents(char32_t c) {
  return is_in(c, 0xC0, 0x24F) || is_in(c, 0x1E00, 0x1EFF);
}

void append_written(std::string& written, char32_t c) {
  if (!keeps_accents(c)) return append_folded(written, c);
  append_code_point(written,
                    static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
}

/// Whether an elided word stands at the front: `l'economie` is `economie`. A vowel or h must
/// follow, so that `c'mon` and `s'mores` stay whole.
bool begins_with_elision(std::string_view folded) {
  const std::size_t apostrophe = folded.find('\'');
  if (apostrophe == std::string_view::npos || apostrophe + 1 >= folded.size()) return false;
  const std::string_view front = folded.substr(0, apostrophe);
  const bool is_elided =
      front == "qu" || (front.size() == 1 && front.find_first_of("cdjlmnst") == 0);
  return is_elided &&
         std::string_view("aeiouyh").find(folded[apostrophe + 1]) != std::string_view::npos;
}

void drop_elision(std::string& folded, std::string& written) {
  if (!begins_with_elision(folded)) return;
  for (std::string* form : {&folded, &written}) form->erase(0, form->find('\'') + 1);
}

/// Keeps a word that is too long for a term findable: its beginning and a hash of all of it.
void shorten(std::string& folded) {
  constexpr std::size_t kHashDigits = 16;
  std::array<char, kHashDigits + 1> hash{};
  std::snprintf(hash.data(), hash.size(), "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(folded.data(), folded.size())));
  folded.resize(prefix_of(folded, WordReader::kMaxWordBytes - kHashDigits).size());
  folded.append(hash.data(), kHashDigits);
}

/// Reads code points forwards from a place in a text; past the end and at broken bytes there is 0,
/// which is part of no word.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) { decode(); }

  char32_t value() const { return value_; }
  std::size_t at() const { return at_; }
  bool is_at_end() const { return at_ >= text_.size(); }
  void advance() {
    at_ += length_;
    decode();
  }
  Cursor next() const {
    Cursor following = *this;
    following.advance();
    return following;
  }

 private:
  void decode() {
    value_ = 0;
    length_ = 0;
    if (is_at_end()) return;
    const CodePoint point = decode_code_point(text_.substr(at_));
    value_ = point.is_valid ? point.value : 0;
    length_ = point.length_bytes;
  }

  std::string_view text_;
  std::size_t at_;
  char32_t value_ = 0;
  std::size_t length_ = 0;
};

/// Reads one word of any kind; `next_ascii` takes the common ones before it comes to this.
class WordScanner {
 public:
  WordScanner(Cursor start, std::string& folded, std::string& written)
      : cursor_(start), folded_(folded), written_(written) {}

  /// Returns where the word ends.
  std::size_t scan() {
    if (is_unspaced(cursor_.value())) return scan_character();
    do {
      take();
    } while (goes_on());
    take_sign();
    return cursor_.at();
  }

 private:
  /// One character of an unspaced script, with the marks on it.
  std::size_t scan_character() {
    take();
    while (is_mark(cursor_.value()) || is_invisible(cursor_.value())) take();
    return cursor_.at();
  }

  void take() {
    append_folded(folded_, cursor_.value());
    append_written(written_, cursor_.value());
    if (!is_invisible(cursor_.value()) && !is_mark(cursor_.value())) previous_ = cursor_.value();
    cursor_.advance();
  }

  /// Whether the word goes on here; passes over what joins its parts.
  bool goes_on() {
    const char32_t c = cursor_.value();
    if (is_apostrophe(c)) return joins(is_letter(previous_) || is_digit(previous_), "'");
    if (is_unspaced(c)) return false;
    if (is_word_character(c)) return true;
    if (c == '.') return joins_dot();
    if (c == ',') return joins_thousands();
    if (c == '&') return joins(is_letter(previous_), "&");
    return false;
  }

  bool joins(bool has_left_side, std::string_view joint) {
    const Cursor following = cursor_.next();
    if (!has_left_side || !is_letter(following.value()) || is_unspaced(following.value()))
      return false;
    append_joint(joint);
    return pass_joint(following);
  }

  void append_joint(std::string_view joint) {
    folded_.append(joint);
    written_.append(joint);
  }

  bool pass_joint(const Cursor& following) {
    cursor_ = following;
    return true;
  }

  /// `3.5` is one word, `U.S.` is `us`; every other dot ends a word.
  bool joins_dot() {
    const Cursor following = cursor_.next();
    if (is_digit(previous_) && is_digit(following.value())) {
      append_joint(".");
      return pass_joint(following);
    }
    return joins_initials(following);
  }

  bool joins_initials(const Cursor& following) {
    if (!is_letter(previous_) || letters_since_dot() != 1) return false;
    const bool is_initial =
        is_letter(following.value()) && !is_word_character(following.next().value());
    if (is_initial) {
      is_initials_ = true;
      initials_end_ = folded_.size();
      return pass_joint(following);
    }
    if (is_initials_) cursor_ = following;  // the last dot belongs to the initials
    return false;
  }

  /// Folded bytes since the last dot of initials, as far as it matters: one letter, or more.
  std::size_t letters_since_dot() const {
    return count_code_points(std::string_view(folded_).substr(initials_end_));
  }

  /// `155,221` is `155221`: exactly three digits after the comma.
  bool joins_thousands() {
    if (!is_digit(previous_)) return false;
    const Cursor first = cursor_.next();
    Cursor digits = first;
    int count = 0;
    for (; count < 4 && is_digit(digits.value()); ++count) digits.advance();
    return count == 3 && !is_word_character(digits.value()) && pass_joint(first);
  }

  /// `C++`, `C#`: signs that are part of a short name.
  void take_sign() {
    if (folded_.size() > 2 || !is_letter(previous_)) return;
    const Cursor following = cursor_.next();
    const bool is_sharp = cursor_.value() == '#' && !is_word_character(following.value());
    const bool is_plus_plus = cursor_.value() == '+' && following.value() == '+';
    if (is_sharp || is_plus_plus) take();
    if (is_plus_plus) take();
  }

  Cursor cursor_;
  std::string& folded_;
  std::string& written_;
  char32_t previous_ = 0;
  bool is_initials_ = false;
  std::size_t initials_end_ = 0;
};

/// Whether a word of ASCII that stops at `end` is over: a gap follows, or a joint and then a gap.
bool ends_plainly(std::string_view text, std::size_t end) {
  if (end < text.size() && is_ascii(text[end], Ascii::joint)) ++end;
  return end == text.size() || is_ascii(text[end], Ascii::gap);
}

/// Whether no word goes on with this character, nor begins with it. 0 may be any broken byte.
bool ends_any_word(char32_t c) {
  if (c < 0x80) return c != 0 && kAscii[c] == Ascii::gap;
  return !is_word_character(c) && !is_apostrophe(c);
}

/// The highest bit of each byte.
template <typename Vector>
std::uint16_t bits_of(Vector bytes) {
#if defined(__SSE2__)
  return static_cast<std::uint16_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(bytes)));
#else
  std::uint16_t bits = 0;
  for (int at = 0; at < 16; ++at) bits |= static_cast<std::uint16_t>((bytes[at] & 1) << at);
  return bits;
#endif
}

using Bytes [[gnu::vector_size(16)]] = unsigned char;

auto are_letters(const Bytes& bytes) {
  const Bytes lower = bytes | 0x20;
  return ((lower - 'a') < 26) | ((bytes - '0') < 10);
}

/// Calls `receive(offset, bytes)` for each part of a block; behind the text's end there are zeros,
/// which are gaps.
template <std::size_t block_bytes, typename Receive>
void for_each_vector(std::string_view text, std::size_t begin, Receive&& receive) {
  std::array<char, block_bytes> copy{};
  const char* bytes = text.data() + begin;
  if (begin + block_bytes > text.size()) {
    if (begin < text.size()) std::memcpy(copy.data(), bytes, text.size() - begin);
    bytes = copy.data();
  }
  for (std::size_t at = 0; at < block_bytes; at += sizeof(Bytes)) {
    Bytes each;
    std::memcpy(&each, bytes + at, sizeof each);
    receive(at, each);
  }
}

}  // namespace

std::string folded(std::string_view word) {
  std::string folded;
  for (Cursor cursor(word, 0); !cursor.is_at_end(); cursor.advance())
    append_folded(folded, cursor.value());
  return folded;
}

bool is_unspaced_word(std::string_view folded) {
  return is_unspaced(Cursor(folded, 0).value());
}

void WordBeginnings::add(char first) {
  first_.set(byte_of(first));
  for (char second = 0; second < 1 << kBits; ++second) pairs_.set(pair_of(first, second));
}

void WordBeginnings::add(char first, char second) {
  first_.set(byte_of(first));
  pairs_.set(pair_of(first, second));
}

void WordBeginnings::add_all() {
  first_.set();
  pairs_.set();
}

std::size_t word_boundary_before(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  while (at > 0) {
    std::size_t before = at - 1;
    while (before > 0 && is_continuation(text[before])) --before;
    if (ends_any_word(Cursor(text, before).value())) return at;
    at = before;
  }
  return 0;
}

/// Sixteen bytes at a time: the compiler makes one instruction of each line.
WordReader::Block WordReader::block_at(std::string_view text, std::size_t begin) {
  Block block{begin, 0, 0};
  for_each_vector<kBlockBytes>(text, begin, [&](std::size_t at, const Bytes& each) {
    block.letters |= std::uint64_t{bits_of(are_letters(each))} << at;
    block.others |= std::uint64_t{bits_of(each >= 0x80)} << at;
  });
  return block;
}

/// A joint before a gap of the same block ends its word, whatever that is.
WordReader::Starts WordReader::starts_at(std::string_view text, std::size_t begin) {
  std::uint64_t letters = 0;
  std::uint64_t joints = 0;
  std::uint64_t others = 0;  // signs, and what is not ASCII
  for_each_vector<kBlockBytes>(text, begin, [&](std::size_t at, const Bytes& each) {
    const auto are_joints = (each == '\'') | (each == '.') | (each == ',') | (each == '&');
    const auto are_others = (each == '+') | (each == '#') | (each >= 0x80);
    letters |= std::uint64_t{bits_of(are_letters(each))} << at;
    joints |= std::uint64_t{bits_of(are_joints)} << at;
    others |= std::uint64_t{bits_of(are_others)} << at;
  });
  const std::uint64_t gaps = ~(letters | joints | others);
  const bool is_behind_gap = begin == 0 || is_ascii(text[begin - 1], Ascii::gap);
  const std::uint64_t behind_gaps = gaps << 1 | std::uint64_t{is_behind_gap};
  return {begin, letters & behind_gaps, gaps, others | (joints & ~(gaps >> 1))};
}

/// The first place from `at` on where a word can begin; the text's end where there is none.
std::size_t WordReader::next_start(std::size_t at) {
  while (at < text_.size()) {
    look_at(at);
    const std::size_t offset = at - block_.begin;
    const std::uint64_t starts = (block_.letters | block_.others) >> offset;
    if (starts != 0) return at + static_cast<std::size_t>(std::countr_zero(starts));
    at = block_.begin + kBlockBytes;
  }
  return text_.size();
}

/// Where the letters and digits of ASCII end that stand at `at`.
std::size_t WordReader::end_of_letters(std::size_t at) {
  for (;;) {
    look_at(at);
    const std::size_t offset = at - block_.begin;
    const auto count = static_cast<std::size_t>(std::countr_one(block_.letters >> offset));
    at += count;
    if (offset + count < kBlockBytes) return at;
  }
}

bool WordReader::next(Word& word) {
  for (at_ = next_start(at_); at_ < text_.size(); at_ = next_start(at_)) {
    if (is_ascii(text_[at_]) && next_ascii(word)) return true;
    if (next_unicode(word)) return true;
  }
  return false;
}

bool WordReader::next_beginning_with(const WordBeginnings& beginnings, Word& word) {
  for (;;) {
    at_ = next_start(pass_plain_words(beginnings));
    if (at_ >= text_.size()) return false;
    const char first = text_[at_];
    if (is_ascii(first)) {
      const bool is_wanted = beginnings.have(static_cast<char>(first | 0x20));
      if (is_wanted ? next_ascii(word) : pass_ascii()) {
        if (is_wanted) return true;
        continue;
      }
    }
    if (next_unicode(word) && beginnings.have(word.folded.front())) return true;
  }
}

/// A place between words before which, from where the reader is, none is of interest. Words that
/// are all letters and digits of ASCII are told by their first two bytes.
std::size_t WordReader::pass_plain_words(const WordBeginnings& beginnings) {
  std::uint64_t here = std::uint64_t{1} << at_ % kBlockBytes;  // whatever stands before it
  for (std::size_t at = at_; at < text_.size(); at = starts_.begin + kBlockBytes, here = 0) {
    if (starts_.begin != at - at % kBlockBytes) starts_ = starts_at(text_, at - at % kBlockBytes);
    const std::uint64_t ahead = ~std::uint64_t{0} << (at - starts_.begin);
    const std::uint64_t risky = starts_.risky & ahead;
    const std::uint64_t before_risky = risky == 0 ? ahead : ahead & ((risky & -risky) - 1);
    for (std::uint64_t left = (starts_.plain | here) & before_risky; left != 0; left &= left - 1) {
      const std::size_t start = starts_.begin + static_cast<std::size_t>(std::countr_zero(left));
      const char second = start + 1 < text_.size() ? text_[start + 1] : '\0';
      if (beginnings.may_have(text_[start], second)) return start;
    }
    if (risky != 0) return begin_of_risky(static_cast<std::size_t>(std::countr_zero(risky)));
  }
  return text_.size();
}

/// Where to read from so that the word with the risky byte at an offset in its block is whole.
std::size_t WordReader::begin_of_risky(std::size_t offset) const {
  const std::uint64_t gaps = starts_.gaps & ((std::uint64_t{1} << offset) - 1);
  std::size_t begin = starts_.begin + static_cast<std::size_t>(std::bit_width(gaps));
  if (gaps == 0)
    while (begin > at_ && !is_ascii(text_[begin - 1], Ascii::gap)) --begin;
  return std::max(begin, at_);
}

/// What next_ascii would take.
bool WordReader::pass_ascii() {
  const std::size_t end = end_of_letters(at_);
  if (!ends_plainly(text_, end) || end - at_ > kMaxWordBytes) return false;
  at_ = end;
  return true;
}

/// The common case: letters and digits of ASCII, ended by something that cannot go on with them.
bool WordReader::next_ascii(Word& word) {
  const std::size_t end = end_of_letters(at_);
  if (!ends_plainly(text_, end) || end - at_ > kMaxWordBytes) return false;
  folded_.resize(end - at_);
  for (std::size_t i = 0; i < folded_.size(); ++i)
    folded_[i] = static_cast<char>(text_[at_ + i] | 0x20);  // digits have that bit, too
  word = {at_, end, folded_, folded_};
  at_ = end;
  return true;
}

/// Takes the character just read, which begins at `begin`; gives its pair.
std::string_view WordReader::pair_up(std::size_t begin) {
  const bool has_neighbour = begin == character_end_ && !character_.empty();
  if (has_neighbour) pair_.assign(character_).append(folded_);
  character_ = folded_;
  character_end_ = at_;
  return has_neighbour ? std::string_view(pair_) : std::string_view();
}

bool WordReader::next_unicode(Word& word) {
  const Cursor start(text_, at_);
  if (!is_word_character(start.value())) {
    at_ = start.next().at();
    return false;
  }
  folded_.clear();
  written_.clear();
  const std::size_t begin = at_;
  at_ = WordScanner(start, folded_, written_).scan();
  drop_elision(folded_, written_);
  const bool is_long = folded_.size() > kMaxWordBytes;
  if (is_long) shorten(folded_);
  word = {begin, at_, folded_, is_long ? folded_ : written_};
  if (is_unspaced(start.value())) word.pair = pair_up(begin);
  return !folded_.empty();
}

}  // namespace lede
