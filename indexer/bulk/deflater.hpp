#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace lede {

/// Compresses termlists as glass tables hold them: raw deflate. The first ones tell how often each
/// byte and match comes; from then on all share one code, which is made once. Not safe to share
/// between threads.
class Deflater {
 public:
  Deflater();
  ~Deflater();

  /// The stream, valid until the next call; empty when it is not shorter than the text, or the text
  /// so short that its tag is never compressed.
  std::string_view deflate(std::string_view text);

 private:
  struct State;

  void learn(std::string_view text);
  std::size_t deflate_short(std::string_view text);
  std::size_t deflate_long(std::string_view text);

  std::unique_ptr<State> state_;
  std::size_t learned_bytes_ = 0;
  std::string stream_;
};

}  // namespace lede
