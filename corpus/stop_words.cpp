#include "corpus/stop_words.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace lede {
namespace {

constexpr std::array<std::string_view, 33> kIndexStopWords{
    "a",   "an",    "and",  "are",   "as",    "at",   "be",   "but", "by",  "for",  "if",
    "in",  "into",  "is",   "it",    "no",    "not",  "of",   "on",  "or",  "such", "that",
    "the", "their", "then", "there", "these", "they", "this", "to",  "was", "will", "with"};

constexpr std::array<std::string_view, 174> kSnowballStopWords{
    "a",          "about",   "above",     "after",   "again",    "against",   "all",    "am",
    "an",         "and",     "any",       "are",     "aren't",   "as",        "at",     "be",
    "because",    "been",    "before",    "being",   "below",    "between",   "both",   "but",
    "by",         "can't",   "cannot",    "could",   "couldn't", "did",       "didn't", "do",
    "does",       "doesn't", "doing",     "don't",   "down",     "during",    "each",   "few",
    "for",        "from",    "further",   "had",     "hadn't",   "has",       "hasn't", "have",
    "haven't",    "having",  "he",        "he'd",    "he'll",    "he's",      "her",    "here",
    "here's",     "hers",    "herself",   "him",     "himself",  "his",       "how",    "how's",
    "i",          "i'd",     "i'll",      "i'm",     "i've",     "if",        "in",     "into",
    "is",         "isn't",   "it",        "it's",    "its",      "itself",    "let's",  "me",
    "more",       "most",    "mustn't",   "my",      "myself",   "no",        "nor",    "not",
    "of",         "off",     "on",        "once",    "only",     "or",        "other",  "ought",
    "our",        "ours",    "ourselves", "out",     "over",     "own",       "same",   "shan't",
    "she",        "she'd",   "she'll",    "she's",   "should",   "shouldn't", "so",     "some",
    "such",       "than",    "that",      "that's",  "the",      "their",     "theirs", "them",
    "themselves", "then",    "there",     "there's", "these",    "they",      "they'd", "they'll",
    "they're",    "they've", "this",      "those",   "through",  "to",        "too",    "under",
    "until",      "up",      "very",      "was",     "wasn't",   "we",        "we'd",   "we'll",
    "we're",      "we've",   "were",      "weren't", "what",     "what's",    "when",   "when's",
    "where",      "where's", "which",     "while",   "who",      "who's",     "whom",   "why",
    "why's",      "with",    "won't",     "would",   "wouldn't", "you",       "you'd",  "you'll",
    "you're",     "you've",  "your",      "yours",   "yourself", "yourselves"};

constexpr std::array<std::string_view, 94> kGerman{
    "aber",  "als",    "am",       "an",     "auch",   "auf",    "aus",   "bei",    "bin",
    "bis",   "da",     "das",      "dass",   "dem",    "den",    "der",   "des",    "die",
    "dies",  "diese",  "diesem",   "diesen", "dieser", "dieses", "doch",  "du",     "durch",
    "ein",   "eine",   "einem",    "einen",  "einer",  "eines",  "er",    "es",     "für",
    "haben", "hat",    "hatte",    "hatten", "ich",    "ihr",    "ihre",  "ihrem",  "ihren",
    "ihrer", "im",     "in",       "ins",    "ist",    "ja",     "kein",  "keine",  "keinen",
    "mit",   "nach",   "nicht",    "noch",   "nur",    "ob",     "oder",  "ohne",   "sein",
    "seine", "seinem", "seinen",   "seiner", "sich",   "sie",    "sind",  "so",     "um",
    "und",   "uns",    "unter",    "vom",    "von",    "vor",    "war",   "waren",  "was",
    "wenn",  "wer",    "wie",      "wir",    "wird",   "wo",     "wurde", "wurden", "zu",
    "zum",   "zur",    "zwischen", "über"};

constexpr std::array<std::string_view, 89> kFrench{
    "ai",    "ainsi", "as",    "au",    "aux",   "avaient", "avait",   "avec",  "avez",   "avons",
    "ce",    "ces",   "cet",   "cette", "comme", "dans",    "de",      "des",   "du",     "elle",
    "elles", "en",    "entre", "es",    "est",   "et",      "eu",      "eux",   "il",     "ils",
    "je",    "la",    "le",    "les",   "leur",  "leurs",   "lui",     "ma",    "mais",   "me",
    "mes",   "moi",   "mon",   "même",  "ne",    "nos",     "notre",   "nous",  "on",     "ont",
    "ou",    "où",    "par",   "pas",   "pour",  "qu",      "que",     "quel",  "quelle", "quelles",
    "quels", "qui",   "quoi",  "sa",    "sans",  "se",      "ses",     "si",    "son",    "sont",
    "sous",  "suis",  "sur",   "ta",    "te",    "tes",     "toi",     "ton",   "tu",     "un",
    "une",   "vos",   "votre", "vous",  "y",     "à",       "étaient", "était", "être"};

constexpr std::array<std::string_view, 99> kSpanish{
    "a",     "al",    "algo",    "ante",   "como",  "con",      "contra", "cual",  "cuando",
    "de",    "del",   "desde",   "donde",  "e",     "el",       "ella",   "ellas", "ellos",
    "en",    "entre", "era",     "eran",   "es",    "esa",      "esas",   "ese",   "eso",
    "esos",  "esta",  "estaba",  "estado", "estas", "este",     "esto",   "estos", "está",
    "están", "fue",   "fueron",  "ha",     "había", "habían",   "han",    "hasta", "hay",
    "la",    "las",   "le",      "les",    "lo",    "los",      "me",     "mi",    "mis",
    "muy",   "más",   "ni",      "no",     "nos",   "nosotros", "o",      "os",    "para",
    "pero",  "por",   "porque",  "que",    "quien", "quienes",  "quién",  "qué",   "se",
    "sea",   "según", "ser",     "si",     "sido",  "sin",      "sobre",  "son",   "su",
    "sus",   "sí",    "también", "tan",    "te",    "tiene",    "tienen", "tu",    "tus",
    "un",    "una",   "unas",    "uno",    "unos",  "y",        "ya",     "yo",    "él"};

constexpr std::array<std::string_view, 106> kItalian{
    "a",      "ad",     "agli",   "ai",     "al",     "alla",   "alle",   "allo",   "anche",
    "che",    "chi",    "ci",     "col",    "come",   "con",    "cui",    "da",     "dagli",
    "dai",    "dal",    "dalla",  "dalle",  "dallo",  "degli",  "dei",    "del",    "dell",
    "della",  "delle",  "dello",  "di",     "dove",   "e",      "ed",     "era",    "erano",
    "fra",    "fu",     "gli",    "ha",     "hanno",  "ho",     "i",      "il",     "in",
    "io",     "l",      "la",     "le",     "lei",    "li",     "lo",     "loro",   "lui",
    "ma",     "mi",     "mia",    "mio",    "ne",     "negli",  "nei",    "nel",    "nella",
    "nelle",  "nello",  "noi",    "non",    "o",      "per",    "perché", "più",    "quale",
    "quali",  "quando", "quanto", "quella", "quelle", "quelli", "quello", "questa", "queste",
    "questi", "questo", "se",     "si",     "sia",    "sono",   "su",     "sua",    "sue",
    "sugli",  "sui",    "sul",    "sulla",  "sulle",  "sullo",  "suo",    "suoi",   "tra",
    "tu",     "un",     "una",    "uno",    "vi",     "voi",    "è"};

constexpr std::array<std::string_view, 88> kPortuguese{
    "a",     "ao",   "aos",   "as",     "até",   "com",    "como", "da",     "das",  "de",
    "dela",  "dele", "deles", "depois", "do",    "dos",    "e",    "ela",    "elas", "ele",
    "eles",  "em",   "entre", "era",    "eram",  "essa",   "esse", "esta",   "este", "está",
    "estão", "eu",   "foi",   "foram",  "há",    "isso",   "isto", "já",     "lhe",  "mais",
    "mas",   "me",   "mesmo", "meu",    "minha", "muito",  "na",   "nas",    "nem",  "no",
    "nos",   "num",  "numa",  "não",    "nós",   "o",      "os",   "ou",     "para", "pela",
    "pelas", "pelo", "pelos", "por",    "qual",  "quando", "que",  "quem",   "se",   "sem",
    "ser",   "seu",  "seus",  "sua",    "suas",  "são",    "só",   "também", "te",   "tem",
    "têm",   "um",   "uma",   "você",   "vocês", "à",      "às",   "é"};

constexpr std::array<std::string_view, 86> kDutch{
    "aan",    "al",   "als",    "bij",   "dan",    "dat",   "de",     "der",   "deze",  "die",
    "dit",    "doch", "door",   "dus",   "een",    "en",    "er",     "ge",    "geen",  "had",
    "hadden", "heb",  "hebben", "heeft", "hem",    "het",   "hier",   "hij",   "hoe",   "hun",
    "ik",     "in",   "is",     "ja",    "je",     "kan",   "maar",   "me",    "met",   "mij",
    "mijn",   "na",   "naar",   "niet",  "nog",    "nu",    "of",     "om",    "omdat", "onder",
    "ons",    "ook",  "op",     "over",  "te",     "tegen", "toch",   "toen",  "tot",   "u",
    "uit",    "uw",   "van",    "veel",  "voor",   "waar",  "waren",  "was",   "wat",   "we",
    "wel",    "werd", "werden", "wezen", "wie",    "wij",   "worden", "wordt", "ze",    "zei",
    "zich",   "zij",  "zijn",   "zo",    "zonder", "zou"};

constexpr std::array<std::string_view, 89> kSwedish{
    "alla",   "allt",  "att",   "av",     "blev",   "bli",    "blir",  "de",    "dem",    "den",
    "denna",  "deras", "dess",  "dessa",  "det",    "detta",  "dig",   "din",   "där",    "då",
    "efter",  "ej",    "eller", "en",     "er",     "ett",    "från",  "för",   "ha",     "hade",
    "han",    "hans",  "har",   "henne",  "hennes", "hon",    "honom", "hur",   "här",    "i",
    "icke",   "inom",  "inte",  "jag",    "ju",     "kan",    "man",   "med",   "mellan", "men",
    "mig",    "min",   "mot",   "mycket", "ni",     "nu",     "när",   "någon", "något",  "några",
    "och",    "om",    "oss",   "på",     "samma",  "sedan",  "sig",   "sin",   "sina",   "själv",
    "skulle", "som",   "så",    "till",   "under",  "upp",    "ut",    "utan",  "vad",    "var",
    "vara",   "varit", "vem",   "vi",     "vid",    "vilken", "är",    "åt",    "över"};

constexpr std::array<std::string_view, 86> kDanish{
    "af",    "alle",   "at",    "blev",  "blive",  "bliver", "da",    "de",    "dem",   "den",
    "denne", "der",    "deres", "det",   "dette",  "dig",    "din",   "dog",   "du",    "efter",
    "eller", "en",     "end",   "er",    "et",     "for",    "fra",   "ham",   "han",   "hans",
    "har",   "havde",  "have",  "hende", "hendes", "her",    "hos",   "hun",   "hvad",  "hvis",
    "hvor",  "i",      "ikke",  "ind",   "jeg",    "jo",     "kan",   "man",   "med",   "meget",
    "men",   "mig",    "min",   "mod",   "må",     "ned",    "noget", "nogle", "nu",    "når",
    "og",    "også",   "om",    "op",    "os",     "over",   "på",    "selv",  "sig",   "sin",
    "skal",  "skulle", "som",   "så",    "sådan",  "thi",    "til",   "ud",    "under", "var",
    "vi",    "vil",    "ville", "vor",   "være",   "været"};

constexpr std::array<std::string_view, 100> kNorwegian{
    "alle",  "at",     "av",    "ble",   "blei",   "bli",   "blir",  "da",    "de",   "deg",
    "dei",   "dem",    "den",   "denne", "der",    "deres", "det",   "dette", "di",   "din",
    "disse", "du",     "ein",   "eit",   "eller",  "elles", "en",    "enn",   "er",   "et",
    "ett",   "etter",  "for",   "fra",   "før",    "ha",    "hadde", "han",   "hans", "har",
    "henne", "hennes", "her",   "hos",   "hun",    "hva",   "hvem",  "hver",  "hvis", "hvor",
    "i",     "ikke",   "ikkje", "inn",   "ja",     "jeg",   "kan",   "kva",   "man",  "med",
    "meg",   "mellom", "men",   "mer",   "min",    "mot",   "mye",   "må",    "ned",  "noe",
    "noen",  "nå",     "når",   "og",    "også",   "om",    "opp",   "oss",   "over", "på",
    "seg",   "selv",   "sin",   "skal",  "skulle", "slik",  "som",   "så",    "til",  "ut",
    "uten",  "var",    "vart",  "ved",   "vi",     "vil",   "ville", "vår",   "være", "vært"};

constexpr std::array<std::string_view, 58> kFinnish{
    "ei",    "eivät",  "emme", "en",    "että",  "he",    "hän",   "häneen", "hänen",  "häntä",
    "ja",    "jo",     "joka", "jolla", "jonka", "jos",   "jossa", "jota",   "jotka",  "kanssa",
    "koska", "kuin",   "kun",  "me",    "mikä",  "minä",  "mitä",  "mukaan", "mutta",  "myös",
    "ne",    "niiden", "niin", "niitä", "noin",  "nuo",   "nyt",   "oli",    "olivat", "olla",
    "on",    "ovat",   "se",   "sekä",  "sen",   "siinä", "siitä", "sillä",  "sitä",   "tai",
    "te",    "tuo",    "tämä", "tämän", "tätä",  "vaan",  "vai",   "vaikka"};

constexpr std::array<std::string_view, 92> kRussian{
    "а",    "без",  "бы",    "был",   "была",  "были",  "было",  "быть", "в",      "вам",  "вас",
    "весь", "во",   "вот",   "все",   "всего", "всех",  "вы",    "где",  "да",     "даже", "для",
    "до",   "его",  "ее",    "если",  "есть",  "еще",   "же",    "за",   "и",      "из",   "или",
    "им",   "их",   "к",     "как",   "ко",    "когда", "кто",   "ли",   "либо",   "мне",  "может",
    "мы",   "на",   "над",   "не",    "него",  "нее",   "нет",   "ни",   "них",    "но",   "ну",
    "о",    "об",   "он",    "она",   "они",   "оно",   "от",    "по",   "под",    "при",  "с",
    "со",   "так",  "также", "такой", "там",   "то",    "того",  "тоже", "только", "том",  "ты",
    "у",    "уже",  "хотя",  "чего",  "чем",   "что",   "чтобы", "эта",  "эти",    "это",  "этого",
    "этой", "этом", "этот",  "я"};

/// The stop words of a stemmer's language: what weighs nothing in an index, and what a question
/// leaves out.
struct StopWords {
  std::string_view stemmer;
  std::span<const std::string_view> weightless;
  std::span<const std::string_view> unasked;
};

constexpr std::array kStopWords{
    StopWords{"english", kIndexStopWords, kSnowballStopWords},
    StopWords{"german", kGerman, kGerman},
    StopWords{"french", kFrench, kFrench},
    StopWords{"spanish", kSpanish, kSpanish},
    StopWords{"italian", kItalian, kItalian},
    StopWords{"portuguese", kPortuguese, kPortuguese},
    StopWords{"dutch", kDutch, kDutch},
    StopWords{"swedish", kSwedish, kSwedish},
    StopWords{"danish", kDanish, kDanish},
    StopWords{"norwegian", kNorwegian, kNorwegian},
    StopWords{"finnish", kFinnish, kFinnish},
    StopWords{"russian", kRussian, kRussian},
};

static_assert(std::ranges::all_of(kStopWords, [](const StopWords& words) {
  return std::ranges::is_sorted(words.weightless) && std::ranges::is_sorted(words.unasked);
}));

const StopWords& stop_words_of(std::string_view stemmer) {
  static constexpr StopWords kNone;
  const auto* const found = std::ranges::find(kStopWords, stemmer, &StopWords::stemmer);
  return found == kStopWords.end() ? kNone : *found;
}

}  // namespace

bool is_index_stop_word(std::string_view stemmer, std::string_view written) {
  return std::ranges::binary_search(stop_words_of(stemmer).weightless, written);
}

bool is_query_stop_word(std::string_view stemmer, std::string_view written) {
  return std::ranges::binary_search(stop_words_of(stemmer).unasked, written) ||
         is_index_stop_word(stemmer, written);
}

std::vector<std::string_view> languages_with_stop_words() {
  std::vector<std::string_view> stemmers;
  for (const StopWords& words : kStopWords) stemmers.push_back(words.stemmer);
  return stemmers;
}

std::span<const std::string_view> query_stop_words(std::string_view stemmer) {
  return stop_words_of(stemmer).unasked;
}

}  // namespace lede
