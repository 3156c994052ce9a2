#include "query/article_words.hpp"

#include <string_view>

#include "corpus/words.hpp"

namespace lede {
namespace {

void add_words(std::string_view text, unsigned weight, Analyzer& analyzer, ArticleWords& words) {
  analyzer.analyze(text, [&](const Token& token) {
    if (token.is_query_stop_word()) return;
    std::string_view written = text.substr(token.begin, token.end - token.begin);
    std::string_view term = token.term();
    if (!token.pair.empty())
      written = term = token.pair;
    else if (is_unspaced_word(written))
      return;  // one character tells too little
    ArticleWord& word = words[std::string(term)];
    if (word.text.empty()) word.text = written;
    word.count += weight;
  });
}

}  // namespace

ArticleWords words_of(const Article& article, Analyzer& analyzer, const IndexSettings& settings) {
  ArticleWords words;
  const auto add = [&](FieldId field, std::string_view text) {
    add_words(text, settings.weight(field), analyzer, words);
  };
  if (!article.title_is_derived()) add(FieldId::title, article.title);
  add(FieldId::lede, article.lede);
  add(FieldId::body, article.body);
  return words;
}

}  // namespace lede
