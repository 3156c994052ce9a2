#include "corpus/readers/html/values.hpp"

#include "corpus/readers/html/html_text.hpp"
#include "corpus/unicode.hpp"

namespace lede {

std::string plain_line(std::string_view value) {
  return clean_line(has_html(value) ? html_text(value) : std::string(value));
}

bool has_token(std::string_view list, std::string_view wanted) {
  constexpr auto npos = std::string_view::npos;
  for (auto at = list.find(wanted); at != npos; at = list.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const bool begins = at == 0 || list[at - 1] == ' ';
    if (begins && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

bool says(std::string_view classes, std::string_view word) {
  return ascii_lower(classes).find(word) != std::string::npos;
}

}  // namespace lede
