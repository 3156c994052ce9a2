#include "corpus/readers/records/record_fields.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

struct Alias {
  std::string_view key;  // as normal_key writes it
  RecordField field;
  KeyUse use = KeyUse::usual;
};

/// Every key that lede knows; of those for one field, the first is trusted most.
constexpr std::array kAliases{
    Alias{"maintext", kBody},
    Alias{"articlebody", kBody},
    Alias{"bodytext", kBody},
    Alias{"fulltext", kBody},
    Alias{"ctext", kBody},
    Alias{"articletext", kBody},
    Alias{"contents", kBody},
    Alias{"text", kBody},
    Alias{"body", kBody},
    Alias{"content", kBody},
    Alias{"content.rendered", kBody},
    Alias{"contenttext", kBody},
    Alias{"newsbody", kBody},
    Alias{"contentbody", kBody},
    Alias{"bodymain", kBody},
    Alias{"article", kBody},
    Alias{"story", kBody},
    Alias{"news", kBody},
    Alias{"document", kBody},
    Alias{"paragraphs", kBody},
    Alias{"paragraphs.text", kBody},
    Alias{"bodies[main].value", kBody, KeyUse::one_text},
    Alias{"bodies.value", kBody, KeyUse::one_text},
    Alias{"contenthtml", kBody},
    Alias{"bodyhtml", kBody},
    Alias{"bodyxhtml", kBody},
    Alias{"sections.text", kBody},
    Alias{"html", kBody},
    Alias{"rawtext", kBody},

    Alias{"title", Metadata::title},
    Alias{"headline", Metadata::title},
    Alias{"headline.main", Metadata::title},
    Alias{"headlines[main].value", Metadata::title},
    Alias{"headlines.value", Metadata::title, KeyUse::one_text},
    Alias{"title.rendered", Metadata::title},
    Alias{"webtitle", Metadata::title},
    Alias{"titlefull", Metadata::title},
    Alias{"contents[title].content", Metadata::title},
    Alias{"headlinetext", Metadata::title},
    Alias{"headlines", Metadata::title},
    Alias{"heading", Metadata::title},
    Alias{"articletitle", Metadata::title},
    Alias{"newstitle", Metadata::title},
    Alias{"name", Metadata::title},

    Alias{"lede", Metadata::lede},
    Alias{"description", Metadata::lede},
    Alias{"summary", Metadata::lede},
    Alias{"abstract", Metadata::lede},
    Alias{"shortdescription", Metadata::lede},
    Alias{"standfirst", Metadata::lede},
    Alias{"trailtext", Metadata::lede},
    Alias{"excerpt", Metadata::lede},
    Alias{"excerpt.rendered", Metadata::lede},
    Alias{"deck", Metadata::lede},
    Alias{"contents[deck].content", Metadata::lede},
    Alias{"subtitle", Metadata::lede},
    Alias{"subheadline", Metadata::lede},
    Alias{"subhead", Metadata::lede},
    Alias{"snippet", Metadata::lede},
    Alias{"descriptions[summary].value", Metadata::lede},
    Alias{"descriptions.value", Metadata::lede, KeyUse::one_text},
    Alias{"highlights", Metadata::lede},
    Alias{"lead", Metadata::lede},
    Alias{"leadparagraph", Metadata::lede, KeyUse::lead},
    Alias{"metadescription", Metadata::lede},

    Alias{"datepublish", Metadata::date},
    Alias{"datepublished", Metadata::date},
    Alias{"published", Metadata::date},
    Alias{"publisheddate", Metadata::date},
    Alias{"publishedat", Metadata::date},
    Alias{"publishdate", Metadata::date},
    Alias{"publishedon", Metadata::date},
    Alias{"publicationdate", Metadata::date},
    Alias{"pubdate", Metadata::date},
    Alias{"webpublicationdate", Metadata::date},
    Alias{"dateposted", Metadata::date},
    Alias{"versioncreated", Metadata::date},
    Alias{"contents[date].content", Metadata::date},
    Alias{"firstcreated", Metadata::date},
    Alias{"contentcreated", Metadata::date},
    Alias{"firstpublished", Metadata::date},
    Alias{"date", Metadata::date},
    Alias{"dateiso", Metadata::date},
    Alias{"dateutc", Metadata::date},
    Alias{"dategmt", Metadata::date},
    Alias{"createdat", Metadata::date},
    Alias{"created", Metadata::date},
    Alias{"timestamp", Metadata::date},
    Alias{"seendate", Metadata::date},
    Alias{"time", Metadata::date},

    Alias{"datemodified", Metadata::modified},
    Alias{"datemodify", Metadata::modified},
    Alias{"modified", Metadata::modified},
    Alias{"modifiedat", Metadata::modified},
    Alias{"modifiedgmt", Metadata::modified},
    Alias{"lastmodified", Metadata::modified},
    Alias{"lastmod", Metadata::modified},
    Alias{"lastupdated", Metadata::modified},
    Alias{"updated", Metadata::modified},
    Alias{"updatedat", Metadata::modified},

    Alias{"authors.name", Metadata::authors},
    Alias{"authors", Metadata::authors},
    Alias{"author.name", Metadata::authors},
    Alias{"author", Metadata::authors},
    Alias{"byline", Metadata::authors},
    Alias{"byline.original", Metadata::authors},
    Alias{"contents[byline].content", Metadata::authors},
    Alias{"by", Metadata::authors},
    Alias{"creator", Metadata::authors},
    Alias{"creators", Metadata::authors},
    Alias{"creators.name", Metadata::authors},
    Alias{"writer", Metadata::authors},
    Alias{"writers", Metadata::authors},
    Alias{"contributors.name", Metadata::authors},
    Alias{"contributors", Metadata::authors},

    Alias{"source.name", Metadata::source},
    Alias{"source", Metadata::source},
    Alias{"sourcename", Metadata::source},
    Alias{"publication", Metadata::source},
    Alias{"publication.name", Metadata::source},
    Alias{"publisher.name", Metadata::source},
    Alias{"publisher", Metadata::source},
    Alias{"outlet", Metadata::source},
    Alias{"newspaper", Metadata::source},
    Alias{"provider.name", Metadata::source},
    Alias{"namesource", Metadata::source},
    Alias{"infosources.name", Metadata::source},
    Alias{"sourcedomain", Metadata::source},
    Alias{"sourceid", Metadata::source},
    Alias{"domain", Metadata::source},
    Alias{"domainurl", Metadata::source},
    Alias{"site", Metadata::source},
    Alias{"sitefull", Metadata::source},
    Alias{"sitename", Metadata::source},
    Alias{"copyrightholder", Metadata::source},
    Alias{"journal", Metadata::source},

    Alias{"url", Metadata::url},
    Alias{"link", Metadata::url},
    Alias{"articleurl", Metadata::url},
    Alias{"weburl", Metadata::url},
    Alias{"pageurl", Metadata::url},
    Alias{"canonical", Metadata::url},
    Alias{"canonicalurl", Metadata::url},
    Alias{"permalink", Metadata::url},
    Alias{"externalurl", Metadata::url},
    Alias{"sourceurl", Metadata::url},
    Alias{"readmore", Metadata::url},
    Alias{"guid", Metadata::url, KeyUse::url},

    Alias{"section", Metadata::section},
    Alias{"sectionname", Metadata::section},
    Alias{"sectiontitle", Metadata::section},
    Alias{"articlesection", Metadata::section},
    Alias{"category", Metadata::section},
    Alias{"category.name", Metadata::section},
    Alias{"categories", Metadata::section, KeyUse::categories},
    Alias{"categories.name", Metadata::section, KeyUse::categories},
    Alias{"kicker", Metadata::section},
    Alias{"contents[kicker].content", Metadata::section},
    Alias{"newsdesk", Metadata::section},
    Alias{"newstype", Metadata::section},
    Alias{"subject", Metadata::section},
    Alias{"subject.name", Metadata::section},
    Alias{"pillarname", Metadata::section},
    Alias{"desk", Metadata::section},

    Alias{"tags", Metadata::tags, KeyUse::tags},
    Alias{"tags.name", Metadata::tags, KeyUse::tags},
    Alias{"tags.webtitle", Metadata::tags, KeyUse::tags},
    Alias{"tags.term", Metadata::tags, KeyUse::tags},
    Alias{"tags.label", Metadata::tags, KeyUse::tags},
    Alias{"tags.title", Metadata::tags, KeyUse::tags},
    Alias{"tags.value", Metadata::tags, KeyUse::tags},
    Alias{"keywords", Metadata::tags, KeyUse::keywords},
    Alias{"keywords.value", Metadata::tags, KeyUse::keywords},
    Alias{"keywords.name", Metadata::tags, KeyUse::keywords},
    Alias{"keywords.term", Metadata::tags, KeyUse::keywords},
    Alias{"keywords.label", Metadata::tags, KeyUse::keywords},
    Alias{"keywords.title", Metadata::tags, KeyUse::keywords},
    Alias{"newskeywords", Metadata::tags, KeyUse::keywords},
    Alias{"topics", Metadata::tags},
    Alias{"topics.name", Metadata::tags},
    Alias{"topics.label", Metadata::tags},
    Alias{"topics.title", Metadata::tags},
    Alias{"subjects.name", Metadata::tags},
    Alias{"subjects", Metadata::tags},
    Alias{"labels", Metadata::tags},

    Alias{"language", Metadata::language},
    Alias{"lang", Metadata::language},
    Alias{"inlanguage", Metadata::language},
    Alias{"metalang", Metadata::language},
    Alias{"languagecode", Metadata::language},

    Alias{"id", Metadata::id},
    Alias{"uuid", Metadata::id},
    Alias{"uri", Metadata::id},
    Alias{"docid", Metadata::id},
    Alias{"docno", Metadata::id},
    Alias{"articleid", Metadata::id},
    Alias{"newsid", Metadata::id},
    Alias{"storyid", Metadata::id},
};

