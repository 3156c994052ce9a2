#include "query/similar.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "corpus/words.hpp"
#include "query/build_query.hpp"

namespace lede {
namespace {

/// Beyond some dozens of words an answer costs more, and hardly gets better.
constexpr std::size_t kMostWords = 40;

/// A word of the article as it stands there first.
struct ArticleWord {
  std::string text;
  double count = 0;  ///< each occurrence as often as its field weighs
  double worth = 0;  ///< how much it tells about the article
};

using ArticleWords = std::unordered_map<std::string, ArticleWord>;  // by term

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

/// By tf and idf; 0 for what no other article has.
double worth_of(const std::string& term, double count, const Xapian::Database& index) {
  const double articles = index.get_doccount();
  const double having = index.get_termfreq(term);
  if (having < 2) return 0;
  return count * std::log1p((articles - having + .5) / (having + .5));
}

std::vector<ArticleWord> best_words(ArticleWords&& words, const Xapian::Database& index) {
  std::vector<ArticleWord> best;
  for (auto& [term, word] : words) {
    word.worth = worth_of(term, word.count, index);
    if (word.worth > 0) best.push_back(std::move(word));
  }
  std::ranges::sort(best, [](const ArticleWord& a, const ArticleWord& b) {
    return std::tuple(-a.worth, std::string_view(a.text)) <
           std::tuple(-b.worth, std::string_view(b.text));
  });
  best.resize(std::min(best.size(), kMostWords));
  return best;
}

/// To two decimals, which is as much as a reader of the question needs.
double weight_of(const ArticleWord& word) {
  const double saturated = (kRepeatSaturation + 1) * word.count / (kRepeatSaturation + word.count);
  return std::round(saturated * 100) / 100;
}

}  // namespace

std::optional<Question> question_like(const Article& article, const IndexLanguages& languages,
                                      const IndexSettings& settings) {
  Analyzer& analyzer = languages.analyzer(languages.number_of(article.language));
  Question question;
  question.kind = Question::Kind::any_of;
  for (ArticleWord& word : best_words(words_of(article, analyzer, settings), languages.index())) {
    Question part;
    part.kind = Question::Kind::word;
    part.weight = weight_of(word);
    part.text = std::move(word.text);
    question.parts.push_back(std::move(part));
  }
  return question.parts.empty() ? std::nullopt : std::optional(std::move(question));
}

}  // namespace lede
