#include "corpus/readers/record_fields.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

struct Alias {
  std::string_view key;  // in lower case, without `_` and `-`
  RecordField field;
};

/// Every key that lede knows; of those for one field, the first is trusted most.
constexpr std::array kAliases{
    Alias{"maintext", RecordField::body},
    Alias{"articlebody", RecordField::body},
    Alias{"bodytext", RecordField::body},
    Alias{"fields.bodytext", RecordField::body},
    Alias{"fulltext", RecordField::body},
    Alias{"text", RecordField::body},
    Alias{"body", RecordField::body},
    Alias{"content", RecordField::body},
    Alias{"contenttext", RecordField::body},
    Alias{"article", RecordField::body},
    Alias{"story", RecordField::body},
    Alias{"paragraphs", RecordField::body},
    Alias{"contenthtml", RecordField::body},
    Alias{"bodyhtml", RecordField::body},
    Alias{"bodyxhtml", RecordField::body},

    Alias{"title", RecordField::title},
    Alias{"headline", RecordField::title},
    Alias{"headline.main", RecordField::title},
    Alias{"webtitle", RecordField::title},
    Alias{"fields.headline", RecordField::title},
    Alias{"titlefull", RecordField::title},
    Alias{"name", RecordField::title},

    Alias{"lede", RecordField::lede},
    Alias{"description", RecordField::lede},
    Alias{"summary", RecordField::lede},
    Alias{"abstract", RecordField::lede},
    Alias{"shortdescription", RecordField::lede},
    Alias{"standfirst", RecordField::lede},
    Alias{"fields.standfirst", RecordField::lede},
    Alias{"fields.trailtext", RecordField::lede},
    Alias{"excerpt", RecordField::lede},
    Alias{"deck", RecordField::lede},
    Alias{"subtitle", RecordField::lede},
    Alias{"lead", RecordField::lede},
    Alias{"leadparagraph", RecordField::lede},

    Alias{"datepublish", RecordField::date},
    Alias{"datepublished", RecordField::date},
    Alias{"published", RecordField::date},
    Alias{"publisheddate", RecordField::date},
    Alias{"publishedat", RecordField::date},
    Alias{"publishdate", RecordField::date},
    Alias{"publicationdate", RecordField::date},
    Alias{"pubdate", RecordField::date},
    Alias{"webpublicationdate", RecordField::date},
    Alias{"versioncreated", RecordField::date},
    Alias{"date", RecordField::date},
    Alias{"createdat", RecordField::date},
    Alias{"timestamp", RecordField::date},

    Alias{"datemodified", RecordField::modified},
    Alias{"datemodify", RecordField::modified},
    Alias{"modified", RecordField::modified},
    Alias{"modifiedat", RecordField::modified},
    Alias{"lastmodified", RecordField::modified},
    Alias{"lastmod", RecordField::modified},
    Alias{"updated", RecordField::modified},
    Alias{"updatedat", RecordField::modified},

    Alias{"authors", RecordField::authors},
    Alias{"author", RecordField::authors},
    Alias{"author.name", RecordField::authors},
    Alias{"byline", RecordField::authors},
    Alias{"byline.original", RecordField::authors},
    Alias{"fields.byline", RecordField::authors},
    Alias{"by", RecordField::authors},
    Alias{"creator", RecordField::authors},

    Alias{"source", RecordField::source},
    Alias{"source.name", RecordField::source},
    Alias{"sourcename", RecordField::source},
    Alias{"publication", RecordField::source},
    Alias{"publisher", RecordField::source},
    Alias{"publisher.name", RecordField::source},
    Alias{"outlet", RecordField::source},
    Alias{"newspaper", RecordField::source},
    Alias{"sourcedomain", RecordField::source},
    Alias{"domain", RecordField::source},
    Alias{"site", RecordField::source},
    Alias{"sitefull", RecordField::source},

    Alias{"url", RecordField::url},
    Alias{"link", RecordField::url},
    Alias{"articleurl", RecordField::url},
    Alias{"weburl", RecordField::url},
    Alias{"canonical", RecordField::url},
    Alias{"canonicalurl", RecordField::url},
    Alias{"permalink", RecordField::url},
    Alias{"guid", RecordField::url},

    Alias{"section", RecordField::section},
    Alias{"sectionname", RecordField::section},
    Alias{"articlesection", RecordField::section},
    Alias{"category", RecordField::section},
    Alias{"categories", RecordField::section},
    Alias{"kicker", RecordField::section},
    Alias{"newsdesk", RecordField::section},

    Alias{"tags", RecordField::tags},
    Alias{"keywords", RecordField::tags},
    Alias{"topics", RecordField::tags},

    Alias{"language", RecordField::language},
    Alias{"lang", RecordField::language},
    Alias{"inlanguage", RecordField::language},
    Alias{"metalang", RecordField::language},

    Alias{"id", RecordField::id},
    Alias{"uuid", RecordField::id},
    Alias{"uri", RecordField::id},
    Alias{"docid", RecordField::id},
    Alias{"docno", RecordField::id},
    Alias{"articleid", RecordField::id},
};

constexpr std::size_t kLongestKey = [] {
  std::size_t longest = 0;
  for (const Alias& alias : kAliases) longest = std::max(longest, alias.key.size());
  return longest;
}();

