#include "corpus/readers/text/charset.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iconv.h>
#include <uchardet.h>
#include <utility>

#include <simdjson.h>
#include <utf8proc.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kFallback = "WINDOWS-1252";
constexpr std::string_view kMail = "ISO-2022-JP";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kDetectorBytes = std::size_t{64} << 10;

struct Mark {
  std::string_view bytes;
  std::string_view encoding;
};
constexpr std::array kMarks{Mark{"\xEF\xBB\xBF"sv, kUtf8}, Mark{"\xFF\xFE\0\0"sv, "UTF-32LE"},
                            Mark{"\0\0\xFE\xFF"sv, "UTF-32BE"}, Mark{"\xFF\xFE"sv, "UTF-16LE"},
                            Mark{"\xFE\xFF"sv, "UTF-16BE"}};

const Mark* mark_of(std::string_view bytes) {
  const auto found = std::find_if(kMarks.begin(), kMarks.end(),
                                  [&](const Mark& mark) { return bytes.starts_with(mark.bytes); });
  return found == kMarks.end() ? nullptr : &*found;
}

// ---- labels

/// An encoding, as iconv calls it, and the labels that mean it, without `-` and `_` and what is
/// behind a colon.
struct Labels {
  std::string_view encoding;
  std::string_view labels;
};
constexpr std::array kLabels{
    Labels{kUtf8, " utf8 unicode11utf8 unicode20utf8 xunicode20utf8 "},
    Labels{kFallback,
           " windows1252 cp1252 xcp1252 iso88591 latin1 l1 ascii usascii ansix3.41968 cp819 "
           "ibm819 csisolatin1 isoir100 "},
    Labels{"IBM866", " ibm866 866 cp866 csibm866 "},
    Labels{"ISO-8859-2", " iso88592 latin2 l2 csisolatin2 isoir101 "},
    Labels{"ISO-8859-3", " iso88593 latin3 l3 csisolatin3 isoir109 "},
    Labels{"ISO-8859-4", " iso88594 latin4 l4 csisolatin4 isoir110 "},
    Labels{"ISO-8859-5", " iso88595 cyrillic csisolatincyrillic isoir144 "},
    Labels{"ISO-8859-6",
           " iso88596 iso88596e iso88596i arabic asmo708 ecma114 csiso88596e csiso88596i "
           "csisolatinarabic isoir127 "},
    Labels{"ISO-8859-7",
           " iso88597 greek greek8 elot928 ecma118 suneugreek csisolatingreek isoir126 "},
    Labels{"ISO-8859-8",
           " iso88598 iso88598e iso88598i hebrew visual logical csiso88598e csiso88598i "
           "csisolatinhebrew isoir138 "},
    Labels{"ISO-8859-10", " iso885910 latin6 l6 csisolatin6 isoir157 "},
    Labels{"ISO-8859-13", " iso885913 "},
    Labels{"ISO-8859-14", " iso885914 "},
    Labels{"ISO-8859-15", " iso885915 latin9 l9 csisolatin9 "},
    Labels{"ISO-8859-16", " iso885916 "},
    Labels{"KOI8-R", " koi8r koi8 koi cskoi8r "},
    Labels{"KOI8-U", " koi8u koi8ru "},
    Labels{"MACINTOSH", " macintosh mac xmacroman csmacintosh "},
    Labels{"MAC-CYRILLIC", " maccyrillic xmaccyrillic xmacukrainian "},
    Labels{"WINDOWS-874", " windows874 dos874 iso885911 tis620 "},
    Labels{"WINDOWS-1250", " windows1250 cp1250 xcp1250 "},
    Labels{"WINDOWS-1251", " windows1251 cp1251 xcp1251 "},
    Labels{"WINDOWS-1253", " windows1253 cp1253 xcp1253 "},
    Labels{"WINDOWS-1254", " windows1254 cp1254 xcp1254 iso88599 latin5 l5 csisolatin5 isoir148 "},
    Labels{"WINDOWS-1255", " windows1255 cp1255 xcp1255 "},
    Labels{"WINDOWS-1256", " windows1256 cp1256 xcp1256 "},
    Labels{"WINDOWS-1257", " windows1257 cp1257 xcp1257 "},
    Labels{"WINDOWS-1258", " windows1258 cp1258 xcp1258 "},
    Labels{"GB18030",
           " gb18030 gbk xgbk gb2312 gb231280 chinese csgb2312 csiso58gb231280 isoir58 "},
    Labels{"BIG5-HKSCS", " big5 big5hkscs cnbig5 csbig5 xxbig5 "},
    Labels{"EUC-JP-MS", " eucjp xeucjp cseucpkdfmtjapanese "},
    Labels{kMail, " iso2022jp csiso2022jp "},
    Labels{"CP932", " shiftjis sjis xsjis mskanji ms932 cp932 windows31j csshiftjis "},
    Labels{"CP949",
           " euckr uhc korean ksc56011987 ksc56011989 ksc5601 windows949 cseuckr csksc56011987 "
           "isoir149 "},
    Labels{"UTF-16LE", " utf16le utf16 unicode unicodefeff ucs2 iso10646ucs2 csunicode "},
    Labels{"UTF-16BE", " utf16be unicodefffe "},
};

bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
         c == ':';
}

std::string_view encoding_in_table(std::string_view label) {
  std::string wanted = " ";
  for (const char c : label.substr(0, label.find(':'))) {
    if (c != '-' && c != '_') wanted += c;
  }
  wanted += ' ';
  const auto found = std::find_if(kLabels.begin(), kLabels.end(), [&](const Labels& known) {
    return known.labels.find(wanted) != known.labels.npos;
  });
  return found == kLabels.end() ? std::string_view{} : found->encoding;
}

// ---- conversion

/// How many bytes are passed over where they mean nothing: those of a wide encoding stay in step.
std::size_t unit_of(std::string_view encoding) {
  if (encoding.starts_with("UTF-16")) return 2;
  return encoding.starts_with("UTF-32") ? 4 : 1;
}

/// Bytes without which no text of an encoding that looks_like_ascii has anything but ASCII in it.
constexpr std::array kHiding{'\0', '\x1B'};

bool hides_nothing(std::string_view bytes) {
  return std::none_of(kHiding.begin(), kHiding.end(),
                      [&](char byte) { return bytes.find(byte) != bytes.npos; });
}

/// Texts of these encodings, other than those of all others, may be valid UTF-8 and mean something
/// else.
bool looks_like_ascii(std::string_view encoding) {
  return unit_of(encoding) > 1 || ascii_lower(encoding).starts_with("iso-2022-");
}

/// iconv's state from one encoding to UTF-8.
class Converter {
 public:
  explicit Converter(const std::string& from)
      : state_(iconv_open("UTF-8", from.c_str())), unit_bytes_(unit_of(from)) {}
  ~Converter() {
    if (is_known()) iconv_close(state_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv says no
  bool is_known() const { return state_ != reinterpret_cast<iconv_t>(-1); }

  /// Appends `bytes` to `text`. Returns how many bytes were taken: not those at the end that begin
  /// a character, for which more bytes may come.
  std::size_t convert(std::string_view bytes, std::string& text) {
    auto* in = const_cast<char*>(bytes.data());  // iconv does not write there
    std::size_t left = bytes.size();
    while (left > 0) {
      const int error = step(&in, &left, text);
      if (error == EINVAL) break;
      if (error != EILSEQ) continue;
      text += kReplacement;
      const std::size_t skipped = std::min(unit_bytes_, left);
      in += skipped;
      left -= skipped;
    }
    return bytes.size() - left;
  }

  /// Appends what the end of the text makes of what came before it.
  void finish(bool is_cut, std::string& text) {
    step(nullptr, nullptr, text);
    if (is_cut) text += kReplacement;
  }

 private:
  /// Converts a piece. Returns 0, or what stopped it: EINVAL, EILSEQ, E2BIG.
  int step(char** in, std::size_t* left, std::string& text) {
    std::array<char, 16384> buffer;
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(state_, in, left, &out, &room);
    const int error = result == static_cast<std::size_t>(-1) ? errno : 0;
    text.append(buffer.data(), buffer.size() - room);
    return error;
  }

  iconv_t state_;
  std::size_t unit_bytes_;
};

std::string converted(std::string_view bytes, const std::string& encoding) {
  Converter converter(encoding);
  if (!converter.is_known()) return std::string(bytes);
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 2);
  const std::size_t taken = converter.convert(bytes, text);
  converter.finish(taken < bytes.size(), text);
  return text;
}

/// The bytes of another source as UTF-8.
class Utf8Source final : public ByteSource {
 public:
  Utf8Source(Input& bytes, const std::string& encoding) : bytes_(bytes), converter_(encoding) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    while (given_ == text_.size() && !is_at_end_) convert_more();
    const std::size_t count = std::min(capacity, text_.size() - given_);
    std::memcpy(buffer, text_.data() + given_, count);
    given_ += count;
    return count;
  }

