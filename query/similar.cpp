#include "query/similar.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "query/article_words.hpp"
#include "query/ranking.hpp"

namespace lede {
namespace {

/// Beyond some dozens of words an answer costs more, and hardly gets better.
constexpr std::size_t kMostWords = 40;

/// A word, and how much it tells about the article.
struct TellingWord {
  ArticleWord word;
  double worth;
};

/// By tf and idf; 0 for what no other article has.
double worth_of(const std::string& term, double count, const Xapian::Database& index) {
  const Xapian::doccount having = index.get_termfreq(term);
  return having < 2 ? 0 : count * idf(index.get_doccount(), having);
}

std::vector<TellingWord> best_words(ArticleWords&& words, const Xapian::Database& index) {
  std::vector<TellingWord> best;
  for (auto& [term, word] : words) {
    const double worth = worth_of(term, word.count, index);
    if (worth > 0) best.push_back({std::move(word), worth});
  }
  std::ranges::sort(best, [](const TellingWord& a, const TellingWord& b) {
    return std::tuple(-a.worth, std::string_view(a.word.text)) <
           std::tuple(-b.worth, std::string_view(b.word.text));
  });
  best.resize(std::min(best.size(), kMostWords));
  return best;
}

/// To two decimals, which is as much as a reader of the question needs.
double weight_of(const ArticleWord& word) {
  return std::round(repeated(word.count) * 100) / 100;
}

}  // namespace

std::optional<Question> question_like(const Article& article, const IndexLanguages& languages,
                                      const IndexSettings& settings) {
  Analyzer& analyzer = languages.analyzer(languages.number_of(article.language));
  Question question;
  question.kind = Question::Kind::any_of;
  for (auto& [word, worth] : best_words(words_of(article, analyzer, settings), languages.index())) {
    Question part;
    part.kind = Question::Kind::word;
    part.weight = weight_of(word);
    part.text = std::move(word.text);
    question.parts.push_back(std::move(part));
  }
  return question.parts.empty() ? std::nullopt : std::optional(std::move(question));
}

}  // namespace lede
