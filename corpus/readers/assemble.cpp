#include "corpus/readers/assemble.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "corpus/readers/field_text.hpp"
#include "corpus/unicode.hpp"

namespace lede {

/// A key that fills a field, and the texts under it.
struct Assembler::Candidate {
  RecordKey key;
  std::vector<std::string_view> texts;
  bool is_list;
};

namespace {

using Texts = std::vector<std::string_view>;

/// What programs write where there is no value; of a column of those, all rows would be one.
bool is_no_value(std::string_view text) {
  constexpr auto kPlaceholders =
      std::to_array<std::string_view>({"NaN", "nan", "None", "NULL", "null", "N/A", "[]", "{}"});
  constexpr std::size_t kLongest = 4;  // bytes
  text = trimmed(text);
  return text.empty() ||
         (text.size() <= kLongest &&
          std::find(kPlaceholders.begin(), kPlaceholders.end(), text) != kPlaceholders.end());
}

/// The items of a list as Python prints it, `['a', "b"]`; none of any other text.
Texts items_of_python_list(std::string_view text) {
  Texts items;
  text = trimmed(text);
  if (!text.starts_with("['") && !text.starts_with("[\"")) return items;
  for (auto open = text.find_first_of("'\""); open != text.npos;) {
    const auto close = text.find(text[open], open + 1);
    if (close == text.npos) break;
    items.push_back(text.substr(open + 1, close - open - 1));
    open = text.find_first_of("'\"", close + 1);
  }
  return items;
}

std::string author_line(const Texts& texts) {
  if (texts.size() > 1) return fmt::to_string(fmt::join(texts, ";"));
  const auto items = items_of_python_list(texts.front());
  return items.empty() ? std::string(texts.front()) : fmt::to_string(fmt::join(items, ";"));
}

/// Only a tag that is all the tags there are may be several, between commas.
std::vector<std::string> tags_of(const Texts& texts, bool is_list) {
  const auto items = is_list ? texts : items_of_python_list(texts.front());
  if (items.empty()) return split_list(field_text(texts.front()));
  std::vector<std::string> tags;
  for (const std::string_view item : items) {
    const std::string tag = field_text(item);
    if (!trimmed(tag).empty()) tags.emplace_back(trimmed(tag));
  }
  return tags;
}

void add_tags(Article& article, const std::vector<std::string>& tags, Origin origin) {
  std::set<std::string> known(article.tags.begin(), article.tags.end());
  for (const std::string& tag : tags) {
    if (known.insert(tag).second) article.tags.push_back(tag);
  }
  if (!article.tags.empty()) article.origin(Metadata::tags) = origin;
}

std::string body_text(const Texts& texts) {
  if (texts.size() == 1) return field_text(texts.front());
  std::string body;
  for (const std::string_view text : texts) {
    const std::string part = field_text(text);
    if (trimmed(part).empty()) continue;
    if (!body.empty()) body += "\n\n";
    body += trimmed(part);
  }
  return body;
}

std::string metadata_text(Metadata metadata, const Texts& texts) {
  switch (metadata) {
    case Metadata::authors:
      return field_text(author_line(texts));
    case Metadata::title:
    case Metadata::lede:
    case Metadata::source:
    case Metadata::section:
      return field_text(texts.front());
    default:
      return std::string(texts.front());
  }
}

bool is_url(std::string_view text) {
  return text.find("://") != text.npos;
}

bool may_be_number(RecordField field) {
  return field == kBody || field == RecordField{Metadata::id} ||
         field == RecordField{Metadata::title} || field == RecordField{Metadata::date} ||
         field == RecordField{Metadata::modified};
}

/// Does the user mean the key, written as normal_key does?
bool is_meant(const FieldMapping& mapping, const std::string& normal) {
  const std::string wanted = normal_key(mapping.key);
  return wanted == normal || wanted == without_roles(normal);
}

bool is_meant_further_in(const FieldMapping& mapping, const std::string& normal) {
  const std::string wanted = normal_key(mapping.key);
  return wanted.starts_with(normal + '.') || wanted.starts_with(normal + '[') ||
         wanted.starts_with(without_roles(normal) + '.');
}

}  // namespace

/// All that the user maps the key to, else what it is known for.
Assembler::Meaning Assembler::find_meaning(std::string_view key) const {
  Meaning meaning;
  meaning.leads_further = leads_to_record_key(key);
  const auto mapping_count = static_cast<unsigned>(mappings_.size());
  const std::string normal = normal_key(key);
  for (unsigned at = 0; at < mapping_count; ++at) {
    if (is_meant(mappings_[at], normal)) meaning.keys.push_back({mappings_[at].field, at});
    meaning.leads_further |= is_meant_further_in(mappings_[at], normal);
  }
  const auto known = find_record_key(key);
  if (!meaning.keys.empty() || !known) return meaning;
  meaning.keys.push_back({known->field, known->rank + mapping_count, known->use});
  if (known->use == KeyUse::lead) {
    meaning.keys.push_back({kBody, rank_count() + mapping_count, known->use});  // the last resort
  }
  return meaning;
}

const Assembler::Meaning& Assembler::meaning_of(std::string_view key) {
  constexpr std::size_t kMostRemembered = 1000;
  constexpr std::size_t kLongestRemembered = 200;  // bytes
  const auto found = meanings_.find(key);
  if (found != meanings_.end()) return found->second;
  const bool is_kept = meanings_.size() < kMostRemembered && key.size() <= kLongestRemembered;
  Meaning meaning = find_meaning(key);
  if (is_kept) return meanings_.emplace(key, std::move(meaning)).first->second;
  last_unremembered_ = std::move(meaning);
  return last_unremembered_;
}

bool Assembler::wants_number(std::string_view key) {
  const auto& keys = meaning_of(key).keys;
  return std::any_of(keys.begin(), keys.end(), [&](const RecordKey& meant) {
    const bool is_mapped = meant.rank < mappings_.size();
    return is_mapped || may_be_number(meant.field);
  });
}

/// Only the items of a list are several texts for one key.
std::vector<Assembler::Candidate> Assembler::candidates_of(std::span<const RecordValue> values) {
  constexpr std::size_t kUsualKeys = 16;
  std::vector<Candidate> candidates;
  candidates.reserve(kUsualKeys);
  for (const RecordValue& value : values) {
    if (is_no_value(value.text)) continue;
    for (const RecordKey& key : meaning_of(value.key).keys) {
      const auto same =
          std::find_if(candidates.rbegin(), candidates.rend(),
                       [&](const Candidate& candidate) { return candidate.key.rank == key.rank; });
      const bool is_item = value.key.find('[') != value.key.npos;
      if (same == candidates.rend()) {
        candidates.push_back({key, {value.text}, is_item});
      } else if (is_item && key.use != KeyUse::one_text) {
        same->texts.push_back(value.text);
      }
    }
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) { return a.key.rank < b.key.rank; });
  return candidates;
}

