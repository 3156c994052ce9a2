#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/error.hpp"
#include "corpus/fields.hpp"

namespace lede {

/// A question as it was understood, before any index is looked at.
struct Question {
  enum class Kind : std::uint8_t {
    word,      ///< `text`; one that splits into several words (COVID-19) is a phrase
    phrase,    ///< `text`, the words between quotes, in this order
    pattern,   ///< `text`, a word with `*` (any letters) and `?` (any one letter)
    misspelt,  ///< `text`, a word and those that are up to `distance` typing errors from it
    near,      ///< parts at most `distance` words from each other, in any order
    sequence,  ///< parts side by side: --match says whether all or any of them must be there
    all_of,    ///< parts joined by AND
    any_of,    ///< parts joined by OR
    except,    ///< the first part without the others: `a NOT b`, `a -b`
  };

  Kind kind = Kind::sequence;
  bool is_required = false;      ///< a `+` stands before it
  bool is_exact = false;         ///< word, phrase: a `=` stands before it
  double weight = 1;             ///< what `^` says: how much more than others it counts
  std::size_t distance = 0;      ///< misspelt, near
  std::optional<FieldId> field;  ///< of what has a text: where to look; none is every bare field
  std::string text;              ///< as it was written
  std::size_t column = 1;        ///< where it begins in the question, in characters from 1
  std::vector<Question> parts;   ///< of near, sequence and what follows it: never empty

  friend bool operator==(const Question&, const Question&) = default;
};

/// Has it a sign by which a quoted text begins or ends? Such a value no question can hold.
bool has_quote(std::string_view text);

/// What no question may pass. Beyond these Xapian takes seconds, or overflows its stack.
struct QuestionLimits {
  static constexpr std::size_t kBytes = 8192;
  static constexpr std::size_t kWords = 256;
  static constexpr std::size_t kPhraseWords = 32;
  static constexpr std::size_t kNesting = 32;
  static constexpr std::size_t kPatterns = 10;     ///< patterns and misspelt words
  static constexpr std::size_t kExpansions = 200;  ///< words that these may stand for
  static constexpr std::size_t kTypingErrors = 2;
  static constexpr std::size_t kNearWords = 1000;
  static constexpr std::size_t kUsualNear = 10;  ///< words of a NEAR without a number
  static constexpr double kWeight = 1000;
};

/// Reads a question: words, "phrases", AND OR NOT (capitals), + and - before a word, ( ),
/// field:word, field:"phrase", field:(several words); wo*d and w?rd, word~ and word~1, =word and
/// ="exact words", word^2, a NEAR/5 b. NEAR binds closest, then NOT and AND, then OR; words side by
/// side bind like AND. Other signs are punctuation, as in any sentence. The text need not be valid
/// UTF-8.
///
/// Throws Error whose message names the column and whose hint shows the place for what cannot be
/// read: an unknown field, a quote or bracket without its partner, an operator without operands,
/// nothing to look for, a limit passed, a sign where it means nothing.
Question parse_question(std::string_view text);

/// What is wrong with a part of a question that has been read: a date, a pattern. Message and hint
/// leave the place out, since who has read an option's value as a question has another one.
class QuestionError : public Error {
 public:
  QuestionError(const std::string& what, const std::string& hint, std::size_t column)
      : Error(what, hint), column_(column) {}

  std::size_t column() const { return column_; }

 private:
  std::size_t column_;
};

/// The same with its column and its place in the text of the question.
Error with_place(const QuestionError& error, std::string_view text);

}  // namespace lede
