#include "corpus/stored_article.hpp"

#include <cstdint>

#include "corpus/error.hpp"

namespace lede {
namespace {

/// The first byte: the layout of what follows.
constexpr char kLayout = 2;

[[noreturn]] void fail() {
  throw Error("a stored article cannot be read", "build the index again", ExitStatus::damaged);
}

/// Numbers are 7 bits a byte, least significant first; texts are their length, then their bytes.
class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }
  void signed_number(std::int64_t value) {  // small negative numbers stay short
    number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void text(std::string_view value) {
    number(value.size());
    bytes_.append(value);
  }
  void texts(const std::vector<std::string>& values) {
    number(values.size());
    for (const std::string& value : values) text(value);
  }
  void date(const std::optional<Date>& value) {
    byte(value.has_value());
    if (!value) return;
    signed_number(value->unix_seconds);
    byte(static_cast<std::uint8_t>(value->precision));
    signed_number(value->offset_minutes);
    byte(value->zone_is_assumed);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t bits = byte();
      value |= static_cast<std::uint64_t>(bits & 0x7F) << shift;
      if (bits < 0x80) return value;
    }
    fail();
  }
  std::int64_t signed_number() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }
  std::uint8_t byte() {
    if (bytes_.empty()) fail();
    const auto value = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }
  std::uint8_t byte_below(std::uint8_t limit) {
    const std::uint8_t value = byte();
    if (value >= limit) fail();
    return value;
  }
  std::string text() {
    const std::uint64_t length = number();
    if (length > bytes_.size()) fail();
    std::string value(bytes_.substr(0, length));
    bytes_.remove_prefix(length);
    return value;
  }
  std::vector<std::string> texts() {
    const std::uint64_t count = number();
    if (count > bytes_.size()) fail();  // each text takes a byte at least
    std::vector<std::string> values;
    for (std::uint64_t i = 0; i < count; ++i) values.push_back(text());
    return values;
  }
  std::optional<Date> date() {
    if (byte_below(2) == 0) return std::nullopt;
    Date value;
    value.unix_seconds = signed_number();
    value.precision = static_cast<DatePrecision>(byte_below(4));
    value.offset_minutes = static_cast<std::int16_t>(signed_number());
    value.zone_is_assumed = byte_below(2) == 1;
    return value;
  }
  bool is_at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

}  // namespace

std::string encode_article(const Article& article) {
  Writer out;
  out.byte(kLayout);
  for (const std::string* text :
       {&article.id, &article.path, &article.member, &article.container, &article.url,
        &article.title, &article.lede, &article.body, &article.source, &article.section,
        &article.language, &article.format})
    out.text(*text);
  out.texts(article.authors);
  out.texts(article.tags);
  out.date(article.date);
  out.date(article.modified);
  for (const Origin origin : article.origins) out.byte(static_cast<std::uint8_t>(origin));
  return out.take();
}

Article decode_article(std::string_view bytes) {
  Reader in(bytes);
  if (in.byte() != kLayout) fail();
  Article article;
  for (std::string* text : {&article.id, &article.path, &article.member, &article.container,
                            &article.url, &article.title, &article.lede, &article.body,
                            &article.source, &article.section, &article.language, &article.format})
    *text = in.text();
  article.authors = in.texts();
  article.tags = in.texts();
  article.date = in.date();
  article.modified = in.date();
  for (Origin& origin : article.origins)
    origin = static_cast<Origin>(in.byte_below(static_cast<std::uint8_t>(kOriginCount)));
  if (!in.is_at_end()) fail();
  return article;
}

}  // namespace lede
