#include "query/index_languages.hpp"

#include <algorithm>
#include <functional>

#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/settings.hpp"

namespace lede {

IndexLanguages::IndexLanguages(const Xapian::Database& index, const std::string& stemming)
    : index_(index), analyzers_(stemming) {
  for (const LanguageCount& each : count_languages(index)) {
    Language& language = language_with(analyzers_.stemmer_for(each.code));
    language.articles += each.articles;
    language.filters.push_back(exact_term(field_of(FieldId::language).prefix, each.code));
  }
  std::ranges::stable_sort(languages_, std::ranges::greater{}, &Language::articles);
  if (languages_.empty()) language_with(analyzers_.stemmer_for({}));
}

IndexLanguages::Language& IndexLanguages::language_with(std::string_view stemmer) {
  const auto known = std::ranges::find(languages_, stemmer, &Language::stemmer);
  if (known != languages_.end()) return *known;
  languages_.push_back({stemmer, &analyzers_.with(stemmer), 0, {}});
  return languages_.back();
}

std::size_t IndexLanguages::number_of(std::string_view code) const {
  const auto found =
      std::ranges::find(languages_, analyzers_.stemmer_for(code), &Language::stemmer);
  return found == languages_.end() ? 0 : static_cast<std::size_t>(found - languages_.begin());
}

}  // namespace lede
