#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lede {

/// A field of a header, as it stands there but for its line ends.
struct MimeField {
  std::string name;  ///< in lower case
  std::string value;
};

/// A message or a part of one. It refers to the bytes that it was parsed from.
struct MimePart {
  std::vector<MimeField> fields;
  std::string_view body;  ///< as it was sent, still encoded

  /// The value of the first field called `name` (in lower case); empty for none.
  std::string_view field(std::string_view name) const;
};

/// A header and what stands behind the first empty line. Lines of the header that are no fields are
/// passed over; so is what is past the 1,000th field, and past 64 KiB of one.
MimePart parse_mime(std::string_view bytes);

/// Is a line the beginning of a header field, `Name: value`?
bool is_mime_field(std::string_view line);

/// A field's value as UTF-8, its encoded words (RFC 2047) decoded, also a character that is spread
/// over two of them.
std::string decode_mime_words(std::string_view value);

/// The value of `Content-Type` or `Content-Disposition`.
struct MimeType {
  std::string name;  ///< `text/html`, in lower case
  std::vector<std::pair<std::string, std::string>> parameters;

  /// The value of a parameter (its name in lower case); empty for none.
  std::string_view parameter(std::string_view parameter_name) const;
};
MimeType parse_mime_type(std::string_view value);

/// A body's bytes without its transfer encoding: quoted-printable, base64, or none.
std::string decode_mime_body(std::string_view body, std::string_view transfer_encoding);

struct Mailbox {
  std::string name;  ///< as people read it; may be empty
  std::string address;
};

/// The mailboxes in a field like `From`.
std::vector<Mailbox> parse_mailboxes(std::string_view value);

/// The parts between the lines `--boundary`.
std::vector<std::string_view> split_multipart(std::string_view body, std::string_view boundary);

}  // namespace lede
