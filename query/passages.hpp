#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "corpus/analyzer.hpp"
#include "corpus/article.hpp"
#include "corpus/fields.hpp"
#include "query/wanted.hpp"

namespace lede {

/// A stretch of bytes in a text.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const Range&, const Range&) = default;
};

/// A passage of an article, and the words in it that were asked for.
struct Snippet {
  FieldId field = FieldId::body;
  std::string text;               ///< a substring of the field's text, without markup
  std::vector<Range> highlights;  ///< byte ranges in `text`, in order, not overlapping
  std::size_t offset = 0;         ///< of `text` in the field's text, in characters
  bool is_beginning = true;       ///< the field's text begins here
  bool is_end = true;             ///< the field's text ends here

  friend bool operator==(const Snippet&, const Snippet&) = default;
};

struct SnippetOptions {
  std::size_t count = 1;               ///< passages of lede and body at most; never more than 100
  std::size_t limit_characters = 240;  ///< of a passage; the title is shown whole
};

/// The passages of an article that answer a question best, and before them the title when it has a
/// word that was asked for. Where neither lede nor body has one, the beginning of the lede, else of
/// the body.
///
/// A passage is worth the weights of the distinct words and phrases it shows, those first that no
/// passage before it shows; among equals it is the lede's, one within a paragraph, one that shows
/// them more often and closer together, that begins with a sentence, that stands earlier. Passages
/// do not overlap. The limit is always kept, and nothing is cut inside a word unless it is longer
/// than the limit; a phrase that is longer is shown as far as it fits.
///
/// Takes time linear in the text, which for the most part is passed over, and memory of 12 bytes a
/// hit.
std::vector<Snippet> make_snippets(const Article& article, std::span<const Wanted> wanted,
                                   Analyzer& analyzer, const SnippetOptions& options);

}  // namespace lede
