#include "query/expansions.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "console/printable.hpp"
#include "corpus/error.hpp"
#include "corpus/words.hpp"

namespace lede {
IndexWord Expander::look_up(std::string_view written) const {
  IndexWord found{std::string(written), {}, 0, 0};
  WordReader reader(written);
  Word word;
  if (!reader.next(word)) return found;
  for (std::size_t language = 0; language < languages_.count(); ++language) {
    std::string term = languages_.analyzer(language).meaning_of(word).term;
    const Xapian::doccount articles = languages_.index().get_termfreq(term);
    const bool is_new = std::ranges::find(found.terms, term) == found.terms.end();
    if (is_new) found.articles += articles;
    found.terms.push_back(articles > 0 ? std::move(term) : std::string());
  }
  return found;
}

Lexicon& Expander::lexicon() {
  if (!lexicon_) lexicon_.emplace(languages_.index());
  return *lexicon_;
}

/// The limit is one of terms: words that share theirs count once.
std::vector<IndexWord> Expander::best(std::vector<IndexWord>&& found, std::size_t limit) const {
  std::erase_if(found, [](const IndexWord& word) { return word.articles == 0; });
  const auto best_first = [](const IndexWord& a, const IndexWord& b) {
    return std::tie(a.errors, b.articles, a.terms, a.written) <
           std::tie(b.errors, a.articles, b.terms, b.written);
  };
  std::ranges::sort(found, best_first);
  std::size_t terms = 0;
  const auto end = std::find_if(found.begin(), found.end(), [&](const IndexWord& word) {
    const bool is_new = &word == found.data() || word.terms != (&word - 1)->terms;
    return is_new && ++terms > limit;
  });
  found.erase(end, found.end());
  return std::move(found);
}

std::vector<IndexWord> Expander::matching(std::string_view pattern, std::size_t limit) {
  WordPattern matcher(pattern);
  std::vector<std::string> words;
  for_each_match(lexicon(), matcher, {}, [&](std::string_view word) {
    words.emplace_back(word);
    return words.size() <= kMostMatches;
  });
  if (words.size() > kMostMatches)
    throw Error(fmt::format("more than {} words match '{}'", kMostMatches, printable_line(pattern)),
                "write more of its letters");
  std::vector<IndexWord> found;
  found.reserve(words.size());
  for (const std::string& word : words) found.push_back(look_up(word));
  return best(std::move(found), limit);
}

void Expander::add_similar(std::string_view folded, std::size_t errors, const WordRange& range,
                           std::vector<IndexWord>& found) {
  TypingErrors matcher(folded, errors);
  for_each_match(lexicon(), matcher, range, [&](std::string_view each) {
    found.push_back(look_up(each));
    found.back().errors = matcher.distance();
    return true;
  });
}

std::vector<IndexWord> Expander::similar(std::string_view word, std::size_t errors,
                                         std::size_t limit) {
  std::vector<IndexWord> found;
  add_similar(folded(word), errors, {}, found);
  return best(std::move(found), limit);
}

/// A first letter with an accent stands behind all of ASCII.
std::vector<IndexWord> Expander::similar_from_first(std::string_view word, std::size_t errors,
                                                    std::size_t limit) {
  constexpr std::string_view kBehindAscii = "\x80";
  const std::string asked = folded(word);
  if (!is_ascii(asked)) return similar(word, errors, limit);
  const std::string first = asked.substr(0, 1);
  const std::string next(1, static_cast<char>(asked[0] + 1));
  std::vector<IndexWord> found;
  add_similar(asked, errors, {first, next}, found);
  add_similar(asked, errors, {kBehindAscii, {}}, found);
  std::erase_if(found,
                [&](const IndexWord& each) { return !folded(each.written).starts_with(first); });
  return best(std::move(found), limit);
}

}  // namespace lede
