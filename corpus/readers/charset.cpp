#include "corpus/readers/charset.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <memory>
#include <uchardet.h>
#include <utility>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kUtf8 = "UTF-8";
constexpr std::string_view kFallback = "WINDOWS-1252";
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

/// Labels that mean another encoding on the web than their name says.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kLabels{{
    {"utf8", kUtf8},
    {"unicode-1-1-utf-8", kUtf8},
    {"ascii", kFallback},
    {"us-ascii", kFallback},
    {"latin1", kFallback},
    {"l1", kFallback},
    {"iso-8859-1", kFallback},
    {"iso8859-1", kFallback},
    {"iso_8859-1", kFallback},
    {"iso-8859-9", "WINDOWS-1254"},
    {"iso-8859-11", "WINDOWS-874"},
    {"tis-620", "WINDOWS-874"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-sjis", "CP932"},
    {"shift_jis", "CP932"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
}};

/// iconv's state from one encoding to UTF-8.
class Converter {
 public:
  explicit Converter(const std::string& from) : state_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (is_known()) iconv_close(state_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv says no
  bool is_known() const { return state_ != reinterpret_cast<iconv_t>(-1); }

  std::string convert(std::string_view bytes) {
    std::string text;
    std::array<char, 4096> buffer{};
    auto* in = const_cast<char*>(bytes.data());  // iconv does not write there
    std::size_t left = bytes.size();
    while (left > 0) {
      char* out = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t result = iconv(state_, &in, &left, &out, &room);
      const int error = errno;
      text.append(buffer.data(), buffer.size() - room);
      if (result != static_cast<std::size_t>(-1) || error == E2BIG) continue;
      text += kReplacement;
      if (error == EINVAL) break;  // cut off at the end
      ++in;
      --left;
    }
    return text;
  }

 private:
  iconv_t state_;
};

/// Without up to three bytes that begin a sequence at the end.
std::string_view without_cut_sequence(std::string_view bytes) {
  for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if (byte >= 0xC0) return bytes.substr(0, bytes.size() - back);
    if (byte < 0x80) break;
  }
  return bytes;
}

/// UTF-16 without a mark: Latin text has a zero in every second byte.
std::string_view encoding_of_zeros(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 512);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t at = 0; at < head.size(); ++at) zeros[at % 2] += head[at] == '\0' ? 1 : 0;
  const std::size_t many = head.size() / 5;
  if (zeros[1] > many && zeros[0] * 20 < zeros[1]) return "UTF-16LE";
  if (zeros[0] > many && zeros[1] * 20 < zeros[0]) return "UTF-16BE";
  return {};
}

struct FreeDetector {
  void operator()(uchardet* detector) const noexcept { uchardet_delete(detector); }
};

std::string guess_encoding(std::string_view bytes) {
  const std::unique_ptr<uchardet, FreeDetector> detector(uchardet_new());
  const std::string_view head = bytes.substr(0, kDetectorBytes);
  if (uchardet_handle_data(detector.get(), head.data(), head.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return encoding_of(uchardet_get_charset(detector.get()));
}

}  // namespace

std::string encoding_of(std::string_view label) {
  const std::string name = ascii_lower(trimmed(label));
  for (const auto& [known, encoding] : kLabels) {
    if (name == known) return std::string(encoding);
  }
  const bool is_plausible =
      !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.' || c == ':';
      });
  return is_plausible && Converter(name).is_known() ? name : std::string();
}

std::string detect_encoding(std::string_view bytes) {
  if (const Mark* mark = mark_of(bytes)) return std::string(mark->encoding);
  if (const auto wide = encoding_of_zeros(bytes); !wide.empty()) return std::string(wide);
  if (is_valid_utf8(without_cut_sequence(bytes))) return std::string(kUtf8);
  const std::string guess = guess_encoding(bytes);
  return guess.empty() ? std::string(kFallback) : guess;
}

std::string to_utf8(std::string_view bytes, std::string_view label) {
  const Mark* mark = mark_of(bytes);
  std::string encoding;
  if (mark != nullptr) {
    encoding = mark->encoding;
    bytes.remove_prefix(mark->bytes.size());
  } else if (!is_valid_utf8(bytes) || bytes.find('\0') != bytes.npos) {
    encoding = encoding_of(label);
    if (encoding.empty()) encoding = detect_encoding(bytes);
  }
  if (encoding.empty() || (encoding == kUtf8 && is_valid_utf8(bytes))) return std::string(bytes);
  Converter converter(encoding);
  return converter.is_known() ? converter.convert(bytes) : std::string(bytes);
}

}  // namespace lede