void Assembler::fill(Article& article, const Candidate& candidate) const {
  const auto& [key, texts, is_list] = candidate;
  if (!key.field.metadata) {
    if (article.body.empty()) article.body = body_text(texts);
  } else if (article.origin(*key.field.metadata) != Origin::none) {
    return;
  } else if (key.field == RecordField{Metadata::tags}) {
    add_tags(article, tags_of(texts, is_list), origin_);
  } else {
    set_metadata(article, *key.field.metadata, metadata_text(*key.field.metadata, texts), origin_);
  }
}

/// Has it a text that is none of its field's after all?
bool Assembler::is_out_of_place(const Article& article, const Candidate& candidate) {
  const auto& [key, texts, is_list] = candidate;
  if (key.use == KeyUse::url) return !is_url(texts.front());
  const bool is_last_resort = key.use == KeyUse::lead && key.field == kBody;
  return is_last_resort && field_text(texts.front()) == article.lede;
}

/// Keywords join the tags; categories but the first, which is the section, are tags if none are.
void Assembler::complete_tags(Article& article, std::span<const Candidate> candidates) const {
  const bool has_tags = !article.tags.empty();
  const bool are_tags = std::any_of(candidates.begin(), candidates.end(),
                                    [](const auto& each) { return each.key.use == KeyUse::tags; });
  for (const auto& [key, texts, is_list] : candidates) {
    if (are_tags && key.use == KeyUse::keywords) {
      add_tags(article, tags_of(texts, is_list), origin_);
    } else if (!has_tags && key.use == KeyUse::categories && texts.size() > 1) {
      add_tags(article, tags_of({texts.begin() + 1, texts.end()}, true), origin_);
    }
  }
}

Article Assembler::assemble(std::span<const RecordValue> values) {
  Article article;
  const auto candidates = candidates_of(values);
  for (const Candidate& candidate : candidates) {
    if (!is_out_of_place(article, candidate)) fill(article, candidate);
  }
  complete_tags(article, candidates);
  return article;
}

}  // namespace lede
