#include "corpus/analyzer.hpp"

#include "corpus/error.hpp"
#include "corpus/stop_words.hpp"

namespace lede {
namespace {

/// Words an Analyzer remembers before it starts anew: some 30 MB.
constexpr std::size_t kMemoLimit = 300'000;

Xapian::Stem make_stemmer(const std::string& language) {
  try {
    return Xapian::Stem(language);
  } catch (const Xapian::InvalidArgumentError&) {
    throw Error("there is no stemmer for '" + language + "'",
                "use one of: none " + Xapian::Stem::get_available_languages());
  }
}

}  // namespace

Analyzer::Analyzer(const std::string& language)
    : stemmer_(make_stemmer(language)),
      has_stop_words_(language == "english"),
      keeps_first_bytes_(language == "english" || language == "none") {}

const Analyzer::Known& Analyzer::look_up(std::string_view folded) {
  if (const auto known = memo_.find(folded); known != memo_.end()) return known->second;
  if (memo_.size() >= kMemoLimit) memo_.clear();
  std::string word(folded);
  Known meaning{stemmer_(word), has_stop_words_ && is_index_stop_word(folded),
                has_stop_words_ && is_query_stop_word(folded)};
  if (meaning.term.empty()) meaning.term = word;
  return memo_.emplace(std::move(word), std::move(meaning)).first->second;
}

}  // namespace lede
