#include "corpus/readers/office/document_text.hpp"

#include <algorithm>
#include <array>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// The weakest first.
constexpr std::array<std::string_view, 5> kSeparators{"", " ", "\t", "\n", "\n\n"};

auto strength(std::string_view separator) {
  return std::find(kSeparators.begin(), kSeparators.end(), separator);
}

}  // namespace

bool is_well_formed(const MarkupDocument& document) {
  return (document->properties & XML_DOC_WELLFORMED) != 0;
}

void DocumentText::part_with(std::string_view separator) {
  if (strength(separator) > strength(separator_)) separator_ = separator;
}

void DocumentText::add(std::string_view text) {
  if (has_begun_) text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
  if (text.empty()) return;
  if (!text_.empty()) text_ += separator_;
  separator_ = {};
  if (has_begun_) paragraph_at_ = text_.size();
  has_begun_ = false;
  text_ += text;
}

void DocumentText::begin_paragraph() {
  part_with(cells_ > 0 ? " " : "\n\n");
  has_begun_ = true;
}

void DocumentText::end_paragraph(bool is_title) {
  if (is_title && title_.empty() && !has_begun_) {
    title_ = text_.substr(paragraph_at_);
    title_at_ = paragraph_at_;
  }
  begin_paragraph();  // what follows without a paragraph of its own is parted, too
}

void DocumentText::begin_cell() {
  part_with("\t");
  ++cells_;
}

std::string DocumentText::text_without(std::string_view title) const {
  std::string text = text_;
  if (!title_.empty() && clean_line(title_) == clean_line(title)) {
    text.erase(title_at_, title_.size());
  }
  return text;
}

}  // namespace lede
