#include "indexer/bulk/deflater.hpp"

#include <cstdint>
#include <isa-l/igzip_lib.h>
#include <stdexcept>

namespace lede {
namespace {

constexpr std::size_t kShortest = 18;  // a longer tag may be compressed, as iamglass says

/// Of texts, from which the code is made; until then they have ISA-L's own.
constexpr std::size_t kSampleBytes = std::size_t{256} << 10;

/// libxapian's reader inflates into windows of this size, and takes a stream for cut off when a
/// window is full just as the input ends.
constexpr std::size_t kReaderWindow = 8192;

/// More than any code makes of a text: blocks that are stored, and what begins and ends the stream.
std::size_t most_bytes(std::size_t text_bytes) {
  constexpr std::size_t kEnds = 1024;
  return text_bytes + text_bytes / 8 + kEnds;
}

}  // namespace

struct Deflater::State {
  isal_zstream stream{};
  isal_huff_histogram histogram{};
  isal_hufftables code{};
  bool has_code = false;

  void start(std::string_view text, std::string& out) {
    isal_deflate_init(&stream);
    start_with_code(text, out);
  }
  void start_stateless(std::string_view text, std::string& out) {
    isal_deflate_stateless_init(&stream);
    start_with_code(text, out);
  }

 private:
  void start_with_code(std::string_view text, std::string& out) {
    if (has_code) stream.hufftables = &code;
    stream.gzip_flag = IGZIP_DEFLATE;
    stream.end_of_stream = 1;
    stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<std::uint32_t>(text.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    stream.avail_out = static_cast<std::uint32_t>(out.size());
  }
};

Deflater::Deflater() : state_(std::make_unique<State>()) {}
Deflater::~Deflater() = default;

std::string_view Deflater::deflate(std::string_view text) {
  if (text.size() <= kShortest) return {};
  if (!state_->has_code) learn(text);
  if (stream_.size() < most_bytes(text.size())) stream_.resize(most_bytes(text.size()));
  const std::size_t size = text.size() > kReaderWindow ? deflate_long(text) : deflate_short(text);
  return std::string_view(stream_).substr(0, size < text.size() ? size : 0);
}

void Deflater::learn(std::string_view text) {
  isal_update_histogram(reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data())),
                        static_cast<int>(text.size()), &state_->histogram);
  learned_bytes_ += text.size();
  if (learned_bytes_ < kSampleBytes) return;
  state_->has_code = isal_create_hufftables(&state_->code, &state_->histogram) == 0;
  learned_bytes_ = 0;
}

std::size_t Deflater::deflate_short(std::string_view text) {
  state_->start_stateless(text, stream_);
  if (isal_deflate_stateless(&state_->stream) != COMP_OK)
    throw std::logic_error("a termlist cannot be compressed");
  return state_->stream.total_out;
}

/// A stream with input left whenever a window fills: its end comes behind a flush.
std::size_t Deflater::deflate_long(std::string_view text) {
  state_->start(text, stream_);
  state_->stream.end_of_stream = 0;
  state_->stream.flush = SYNC_FLUSH;
  const bool is_flushed = isal_deflate(&state_->stream) == COMP_OK && state_->stream.avail_in == 0;
  state_->stream.end_of_stream = 1;
  state_->stream.flush = NO_FLUSH;
  if (!is_flushed || isal_deflate(&state_->stream) != COMP_OK)
    throw std::logic_error("a termlist cannot be compressed");
  return state_->stream.total_out;
}

}  // namespace lede
