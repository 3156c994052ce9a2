#include "indexer/bulk/run.hpp"

#include <algorithm>

#include "indexer/glass/block.hpp"
#include "indexer/glass/encoding.hpp"

namespace lede {
namespace {

/// Who begins to read within a run passes over half of what lies between two marks.
constexpr std::size_t kMarks = 128;
constexpr std::size_t kFewestMarkBytes = std::size_t{4} << 10;

}  // namespace

RunWriter::RunWriter(std::uint32_t first_docid, std::size_t size_bytes)
    : mark_bytes_(std::max(size_bytes / kMarks, kFewestMarkBytes)) {
  run_.first_docid = first_docid;
  run_.bytes.reserve(size_bytes);
}

std::size_t RunWriter::add(std::string_view term, const RunTerm& about) {
  const bool is_marked = run_.bytes.size() >= next_mark_;
  if (is_marked) {
    run_.marks.push_back({std::string(term), run_.bytes.size()});
    next_mark_ = run_.bytes.size() + mark_bytes_;
  }
  const std::size_t shared = is_marked ? 0 : glass::common_prefix(last_term_, term);
  glass::append_vint(run_.bytes, shared);
  glass::append_string(run_.bytes, term.substr(shared));
  glass::append_vint(run_.bytes, about.articles);
  glass::append_vint(run_.bytes, about.occurrences);
  glass::append_vint(run_.bytes, about.posting_bytes);
  last_term_.assign(term);
  const std::size_t postings = run_.bytes.size();
  run_.bytes.resize(postings + about.posting_bytes);
  return postings;
}

}  // namespace lede
