#pragma once

#include <string>
#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is a PDF?
bool looks_like_pdf(std::string_view head);

/// A PDF, one article: its text as the program pdftotext gives it, its title, authors and dates as
/// pdfinfo does. Both run as child processes within the limits of the options; a machine without
/// pdftotext skips the file and says which package has it.
void read_pdf(Input& input, const ReadContext& context, const Emit& emit);

/// The text of pages as pdftotext prints them, each ended by a form feed: running heads and page
/// numbers left out, lines joined to paragraphs, words that were parted at a line's end made whole.
/// Takes time linear in the input.
std::string text_of_pages(std::string_view pages);

/// Puts what pdfinfo prints (`Title:  ...` lines) into the article. A title that only names the
/// file that the PDF was made from is left out.
void set_pdf_metadata(Article& article, std::string_view info);

}  // namespace lede
