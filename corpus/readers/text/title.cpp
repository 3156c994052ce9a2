#include "corpus/readers/text/title.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <unordered_set>

#include <utf8proc.h>

#include "corpus/analyzer.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::size_t kSentenceLength = 90;    // characters
constexpr std::size_t kLongestHeadline = 200;  // bytes
constexpr std::size_t kLongestDateline = 100;  // bytes
constexpr std::size_t kLongestStart = 1000;    // bytes

constexpr auto npos = std::string_view::npos;

/// Words that headlines write small; they neither make a headline nor end it.
constexpr auto kSmallWords = std::to_array<std::string_view>(
    {"a",   "an",   "and",  "as",   "at",  "be",  "but", "by",  "de", "for",  "from", "if",
     "in",  "into", "is",   "it",   "its", "nor", "of",  "off", "on", "onto", "or",   "over",
     "per", "so",   "than", "that", "the", "to",  "up",  "via", "vs", "vs.",  "with", "yet"});

/// Words that only a headline writes with a capital in its middle: what tells one from a row of
/// names. Contractions such as `Won't` count too.
constexpr auto kHeadlineWords = std::to_array<std::string_view>(
    {"about",    "accuses",    "adds",      "admits",   "after",     "against", "agree",
     "agrees",   "amid",       "approves",  "are",      "asks",      "avoids",  "backs",
     "bans",     "be",         "beats",     "becomes",  "before",    "begins",  "behind",
     "blames",   "blocks",     "breaks",    "brings",   "builds",    "buys",    "calls",
     "can",      "claims",     "closes",    "confirms", "could",     "cuts",    "decides",
     "declares", "defeats",    "defends",   "delays",   "demands",   "denies",  "despite",
     "did",      "dies",       "does",      "draws",    "drops",     "eases",   "ends",
     "expands",  "exposes",    "faces",     "fails",    "falls",     "fears",   "fights",
     "files",    "finds",      "forces",    "from",     "gets",      "gives",   "goes",
     "grows",    "had",        "halts",     "has",      "have",      "he",      "helps",
     "her",      "his",        "hits",      "holds",    "how",       "hurts",   "if",
     "into",     "is",         "it",        "its",      "joins",     "jumps",   "keeps",
     "kills",    "launches",   "leaves",    "lifts",    "loses",     "makes",   "meets",
     "moves",    "must",       "needs",     "not",      "off",       "offers",  "opens",
     "orders",   "our",        "out",       "over",     "overturns", "passes",  "pays",
     "plans",    "promises",   "pulls",     "pushes",   "puts",      "quits",   "raises",
     "reaches",  "recalls",    "rejects",   "releases", "reopens",   "reports", "resigns",
     "resumes",  "resurfaces", "returns",   "reveals",  "rises",     "rules",   "said",
     "saves",    "says",       "seeks",     "sees",     "sells",     "sends",   "sets",
     "she",      "should",     "shows",     "signs",    "slams",     "slashes", "slips",
     "soars",    "spreads",    "starts",    "stays",    "stops",     "strikes", "sues",
     "surges",   "survives",   "suspends",  "takes",    "tells",     "than",    "that",
     "their",    "they",       "threatens", "toward",   "tries",     "turns",   "under",
     "until",    "unveils",    "up",        "urges",    "votes",     "wants",   "warns",
     "was",      "were",       "what",      "when",     "who",       "why",     "widens",
     "will",     "wins",       "with",      "without",  "would",     "yields",  "you",
     "your"});

/// Words with a full stop that ends no sentence.
constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"mr",  "mrs",  "ms",  "dr",  "prof", "sen",  "rep", "gov", "gen", "col",    "lt",
     "sgt", "capt", "adm", "maj", "rev",  "hon",  "st",  "mt",  "ft",  "jr",     "sr",
     "inc", "corp", "co",  "ltd", "bros", "vs",   "no",  "vol", "etc", "approx", "dept",
     "jan", "feb",  "mar", "apr", "aug",  "sept", "sep", "oct", "nov", "dec",    "cf"});

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

bool is_one_of(std::string_view text, std::size_t length, std::string_view set) {
  return set.find(text.substr(0, length)) != npos;
}

constexpr std::string_view kOpening = "\"'([«“‘„";
constexpr std::string_view kClosing = "\"')]»”’";

/// The bytes of quotes and brackets that `text` begins with.
std::size_t length_of_marks(std::string_view text, std::string_view marks) {
  std::size_t length = 0;
  while (length < text.size()) {
    const CodePoint next = decode_code_point(text.substr(length));
    if (!is_one_of(text.substr(length), next.length_bytes, marks)) break;
    length += next.length_bytes;
  }
  return length;
}