 private:
  void convert_more() {
    text_.clear();
    given_ = 0;
    const bool has_more = bytes_.buffered().size() > left_ || bytes_.fill();
    bytes_.consume(converter_.convert(bytes_.buffered(), text_));
    left_ = bytes_.buffered().size();
    if (has_more) return;
    converter_.finish(left_ > 0, text_);
    is_at_end_ = true;
  }

  Input& bytes_;
  Converter converter_;
  std::string text_;  // converted, given out up to given_
  std::size_t given_ = 0;
  std::size_t left_ = 0;  // buffered bytes that wait for more
  bool is_at_end_ = false;
};

// ---- detection

/// UTF-16 and UTF-32 without a mark: Latin text has zeros at the same place of every unit.
std::string_view encoding_of_zeros(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 512);
  std::array<std::size_t, 4> zeros{};
  for (std::size_t at = 0; at < head.size(); ++at) zeros[at % 4] += head[at] == '\0' ? 1 : 0;
  const std::size_t units = head.size() / 4;
  if (units < 2) return {};
  const auto is_text = [&](std::size_t first) { return zeros[first] * 20 < units; };
  if (zeros[2] >= units && zeros[3] >= units && is_text(0)) return "UTF-32LE";
  if (zeros[0] >= units && zeros[1] >= units && is_text(3)) return "UTF-32BE";
  const auto are_high = [&](std::size_t one, std::size_t other) {
    return (zeros[one] + zeros[other]) * 5 > units * 4;
  };
  if (is_text(0) && is_text(2) && are_high(1, 3)) return "UTF-16LE";
  if (is_text(1) && is_text(3) && are_high(0, 2)) return "UTF-16BE";
  return {};
}

bool has_japanese_escape(std::string_view bytes) {
  return bytes.find("\x1B$B") != bytes.npos || bytes.find("\x1B$@") != bytes.npos;
}

/// A character's first bytes, of which the others were cut off.
bool is_cut_sequence(std::string_view bytes) {
  const auto is_continuation = [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
  };
  return bytes.size() <= 3 && static_cast<unsigned char>(bytes.front()) >= 0xC2 &&
         std::all_of(bytes.begin() + 1, bytes.end(), is_continuation);
}

/// A few broken bytes do not make another encoding of it: in those, what happens to be a sequence
/// of UTF-8 is rare.
bool is_nearly_utf8(std::string_view bytes) {
  if (is_utf8(bytes)) return true;
  std::size_t sequences = 0;
  std::size_t broken = 0;
  while (!bytes.empty()) {
    const CodePoint next = decode_code_point(bytes);
    if (!next.is_valid && sequences > 0 && is_cut_sequence(bytes)) break;
    broken += next.is_valid ? 0 : 1;
    sequences += next.length_bytes > 1 ? 1 : 0;
    bytes.remove_prefix(next.length_bytes);
  }
  return broken * 2 <= sequences;
}

struct FreeDetector {
  void operator()(uchardet* detector) const noexcept { uchardet_delete(detector); }
};

/// What a detector names that knows no more than the script: with bytes that are controls in the
/// ISO encoding, it is the Windows one. KOI8-U has all letters of KOI8-R.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSiblings{{
    {"ISO-8859-2", "WINDOWS-1250"},
    {"ISO-8859-5", "WINDOWS-1251"},
    {"ISO-8859-7", "WINDOWS-1253"},
    {"ISO-8859-8", "WINDOWS-1255"},
    {"ISO-8859-13", "WINDOWS-1257"},
    {"ISO-8859-15", "WINDOWS-1252"},
}};

bool has_control_bytes(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xA0;
  });
}

std::string_view corrected(std::string_view guess, std::string_view bytes) {
  if (guess == "KOI8-R") return "KOI8-U";
  if (!has_control_bytes(bytes)) return guess;
  const auto found = std::find_if(kSiblings.begin(), kSiblings.end(),
                                  [&](const auto& sibling) { return sibling.first == guess; });
  return found == kSiblings.end() ? guess : found->second;
}

/// The detector's guess, empty when it has none among the encodings of the web. It likes to take
/// a text of few accents for one in a code page of DOS or the Macintosh.
std::string_view guess_encoding(std::string_view bytes) {
  const std::unique_ptr<uchardet, FreeDetector> detector(uchardet_new());
  if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return {};
  uchardet_data_end(detector.get());
  const std::string name = ascii_lower(uchardet_get_charset(detector.get()));
  return corrected(encoding_in_table(name), bytes);
}

enum class Kind : std::uint8_t { other, lower, upper, foreign, symbol };

