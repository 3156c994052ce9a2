#include "corpus/readers/mail/mime.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "corpus/readers/text/charset.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMostFields = 1000;
constexpr std::size_t kLongestValue = std::size_t{64} << 10;
constexpr std::size_t kLongestWord = 1000;  // 75 by the rules, which not all senders keep
constexpr std::size_t kMostParts = 10'000;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Takes the first line off, its end included.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

/// The byte that two hexadecimal digits at the beginning of `text` stand for.
std::optional<char> hex_byte(std::string_view text) {
  const auto high = text.size() < 2 ? std::nullopt : hex_digit(text[0]);
  const auto low = text.size() < 2 ? std::nullopt : hex_digit(text[1]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

/// `text` with each `mark` and two hexadecimal digits as the byte they stand for.
std::string decode_hex(std::string_view text, char mark) {
  std::string decoded;
  for (auto at = text.find(mark); at != npos; at = text.find(mark)) {
    decoded += text.substr(0, at);
    text.remove_prefix(at + 1);
    const auto byte = hex_byte(text);
    decoded += byte.value_or(mark);
    if (byte) text.remove_prefix(2);
  }
  return decoded.append(text);
}

std::optional<unsigned> base64_digit(char c) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = kDigits.find(c);
  return at == npos ? std::nullopt : std::optional(static_cast<unsigned>(at));
}

std::string decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') count = 0;  // the padding ends a run; another may follow
    const auto digit = base64_digit(c);
    if (!digit) continue;
    bits = (bits << 6 | *digit) & 0xFFFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFF);
  }
  return bytes;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  while (!text.empty()) {
    std::string_view line = take_line(text);
    line = line.substr(0, line.find_last_not_of(" \t") + 1);
    const bool is_soft = line.ends_with('=');
    decoded += decode_hex(is_soft ? line.substr(0, line.size() - 1) : line, '=');
    if (!is_soft) decoded += '\n';
  }
  return decoded;
}

// ---- encoded words

struct EncodedWord {
  std::string charset;
  std::string bytes;
  std::size_t length;  // in the text
};

std::string decode_q(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  return decode_hex(spaced, '=');
}

/// The encoded word that `text`, which begins with `=?`, begins with: `=?utf-8?Q?caf=C3=A9?=`.
std::optional<EncodedWord> encoded_word_at(std::string_view text) {
  text = text.substr(0, kLongestWord);
  const auto charset_end = text.find('?', 2);
  if (charset_end == npos || charset_end + 3 > text.size()) return std::nullopt;
  if (text[charset_end + 2] != '?') return std::nullopt;
  const char encoding = text[charset_end + 1];
  const std::size_t begin = charset_end + 3;
  const auto end = text.find("?=", begin);
  if (end == npos) return std::nullopt;
  const std::string_view word = text.substr(begin, end - begin);
  std::string_view charset = text.substr(2, charset_end - 2);
  charset = charset.substr(0, charset.find('*'));  // RFC 2231 puts a language behind it
  const bool is_base64 = encoding == 'B' || encoding == 'b';
  if (!is_base64 && encoding != 'Q' && encoding != 'q') return std::nullopt;
  return EncodedWord{ascii_lower(charset), is_base64 ? decode_base64(word) : decode_q(word),
                     end + 2};
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_space);
}

// ---- structured fields

/// The quoted string that `text` begins with, taken off it, without its quotes and escapes.
std::string take_quoted(std::string_view& text) {
  std::string value;
  std::size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    value += text[at];
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return value;
}

/// The comment that `text` begins with, taken off it, without its outer parentheses.
std::string take_comment(std::string_view& text) {
  std::string value;
  std::size_t depth = 0;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == ')' && --depth == 0) break;
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    if (depth > 0) value += text[at];
    if (text[at] == '(') ++depth;
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return value;
}

/// What stands before the first of `ends`, taken off.
std::string_view take_until(std::string_view& text, std::string_view ends) {
  const std::string_view taken = text.substr(0, text.find_first_of(ends));
  text.remove_prefix(taken.size());
  return taken;
}

/// A parameter's name and value, `charset=utf-8` or `name*0*=utf-8''caf%C3%A9`, taken off.
std::pair<std::string, std::string> take_parameter(std::string_view& text) {
  std::string name = ascii_lower(trimmed(take_until(text, "=;")));
  if (!text.starts_with('=')) return {};
  text = text.substr(1);
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  std::string value =
      text.starts_with('"') ? take_quoted(text) : std::string(trimmed(take_until(text, ";")));
  take_until(text, ";");
  if (name.ends_with('*')) {  // RFC 2231: charset'language'value, in percent signs
    const auto last_quote = value.rfind('\'');
    value = decode_hex(last_quote == std::string::npos ? value : value.substr(last_quote + 1), '%');
  }
  return {name.substr(0, name.find('*')), std::move(value)};
}

/// `Ada Writer` of `'Ada Writer' via Harbour List`, as lists write where a sender's domain forbids
/// to send in its name.
std::string clean_name(std::string_view raw) {
  std::string name = clean_line(decode_mime_words(raw));
  name.resize(std::min(name.find(" via "), name.size()));
  const bool is_quoted = name.size() > 2 && (name.front() == '\'' || name.front() == '"') &&
                         name.back() == name.front();
  return is_quoted ? name.substr(1, name.size() - 2) : name;
}