static_assert(kAliases.size() <= 256, "kByKey has bytes");

/// Objects that hold an article's values one level further in.
constexpr auto kContainers =
    std::to_array<std::string_view>({"fields.", "thread.", "metadata.", "meta.", "attributes."});

/// Under what an object that is a body, or a part of one, keeps its text.
constexpr auto kBlockTexts =
    std::to_array<std::string_view>({"text", "value", "content", "html", "p", "rendered"});

/// Parts of a body that are no text.
constexpr auto kNoTexts = std::to_array<std::string_view>(
    {"image", "images", "video", "audio", "figure", "gallery", "photo", "caption", "embed", "tweet",
     "ad", "authorinfo", "reference", "rawhtml"});

/// Keys of a body under which an object stands for the whole article.
constexpr auto kWholes = std::to_array<std::string_view>({"article", "story", "news", "document"});

constexpr std::string_view kEachItem = "[*]";
constexpr std::size_t kLongestSpelling = 200;  // bytes, of a key

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

/// The alias whose key is `normal`; nullopt for none.
std::optional<std::size_t> find_alias(std::string_view normal) {
  const auto at = std::lower_bound(
      kByKey.begin(), kByKey.end(), normal,
      [](auto place, std::string_view wanted) { return kAliases[place].key < wanted; });
  if (at == kByKey.end() || kAliases[*at].key != normal) return std::nullopt;
  return *at;
}

