#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/article.hpp"
#include "corpus/readers/read_options.hpp"
#include "corpus/readers/records/record_fields.hpp"

namespace lede {

/// A text in a record and the key it stands under. The items of a list stand under one key with
/// brackets in it, in their order; of a key without brackets that comes twice, the first counts.
struct RecordValue {
  std::string_view key;   ///< `title`, `source.name`, `authors[*]`, `contents[kicker].content`
  std::string_view text;  ///< UTF-8, or nearly
};

/// Makes articles of the records of one file, whatever its format: a key that the user maps fills
/// the field it is mapped to and no other, the other keys mean what find_record_key says. A field
/// takes the most trusted key that holds anything; bodies, authors and tags take all items of its
/// list, other fields the first one. Keywords join the tags, and so do categories but the first
/// where there are no tags; a `guid` that is no URL is none. HTML is read as HTML. What keys mean
/// is remembered, for records of a file have mostly the same.
class Assembler {
 public:
  /// `mappings` must outlive this.
  Assembler(const std::vector<FieldMapping>& mappings, Origin origin)
      : mappings_(mappings), origin_(origin) {}

  Article assemble(std::span<const RecordValue> values);

  /// Does `assemble` take anything from what stands under `key`, or inside of it?
  bool wants(std::string_view key) { return !meaning_of(key).keys.empty(); }
  /// A number is no name: of most fields it is the key of another table.
  bool wants_number(std::string_view key);
  bool leads_to_wanted(std::string_view key) { return meaning_of(key).leads_further; }

 private:
  struct Meaning {
    std::vector<RecordKey> keys;
    bool leads_further = false;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>()(key);
    }
  };
  struct Candidate;

  const Meaning& meaning_of(std::string_view key);
  Meaning find_meaning(std::string_view key) const;
  std::vector<Candidate> candidates_of(std::span<const RecordValue> values);
  void fill(Article& article, const Candidate& candidate) const;
  static bool is_out_of_place(const Article& article, const Candidate& candidate);
  void complete_tags(Article& article, std::span<const Candidate> candidates) const;

  const std::vector<FieldMapping>& mappings_;
  Origin origin_;
  std::unordered_map<std::string, Meaning, Hash, std::equal_to<>> meanings_;
  Meaning last_unremembered_;
};

}  // namespace lede
