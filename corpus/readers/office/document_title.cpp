#include "corpus/readers/office/document_title.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// Programs that write their own name before that of the file.
constexpr std::array<std::string_view, 4> kPrograms{"microsoft word - ", "microsoft powerpoint - ",
                                                    "microsoft excel - ",
                                                    "powerpoint presentation"};

constexpr std::array<std::string_view, 20> kFileEndings{
    ".doc", ".docx", ".odt", ".rtf",  ".txt", ".pdf", ".indd", ".qxd",  ".qxp", ".tex",
    ".dvi", ".ps",   ".ppt", ".pptx", ".xls", ".pub", ".wpd",  ".html", ".htm", ".md"};

/// What programs call a document that has no name yet, a number behind it or not.
constexpr std::array<std::string_view, 7> kUnnamed{
    "untitled", "unbenannt", "sans titre", "document", "dokument", "layout", "no title"};

std::string_view without_number(std::string_view title) {
  const auto last = title.find_last_not_of("0123456789 -_()");
  return last == std::string_view::npos ? title : title.substr(0, last + 1);
}

}  // namespace

bool is_placeholder_title(std::string_view title) {
  const std::string lower = ascii_lower(trimmed(title));
  const auto starts = [&](std::string_view program) { return lower.starts_with(program); };
  const auto ends = [&](std::string_view ending) { return lower.ends_with(ending); };
  const auto is_name = [&](std::string_view name) { return without_number(lower) == name; };
  return std::any_of(kPrograms.begin(), kPrograms.end(), starts) ||
         std::any_of(kFileEndings.begin(), kFileEndings.end(), ends) ||
         std::any_of(kUnnamed.begin(), kUnnamed.end(), is_name);
}

}  // namespace lede