bool begins_an_alias(std::string_view normal) {
  const auto at = std::lower_bound(
      kByKey.begin(), kByKey.end(), normal,
      [](auto place, std::string_view wanted) { return kAliases[place].key < wanted; });
  return at != kByKey.end() && kAliases[*at].key.starts_with(normal);
}

/// The key without the container that it begins with; empty when it begins with none.
std::string_view inside_container(std::string_view normal) {
  const auto container =
      std::find_if(kContainers.begin(), kContainers.end(),
                   [&](std::string_view name) { return normal.starts_with(name); });
  return container == kContainers.end() ? std::string_view{} : normal.substr(container->size());
}

RecordKey key_of(std::size_t alias, std::size_t trust) {
  return {kAliases[alias].field, static_cast<unsigned>(alias + trust * kAliases.size()),
          kAliases[alias].use};
}

/// The meaning of a normal key; `trust` counts what was taken off it, 0 or more.
std::optional<RecordKey> find_normal_key(std::string_view normal) {
  if (const auto alias = find_alias(normal)) return key_of(*alias, 0);
  if (const auto alias = find_alias(inside_container(normal))) return key_of(*alias, 1);
  return std::nullopt;
}

/// Is there an alias that goes on behind `normal`, also inside a container?
bool leads_to_alias(std::string_view normal) {
  if (std::find(kContainers.begin(), kContainers.end(), normal) != kContainers.end()) return true;
  const std::string_view inside = inside_container(normal);
  return begins_an_alias(normal) || (!inside.empty() && begins_an_alias(inside));
}

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What the brackets at the end of a normal key say.
std::string_view last_role(std::string_view normal) {
  const auto open = normal.rfind('[');
  if (!normal.ends_with(']') || open == normal.npos) return {};
  return normal.substr(open + 1, normal.size() - open - 2);
}

