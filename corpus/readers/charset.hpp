#pragma once

#include <string>
#include <string_view>

namespace lede {

/// The encoding that a label means on the web (WHATWG, Encoding, 4.2), as iconv calls it: `latin1`,
/// `ascii` and `iso-8859-1` are WINDOWS-1252, `gb2312` is GB18030. Empty for an unknown label.
std::string encoding_of(std::string_view label);

/// What a text's bytes say of their encoding, as iconv calls it: a byte order mark, the zeros of
/// UTF-16, UTF-8 when they are valid (but for a sequence cut off at the end), else the detector's
/// guess, else WINDOWS-1252. `bytes` may be the beginning of a longer text.
std::string detect_encoding(std::string_view bytes);

/// Text as UTF-8 without a byte order mark. Its encoding is that of its byte order mark, else the
/// one labelled, unless the bytes are valid UTF-8 all the same or the label is unknown, else the
/// detected one. What has no meaning in it becomes U+FFFD. Never throws but bad_alloc.
std::string to_utf8(std::string_view bytes, std::string_view label = {});

}  // namespace lede
