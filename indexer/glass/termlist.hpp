#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lede::glass {

/// Makes the termlist table's entry of one document. Terms come in ascending order.
class TermlistEncoder {
 public:
  /// Begins the entry of a document with that length (the sum of its wdf) and number of terms.
  void start(std::uint64_t length, std::size_t term_count);
  void add(std::string_view term, std::uint32_t wdf);

  /// Valid until the next start(). Empty for a document without terms.
  std::string_view tag() const { return tag_; }

 private:
  std::string tag_;
  std::string previous_;
};

/// The key of a document in the termlist, position (behind the term) and docdata tables.
std::string docid_key(std::uint32_t docid);

/// The key behind it, and the entry there: the slots that the document has values in, ascending.
std::string slots_key(std::uint32_t docid);
std::string slots_tag(std::span<const std::uint32_t> slots);

}  // namespace lede::glass