Mailbox mailbox_of(const std::string& words, const std::string& address,
                   const std::string& comment) {
  if (!address.empty()) return {clean_name(trimmed(words).empty() ? comment : words), address};
  return {clean_name(comment), clean_line(words)};
}

}  // namespace

std::string_view MimePart::field(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const MimeField& field) { return field.name == name; });
  return found == fields.end() ? std::string_view{} : found->value;
}

bool is_mime_field(std::string_view line) {
  constexpr std::size_t kLongestName = 76;
  const auto colon = line.find(':');
  if (colon == npos || colon == 0 || colon > kLongestName) return false;
  const std::string_view name = trimmed(line.substr(0, colon));
  return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7F'; }) &&
         name.size() == line.find_first_of(": \t");
}

MimePart parse_mime(std::string_view bytes) {
  MimePart part;
  bool takes_more = false;  // of the last field's value
  while (!bytes.empty()) {
    const std::string_view line = take_line(bytes);
    if (line.empty()) break;
    const bool continues = is_space(line.front());
    if (continues && takes_more && part.fields.back().value.size() < kLongestValue) {
      part.fields.back().value += line.substr(0, kLongestValue);
    }
    if (continues) continue;
    takes_more = is_mime_field(line) && part.fields.size() < kMostFields;
    if (!takes_more) continue;
    const auto colon = line.find(':');
    part.fields.push_back({ascii_lower(trimmed(line.substr(0, colon))),
                           std::string(line.substr(colon + 1, kLongestValue))});
  }
  part.body = bytes;
  return part;
}

std::string decode_mime_words(std::string_view value) {
  std::string decoded;
  std::string charset;
  std::string bytes;  // of the encoded words here, in `charset`
  const auto flush = [&] {
    decoded += to_utf8(bytes, charset);
    bytes.clear();
  };
  std::size_t searched = 0;
  for (auto at = value.find("=?"); at != npos; at = value.find("=?", searched)) {
    const auto word = encoded_word_at(value.substr(at));
    searched = word ? 0 : at + 2;
    if (!word) continue;
    const std::string_view before = value.substr(0, at);
    const bool follows_word = !bytes.empty() && is_blank(before);
    if (!follows_word || charset != word->charset) flush();
    if (!follows_word) decoded += to_utf8(before);
    charset = word->charset;
    bytes += word->bytes;
    value.remove_prefix(at + word->length);
  }
  flush();
  return decoded + to_utf8(value);
}

std::string_view MimeType::parameter(std::string_view parameter_name) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const auto& parameter) {
    return parameter.first == parameter_name;
  });
  return found == parameters.end() ? std::string_view{} : found->second;
}

MimeType parse_mime_type(std::string_view value) {
  MimeType type;
  type.name = ascii_lower(trimmed(take_until(value, ";")));
  while (!value.empty()) {
    value.remove_prefix(1);  // the semicolon
    auto [name, text] = take_parameter(value);
    if (name.empty()) continue;
    const bool continues = !type.parameters.empty() && type.parameters.back().first == name;
    if (continues) {
      type.parameters.back().second += text;
    } else {
      type.parameters.emplace_back(std::move(name), std::move(text));
    }
  }
  return type;
}

std::string decode_mime_body(std::string_view body, std::string_view transfer_encoding) {
  const std::string encoding = ascii_lower(trimmed(transfer_encoding));
  if (encoding == "base64") return decode_base64(body);
  if (encoding == "quoted-printable") return decode_quoted_printable(body);
  return std::string(body);
}

std::vector<Mailbox> parse_mailboxes(std::string_view value) {
  std::vector<Mailbox> mailboxes;
  std::string words;
  std::string address;
  std::string comment;
  const auto finish = [&] {
    Mailbox mailbox = mailbox_of(words, address, comment);
    if (!mailbox.name.empty() || !mailbox.address.empty()) mailboxes.push_back(std::move(mailbox));
    words.clear();
    address.clear();
    comment.clear();
  };
  while (!value.empty()) {
    const char next = value.front();
    if (next == '"') {
      words += take_quoted(value);
    } else if (next == '(') {
      comment = take_comment(value);
    } else if (next == '<') {
      value.remove_prefix(1);
      address = clean_line(take_until(value, ">,"));
    } else if (next == ',' || next == ';' || next == '>' || next == ':') {
      if (next == ':') words.clear();  // the name of a group
      if (next == ',' || next == ';') finish();
      value.remove_prefix(1);
    } else {
      words += take_until(value, "\"(<,;>:");
    }
  }
  finish();
  return mailboxes;
}

std::vector<std::string_view> split_multipart(std::string_view body, std::string_view boundary) {
  std::vector<std::string_view> parts;
  const std::string delimiter = "--" + std::string(boundary);
  std::optional<std::string_view> open;  // the part being read, up to the end
  while (!body.empty() && parts.size() < kMostParts) {
    const std::string_view here = body;
    const std::string_view line = take_line(body);
    if (!line.starts_with(delimiter)) continue;
    const std::string_view rest = trimmed(line.substr(delimiter.size()));
    if (!rest.empty() && rest != "--") continue;
    if (open) parts.push_back(open->substr(0, open->size() - here.size()));
    open = body;
    if (rest == "--") return parts;
  }
  if (open && parts.size() < kMostParts) parts.push_back(*open);
  return parts;
}

}  // namespace lede
