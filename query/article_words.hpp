#pragma once

#include <string>
#include <unordered_map>

#include "corpus/analyzer.hpp"
#include "corpus/article.hpp"
#include "corpus/settings.hpp"

namespace lede {

/// A word of an article.
struct ArticleWord {
  std::string text;  ///< as it stands there first
  double count = 0;  ///< each occurrence as often as its field weighs
};

/// By term.
using ArticleWords = std::unordered_map<std::string, ArticleWord>;

/// What an article is about: the words of its title, lede and body but stop words, in a script
/// without spaces each two characters. The title is left out where it is a piece of the body.
ArticleWords words_of(const Article& article, Analyzer& analyzer, const IndexSettings& settings);

}  // namespace lede
