#include "query/index_languages.hpp"

#include <algorithm>

#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/settings.hpp"

namespace lede {

IndexLanguages::IndexLanguages(const Xapian::Database& index, const std::string& language)
    : index_(index), analyzers_(language) {
  for (const LanguageCount& each : count_languages(index))
    language_with(analyzers_.stemmer_for(each.code))
        .filters.push_back(exact_term(field_of(FieldId::language).prefix, each.code));
  if (languages_.empty()) language_with(analyzers_.stemmer_for({}));
}

IndexLanguages::Language& IndexLanguages::language_with(std::string_view stemmer) {
  const auto known = std::ranges::find(languages_, stemmer, &Language::stemmer);
  if (known != languages_.end()) return *known;
  languages_.push_back({stemmer, &analyzers_.with(stemmer), {}});
  return languages_.back();
}

std::size_t IndexLanguages::number_of(std::string_view code) const {
  const auto found =
      std::ranges::find(languages_, analyzers_.stemmer_for(code), &Language::stemmer);
  return found == languages_.end() ? 0 : static_cast<std::size_t>(found - languages_.begin());
}

}  // namespace lede
