#pragma once

#include <memory>
#include <string>
#include <string_view>

struct libdeflate_compressor;

namespace lede {

/// Compresses tags as glass tables hold them: raw deflate. Not safe to share between threads.
class Deflater {
 public:
  Deflater();

  /// The stream, valid until the next call; empty when it is not shorter than the text.
  std::string_view deflate(std::string_view text);

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const noexcept;
  };

  std::unique_ptr<libdeflate_compressor, Free> compressor_;
  std::string stream_;
};

}  // namespace lede
