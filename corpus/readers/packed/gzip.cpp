#include "corpus/readers/packed/gzip.hpp"

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>
#include <zlib.h>

#include <fmt/format.h>

namespace lede {
namespace {

class GzipSource final : public ByteSource {
 public:
  GzipSource(Input& packed, std::string path) : packed_(packed), path_(std::move(path)) {
    constexpr int kGzipHeader = 16;
    if (inflateInit2(&stream_, MAX_WBITS + kGzipHeader) != Z_OK) throw std::bad_alloc();
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::size_t read(char* buffer, std::size_t capacity) override {
    while (broken_ == nullptr && (is_in_member_ || find_member())) {
      if (const std::size_t count = inflate_some(buffer, capacity); count > 0) return count;
    }
    if (broken_ != nullptr) {
      throw InputError(path_, fmt::format("the gzip file is broken: {}", broken_));
    }
    return 0;
  }

 private:
  /// Goes to where the next member begins; false at the end.
  bool find_member() {
    constexpr std::string_view kMagic = "\x1F\x8B";
    while (packed_.peek(1).starts_with('\0')) {
      const std::size_t zeros = packed_.buffered().find_first_not_of('\0');
      packed_.consume(std::min(zeros, packed_.buffered().size()));
    }
    if (packed_.peek(1).empty()) return false;
    if (packed_.peek(kMagic.size()) != kMagic) {
      broken_ = "something else follows its end";
      return false;
    }
    inflateReset(&stream_);
    return is_in_member_ = true;
  }

  std::size_t inflate_some(char* buffer, std::size_t capacity) {
    if (packed_.buffered().empty() && !packed_.fill()) {
      broken_ = "it is cut off";
      return 0;
    }
    const std::string_view input = packed_.buffered();
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = static_cast<uInt>(std::min<std::size_t>(input.size(), kMostAtOnce));
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(capacity, kMostAtOnce));
    const uInt given = stream_.avail_in;
    const uInt room = stream_.avail_out;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    packed_.consume(given - stream_.avail_in);
    is_in_member_ = status != Z_STREAM_END;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      broken_ = stream_.msg != nullptr ? stream_.msg : "its data makes no sense";
    }
    return room - stream_.avail_out;
  }

  static constexpr std::size_t kMostAtOnce = std::size_t{1} << 20;

  Input& packed_;
  std::string path_;
  z_stream stream_{};
  bool is_in_member_ = false;
  const char* broken_ = nullptr;  // why; thrown when all before it was given
};

}  // namespace

std::unique_ptr<ByteSource> gunzipped(Input& packed, std::string path) {
  return std::make_unique<GzipSource>(packed, std::move(path));
}

}  // namespace lede
