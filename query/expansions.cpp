#include "query/expansions.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "console/printable.hpp"
#include "corpus/error.hpp"
#include "corpus/words.hpp"

namespace lede {
IndexWord Expander::look_up(std::string_view written, std::optional<FieldId> field) const {
  const std::string_view prefix = field ? field_of(*field).prefix : std::string_view();
  IndexWord found{std::string(written), {}, 0, 0};
  WordReader reader(written);
  Word word;
  if (!reader.next(word)) return found;
  for (std::size_t language = 0; language < languages_.count(); ++language) {
    std::string term = languages_.analyzer(language).meaning_of(word).term;
    const Xapian::doccount articles =
        languages_.index().get_termfreq(fmt::format("{}{}", prefix, term));
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

/// The limit is one of terms: words that share theirs count once. Of many words few are the best,
/// so they are not all put in order.
std::vector<IndexWord> Expander::best(std::vector<IndexWord>&& found, std::size_t limit) const {
  std::erase_if(found, [](const IndexWord& word) { return word.articles == 0; });
  const auto is_behind = [](const IndexWord& a, const IndexWord& b) {
    return std::tie(b.errors, a.articles, b.terms, b.written) <
           std::tie(a.errors, b.articles, a.terms, a.written);
  };
  std::ranges::make_heap(found, is_behind);
  std::vector<IndexWord> best;
  for (std::size_t terms = 0; !found.empty(); found.pop_back()) {
    std::ranges::pop_heap(found, is_behind);
    const bool is_new = best.empty() || best.back().terms != found.back().terms;
    if (is_new && ++terms > limit) break;
    best.push_back(std::move(found.back()));
  }
  return best;
}

/// The words that match, in order.
std::vector<std::string> Expander::matches(std::string_view pattern) {
  WordPattern matcher(pattern);
  std::vector<std::string> words;
  for_each_match(lexicon(), matcher, {}, [&](std::string_view word) {
    words.emplace_back(word);
    return words.size() <= matches_left_;
  });
  if (words.size() > matches_left_)
    throw Error(
        fmt::format("more than {} words match '{}'{}", kMostMatches, printable_line(pattern),
                    matching_.empty() ? "" : " and the patterns before it"),
        "write more of its letters");
  matches_left_ -= words.size();
  return words;
}

std::vector<IndexWord> Expander::matching(const std::string& pattern, std::optional<FieldId> field,
                                          std::size_t limit) {
  const auto known = matching_.find({pattern, field});
  if (known != matching_.end()) return known->second;
  std::vector<IndexWord> found;
  for (const std::string& word : matches(pattern)) found.push_back(look_up(word, field));
  return matching_.emplace(Pattern(pattern, field), best(std::move(found), limit)).first->second;
}

void Expander::add_similar(std::string_view folded, std::size_t errors, const WordRange& range,
                           std::optional<FieldId> field, std::vector<IndexWord>& found) {
  TypingErrors matcher(folded, errors);
  for_each_match(lexicon(), matcher, range, [&](std::string_view each) {
    found.push_back(look_up(each, field));
    found.back().errors = matcher.distance();
    return true;
  });
}

std::vector<IndexWord> Expander::similar(std::string_view word, std::size_t errors,
                                         std::optional<FieldId> field, std::size_t limit) {
  std::vector<IndexWord> found;
  add_similar(folded(word), errors, {}, field, found);
  return best(std::move(found), limit);
}

/// A first letter with an accent stands behind all of ASCII.
std::vector<IndexWord> Expander::similar_from_first(std::string_view word, std::size_t errors,
                                                    std::size_t limit) {
  constexpr std::string_view kBehindAscii = "\x80";
  const std::string asked = folded(word);
  if (!is_ascii(asked)) return similar(word, errors, {}, limit);
  const std::string first = asked.substr(0, 1);
  const std::string next(1, static_cast<char>(asked[0] + 1));
  std::vector<IndexWord> found;
  add_similar(asked, errors, {first, next}, {}, found);
  add_similar(asked, errors, {kBehindAscii, {}}, {}, found);
  std::erase_if(found,
                [&](const IndexWord& each) { return !folded(each.written).starts_with(first); });
  return best(std::move(found), limit);
}

}  // namespace lede
