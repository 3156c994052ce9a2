#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lede {

/// `--language auto`: each article's words are stemmed by the rules of its own language.
inline constexpr std::string_view kEachItsOwn = "auto";

/// The code of an article whose language nobody knows, as `lang:und` asks for it (ISO 639-2).
inline constexpr std::string_view kUndetermined = "und";

/// What the words of an index can be stemmed by: `auto`, `none`, and the stemmers of Xapian.
std::vector<std::string> index_languages();
bool is_index_language(std::string_view language);

/// The ISO 639 code of a language as articles and people name it, one code for each language: `en`
/// of `EN-us` and `en_US`, `de` of `German`, `ger` and `deu`, `zh` of `zh-Hant`, `no` of `nb` and
/// `nn`, `he` of `iw`. Empty for what is no code and no name.
std::string language_code(std::string_view value);

/// Snowball's name of the stemmer for a language's code: `german`; `none` where there is none.
/// What nobody knows the language of is stemmed as English, the most likely guess: a word still
/// meets itself whatever the stemmer.
std::string_view stemmer_of(std::string_view code);

/// What an index puts behind the stems of this stemmer where articles of several languages meet, so
/// that only stems of one language are compared: `DE` of `german`. English ones stay bare.
/// `stemmer` is what stemmer_of gives.
std::string_view stem_mark(std::string_view stemmer);

}  // namespace lede
