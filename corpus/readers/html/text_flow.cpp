#include "corpus/readers/html/text_flow.hpp"

#include <algorithm>
#include <array>

namespace lede {
namespace {

constexpr std::string_view kSpaces = " \n\t\r\f";

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

}  // namespace

void TextFlow::fill_gap() {
  constexpr std::array<std::string_view, 5> kGaps{"", " ", "\t", "\n", "\n\n"};
  if (!text_.empty()) text_ += kGaps[static_cast<std::size_t>(gap_)];
  gap_ = Gap::none;
}

void TextFlow::add(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_space(text[at])) {
      want(Gap::space);
      ++at;
      continue;
    }
    const auto end =
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_space);
    const auto word = text.substr(at, static_cast<std::size_t>(end - text.begin()) - at);
    fill_gap();
    text_ += word;
    at += word.size();
  }
}

void TextFlow::add_preformatted(std::string_view text) {
  if (text.find_first_not_of(kSpaces) == std::string_view::npos) {
    add(text);
    return;
  }
  fill_gap();
  text_ += text;
}

}  // namespace lede
