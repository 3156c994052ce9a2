#include "corpus/readers/assemble.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "corpus/readers/field_text.hpp"
#include "corpus/unicode.hpp"

namespace lede {

/// A key that fills a field, and the texts under it.
struct Assembler::Candidate {
  RecordKey key;
  std::vector<std::string_view> texts;
};

namespace {

using Texts = std::vector<std::string_view>;

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

std::string list_text(const Texts& texts) {
  if (texts.size() > 1) return fmt::to_string(fmt::join(texts, ";"));
  const auto items = items_of_python_list(texts.front());
  return items.empty() ? std::string(texts.front()) : fmt::to_string(fmt::join(items, ";"));
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
    case Metadata::tags:
      return field_text(list_text(texts));
    case Metadata::title:
    case Metadata::lede:
    case Metadata::source:
    case Metadata::section:
      return field_text(texts.front());
    default:
      return std::string(texts.front());
  }
}

void fill(Article& article, RecordField field, const Texts& texts, Origin origin) {
  if (!field.metadata) {
    if (article.body.empty()) article.body = body_text(texts);
  } else if (article.origin(*field.metadata) == Origin::none) {
    set_metadata(article, *field.metadata, metadata_text(*field.metadata, texts), origin);
  }
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
    if (is_meant(mappings_[at], normal)) meaning.keys.push_back({mappings_[at].field, at, false});
    meaning.leads_further |= is_meant_further_in(mappings_[at], normal);
  }
  const auto known = find_record_key(key);
  if (!meaning.keys.empty() || !known) return meaning;
  meaning.keys.push_back({known->field, known->rank + mapping_count, known->is_one_text});
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
    if (trimmed(value.text).empty()) continue;
    for (const RecordKey& key : meaning_of(value.key).keys) {
      const auto same =
          std::find_if(candidates.rbegin(), candidates.rend(),
                       [&](const Candidate& candidate) { return candidate.key.rank == key.rank; });
      const bool is_item = value.key.find('[') != value.key.npos;
      if (same == candidates.rend()) {
        candidates.push_back({key, {value.text}});
      } else if (is_item && !key.is_one_text) {
        same->texts.push_back(value.text);
      }
    }
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) { return a.key.rank < b.key.rank; });
  return candidates;
}

Article Assembler::assemble(std::span<const RecordValue> values) {
  Article article;
  for (const auto& [key, texts] : candidates_of(values)) fill(article, key.field, texts, origin_);
  return article;
}

}  // namespace lede
