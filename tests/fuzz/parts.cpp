// What a zip would keep from the fuzzer: the XML parts of office documents and EPUBs, each without
// its container, and the text of a PDF. The first byte chooses, the rest is the part.

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "corpus/readers/office/docx.hpp"
#include "corpus/readers/office/epub.hpp"
#include "corpus/readers/office/odt.hpp"
#include "corpus/readers/programs/filter.hpp"
#include "corpus/readers/programs/pdf.hpp"

namespace {

using Part = void (*)(const std::string& bytes);

/// The two parts of bytes that a zero parts.
std::pair<std::string, std::string> two_of(const std::string& bytes) {
  const std::size_t zero = bytes.find('\0');
  if (zero == std::string::npos) return {bytes, {}};
  return {bytes.substr(0, zero), bytes.substr(zero + 1)};
}

void read_as_docx(const std::string& bytes) {
  const auto [document, rest] = two_of(bytes);
  const auto [styles, properties] = two_of(rest);
  lede::article_of_docx({document, rest, document, styles, properties});
}

void read_as_odt(const std::string& bytes) {
  const auto [content, meta] = two_of(bytes);
  lede::article_of_odt(content, meta);
}

void read_as_pdf(const std::string& bytes) {
  lede::text_of_pages(bytes);
  lede::Article article;
  lede::set_pdf_metadata(article, bytes);
}

constexpr std::array<Part, 7> kParts{
    read_as_docx,
    read_as_odt,
    read_as_pdf,
    [](const std::string& bytes) { lede::read_epub_package(bytes, "OEBPS/content.opf"); },
    [](const std::string& bytes) { lede::read_epub_contents(bytes, "OEBPS/toc.ncx"); },
    [](const std::string& bytes) {
      lede::package_path(bytes);
      lede::encrypted_paths(bytes);
      lede::linked_path("OEBPS/content.opf", bytes);
      lede::shell_command(bytes);
    },
    [](const std::string& bytes) { lede::read_epub_page(bytes); },
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  kParts[data[0] % kParts.size()](std::string(reinterpret_cast<const char*>(data + 1), size - 1));
  return 0;
}
