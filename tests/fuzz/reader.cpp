// Any bytes through one reader and finish_article: no crash, no undefined behaviour, bounded time.

#include <cstdint>
#include <string>

#include "corpus/readers/finish.hpp"
#include "corpus/readers/formats.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const lede::Format* const format = lede::find_format(LEDE_FUZZED_FORMAT);
  lede::ReadContext context;
  context.path = "/fuzz";
  lede::Input input(lede::from_memory(std::string(reinterpret_cast<const char*>(data), size)));
  format->read(input, context, [&](lede::ReadResult result) {
    if (auto* article = std::get_if<lede::Article>(&result))
      lede::finish_article(std::move(*article), context);
    return true;
  });
  return 0;
}
