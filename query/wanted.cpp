#include "query/wanted.hpp"

#include <algorithm>
#include <utility>

#include "corpus/words.hpp"

namespace lede {
namespace {

using Kind = Demand::Kind;

void add_wanted(Wanted&& words, std::vector<Wanted>& wanted) {
  if (std::ranges::find(wanted, words) == wanted.end()) wanted.push_back(std::move(words));
}

void collect_words(const Demand& demand, Language language, std::vector<Wanted>& wanted) {
  if (std::ranges::find(demand.left_out_in, language) != demand.left_out_in.end()) return;
  Wanted words;
  words.field = demand.field;
  for (const QueryWord& word : demand.words) {
    words.terms.push_back(word.terms[language]);
    if (demand.is_exact) words.forms.push_back({word.folded});
  }
  add_wanted(std::move(words), wanted);
}

/// One word that may be any of several.
void collect_expansions(const Demand& demand, Language language, std::vector<Wanted>& wanted) {
  Wanted words;
  words.field = demand.field;
  for (const IndexWord& word : demand.expansions) {
    if (word.terms[language].empty()) continue;
    (words.terms.empty() ? words.terms : words.others).push_back(word.terms[language]);
    if (!demand.is_exact) continue;
    words.forms.resize(1);
    words.forms[0].push_back(folded(word.written));
  }
  if (!words.terms.empty()) add_wanted(std::move(words), wanted);
}

void collect_wanted(const Demand& demand, Language language, std::vector<Wanted>& wanted) {
  if (demand.kind == Kind::words) return collect_words(demand, language, wanted);
  if (demand.kind == Kind::expansion) return collect_expansions(demand, language, wanted);
  for (const Demand& part : demand.parts) {
    collect_wanted(part, language, wanted);
    if (demand.kind == Kind::except) return;
  }
}

}  // namespace

std::vector<Wanted> wanted_in(Language language, const Demand& demand) {
  std::vector<Wanted> wanted;
  collect_wanted(demand, language, wanted);
  return wanted;
}

}  // namespace lede