/// The places of the aliases in kAliases, sorted by key.
constexpr auto kByKey = [] {
  std::array<std::uint8_t, kAliases.size()> places{};
  for (std::size_t at = 0; at < places.size(); ++at) places[at] = static_cast<std::uint8_t>(at);
  std::sort(places.begin(), places.end(),
            [](auto a, auto b) { return kAliases[a].key < kAliases[b].key; });
  return places;
}();

constexpr bool is_each_key_once() {
  return std::adjacent_find(kByKey.begin(), kByKey.end(), [](auto a, auto b) {
           return kAliases[a].key == kAliases[b].key;
         }) == kByKey.end();
}
static_assert(is_each_key_once());

/// The key as kAliases writes it; empty when it is longer than any of those.
std::string normal_key(std::string_view key) {
  std::string normal;
  if (key.size() > 3 * kLongestKey) return normal;
  for (const char c : key) {
    if (c != '_' && c != '-') normal += c;
  }
  return ascii_lower(normal);
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

bool has_space(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_space);
}

/// The trimmed parts between separators; with the empty ones, so that a caller may see them.
std::vector<std::string_view> split_at(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  for (auto at = text.find(separator); at != std::string_view::npos; at = text.find(separator)) {
    parts.push_back(trimmed(text.substr(0, at)));
    text.remove_prefix(at + separator.size());
  }
  parts.push_back(trimmed(text));
  return parts;
}

std::vector<std::string_view> split_each(const std::vector<std::string_view>& texts,
                                         std::string_view separator) {
  std::vector<std::string_view> parts;
  for (const std::string_view text : texts) {
    const auto pieces = split_at(text, separator);
    parts.insert(parts.end(), pieces.begin(), pieces.end());
  }
  return parts;
}

std::string_view without_commas_around(std::string_view text) {
  while (text.ends_with(',')) text = trimmed(text.substr(0, text.size() - 1));
  while (text.starts_with(',')) text = trimmed(text.substr(1));
  return text;
}

std::string_view without_by(std::string_view text) {
  const std::string start = ascii_lower(text.substr(0, 3));
  return start == "by " || start == "by:" || start == "by\t" ? trimmed(text.substr(3)) : text;
}

/// `A. Writer, B. Other` as two; `Writer, A.` as one.
void append_names(std::vector<std::string>& names, std::string_view text) {
  text = without_commas_around(text);
  const auto parts = split_at(text, ",");
  const bool are_names = std::all_of(parts.begin(), parts.end(), has_space);
  if (!are_names || parts.size() == 1) {
    if (!text.empty()) names.emplace_back(text);
    return;
  }
  names.insert(names.end(), parts.begin(), parts.end());
}

bool set_line(std::string& line, std::string_view value) {
  line = value;
  return true;
}

bool set_list(std::vector<std::string>& list, std::vector<std::string> values) {
  list = std::move(values);
  return !list.empty();
}

bool set_date(Article& article, std::optional<Date>& date, std::string_view value) {
  date = parse_date(value);
  if (!date) {
    article.warnings.push_back("the date cannot be read: " + std::string(prefix_of(value, 80)));
  }
  return date.has_value();
}

bool set_value(Article& article, Metadata metadata, std::string_view value) {
  switch (metadata) {
    case Metadata::id:
      return set_line(article.id, value);
    case Metadata::url:
      return set_line(article.url, value);
    case Metadata::title:
      return set_line(article.title, value);
    case Metadata::lede:
      return set_line(article.lede, value);
    case Metadata::source:
      return set_line(article.source, value);
    case Metadata::section:
      return set_line(article.section, value);
    case Metadata::language:
      return set_line(article.language, value);
    case Metadata::authors:
      return set_list(article.authors, split_authors(value));
    case Metadata::tags:
      return set_list(article.tags, split_list(value));
    case Metadata::date:
      return set_date(article, article.date, value);
    case Metadata::modified:
      return set_date(article, article.modified, value);
  }
  return false;
}

}  // namespace

std::optional<RecordKey> find_record_key(std::string_view key) {
  const std::string normal = normal_key(key);
  const auto at = std::lower_bound(
      kByKey.begin(), kByKey.end(), normal,
      [](auto place, const std::string& wanted) { return kAliases[place].key < wanted; });
  if (at == kByKey.end() || kAliases[*at].key != normal) return std::nullopt;
  return RecordKey{kAliases[*at].field, *at};
}

std::vector<std::string> split_authors(std::string_view text) {
  std::vector<std::string_view> parts{without_by(trimmed(text))};
  for (const std::string_view separator : {";", " and ", " AND ", " And ", " & "}) {
    parts = split_each(parts, separator);
  }
  std::vector<std::string> names;
  for (const std::string_view part : parts) append_names(names, part);
  return names;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  for (const std::string_view part : split_each(split_at(text, ";"), ",")) {
    if (!part.empty()) items.emplace_back(part);
  }
  return items;
}

bool set_metadata(Article& article, Metadata metadata, std::string_view value, Origin origin) {
  value = trimmed(value);
  if (value.empty() || article.origin(metadata) != Origin::none) return false;
  if (!set_value(article, metadata, value)) return false;
  article.origin(metadata) = origin;
  return true;
}

}  // namespace lede
