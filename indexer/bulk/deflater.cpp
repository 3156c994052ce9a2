#include "indexer/bulk/deflater.hpp"

#include <libdeflate.h>
#include <new>
#include <zlib.h>

namespace lede {
namespace {

constexpr int kFastLevel = 1;

/// libxapian's reader inflates into windows of this size, and takes a stream for cut off when a
/// window is full just as the input ends.
constexpr std::size_t kReaderWindow = 8192;

/// A stream with input left whenever a window fills: its end comes behind a flush.
void deflate_with_flush(std::string_view text, std::string& stream) {
  z_stream state{};
  constexpr int kMemoryLevel = 9;
  if (deflateInit2(&state, kFastLevel, Z_DEFLATED, -MAX_WBITS, kMemoryLevel, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw std::bad_alloc();
  constexpr std::size_t kFlushBytes = 16;
  stream.resize(deflateBound(&state, static_cast<uLong>(text.size())) + kFlushBytes);
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(stream.data());
  state.avail_out = static_cast<uInt>(stream.size());
  ::deflate(&state, Z_SYNC_FLUSH);
  ::deflate(&state, Z_FINISH);
  stream.resize(state.total_out);
  deflateEnd(&state);
}

}  // namespace

void Deflater::Free::operator()(libdeflate_compressor* compressor) const noexcept {
  libdeflate_free_compressor(compressor);
}

Deflater::Deflater() : compressor_(libdeflate_alloc_compressor(kFastLevel)) {
  if (compressor_ == nullptr) throw std::bad_alloc();
}

std::string_view Deflater::deflate(std::string_view text) {
  if (text.size() > kReaderWindow) {
    deflate_with_flush(text, stream_);
    return stream_.size() < text.size() ? std::string_view(stream_) : std::string_view();
  }
  if (stream_.size() < kReaderWindow) stream_.resize(kReaderWindow);
  const std::size_t size = libdeflate_deflate_compress(compressor_.get(), text.data(), text.size(),
                                                       stream_.data(), text.size());
  return {stream_.data(), size < text.size() ? size : 0};
}

}  // namespace lede