// ---- headlines

enum class Capital : std::uint8_t { small_word, capital, lower };

/// One word of a text, between spaces.
struct Word {
  std::size_t begin;
  std::size_t end;   // of the letters: behind it stands the punctuation
  std::size_t next;  // where the next word begins
  std::string_view punctuation;
};

bool ends_with_dash(std::string_view text) {
  return text.ends_with("—") || text.ends_with("–");
}

/// The bytes of `word` before the punctuation at its end and before a dash within it.
std::size_t length_of_letters(std::string_view word) {
  std::size_t length = std::min(word.find("—"), word.size());
  while (length > 0) {
    const std::string_view rest = word.substr(0, length);
    if (std::string_view(",:;.!?)]\"").find(rest.back()) != npos) {
      --length;
    } else if (rest.ends_with("”") || rest.ends_with("…") || ends_with_dash(rest)) {
      length -= 3;
    } else {
      break;
    }
  }
  return length;
}

std::optional<Word> word_at(std::string_view text, std::size_t begin) {
  while (begin < text.size() && is_space(text[begin])) ++begin;
  if (begin == text.size()) return std::nullopt;
  std::size_t end = begin;
  while (end < text.size() && !is_space(text[end])) ++end;
  const std::size_t letters = length_of_letters(text.substr(begin, end - begin));
  const std::size_t behind = begin + letters;
  return Word{begin, behind, end, text.substr(behind, end - behind)};
}

/// `Won’t` as `won't`.
std::string plain_word(std::string_view word) {
  constexpr std::string_view kApostrophe = "’";
  const auto at = word.find(kApostrophe);
  if (at == npos) return ascii_lower(word);
  std::string plain = ascii_lower(word.substr(0, at));
  plain += '\'';
  return plain.append(ascii_lower(word.substr(at + kApostrophe.size())));
}

bool has_capital(std::string_view word) {
  while (!word.empty()) {
    const CodePoint letter = decode_code_point(word);
    if (is_capital(letter.value)) return true;
    word.remove_prefix(letter.length_bytes);
  }
  return false;
}

