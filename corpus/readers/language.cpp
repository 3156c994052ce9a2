#include "corpus/readers/language.hpp"

#include <algorithm>
#include <array>
#include <cstdio>  // compact_lang_det.h needs it
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "corpus/languages.hpp"
#include "corpus/readers/plain_language.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// Several short slices tell more than one long one: a quotation or a listing is one of them.
constexpr std::size_t kSlices = 8;
constexpr std::size_t kFewestSlices = 3;
constexpr std::size_t kSliceBytes = 128;
constexpr std::size_t kSampleBytes = kSlices * kSliceBytes;

/// What a text seems to be in, and how sure that is.
struct Guess {
  std::string code;      ///< empty: no telling
  int letter_bytes = 0;  ///< of the sample, without digits and signs
  int percent = 0;       ///< of these that are in this language
};

bool is_sure(const Guess& guess) {
  constexpr int kFewestBytes = 60;
  constexpr int kSmallestPart = 70;
  return !guess.code.empty() && guess.letter_bytes >= kFewestBytes &&
         guess.percent >= kSmallestPart;
}

/// Sure enough to contradict the article.
bool is_certain(const Guess& guess) {
  constexpr int kFewestBytes = 300;
  constexpr int kSmallestPart = 85;
  return is_sure(guess) && guess.letter_bytes >= kFewestBytes && guess.percent >= kSmallestPart;
}

/// Languages so close that a detector mistakes one for another. Between them the article knows
/// better.
constexpr std::array<std::string_view, 8> kFamilies{"da no", "bs hr sr sh", "cs sk", "id ms",
                                                    "gl pt", "af nl",       "bg mk", "be ru uk"};

bool are_close(std::string_view a, std::string_view b) {
  return std::ranges::any_of(kFamilies, [&](std::string_view family) {
    return family.find(a) != std::string_view::npos && family.find(b) != std::string_view::npos;
  });
}

bool has_close_relative(std::string_view code) {
  return std::ranges::any_of(kFamilies, [&](std::string_view family) {
    return family.find(code) != std::string_view::npos;
  });
}

/// The code of one of CLD2's languages; empty for scripts and jokes, which it counts as languages.
std::string code_of(CLD2::Language language) {
  if (language == CLD2::UNKNOWN_LANGUAGE) return {};
  std::string code = language_code(CLD2::LanguageCode(language));
  return code == "xx" || code == "tlh" || code == "zzp" ? std::string() : code;
}

/// Does it hold kana (U+3040 to U+30FF)? No Japanese of any length goes without.
bool has_kana(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if (text[at] == '\xE3' && second >= 0x81 && second <= 0x83) return true;
  }
  return false;
}

Guess detect_language(std::string_view text, const std::string& said) {
  CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                       CLD2::GetLanguageFromName(said.c_str())};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int letter_bytes = 0;
  int valid_bytes = 0;
  bool is_reliable = false;
  const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(),
      percents.data(), scores.data(), nullptr, &letter_bytes, &is_reliable, &valid_bytes);
  if (!is_reliable || language != languages[0]) return {};
  const bool is_chinese = language == CLD2::JAPANESE && !has_kana(text);
  return {is_chinese ? "zh" : code_of(language), letter_bytes, percents[0]};
}

/// `size` bytes of a text from about `begin` on, cut between characters, if possible before a word.
std::string_view slice(std::string_view text, std::size_t begin, std::size_t size) {
  constexpr std::size_t kFarthestSpace = 24;
  const auto is_inside_character = [&](std::size_t at) { return (text[at] & 0xC0) == 0x80; };
  const std::size_t space = text.find(' ', begin);
  if (space < begin + kFarthestSpace) begin = space;
  while (begin < text.size() && is_inside_character(begin)) ++begin;
  return prefix_of(text.substr(begin), size);
}

std::vector<std::string_view> slices_of(std::string_view text, std::size_t count) {
  std::vector<std::string_view> slices;
  for (std::size_t i = 0; i < count; ++i)
    slices.push_back(slice(text, (text.size() - kSliceBytes) / count * i, kSliceBytes));
  return slices;
}

/// The first bytes of all that a short article has, slices of a long one.
std::string sample_of(const Article& article) {
  if (article.body.size() > kSampleBytes) {
    return fmt::format("{}", fmt::join(slices_of(article.body, kSlices), " "));
  }
  const std::string whole = article.title + ' ' + article.lede + ' ' + article.body;
  return std::string(prefix_of(whole, kSampleBytes));
}

/// The code of the language that the small words in slices of the body tell plainly. Close
/// relatives have too many of them in common.
std::string plain_language_of(const Article& article) {
  const std::string_view body = article.body;
  const std::size_t count = std::clamp(body.size() / (2 * kSliceBytes), kFewestSlices, kSlices);
  const bool is_short = body.size() <= kFewestSlices * kSliceBytes;
  const auto parts = is_short ? std::vector{body} : slices_of(body, count);
  std::string code = language_code(plain_language(parts));
  return has_close_relative(code) ? std::string() : code;
}

/// A detector is asked only where the small words leave a doubt.
Guess guess_language(const Article& article, const std::string& said) {
  std::string plain = plain_language_of(article);
  if (plain.empty()) return detect_language(sample_of(article), said);
  return {std::move(plain), static_cast<int>(std::min(article.body.size(), kSampleBytes)), 100};
}

void take(Article& article, std::string code) {
  article.language = std::move(code);
  article.origin(Metadata::language) = article.language.empty() ? Origin::none : Origin::derived;
}

}  // namespace

void settle_language(Article& article) {
  const std::string said = language_code(article.language);
  const Guess guess = guess_language(article, said);
  if (said.empty()) return take(article, is_sure(guess) ? guess.code : std::string());
  article.language = said;
  if (guess.code == said || !is_certain(guess) || are_close(said, guess.code)) return;
  article.warnings.push_back(
      fmt::format("it says its language is {}, but its text is in {}", said, guess.code));
  take(article, guess.code);
}

}  // namespace lede
