#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace lede {

/// White space of an article's text: other kinds have become spaces (clean_text).
constexpr bool is_white_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Where a sentence ends and the next one begins: byte offsets in the text, white space between.
struct SentenceBreak {
  std::size_t end;    ///< past the sentence, its full stop and closing quotes
  std::size_t begin;  ///< of the next one, its opening quotes included
  bool is_paragraph;  ///< a blank line stands between the two

  friend bool operator==(const SentenceBreak&, const SentenceBreak&) = default;
};

/// The sentence break between a word (`word_begin` to `word_end`) and the next, which begins at
/// `next_begin`; nullopt when both are in one sentence. A sentence ends with . ! ? … or 。！？｡ and
/// closing quotes, before white space (the full-width ones need none), and at a blank line.
/// The dot of an initial (`J. Smith`), of initials (`a.m.`) or of a title (`Mr.`) ends none.
std::optional<SentenceBreak> find_sentence_break(std::string_view text, std::size_t word_begin,
                                                 std::size_t word_end, std::size_t next_begin);

}  // namespace lede
