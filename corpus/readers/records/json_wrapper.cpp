#include "corpus/readers/records/json_wrapper.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
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

/// The first object of a list as an article; nullopt when it is none. When it is too long to tell,
/// an article with nothing in it.
std::optional<Article> first_article(std::string_view list, Assembler& assembler) {
  const std::string_view item = without(list, 1);
  ValueScanner scanner;
  if (scanner.scan(item) == ScanState::unfinished) return Article{};
  simdjson::dom::parser parser;
  simdjson::dom::object record;
  if (parser.parse(item.data(), scanner.length()).get_object().get(record)) return Article{};
  auto result = article_of_json(record, assembler, true);
  if (!std::holds_alternative<Article>(result)) return std::nullopt;
  return std::get<Article>(std::move(result));
}

bool is_string_of(std::string_view key, std::string_view value, RecordField field) {
  const auto known = find_record_key(key);
  return known && known->field == field && value.starts_with('"') && !value.starts_with("\"\"");
}

bool is_empty_list(std::string_view text) {
  return text.starts_with('[') && without(text, 1).starts_with(']');
}

enum class Finding : std::uint8_t { record, wrapper, inner };
struct Look {
  Finding finding = Finding::record;
  std::string_view inner;  // where an object begins that may be a wrapper itself
  bool is_feed = false;
  bool has_title = false;  // a title or a summary
  bool has_empty_list = false;
  bool has_list_of_texts = false;
};

/// A title or a summary, be it an object: `{"main": ...}`.
bool is_title(std::string_view key, std::string_view value) {
  if (is_string_of(key, value, Metadata::title)) return true;
  if (is_string_of(key, value, Metadata::lede)) return true;
  const auto known = value.starts_with('{') ? find_record_key(key) : std::nullopt;
  return known && known->field == RecordField{Metadata::title};
}

/// Is a list under a key that says nothing one of objects with texts?
bool is_list_of_texts(std::string_view key, std::string_view value, Assembler& assembler) {
  return begins_list_of_objects(value) && !leads_to_record_key(std::string(key) + "[*]") &&
         begins_with_text(value, assembler);
}

void look_at_value(std::string_view key, std::string_view value, Assembler& assembler, Look& look) {
  const bool is_list = begins_list_of_objects(value);
  if (!is_list_key(key)) {
    look.is_feed |= key == "version" && value.substr(0, 40).find("jsonfeed.org") != npos;
    look.has_title |= is_title(key, value);
    look.has_list_of_texts |=
        !look.has_list_of_texts && !look.has_title && is_list_of_texts(key, value, assembler);
  } else if (is_list) {
    if (first_article(value, assembler)) look.finding = Finding::wrapper;
  } else if (value.starts_with('{') && look.finding == Finding::record) {
    look.finding = Finding::inner;
    look.inner = value;
  } else {
    look.has_empty_list |= is_empty_list(value);
  }
}

/// Goes through the keys of one object, as far as it is there; an object with a text of its own is
/// a record, whatever lists it has.
Look look_at(std::string_view object, Assembler& assembler) {
  Look look;
  for (std::string_view rest = without(object, 1); rest.starts_with('"');) {
    ValueScanner key_scanner;
    if (key_scanner.scan(rest) != ScanState::finished) return look;
    const std::string_view key = rest.substr(1, key_scanner.length() - 2);
    rest = without(rest, key_scanner.length());
    if (!rest.starts_with(':')) return look;
    rest = without(rest, 1);
    if (is_string_of(key, rest, kBody)) return {};
    look_at_value(key, rest, assembler, look);
    ValueScanner scanner;
    if (scanner.scan(rest) != ScanState::finished) return look;
    rest = without(rest, scanner.length());
    if (rest.starts_with(',')) rest = without(rest, 1);
  }
  return look;
}

Wrapper wrapper_of(const Look& look) {
  if (look.finding == Finding::wrapper) return Wrapper::known_lists;
  if (look.has_empty_list && (look.is_feed || !look.has_title)) return Wrapper::known_lists;
  return look.has_list_of_texts && !look.has_title ? Wrapper::lists_of_texts : Wrapper::none;
}

}  // namespace

bool begins_list_of_objects(std::string_view text) {
  return text.starts_with('[') && without(text, 1).starts_with('{');
}

bool is_list_key(std::string_view key) {
  const std::string lower = ascii_lower(key);
  return std::find(kListKeys.begin(), kListKeys.end(), lower) != kListKeys.end();
}

bool begins_with_text(std::string_view list, Assembler& assembler) {
  const auto article = first_article(list, assembler);
  return article && !article->body.empty();
}

Wrapper find_wrapper(std::string_view text, Assembler& assembler) {
  for (int depth = 0; depth < kMostWrappers; ++depth) {
    const Look look = look_at(text, assembler);
    if (look.finding != Finding::inner) return wrapper_of(look);
    text = look.inner;
  }
  return Wrapper::none;
}

}  // namespace lede