/// The meaning of a normal key of an object that is a body or a part of one, `body`,
/// `contents[paragraph]` or, one in another, `body.content[p]`; nullopt for others. Recursion ends
/// with the key, whose length is limited.
std::optional<RecordKey> find_block_object(std::string_view normal) {
  if (is_one_of(last_role(normal), kNoTexts)) return std::nullopt;
  const std::string bare = without_roles(normal);
  if (const auto known = find_normal_key(bare)) {
    const bool is_block = known->field == kBody && !is_one_of(bare, kWholes);
    return is_block ? known : std::nullopt;
  }
  const auto dot = normal.rfind('.');
  if (dot == normal.npos) return std::nullopt;
  const std::string last = without_roles(normal.substr(dot + 1));
  return is_one_of(last, kBlockTexts) ? find_block_object(normal.substr(0, dot)) : std::nullopt;
}

/// The meaning of a text in such an object.
std::optional<RecordKey> find_block_text(std::string_view normal) {
  const auto dot = normal.rfind('.');
  if (dot == normal.npos) return std::nullopt;
  const std::string last = without_roles(normal.substr(dot + 1));
  return is_one_of(last, kBlockTexts) ? find_block_object(normal.substr(0, dot)) : std::nullopt;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

bool has_space(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_space);
}

/// Calls `take` with each trimmed part of `text` between separators, also the empty ones.
template <typename Take>
void for_each_part(std::string_view text, std::string_view separator, Take&& take) {
  for (auto at = text.find(separator); at != text.npos; at = text.find(separator)) {
    take(trimmed(text.substr(0, at)));
    text.remove_prefix(at + separator.size());
  }
  take(trimmed(text));
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
  text = without_job_titles(without_commas_around(text));
  bool are_names = true;
  for_each_part(text, ",",
                [&](std::string_view part) { are_names = are_names && has_space(part); });
  if (are_names) {
    for_each_part(text, ",", [&](std::string_view part) { names.emplace_back(part); });
  } else if (!text.empty()) {
    names.emplace_back(text);
  }
}

