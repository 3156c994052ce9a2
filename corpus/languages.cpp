#include "corpus/languages.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include <xapian.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

struct Stemming {
  std::string_view code;
  std::string_view stemmer;
  std::string_view mark;
};

/// The stemmers of Xapian 1.4 that belong to one language.
constexpr std::array kStemmings{
    Stemming{"ar", "arabic", "AR"},     Stemming{"ca", "catalan", "CA"},
    Stemming{"da", "danish", "DA"},     Stemming{"de", "german", "DE"},
    Stemming{"en", "english", ""},      Stemming{"es", "spanish", "ES"},
    Stemming{"eu", "basque", "EU"},     Stemming{"fi", "finnish", "FI"},
    Stemming{"fr", "french", "FR"},     Stemming{"ga", "irish", "GA"},
    Stemming{"hu", "hungarian", "HU"},  Stemming{"hy", "armenian", "HY"},
    Stemming{"id", "indonesian", "ID"}, Stemming{"it", "italian", "IT"},
    Stemming{"lt", "lithuanian", "LT"}, Stemming{"ne", "nepali", "NE"},
    Stemming{"nl", "dutch", "NL"},      Stemming{"no", "norwegian", "NO"},
    Stemming{"pt", "portuguese", "PT"}, Stemming{"ro", "romanian", "RO"},
    Stemming{"ru", "russian", "RU"},    Stemming{"sv", "swedish", "SV"},
    Stemming{"ta", "tamil", "TA"},      Stemming{"tr", "turkish", "TR"},
};
constexpr Stemming kUnstemmed{"", "none", "XX"};

using Name = std::pair<std::string_view, std::string_view>;

/// Names and other codes of languages, and the codes used here. In order, to be searched.
constexpr std::array kNames{
    Name{"albanian", "sq"},   Name{"ara", "ar"},        Name{"arabic", "ar"},
    Name{"armenian", "hy"},   Name{"basque", "eu"},     Name{"bengali", "bn"},
    Name{"bul", "bg"},        Name{"bulgarian", "bg"},  Name{"cat", "ca"},
    Name{"catalan", "ca"},    Name{"ces", "cs"},        Name{"chi", "zh"},
    Name{"chinese", "zh"},    Name{"chineset", "zh"},   Name{"cmn", "zh"},
    Name{"croatian", "hr"},   Name{"cze", "cs"},        Name{"czech", "cs"},
    Name{"dan", "da"},        Name{"danish", "da"},     Name{"deu", "de"},
    Name{"dut", "nl"},        Name{"dutch", "nl"},      Name{"ell", "el"},
    Name{"eng", "en"},        Name{"english", "en"},    Name{"est", "et"},
    Name{"estonian", "et"},   Name{"fas", "fa"},        Name{"fil", "tl"},
    Name{"fin", "fi"},        Name{"finnish", "fi"},    Name{"fra", "fr"},
    Name{"fre", "fr"},        Name{"french", "fr"},     Name{"ger", "de"},
    Name{"german", "de"},     Name{"gle", "ga"},        Name{"gre", "el"},
    Name{"greek", "el"},      Name{"heb", "he"},        Name{"hebrew", "he"},
    Name{"hin", "hi"},        Name{"hindi", "hi"},      Name{"hrv", "hr"},
    Name{"hun", "hu"},        Name{"hungarian", "hu"},  Name{"in", "id"},
    Name{"ind", "id"},        Name{"indonesian", "id"}, Name{"irish", "ga"},
    Name{"ita", "it"},        Name{"italian", "it"},    Name{"iw", "he"},
    Name{"japanese", "ja"},   Name{"ji", "yi"},         Name{"jpn", "ja"},
    Name{"jw", "jv"},         Name{"kor", "ko"},        Name{"korean", "ko"},
    Name{"latvian", "lv"},    Name{"lav", "lv"},        Name{"lit", "lt"},
    Name{"lithuanian", "lt"}, Name{"malay", "ms"},      Name{"mis", ""},
    Name{"mo", "ro"},         Name{"mul", ""},          Name{"nb", "no"},
    Name{"nepali", "ne"},     Name{"nld", "nl"},        Name{"nn", "no"},
    Name{"nno", "no"},        Name{"nob", "no"},        Name{"nor", "no"},
    Name{"norwegian", "no"},  Name{"per", "fa"},        Name{"persian", "fa"},
    Name{"pol", "pl"},        Name{"polish", "pl"},     Name{"por", "pt"},
    Name{"portuguese", "pt"}, Name{"romanian", "ro"},   Name{"ron", "ro"},
    Name{"rum", "ro"},        Name{"rus", "ru"},        Name{"russian", "ru"},
    Name{"serbian", "sr"},    Name{"slk", "sk"},        Name{"slo", "sk"},
    Name{"slovak", "sk"},     Name{"slovenian", "sl"},  Name{"slv", "sl"},
    Name{"spa", "es"},        Name{"spanish", "es"},    Name{"srp", "sr"},
    Name{"swe", "sv"},        Name{"swedish", "sv"},    Name{"tam", "ta"},
    Name{"tamil", "ta"},      Name{"tha", "th"},        Name{"thai", "th"},
    Name{"tur", "tr"},        Name{"turkish", "tr"},    Name{"ukr", "uk"},
    Name{"ukrainian", "uk"},  Name{"und", ""},          Name{"urdu", "ur"},
    Name{"vie", "vi"},        Name{"vietnamese", "vi"}, Name{"welsh", "cy"},
    Name{"yue", "zh"},        Name{"zho", "zh"},        Name{"zxx", ""},
};
static_assert(std::ranges::is_sorted(kNames, {}, &Name::first));

bool is_lower_letter(char c) {
  return c >= 'a' && c <= 'z';
}

const Stemming& stemming_by_code(std::string_view code) {
  const auto* const found = std::ranges::find(kStemmings, code, &Stemming::code);
  return found == kStemmings.end() ? kUnstemmed : *found;
}

}  // namespace

std::vector<std::string> index_languages() {
  std::istringstream available(Xapian::Stem::get_available_languages());
  std::vector<std::string> languages{std::string(kEachItsOwn), "none"};
  for (std::string name; available >> name;) languages.push_back(name);
  return languages;
}

bool is_index_language(std::string_view language) {
  return language == kEachItsOwn || std::ranges::count(index_languages(), language) > 0;
}

std::string language_code(std::string_view value) {
  const std::string text = ascii_lower(trimmed(value));
  const std::string code = text.substr(0, text.find_first_of("-_"));
  const auto* const name = std::ranges::lower_bound(kNames, code, {}, &Name::first);
  if (name != kNames.end() && name->first == code) return std::string(name->second);
  const bool is_code =
      (code.size() == 2 || code.size() == 3) && std::ranges::all_of(code, is_lower_letter);
  return is_code ? code : std::string();
}

std::string_view stemmer_of(std::string_view code) {
  if (code.empty() || code == kUndetermined) return "english";
  return stemming_by_code(code).stemmer;
}

std::string_view stem_mark(std::string_view stemmer) {
  const auto* const found = std::ranges::find(kStemmings, stemmer, &Stemming::stemmer);
  return found == kStemmings.end() ? kUnstemmed.mark : found->mark;
}

}  // namespace lede