/// Letters are `lower` or `upper` when they are Latin, else `foreign`.
Kind kind_of(char32_t c) {
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') return Kind::lower;
    return c >= 'A' && c <= 'Z' ? Kind::upper : Kind::other;
  }
  const bool is_latin = c < 0x250 || (c >= 0x1E00 && c <= 0x1EFF);
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return is_latin ? Kind::upper : Kind::foreign;
    case UTF8PROC_CATEGORY_LL:
      return is_latin ? Kind::lower : Kind::foreign;
    case UTF8PROC_CATEGORY_LO:
      return Kind::foreign;
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SO:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CO:
      return Kind::symbol;
    default:
      return Kind::other;
  }
}

bool is_letter(Kind kind) {
  return kind == Kind::lower || kind == Kind::upper || kind == Kind::foreign;
}

/// Does no writer put the second behind the first? Symbols in words, letters of two scripts in one,
/// capitals behind small letters.
bool is_odd(Kind first, Kind second) {
  if (first == Kind::symbol || second == Kind::symbol) return is_letter(first) || is_letter(second);
  if (!is_letter(first) || !is_letter(second)) return false;
  if ((first == Kind::foreign) != (second == Kind::foreign)) return true;
  return first == Kind::lower && second == Kind::upper;
}

/// Could people have written this? Told by how the characters that are not ASCII stand in it.
bool makes_sense(std::string_view utf8) {
  constexpr std::size_t kLettersForEachOddity = 4;
  std::size_t letters = 0;
  std::size_t oddities = 0;
  Kind before = Kind::other;
  bool was_ascii = true;
  while (!utf8.empty()) {
    const CodePoint next = decode_code_point(utf8);
    if (next.value == 0xFFFD && next.length_bytes < utf8.size()) return false;
    const Kind kind = kind_of(next.value);
    const bool is_ascii = next.value < 0x80;
    letters += !is_ascii && is_letter(kind) ? 1 : 0;
    oddities += !(is_ascii && was_ascii) && is_odd(before, kind) ? 1 : 0;
    before = kind;
    was_ascii = is_ascii;
    utf8.remove_prefix(next.length_bytes);
  }
  return oddities * kLettersForEachOddity <= letters;
}

}  // namespace

std::string encoding_of(std::string_view label) {
  const std::string name = ascii_lower(trimmed(label));
  if (const auto known = encoding_in_table(name); !known.empty()) return std::string(known);
  const bool is_plausible = !name.empty() && name.size() <= 40 &&
                            std::all_of(name.begin(), name.end(), is_label_character);
  return is_plausible && Converter(name).is_known() ? name : std::string();
}

std::string_view wide_encoding_of(std::string_view bytes) {
  const Mark* mark = mark_of(bytes);
  if (mark == nullptr) return encoding_of_zeros(bytes);
  return mark->encoding == kUtf8 ? std::string_view{} : mark->encoding;
}

bool is_utf8(std::string_view bytes) {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

std::string detect_encoding(std::string_view bytes) {
  bytes = bytes.substr(0, kDetectorBytes);
  if (const auto wide = wide_encoding_of(bytes); !wide.empty()) return std::string(wide);
  if (has_japanese_escape(bytes)) return std::string(kMail);
  if (is_nearly_utf8(bytes)) return std::string(kUtf8);
  const std::string guess(guess_encoding(bytes));
  const bool is_good = !guess.empty() && makes_sense(converted(bytes, guess));
  return is_good ? guess : std::string(kFallback);
}

std::string to_utf8(std::string_view bytes, std::string_view label) {
  const Mark* mark = mark_of(bytes);
  if (mark != nullptr) bytes.remove_prefix(mark->bytes.size());
  const bool is_valid = is_utf8(bytes);
  if (is_valid && hides_nothing(bytes)) return std::string(bytes);
  std::string encoding = mark != nullptr ? std::string(mark->encoding) : encoding_of(label);
  const bool is_wrong = encoding == kUtf8 || (is_valid && !looks_like_ascii(encoding));
  if (mark == nullptr && (encoding.empty() || is_wrong)) encoding = detect_encoding(bytes);
  if (is_valid && !looks_like_ascii(encoding)) return std::string(bytes);
  return converted(bytes, encoding);
}

std::unique_ptr<ByteSource> utf8_of(Input& bytes, const std::string& encoding) {
  if (const Mark* mark = mark_of(bytes.peek(4))) bytes.consume(mark->bytes.size());
  return std::make_unique<Utf8Source>(bytes, encoding);
}

}  // namespace lede
