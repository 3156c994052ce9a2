#include "corpus/readers/packed/http.hpp"

#include <algorithm>
#include <array>
#include <brotli/decode.h>
#include <charconv>
#include <memory>
#include <vector>
#include <zlib.h>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kFreeGrowthBytes = std::size_t{1} << 20;
constexpr std::size_t kStepBytes = std::size_t{64} << 10;

/// The next line, without its end, which is taken from `text`.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool equal_without_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ascii_lower(a) == ascii_lower(b);
}

/// The number that begins a text; nullopt when none does.
std::optional<std::size_t> leading_number(std::string_view text, int base) {
  std::size_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return result.ec == std::errc() ? std::optional(number) : std::nullopt;
}

/// The first word of a header, in lower case: `text/html` of `Text/HTML; charset=utf-8`.
std::string first_word(std::string_view header) {
  return ascii_lower(trimmed(header.substr(0, header.find_first_of(";,"))));
}

/// The chunks put together, up to where they break off. nullopt when it is not in chunks.
std::optional<std::string> joined_chunks(std::string_view body) {
  std::string joined;
  bool is_first = true;
  while (!body.empty()) {
    const auto length = leading_number(trimmed(take_line(body)), 16);
    if (!length && is_first) return std::nullopt;
    if (!length || *length == 0) break;
    joined += body.substr(0, *length);
    body.remove_prefix(std::min(*length, body.size()));
    take_line(body);
    is_first = false;
  }
  return joined;
}

// ---- decompression

enum class Step : std::uint8_t { more, done, broken };

/// A running decompression of one body.
class Decompressor {
 public:
  virtual ~Decompressor() = default;

  /// Fills up to `room` bytes at `out`, and sets it to how many are left unfilled.
  virtual Step step(char* out, std::size_t& room) = 0;
};

class Inflater final : public Decompressor {
 public:
  /// `window_bits` as zlib takes them: they also say which header there is.
  Inflater(std::string_view packed, int window_bits) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() override { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Step step(char* out, std::size_t& room) override {
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    room = stream_.avail_out;
    if (status == Z_STREAM_END) return Step::done;
    return status == Z_OK ? Step::more : Step::broken;
  }

 private:
  z_stream stream_{};
};

class Unbrotli final : public Decompressor {
 public:
  explicit Unbrotli(std::string_view packed)
      : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)),
        next_(reinterpret_cast<const std::uint8_t*>(packed.data())),
        left_(packed.size()) {
    if (state_ == nullptr) throw std::bad_alloc();
  }
  ~Unbrotli() override { BrotliDecoderDestroyInstance(state_); }
  Unbrotli(const Unbrotli&) = delete;
  Unbrotli& operator=(const Unbrotli&) = delete;

  Step step(char* out, std::size_t& room) override {
    auto* next_out = reinterpret_cast<std::uint8_t*>(out);
    const auto result =
        BrotliDecoderDecompressStream(state_, &left_, &next_, &room, &next_out, nullptr);
    if (result == BROTLI_DECODER_RESULT_SUCCESS) return Step::done;
    return result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT ? Step::more : Step::broken;
  }

 private:
  BrotliDecoderState* state_;
  const std::uint8_t* next_;
  std::size_t left_;
};

bool has_zlib_header(std::string_view packed) {
  if (packed.size() < 2) return false;
  const auto first = static_cast<unsigned char>(packed[0]);
  const auto second = static_cast<unsigned char>(packed[1]);
  return (first & 0x0FU) == Z_DEFLATED && (first * 256 + second) % 31 == 0;  // RFC 1950, 2.2
}

/// nullptr for what is not, or not known to be, compressed.
std::unique_ptr<Decompressor> decompressor_for(const std::string& encoding,
                                               std::string_view packed) {
  constexpr int kRaw = -MAX_WBITS;
  constexpr int kGzip = MAX_WBITS + 16;
  const bool is_gzip = packed.starts_with("\x1F\x8B");
  if (encoding == "gzip" || encoding == "x-gzip") {
    return is_gzip ? std::make_unique<Inflater>(packed, kGzip) : nullptr;
  }
  if (encoding == "deflate") {
    return std::make_unique<Inflater>(packed, has_zlib_header(packed) ? MAX_WBITS : kRaw);
  }
  return encoding == "br" ? std::make_unique<Unbrotli>(packed) : nullptr;
}

