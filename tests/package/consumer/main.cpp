// Prints the words of a question as lede folds them, or why it is none.
#include <cstdio>

#include "corpus/error.hpp"
#include "corpus/words.hpp"
#include "query/question.hpp"

int main(int argc, char** argv) try {
  const char* text = argc > 1 ? argv[1] : "";
  lede::parse_question(text);
  lede::WordReader words(text);
  for (lede::Word word{}; words.next(word);) {
    std::printf("%.*s\n", static_cast<int>(word.folded.size()), word.folded.data());
  }
} catch (const lede::Error& error) {
  std::printf("no question: %s\n", error.what());
  return static_cast<int>(error.status());
}
