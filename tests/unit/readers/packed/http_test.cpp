#include "corpus/readers/packed/http.hpp"

#include <zlib.h>

#include <gtest/gtest.h>

#include "tests/unit/readers/packed/packing.hpp"

namespace lede {
namespace {

using namespace std::string_literals;

const std::string kPage = "<html><body><p>The page was compressed for the wire.</p></body></html>";

std::string gzipped(const std::string& text) {
  return packing::deflated(text, MAX_WBITS + 16);
}

HttpBody body_of(const std::string& headers, const std::string& body,
                 const ReadLimits& limits = {}) {
  return decode_body(parse_http_response("HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body), limits);
}

TEST(ParseHttpResponse, PartsHeadersFromBody) {
  const auto response = parse_http_response(
      "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nx-odd :  a b \r\n\r\nbody\r\n\r\n");
  EXPECT_EQ(response.status, 404U);
  EXPECT_EQ(header_value(response.headers, "content-TYPE"), "text/plain");
  EXPECT_EQ(header_value(response.headers, "X-Odd"), "a b");
  EXPECT_EQ(header_value(response.headers, "none"), "");
  EXPECT_EQ(response.body, "body\r\n\r\n");
}

TEST(ParseHttpResponse, TakesLinesThatEndAnyhow) {
  EXPECT_EQ(parse_http_response("HTTP/1.0 200\nA: b\n\nbody").body, "body");
  EXPECT_EQ(parse_http_response("HTTP/1.0 200\nA: b\n\nbody").status, 200U);
}

TEST(ParseHttpResponse, HasNoStatusForWhatIsNone) {
  for (const char* bytes : {"", "\r\n\r\n", "HTTP/1.1", "HTTP/1.1 abc\r\n\r\n", "<html>",
                            "HTTP/1.1 99999999999999999999999 OK\r\n\r\n"}) {
    EXPECT_EQ(parse_http_response(bytes).status, 0U) << bytes;
  }
}

TEST(IsPage, WantsHtmlThatTheServerHad) {
  const auto is_page_of = [](const std::string& status, const std::string& type) {
    return is_page(
        parse_http_response("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n\r\nbody"));
  };
  EXPECT_TRUE(is_page_of("200 OK", "text/html"));
  EXPECT_TRUE(is_page_of("200", "Text/HTML; charset=utf-8"));
  EXPECT_TRUE(is_page_of("200 OK", "application/xhtml+xml"));
  EXPECT_FALSE(is_page_of("301 Moved", "text/html"));
  EXPECT_FALSE(is_page_of("200 OK", "image/png"));
  EXPECT_FALSE(is_page_of("200 OK", "text/htmlx"));
}

TEST(ParameterValue, ReadsQuotedAndBareOnes) {
  EXPECT_EQ(parameter_value("text/html; charset=utf-8", "charset"), "utf-8");
  EXPECT_EQ(parameter_value("text/html; a=b; Charset = \"latin1\" ; c", "charset"), "latin1");
  EXPECT_EQ(parameter_value("text/html; charset=\"", "charset"), "\"");
  EXPECT_EQ(parameter_value("text/html; charset='x", "charset"), "x");
  EXPECT_EQ(parameter_value("text/html;;charset", "charset"), "");
}

TEST(DecodeBody, JoinsChunks) {
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  EXPECT_EQ(body_of(chunked, "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n").bytes,
            "abc0123456789");
  EXPECT_EQ(body_of(chunked, "3\nabc\n0\n").bytes, "abc");
  EXPECT_EQ(body_of(chunked, "9\r\nabc").bytes, "abc");             // cut off
  EXPECT_EQ(body_of(chunked, "3\r\nabc\r\nzz\r\nd").bytes, "abc");  // broken
  EXPECT_EQ(body_of(chunked, "ffffffffffffffff\r\nabc").bytes, "abc");
  EXPECT_EQ(body_of(chunked, kPage).bytes, kPage);  // joined before it was stored
  EXPECT_EQ(body_of(chunked, "").bytes, "");
}

TEST(DecodeBody, DecompressesWhatHeadersName) {
  EXPECT_EQ(body_of("Content-Encoding: gzip\r\n", gzipped(kPage)).bytes, kPage);
  EXPECT_EQ(body_of("content-encoding: X-GZIP\r\n", gzipped(kPage)).bytes, kPage);
  EXPECT_EQ(body_of("Content-Encoding: deflate\r\n", packing::deflated(kPage, MAX_WBITS)).bytes,
            kPage);
  EXPECT_EQ(body_of("Content-Encoding: deflate\r\n", packing::deflated(kPage, -MAX_WBITS)).bytes,
            kPage);
  const std::string brotli =
      "\x1B\x75\x00\x00\x2D\x0E\xEC\x58\xE9\xC1\x4B\x35\xCD\xDF\xFA\x05\x8E\xAE\x4E\xF2\x4C\x51\x15"
      "\x5A\x5C\x96\x91\xE9\xA5\x0F\x4F\x19\xE8\xE0\x80\xFD\xFF\x44\x12\x0C\x2C\x4B\x38\xE2\x40\x37"
      "\x16\x9E\xC2\x0F\x82\xC5\xA0\x03\x41\xD0\xD0\x0F\x31\x3C\x9D\x2F\xB4\x65\x35\xB4\xA3\x42\x13"
      "\x92\xC8\xF4\xE5\x5D\x4B\xD1\x4C\x2A\xBF\xC1\xE7\x80\xCA\x06"s;
  EXPECT_EQ(
      body_of("Content-Encoding: br\r\n", brotli).bytes,
      "<html><head><title>Squeezed</title></head><body><p>The page was compressed twice, once "
      "for the wire.</p></body></html>");
  EXPECT_EQ(body_of("Content-Encoding: br\r\n", brotli).problem, "");
}

TEST(DecodeBody, RefusesACompressionThatItDoesNotKnow) {
  const HttpBody body = body_of("Content-Encoding: zstd\r\n", "(\xB5/\xFD");
  EXPECT_EQ(body.bytes, "");
  EXPECT_EQ(body.problem, "it is compressed as zstd, which lede does not read");
  EXPECT_EQ(body_of("Content-Encoding: zstd\r\n", kPage).bytes, kPage);  // decoded before
  EXPECT_EQ(body_of("Content-Encoding: identity\r\n", "so").bytes, "so");
}

TEST(DecodeBody, TakesOffChunksBeforeCompression) {
  const std::string packed = gzipped(kPage);
  char length[16];
  std::snprintf(length, sizeof length, "%zx\r\n", packed.size());
  EXPECT_EQ(body_of("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
                    length + packed + "\r\n0\r\n\r\n")
                .bytes,
            kPage);
}

TEST(DecodeBody, TakesAPageThatWasDecodedBeforeAsItIs) {
  for (const char* encoding : {"gzip", "deflate", "br", "identity", "unknown"}) {
    const auto body = body_of("Content-Encoding: "s + encoding + "\r\n", " \n" + kPage);
    EXPECT_EQ(body.bytes, " \n" + kPage) << encoding;
    EXPECT_EQ(body.problem, "") << encoding;
  }
}

TEST(DecodeBody, KeepsWhatComesBeforeABreakAndSaysSo) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919) + " ";
  const std::string packed = gzipped(text);
  const auto body = body_of("Content-Encoding: gzip\r\n", packed.substr(0, packed.size() / 2));
  EXPECT_GT(body.bytes.size(), 1000U);
  EXPECT_TRUE(text.starts_with(body.bytes));
  EXPECT_EQ(body.problem, "its compressed body is broken or cut off");
}

TEST(DecodeBody, LetsNoBodyGrowAHundredTimes) {
  const auto bomb = gzipped(std::string(std::size_t{8} << 20, 'a'));
  const auto body = body_of("Content-Encoding: gzip\r\n", bomb);
  EXPECT_EQ(body.bytes, "");
  EXPECT_EQ(body.problem, "its body unpacks to more than 1048576 bytes");
  ReadLimits limits;
  limits.record_bytes = 1000;
  EXPECT_EQ(body_of("Content-Encoding: gzip\r\n", gzipped(std::string(2000, 'a')), limits).bytes,
            "");
}

}  // namespace
}  // namespace lede
