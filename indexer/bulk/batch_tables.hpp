#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/fields.hpp"
#include "indexer/bulk/inverter.hpp"
#include "indexer/glass/leaf_packer.hpp"

namespace lede {

/// Tags of a table of documents, one for each document of a batch, in order.
class Tags {
 public:
  void add(std::string_view tag, bool is_deflated) {
    bytes_.append(tag);
    ends_.push_back({bytes_.size(), is_deflated});
  }
  std::string_view tag(std::size_t at) const {
    const std::size_t begin = at == 0 ? 0 : ends_[at - 1].bytes;
    return std::string_view(bytes_).substr(begin, ends_[at].bytes - begin);
  }
  bool is_deflated(std::size_t at) const { return ends_[at].is_deflated; }

 private:
  struct End {
    std::size_t bytes;
    bool is_deflated;
  };

  std::string bytes_;
  std::vector<End> ends_;
};

/// What a batch of articles adds to the tables.
struct BatchTables {
  Run run;
  std::vector<InvertedDocument> documents;
  Tags stored;     ///< of docdata
  Tags termlists;  ///< of termlist
  std::vector<std::vector<std::pair<Slot, std::string>>> values;
};

/// The values of all documents by slot, coded one behind the other until they can be written.
class SlotValues {
 public:
  /// Docids ascend.
  void add(std::uint32_t docid, Slot slot, std::string_view value);

  /// The entries of the postlist table: statistics of all slots, then the values.
  void write(glass::EntrySink& postlist) const;

 private:
  struct Values {
    std::uint64_t count = 0;
    std::string lowest;
    std::string highest;
    std::uint32_t last_docid = 0;
    std::string coded;  // each: docid gap, size, bytes
  };

  std::map<Slot, Values> slots_;  // all below 128, so that their order is that of their keys
};

}  // namespace lede
