#include "corpus/readers/text/mojibake.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// A row of characters that are the bytes of one character of UTF-8, read as windows-1252.
struct Garbled {
  std::string character;  // what was meant
  std::size_t length_bytes;
};

/// What of a text is garbled.
struct Evidence {
  std::size_t certain = 0;   // rows that no language writes
  std::size_t possible = 0;  // others
  std::size_t innocent = 0;  // letters that could begin a row, and begin none
};

bool is_lead(char32_t c) {
  return c >= 0xC2 && c <= 0xF4;
}

/// The bytes that follow the lead of a character of UTF-8.
std::size_t count_following(char32_t c) {
  return c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
}

/// The row that begins `text`, if one does.
std::optional<Garbled> garbled_at(std::string_view text) {
  const CodePoint lead = decode_code_point(text);
  if (!lead.is_valid || !is_lead(lead.value)) return std::nullopt;
  Garbled row{std::string(1, static_cast<char>(lead.value)), lead.length_bytes};
  for (std::size_t left = count_following(lead.value); left > 0; --left) {
    if (row.length_bytes >= text.size()) return std::nullopt;
    const CodePoint next = decode_code_point(text.substr(row.length_bytes));
    const auto byte = next.is_valid ? windows_1252_byte(next.value) : std::nullopt;
    if (!byte || !is_continuation(*byte)) return std::nullopt;
    row.character.push_back(*byte);
    row.length_bytes += next.length_bytes;
  }
  return is_valid_utf8(row.character) ? std::optional(std::move(row)) : std::nullopt;
}

/// `â€` of punctuation, and `Ã` of small accented letters, before what follows them in no language;
/// spaces and quotes do follow Ã.
bool is_certain(std::string_view garbled) {
  constexpr std::string_view kInnocent[] = {"\u00A0", "«", "\u00AD", "»"};
  constexpr std::string_view kLead = "Ã";
  if (garbled.starts_with("â€")) return true;
  if (!garbled.starts_with(kLead)) return false;
  const std::string_view rest = garbled.substr(kLead.size());
  return rest.starts_with('\xC2') &&  // U+0080 to U+00BF
         std::none_of(std::begin(kInnocent), std::end(kInnocent),
                      [&](std::string_view innocent) { return rest.starts_with(innocent); });
}

/// Rows that are hardly anything else beside certain ones: capitals and a sharp s behind `Ã`, and
/// `Å“` within a word.
bool is_likely(std::string_view garbled, const Garbled& row) {
  constexpr std::string_view kRows[] = {"ÃŸ", "Ãœ", "Ã‰", "Ã€", "Ã„", "Ã‡", "ÃŠ", "Ãˆ"};
  const auto begins_so = [&](std::string_view start) { return garbled.starts_with(start); };
  if (std::any_of(std::begin(kRows), std::end(kRows), begins_so)) return true;
  if (!begins_so("Å“") || row.length_bytes >= garbled.size()) return false;
  const char next = ascii_lower(garbled[row.length_bytes]);
  return next >= 'a' && next <= 'z';
}

/// Calls `take(text, row)` for each garbled row and each lead that begins none, with the text from
/// there on.
template <typename Take>
void for_each_lead(std::string_view text, Take&& take) {
  // As UTF-8 every lead is a C3 and a byte more.
  for (auto at = text.find('\xC3'); at != text.npos;) {
    const std::string_view rest = text.substr(at);
    const auto row = garbled_at(rest);
    take(rest, row);
    at = text.find('\xC3', at + (row ? row->length_bytes : 1));
  }
}

Evidence weigh(std::string_view text) {
  Evidence evidence;
  for_each_lead(text, [&](std::string_view rest, const std::optional<Garbled>& row) {
    if (!row) {
      ++evidence.innocent;
    } else if (is_certain(rest)) {
      ++evidence.certain;
    } else {
      ++evidence.possible;
    }
  });
  return evidence;
}

std::string mended(std::string_view text, bool mends_possible) {
  std::string result;
  result.reserve(text.size());
  const char* copied = text.data();
  for_each_lead(text, [&](std::string_view rest, const std::optional<Garbled>& row) {
    if (!row || !(mends_possible || is_certain(rest) || is_likely(rest, *row))) return;
    result.append(copied, rest.data()).append(row->character);
    copied = rest.data() + row->length_bytes;
  });
  return result.append(copied, text.data() + text.size());
}

}  // namespace

void mend_mojibake(std::string& text, std::vector<std::string>& warnings) {
  constexpr std::size_t kManyRows = 8;  // whole Greek or Cyrillic words, not two odd characters
  const Evidence evidence = weigh(text);
  const bool is_all_garbled =
      evidence.innocent == 0 && (evidence.certain > 0 || evidence.possible >= kManyRows);
  if (evidence.certain == 0 && !is_all_garbled) return;
  text = mended(text, is_all_garbled);
  constexpr std::string_view kWarning = "mended: it was UTF-8 read as windows-1252";
  if (std::find(warnings.begin(), warnings.end(), kWarning) == warnings.end()) {
    warnings.emplace_back(kWarning);
  }
}

}  // namespace lede
