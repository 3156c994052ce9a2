#include "indexer/bulk/batch_tables.hpp"

#include "indexer/bulk/run.hpp"
#include "indexer/glass/encoding.hpp"
#include "indexer/glass/posting_list.hpp"

namespace lede {

void SlotValues::add(std::uint32_t docid, Slot slot, std::string_view value) {
  Values& values = slots_[slot];
  if (values.count == 0 || value < values.lowest) values.lowest = value;
  if (values.count == 0 || value > values.highest) values.highest = value;
  ++values.count;
  glass::append_vint(values.coded, docid - values.last_docid);
  glass::append_string(values.coded, value);
  values.last_docid = docid;
}

void SlotValues::write(glass::EntrySink& postlist) const {
  for (const auto& [slot, values] : slots_)
    postlist.add(glass::value_statistics_key(static_cast<std::uint32_t>(slot)),
                 glass::value_statistics(values.count, values.lowest, values.highest));
  glass::ValueWriter writer(postlist);
  for (const auto& [slot, values] : slots_) {
    writer.start(static_cast<std::uint32_t>(slot));
    std::uint32_t docid = 0;
    for (ByteReader coded(values.coded); !coded.is_at_end();) {
      docid += static_cast<std::uint32_t>(coded.number());
      writer.add(docid, coded.text(coded.number()));
    }
    writer.finish();
  }
}

}  // namespace lede
