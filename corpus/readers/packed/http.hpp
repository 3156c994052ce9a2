#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "corpus/readers/read_options.hpp"

namespace lede {

/// The value of the first header called `name`, in whatever case, in lines of `Name: value`; empty
/// when there is none.
std::string_view header_value(std::string_view headers, std::string_view name);

/// The value of a parameter: `utf-8` of `text/html; charset="utf-8"`. Empty when there is none.
std::string_view parameter_value(std::string_view header, std::string_view name);

/// Where the empty line behind the headers ends: the body's begin. nullopt when there is none.
std::optional<std::size_t> end_of_headers(std::string_view text);

/// A server's answer as it went over the wire.
struct HttpResponse {
  unsigned status = 0;  ///< 200, 404, ...; 0 when there is no status line
  std::string_view headers;
  std::string_view body;  ///< as transferred: in chunks, compressed
};

HttpResponse parse_http_response(std::string_view bytes);

/// Is it a page that the server had: status 200, HTML?
bool is_page(const HttpResponse& response);

struct HttpBody {
  std::string bytes;
  std::string problem;  ///< why it could not be had, or not all of it; empty when it is whole
};

/// The body out of its chunks and decompressed (gzip, deflate, br), where the headers say so and it
/// is true: archives store bodies decoded, and keep the headers. Grows no further than the limits
/// of growth and of a record let it.
HttpBody decode_body(const HttpResponse& response, const ReadLimits& limits);

}  // namespace lede