HttpBody decompressed(Decompressor& decompressor, std::size_t packed_bytes,
                      const ReadLimits& limits) {
  const std::size_t grown = std::max(kFreeGrowthBytes, packed_bytes * limits.growth);
  const std::size_t most = std::min(grown, limits.record_bytes);
  HttpBody body;
  for (Step step = Step::more; step == Step::more;) {
    const std::size_t size = body.bytes.size();
    const std::size_t space = std::min(kStepBytes, most + 1 - size);
    std::size_t room = space;
    body.bytes.resize(size + space);
    step = decompressor.step(body.bytes.data() + size, room);
    body.bytes.resize(size + space - room);
    if (step == Step::broken) body.problem = "its compressed body is broken or cut off";
    if (body.bytes.size() > most) {
      return {{}, fmt::format("its body unpacks to more than {} bytes", most)};
    }
  }
  return body;
}

bool begins_as_markup(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  return trimmed(body.substr(0, kStepBytes)).starts_with('<');
}

}  // namespace

std::string_view header_value(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const std::string_view line = take_line(headers);
    const auto colon = line.find(':');
    if (colon != npos && equal_without_case(trimmed(line.substr(0, colon)), name)) {
      return trimmed(line.substr(colon + 1));
    }
  }
  return {};
}

std::string_view parameter_value(std::string_view header, std::string_view name) {
  for (auto at = header.find(';'); at != npos; at = header.find(';')) {
    header.remove_prefix(at + 1);
    const std::string_view parameter = header.substr(0, header.find(';'));
    const auto equals = parameter.find('=');
    if (equals == npos || !equal_without_case(trimmed(parameter.substr(0, equals)), name)) continue;
    const std::string_view value = trimmed(parameter.substr(equals + 1));
    const bool is_quoted = value.size() >= 2 && (value[0] == '"' || value[0] == '\'');
    return is_quoted ? value.substr(1, value.find(value[0], 1) - 1) : value;
  }
  return {};
}

std::optional<std::size_t> end_of_headers(std::string_view text) {
  for (auto at = text.find('\n'); at != npos; at = text.find('\n', at + 1)) {
    const std::string_view next = text.substr(at + 1, 2);
    if (next.starts_with('\n')) return at + 2;
    if (next == "\r\n") return at + 3;
  }
  return std::nullopt;
}

HttpResponse parse_http_response(std::string_view bytes) {
  HttpResponse response;
  const std::size_t body = end_of_headers(bytes).value_or(bytes.size());
  response.headers = bytes.substr(0, body);
  response.body = bytes.substr(body);
  const std::string_view status_line = take_line(response.headers);
  const auto space = status_line.find(' ');
  if (!status_line.starts_with("HTTP/") || space == npos) return response;
  const auto status = leading_number(trimmed(status_line.substr(space)), 10);
  response.status = status && *status < 1000 ? static_cast<unsigned>(*status) : 0;
  return response;
}

bool is_page(const HttpResponse& response) {
  constexpr unsigned kOk = 200;
  const std::string type = first_word(header_value(response.headers, "Content-Type"));
  return response.status == kOk && (type == "text/html" || type == "application/xhtml+xml");
}

HttpBody decode_body(const HttpResponse& response, const ReadLimits& limits) {
  std::string_view body = response.body;
  std::optional<std::string> joined;
  if (first_word(header_value(response.headers, "Transfer-Encoding")) == "chunked") {
    joined = joined_chunks(body);
    if (joined) body = *joined;
  }
  const std::string encoding = first_word(header_value(response.headers, "Content-Encoding"));
  const auto decompressor = decompressor_for(encoding, body);
  if (decompressor == nullptr) {
    const bool is_plain = encoding.empty() || encoding == "identity" || begins_as_markup(body);
    if (is_plain) return {std::string(body), {}};
    return {{}, fmt::format("it is compressed as {}, which lede does not read", encoding)};
  }
  HttpBody decoded = decompressed(*decompressor, body.size(), limits);
  const bool was_decoded_before = !decoded.problem.empty() && begins_as_markup(body);
  return was_decoded_before ? HttpBody{std::string(body), {}} : decoded;
}

}  // namespace lede
