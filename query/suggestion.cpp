#include "query/suggestion.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "corpus/unicode.hpp"
#include "corpus/words.hpp"
#include "query/expansions.hpp"

namespace lede {
namespace {

/// A word that is rarer than this may be a mistake; its correction has to be so many times as
/// common, and in one of so many articles at least: in a large index a word of a few articles is a
/// name or a mistake itself.
constexpr Xapian::doccount kRare = 2;
constexpr Xapian::doccount kTimesAsCommon = 20;
constexpr Xapian::doccount kOneOf = 2000;

constexpr std::size_t kShortestWord = 4;  // letters; of shorter ones anything is a neighbour
constexpr std::size_t kShortestPart = 3;
constexpr std::size_t kLongWord = 7;
constexpr std::size_t kMostCandidates = 50;

/// What stands in a question from one byte to another, and what to put there.
struct Replacement {
  std::size_t begin;
  std::size_t end;
  std::string word;
};

std::size_t byte_of_column(std::string_view text, std::size_t column) {
  std::size_t at = 0;
  for (; column > 1 && at < text.size(); --column)
    at += decode_code_point(text.substr(at)).length_bytes;
  return at;
}

class Corrector {
 public:
  Corrector(std::string_view text, const IndexLanguages& languages)
      : text_(text), index_(languages.index()), expander_(languages) {}

  void look_at(const Question& question) {
    const bool is_text =
        question.kind == Question::Kind::word || question.kind == Question::Kind::phrase;
    const bool is_value = question.field && field_of(*question.field).kind != FieldKind::text;
    if (is_text && !is_value && !question.is_exact) return look_at_words(question);
    for (const Question& part : question.parts) {
      look_at(part);
      if (question.kind == Question::Kind::except) return;
    }
  }

  std::optional<std::string> corrected() const {
    if (replacements_.empty()) return std::nullopt;
    std::string result;
    std::size_t at = 0;
    for (const Replacement& each : replacements_) {
      result.append(text_.substr(at, each.begin - at)).append(each.word);
      at = each.end;
    }
    return result.append(text_.substr(at));
  }

 private:
  void look_at_words(const Question& question) {
    const std::size_t begin = text_.find(question.text, byte_of_column(text_, question.column));
    if (begin == std::string_view::npos) return;
    WordReader reader(question.text);
    for (Word word; reader.next(word);) {
      const auto better = correction_of(std::string(word.written), question.kind);
      if (better) replacements_.push_back({begin + word.begin, begin + word.end, *better});
    }
  }

  std::optional<std::string> correction_of(const std::string& word, Question::Kind kind) {
    const std::size_t letters = count_code_points(word);
    const bool has_digit = word.find_first_of("0123456789") != std::string::npos;
    if (letters < kShortestWord || has_digit || is_unspaced_word(word)) return std::nullopt;
    const Xapian::doccount articles = expander_.look_up(word).articles;
    if (articles > kRare) return std::nullopt;
    if (const auto similar = similar_word(word, letters, articles)) return similar;
    const bool may_be_two = articles == 0 && kind == Question::Kind::word;
    return may_be_two ? two_words(word) : std::nullopt;
  }

  std::optional<std::string> similar_word(const std::string& word, std::size_t letters,
                                          Xapian::doccount articles) {
    const std::size_t errors = letters < kLongWord ? 1 : QuestionLimits::kTypingErrors;
    std::vector<IndexWord> candidates = expander_.similar_from_first(word, errors, kMostCandidates);
    const Xapian::doccount least =
        std::max({articles * kTimesAsCommon, index_.get_doccount() / kOneOf, Xapian::doccount{1}});
    std::erase_if(candidates, [&](const IndexWord& each) {
      return each.articles < least || each.written == word;
    });
    const auto rank = [](const IndexWord& each) {
      return std::tuple(each.errors, -std::int64_t{each.articles});
    };
    const auto best = std::ranges::min_element(candidates, {}, rank);
    return best == candidates.end() ? std::nullopt : std::optional(best->written);
  }

  /// The two whose rarer one is most common.
  std::optional<std::string> two_words(const std::string& word) const {
    std::optional<std::string> best;
    Xapian::doccount most = kRare;
    for (std::size_t at = kShortestPart; at + kShortestPart <= word.size(); ++at) {
      if (is_continuation(word[at])) continue;
      const std::string first = word.substr(0, at);
      const std::string second = word.substr(at);
      const Xapian::doccount articles =
          std::min(expander_.look_up(first).articles, expander_.look_up(second).articles);
      if (articles <= most) continue;
      most = articles;
      best = fmt::format("{} {}", first, second);
    }
    return best;
  }

  std::string_view text_;
  const Xapian::Database& index_;
  Expander expander_;
  std::vector<Replacement> replacements_;
};

}  // namespace

std::optional<std::string> suggest_question(std::string_view text, const Question& question,
                                            const IndexLanguages& languages) {
  Corrector corrector(text, languages);
  corrector.look_at(question);
  return corrector.corrected();
}

}  // namespace lede
