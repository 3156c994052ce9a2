#include "corpus/readers/records/json_wrapper.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <variant>

#include <simdjson.h>

#include "corpus/readers/records/json_record.hpp"
#include "corpus/readers/records/json_scan.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr int kMostWrappers = 3;  // one in another

/// Keys under which the world's APIs answer with lists of articles, or with objects that hold one.
constexpr auto kListKeys = std::to_array<std::string_view>(
    {"articles", "docs",    "results",    "items",     "response",  "data",  "news",   "posts",
     "stories",  "entries", "hits",       "records",   "documents", "value", "@graph", "feed",
     "channel",  "rows",    "collection", "newsitems", "nodes",     "edges"});

std::string_view without_spaces_before(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

std::string_view without(std::string_view text, std::size_t bytes) {
  return without_spaces_before(text.substr(std::min(bytes, text.size())));
}

bool is_list_key(std::string_view key) {
  const std::string lower = ascii_lower(key);
  return std::find(kListKeys.begin(), kListKeys.end(), lower) != kListKeys.end();
}

/// Is the first item of the list an article? When it is too long to tell: yes.
bool begins_with_article(std::string_view list, Assembler& assembler) {
  const std::string_view item = without(list, 1);
  ValueScanner scanner;
  if (scanner.scan(item) == ScanState::unfinished) return true;
  simdjson::dom::parser parser;
  simdjson::dom::object record;
  if (parser.parse(item.data(), scanner.length()).get_object().get(record)) return true;
  return std::holds_alternative<Article>(article_of_json(record, assembler, true));
}

bool is_text_of_an_article(std::string_view key, std::string_view value) {
  const auto known = find_record_key(key);
  return known && known->field == kBody && value.starts_with('"') && !value.starts_with("\"\"");
}

enum class Finding : std::uint8_t { wrapper, record, inner };
struct Look {
  Finding finding;
  std::string_view inner;
};

/// Goes through the keys of one object, as far as it is there; an object with a text of its own is
/// a record, whatever lists it has. `inner` is where an object begins that may be a wrapper itself.
Look look_at(std::string_view object, Assembler& assembler) {
  Look look{Finding::record, {}};
  for (std::string_view rest = without(object, 1); rest.starts_with('"');) {
    ValueScanner key_scanner;
    if (key_scanner.scan(rest) != ScanState::finished) return look;
    const std::string_view key = rest.substr(1, key_scanner.length() - 2);
    rest = without(rest, key_scanner.length());
    if (!rest.starts_with(':')) return look;
    rest = without(rest, 1);
    if (is_text_of_an_article(key, rest)) return {Finding::record, {}};
    if (is_list_key(key)) {
      if (begins_list_of_objects(rest) && begins_with_article(rest, assembler)) {
        look = {Finding::wrapper, {}};
      } else if (rest.starts_with('{') && look.finding == Finding::record) {
        look = {Finding::inner, rest};
      }
    }
    ValueScanner scanner;
    if (scanner.scan(rest) != ScanState::finished) return look;
    rest = without(rest, scanner.length());
    if (rest.starts_with(',')) rest = without(rest, 1);
  }
  return look;
}

}  // namespace

bool begins_list_of_objects(std::string_view text) {
  return text.starts_with('[') && without(text, 1).starts_with('{');
}

bool is_wrapper(std::string_view text, Assembler& assembler) {
  for (int depth = 0; depth < kMostWrappers; ++depth) {
    const Look look = look_at(text, assembler);
    if (look.finding != Finding::inner) return look.finding == Finding::wrapper;
    text = look.inner;
  }
  return false;
}

}  // namespace lede