/// Recursion is as deep as there are separators.
void append_names_between(std::vector<std::string>& names, std::string_view text,
                          std::span<const std::string_view> separators) {
  if (separators.empty()) return append_names(names, text);
  for_each_part(text, separators.front(), [&](std::string_view part) {
    append_names_between(names, part, separators.subspan(1));
  });
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

std::string_view name_of(RecordField field) {
  return field.metadata ? name_of(*field.metadata) : "body";
}

std::optional<RecordField> find_record_field(std::string_view name) {
  if (name == name_of(kBody)) return kBody;
  for (std::size_t at = 0; at < kMetadataCount; ++at) {
    const auto metadata = static_cast<Metadata>(at);
    if (name == name_of(metadata)) return metadata;
  }
  return std::nullopt;
}

unsigned rank_count() {
  return static_cast<unsigned>(2 * kAliases.size());
}

std::string normal_key(std::string_view key) {
  std::string normal;
  if (key.size() > kLongestSpelling) return normal;
  for (std::size_t at = 0; at < key.size(); ++at) {
    if (key.substr(at).starts_with(kEachItem)) {
      at += kEachItem.size() - 1;
    } else if (key[at] != '_' && key[at] != '-') {
      normal += ascii_lower(key[at]);
    }
  }
  return normal;
}

std::string without_roles(std::string_view normal) {
  std::string bare;
  bool is_inside = false;
  for (const char c : normal) {
    if (c == '[') is_inside = true;
    if (!is_inside) bare += c;
    if (c == ']') is_inside = false;
  }
  return bare;
}

std::optional<RecordKey> find_record_key(std::string_view key) {
  const std::string normal = normal_key(key);
  if (normal.empty()) return std::nullopt;
  if (const auto known = find_normal_key(normal)) return known;
  if (normal.find('[') != normal.npos) {
    if (const auto known = find_normal_key(without_roles(normal))) return known;
  }
  return find_block_text(normal);
}

bool is_block_text(std::string_view key) {
  return is_one_of(normal_key(key), kBlockTexts);
}

bool leads_to_record_key(std::string_view key) {
  const std::string normal = normal_key(key);
  if (normal.empty()) return false;
  const std::string inner = normal + '.';
  if (leads_to_alias(inner)) return true;
  if (key.ends_with(kEachItem) && leads_to_alias(normal + '[')) return true;
  if (find_block_object(normal)) return true;
  return inner.find('[') != inner.npos && leads_to_alias(without_roles(inner));
}

bool is_job_title(std::string_view text) {
  constexpr auto kLastWords =
      std::to_array<std::string_view>({"columnist", "contributor", "correspondent", "critic",
                                       "editor", "journalist", "photographer", "reporter"});
  constexpr auto kOfWriters = std::to_array<std::string_view>(
      {"bureau chief", "contributing writer", "feature writer", "features writer", "senior writer",
       "staff", "staff writer", "staff writers"});
  const std::string lower = ascii_lower(text);
  const std::string_view last = std::string_view(lower).substr(lower.rfind(' ') + 1);
  return std::ranges::find(kLastWords, last) != kLastWords.end() ||
         std::ranges::find(kOfWriters, lower) != kOfWriters.end();
}

std::string_view without_job_titles(std::string_view names) {
  for (auto at = names.find_last_of(",|"); at != names.npos && at > 0;
       at = names.find_last_of(",|")) {
    if (!is_job_title(trimmed(names.substr(at + 1)))) break;
    names = trimmed(names.substr(0, at));
  }
  return names;
}

std::vector<std::string> split_authors(std::string_view text) {
  constexpr std::array<std::string_view, 5> kSeparators{";", " and ", " AND ", " And ", " & "};
  std::vector<std::string> names;
  append_names_between(names, without_by(trimmed(text)), kSeparators);
  return names;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  for_each_part(text, ";", [&](std::string_view list) {
    for_each_part(list, ",", [&](std::string_view item) {
      if (!item.empty()) items.emplace_back(item);
    });
  });
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
