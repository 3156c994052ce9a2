#pragma once

#include "corpus/readers/reader.hpp"

namespace lede {

/// Makes a reader's article whole: cleans every text, drops empty and repeated authors and tags,
/// fills in the path, derives a title where there is none, and gives it its id: its own, else its
/// URL, else its location. An article without a word of text becomes a Skipped. Of an imported
/// article nothing is changed but text that no article holds.
ReadResult finish_article(Article article, const ReadContext& context);

}  // namespace lede