bool begins_like_a_number(std::string_view word) {
  if (word.starts_with('$')) word.remove_prefix(1);
  return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

Capital capital_of(std::string_view word) {
  const std::string_view core = word.substr(length_of_marks(word, kOpening));
  if (core.empty()) return Capital::small_word;
  if (contains(kSmallWords, plain_word(core))) return Capital::small_word;
  return has_capital(core) || begins_like_a_number(core) ? Capital::capital : Capital::lower;
}

bool is_headline_word(std::string_view word) {
  if (!has_capital(word)) return false;
  const std::string plain = plain_word(word);
  return plain.ends_with("n't") || contains(kHeadlineWords, plain);
}

bool ends_clause(const Word& word, std::string_view text) {
  if (word.punctuation.starts_with(',') || word.punctuation.starts_with(':')) return true;
  if (word.punctuation.find("—") != npos || word.punctuation.find("–") != npos) return true;
  const std::string_view rest = text.substr(std::min(word.next, text.size()));
  return rest.starts_with(" —") || rest.starts_with(" –") || rest.starts_with(" - ");
}

bool ends_sentence(const Word& word) {
  return word.punctuation.find_first_of(".!?;") != npos || word.punctuation.find("…") != npos;
}

/// How far a row of Title Case words has come.
struct Run {
  std::size_t words = 0;
  bool has_headline_word = false;
  std::size_t end = 0;  // behind the last capital word

  bool is_long_enough() const { return words >= 5 || (words == 4 && end >= 25); }
};

/// The words that a text writes in lower case, whatever their endings: they are no names.
class LowerCaseWords {
 public:
  explicit LowerCaseWords(std::string_view text) : analyzer_("english") {
    analyzer_.analyze(text, [&](const Token& token) {
      if (!has_capital(text.substr(token.begin, token.end - token.begin)))
        stems_.emplace(token.term());
    });
  }

  /// The share of the capitalised words of a run that stand elsewhere in lower case.
  double share_in(std::string_view run) {
    std::size_t capitals = 0;
    std::size_t found = 0;
    analyzer_.analyze(run, [&](const Token& token) {
      if (!has_capital(run.substr(token.begin, token.end - token.begin))) return;
      ++capitals;
      found += stems_.contains(std::string(token.term()));
    });
    return capitals < kFewestCapitals ? 0
                                      : static_cast<double>(found) / static_cast<double>(capitals);
  }

 private:
  static constexpr std::size_t kFewestCapitals = 4;

  Analyzer analyzer_;
  std::unordered_set<std::string> stems_;
};

/// Behind this much text, what a headline says has long been said again.
constexpr std::size_t kEvidenceBytes = 20'000;

constexpr double kHeadlineShare = 2.0 / 3;

/// May the word stand in the article in lower case, whatever its ending? Quick to tell for words
/// of nothing but ASCII letters, of which an ending leaves the first ones.
bool may_stand_in_lower_case(std::string_view word, std::string_view article) {
  constexpr std::size_t kKeptLetters = 3;
  const std::string lower = ascii_lower(word);
  const bool is_plain =
      std::all_of(lower.begin(), lower.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return !is_plain || article.find(lower.substr(0, kKeptLetters)) != npos;
}

/// Could enough words of the run stand elsewhere in lower case? Spares most texts the reading.
bool may_share_words(std::string_view run, std::string_view article) {
  std::size_t capitals = 0;
  std::size_t possible = 0;
  for (auto word = word_at(run, 0); word; word = word_at(run, word->next)) {
    const std::string_view letters = run.substr(word->begin, word->end - word->begin);
    const std::string_view core = letters.substr(length_of_marks(letters, kOpening));
    if (!has_capital(core)) continue;
    ++capitals;
    possible += may_stand_in_lower_case(core, article);
  }
  return static_cast<double>(possible) >= kHeadlineShare * static_cast<double>(capitals);
}

bool is_headline(const Run& run, std::string_view paragraph, std::string_view article) {
  if (!run.is_long_enough()) return false;
  if (run.has_headline_word) return true;
  article = prefix_of(article, kEvidenceBytes);
  if (!may_share_words(paragraph.substr(0, run.end), article)) return false;
  return LowerCaseWords(article).share_in(paragraph.substr(0, run.end)) >= kHeadlineShare;
}

void extend(Run& run, const Word& word, std::string_view letters, Capital capital) {
  ++run.words;
  run.has_headline_word |= run.words > 1 && is_headline_word(letters);
  if (capital == Capital::capital || is_headline_word(letters)) run.end = word.end;
}

// ---- sentences

bool is_abbreviation(std::string_view word) {
  word.remove_prefix(length_of_marks(word, kOpening));
  if (word.find('.') != npos) return true;  // U.S
  if (count_code_points(word) == 1) return has_capital(word);
  return contains(kAbbreviations, ascii_lower(word));
}

std::string_view last_word(std::string_view text) {
  const auto space = text.find_last_of(" \n\t");
  return space == npos ? text : text.substr(space + 1);
}

bool begins_sentence(std::string_view text) {
  text.remove_prefix(length_of_marks(text, kOpening));
  if (text.empty()) return true;
  const CodePoint first = decode_code_point(text);
  const bool has_case =
      utf8proc_category(static_cast<utf8proc_int32_t>(first.value)) != UTF8PROC_CATEGORY_LO;
  return is_capital(first.value) || !is_letter(first.value) || !has_case;
}

/// Where a sentence ends whose closing mark stands at `mark`; npos when it does not end there.
std::size_t sentence_end(std::string_view text, std::size_t mark) {
  const std::size_t end = mark + 1 + length_of_marks(text.substr(mark + 1), kClosing);
  if (end == text.size()) return end;
  if (!is_space(text[end])) return npos;
  const std::size_t next = text.find_first_not_of(" \n\t", end);
  if (next == npos) return end;
  if (text[mark] == '.' && is_abbreviation(last_word(text.substr(0, mark)))) return npos;
  return begins_sentence(text.substr(next)) ? end : npos;
}

/// The end of a sentence in scripts that put no space behind it.
std::size_t wide_sentence_end(std::string_view text) {
  std::size_t first = npos;
  for (const std::string_view mark : {"。", "！", "？"}) {
    const auto at = text.find(mark);
    if (at != npos) first = std::min(first, at + mark.size());
  }
  return first;
}

std::string_view sentence_of(std::string_view text) {
  const std::size_t wide = wide_sentence_end(text);
  for (auto at = text.find_first_of(".!?"); at != npos; at = text.find_first_of(".!?", at + 1)) {
    if (at >= wide) break;
    if (const auto end = sentence_end(text, at); end != npos) return text.substr(0, end);
  }
  return text.substr(0, wide);
}

/// The beginning of the first paragraph, more of it than a title takes: so a long text is not
/// searched for the paragraph's end.
std::string_view first_paragraph(std::string_view text) {
  text =
      prefix_of(text.substr(std::min(text.find_first_not_of(" \t\n"), text.size())), kLongestStart);
  return trimmed(text.substr(0, text.find("\n\n")));
}

/// The bytes of the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t bytes = 0;
  for (; count > 0 && bytes < text.size(); --count) {
    bytes += decode_code_point(text.substr(bytes)).length_bytes;
  }
  return bytes;
}

std::string cut_at_word(std::string_view sentence) {
  const std::size_t limit = bytes_of(sentence, kSentenceLength);
  if (limit == sentence.size()) return std::string(sentence);
  const auto space = sentence.substr(0, limit + 1).rfind(' ');
  const std::size_t kept = space == npos || space < limit / 2 ? limit : space;
  std::string cut(sentence.substr(0, kept));
  while (!cut.empty() && std::string_view(" ,;:-").find(cut.back()) != npos) cut.pop_back();
  while (cut.ends_with("—") || cut.ends_with("–")) {
    cut.resize(cut.size() - 3);
    cut.resize(trimmed(cut).size());
  }
  return cut + "…";
}

// ---- datelines

/// The first of ` - `, ` – `, ` — ` in `text`: where it begins and how long it is.
std::pair<std::size_t, std::size_t> find_spaced_dash(std::string_view text) {
  std::pair<std::size_t, std::size_t> first{npos, 0};
  for (const std::string_view dash : {" - ", " – ", " — ", " -- "}) {
    const auto at = text.find(dash);
    if (at < first.first) first = {at, dash.size()};
  }
  return first;
}

bool is_all_capitals(std::string_view text) {
  return has_capital(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string_view text_in_parentheses(std::string_view text) {
  const auto open = text.find('(');
  const auto close = text.find(')', open == npos ? 0 : open);
  if (open == npos || close == npos) return {};
  return trimmed(text.substr(open + 1, close - open - 1));
}

/// The longest end of `text` behind a comma that is a whole date.
std::optional<Date> date_at_end(std::string_view text) {
  text = trimmed(text);
  for (auto comma = text.find(','); comma != npos; comma = text.find(',', comma + 1)) {
    const auto date = parse_date(text.substr(comma + 1));
    if (date && date->precision >= DatePrecision::day) return date;
  }
  return std::nullopt;
}

}  // namespace

std::string_view headline_run(std::string_view paragraph, std::string_view article) {
  paragraph = trimmed(paragraph);
  Run run;
  Run clause;  // the run up to the last comma, colon or dash
  auto word = word_at(paragraph, 0);
  for (; word && word->next <= kLongestHeadline; word = word_at(paragraph, word->next)) {
    const std::string_view letters = paragraph.substr(word->begin, word->end - word->begin);
    const Capital capital = capital_of(letters);
    if (capital == Capital::lower) break;
    extend(run, *word, letters, capital);
    if (ends_sentence(*word)) break;
    if (ends_clause(*word, paragraph)) clause = run;
  }
  if (is_headline(clause, paragraph, article)) return paragraph.substr(0, clause.end);
  const bool is_prose_next = word && !ends_sentence(*word) && word->next <= kLongestHeadline;
  if (!is_prose_next || !is_headline(run, paragraph, article)) return {};
  return paragraph.substr(0, run.end);
}

std::string first_sentence(std::string_view text) {
  return cut_at_word(clean_line(sentence_of(first_paragraph(text))));
}

std::string derive_title(std::string_view text, std::string_view lede) {
  std::string_view paragraph = first_paragraph(text);
  if (const auto dateline = find_dateline(paragraph)) {
    paragraph.remove_prefix(dateline->length_bytes);
  }
  std::string article(prefix_of(lede, kEvidenceBytes));
  article.append("\n\n").append(prefix_of(text, kEvidenceBytes));
  const std::string_view headline = headline_run(paragraph, article);
  return headline.empty() ? first_sentence(paragraph) : clean_line(headline);
}

std::optional<Dateline> find_dateline(std::string_view text) {
  const std::string_view head = prefix_of(text, kLongestDateline);
  const auto [dash, dash_length] = find_spaced_dash(head);
  if (dash == npos || head.substr(0, dash).find('\n') != npos) return std::nullopt;
  const std::string_view line = head.substr(0, dash);
  const std::string_view place = line.substr(0, line.find_first_of(",("));
  if (!is_all_capitals(place) || place.size() == line.size()) return std::nullopt;
  const std::string_view source = text_in_parentheses(line);
  return Dateline{dash + dash_length, source, date_at_end(line.substr(0, line.find('(')))};
}

}  // namespace lede
