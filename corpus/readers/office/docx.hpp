#pragma once

#include <string>
#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is a Word document?
bool looks_like_docx(std::string_view head);

/// A Word document (Office Open XML), one article: its text, footnotes behind it, and what its
/// properties say. What is marked as deleted or hidden, field codes and comments are left out.
void read_docx(Input& input, const ReadContext& context, const Emit& emit);

/// The XML parts of a Word document that hold its text and what it says of itself; empty when there
/// is none.
struct DocxParts {
  std::string document;
  std::string footnotes;
  std::string endnotes;
  std::string styles;
  std::string core_properties;
};

Article article_of_docx(const DocxParts& parts);

}  // namespace lede
