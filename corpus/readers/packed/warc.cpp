#include "corpus/readers/packed/warc.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "corpus/readers/html/html.hpp"
#include "corpus/readers/packed/http.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kBegin = "WARC/1.";
constexpr std::string_view kNextBegin = "\nWARC/1.";
constexpr std::size_t kLongestHeader = std::size_t{64} << 10;  // bytes; of a record, and of HTTP

// ---- records

/// Passes over so many bytes. False: there are not so many.
bool pass_over(Input& input, std::uint64_t bytes) {
  while (bytes > 0) {
    if (input.buffered().empty() && !input.fill()) return false;
    const auto next = std::min<std::uint64_t>(bytes, input.buffered().size());
    input.consume(static_cast<std::size_t>(next));
    bytes -= next;
  }
  return true;
}

void pass_over_line_ends(Input& input) {
  while (!input.buffered().empty() || input.fill()) {
    const auto end = input.buffered().find_first_not_of("\r\n");
    input.consume(std::min(end, input.buffered().size()));
    if (end != npos) return;
  }
}

/// Goes to where a line begins as a record does. False: none does.
bool search_record(Input& input) {
  for (;;) {
    const auto at = input.buffered().find(kNextBegin);
    if (at != npos) {
      input.consume(at + 1);
      return true;
    }
    const std::size_t kept = std::min(input.buffered().size(), kNextBegin.size() - 1);
    input.consume(input.buffered().size() - kept);
    if (!input.fill()) break;
  }
  input.consume(input.buffered().size());
  return false;
}

struct Record {
  std::uint64_t number = 0;
  std::string headers;
  std::optional<std::uint64_t> length_bytes;

  std::string_view header(std::string_view name) const { return header_value(headers, name); }
};

/// How long the header is that begins here, with the empty line at its end; nullopt when it has
/// none before the next record begins, or for too long.
std::optional<std::size_t> length_of_header(Input& input) {
  for (;;) {
    const std::string_view text = input.buffered().substr(0, kLongestHeader);
    const auto next = text.find(kNextBegin);
    const auto end = end_of_headers(text.substr(0, next));
    if (end || next != npos || text.size() == kLongestHeader || !input.fill()) return end;
  }
}

/// Takes the lines up to the empty one. A header that has no end has no length of a body either.
Record take_header(Input& input, std::uint64_t number) {
  Record record{number, {}, {}};
  const auto header_bytes = length_of_header(input);
  if (!header_bytes) return record;
  record.headers = input.buffered().substr(0, *header_bytes);
  input.consume(*header_bytes);
  const std::string_view length = record.header("Content-Length");
  std::uint64_t bytes = 0;
  const auto result = std::from_chars(length.data(), length.data() + length.size(), bytes);
  if (result.ec == std::errc()) record.length_bytes = bytes;
  return record;
}

bool is_response(const Record& record) {
  return record.header("WARC-Type") == "response" &&
         ascii_lower(record.header("Content-Type")).starts_with("application/http");
}

// ---- pages

/// `<http://a.example/>`, as some writers have it, without its brackets.
std::string_view without_brackets(std::string_view uri) {
  const bool has_brackets = uri.size() > 2 && uri.starts_with('<') && uri.ends_with('>');
  return has_brackets ? uri.substr(1, uri.size() - 2) : uri;
}

class WarcReader {
 public:
  WarcReader(Input& input, const ReadContext& context, const Emit& emit)
      : input_(input), limits_(context.options.limits), context_(context), emit_(emit) {}

  void read() {
    while (wants_more_ && go_to_record()) read_record(take_header(input_, ++records_));
    if (records_ == 0) skip("", "there is no WARC record in it");
  }

 private:
  bool go_to_record() {
    pass_over_line_ends(input_);
    const std::string_view next = input_.peek(kBegin.size());
    if (next.empty()) return false;
    if (next == kBegin) return true;
    if (records_ > 0) skip(name_of_record(), "what follows it is no record");
    return search_record(input_);
  }

  void read_record(const Record& record) {
    if (!record.length_bytes) {
      skip(name_of_record(), "its header has no end or no Content-Length");
      search_record(input_);
      return;
    }
    const std::uint64_t length = *record.length_bytes;
    if (!is_response(record) || !is_page(head_of_response(length))) return pass_over_body(length);
    if (length > limits_.record_bytes) {
      skip(name_of_record(),
           fmt::format("the record is longer than {} bytes", limits_.record_bytes));
      return pass_over_body(length);
    }
    const std::string_view bytes = input_.peek(static_cast<std::size_t>(length));
    if (bytes.size() == length) read_page(record, parse_http_response(bytes));
    pass_over_body(length);
  }

  HttpResponse head_of_response(std::uint64_t length) {
    return parse_http_response(
        input_.peek(static_cast<std::size_t>(std::min<std::uint64_t>(length, kLongestHeader))));
  }

  void pass_over_body(std::uint64_t length) {
    if (!pass_over(input_, length)) skip(name_of_record(), "the file ends in the middle of it");
  }

  void read_page(const Record& record, const HttpResponse& response) {
    const HttpBody body = decode_body(response, limits_);
    if (body.bytes.empty() && !body.problem.empty()) return skip(name_of_record(), body.problem);
    const std::string_view type = header_value(response.headers, "Content-Type");
    const std::string_view uri = without_brackets(record.header("WARC-Target-URI"));
    Article article = lede::read_page(body.bytes, {parameter_value(type, "charset"), uri});
    if (!body.problem.empty()) article.warnings.push_back(body.problem);
    article.format = "warc";
    article.member = fmt::format("#{}", record.number);
    set_metadata(article, Metadata::url, uri, Origin::header);
    emit(std::move(article));
  }

  std::string name_of_record() const { return fmt::format("record {}", records_); }

  void skip(std::string record, std::string reason) {
    emit(Skipped{context_.path, std::move(record), std::move(reason)});
  }

  void emit(ReadResult result) { wants_more_ = wants_more_ && emit_(std::move(result)); }

  Input& input_;
  const ReadLimits& limits_;
  const ReadContext& context_;
  const Emit& emit_;
  std::uint64_t records_ = 0;
  bool wants_more_ = true;
};

}  // namespace

bool looks_like_warc(std::string_view head) {
  return head.starts_with(kBegin);
}

void read_warc(Input& input, const ReadContext& context, const Emit& emit) {
  WarcReader(input, context, emit).read();
}

}  // namespace lede
