#include "indexer/glass/posting_list.hpp"

#include "indexer/glass/encoding.hpp"

namespace lede::glass {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kValueChunkBytes = 2000;
constexpr auto kMetadata = "\0\xC0"sv;
constexpr auto kValueStatistics = "\0\xD0"sv;
constexpr auto kValues = "\0\xD8"sv;
constexpr auto kLengths = "\0\xE0"sv;

void append_bool(std::string& out, bool value) {
  out += value ? '1' : '0';
}

}  // namespace

std::string metadata_key(std::string_view name) {
  return std::string(kMetadata).append(name);
}

std::string value_statistics_key(std::uint32_t slot) {
  std::string key(kValueStatistics);
  append_last_int(key, slot);
  return key;
}

std::string lengths_key() {
  return std::string(kLengths);
}

std::string term_key(std::string_view term) {
  std::string key;
  append_sortable(key, term);
  return key;
}

std::string value_statistics(std::uint64_t count, std::string_view lowest,
                             std::string_view highest) {
  std::string tag;
  append_vint(tag, count);
  append_string(tag, lowest);
  if (highest != lowest) tag.append(highest);
  return tag;
}

void PostingListWriter::start(std::string_view key, std::string_view later_key,
                              const PostingCounts& counts) {
  key_ = key;
  later_key_ = later_key;
  counts_ = counts;
  is_first_chunk_ = true;
}

void PostingListWriter::append(std::uint32_t docid, std::uint32_t number) {
  if (body_.empty()) {
    first_docid_ = docid;
  } else {
    append_vint(body_, docid - last_docid_ - 1);
  }
  append_vint(body_, number);
  last_docid_ = docid;
}

void PostingListWriter::close_chunk(bool is_last) {
  tag_.clear();
  chunk_key_.assign(is_first_chunk_ ? key_ : later_key_);
  if (is_first_chunk_) {
    append_vint(tag_, counts_.articles);
    append_vint(tag_, counts_.occurrences);
    append_vint(tag_, first_docid_ - 1);
  } else {
    append_sortable_int(chunk_key_, first_docid_);
  }
  append_bool(tag_, is_last);
  append_vint(tag_, last_docid_ - first_docid_);
  tag_.append(body_);
  table_.add(chunk_key_, tag_);
  body_.clear();
  is_first_chunk_ = false;
}

void ValueWriter::add(std::uint32_t docid, std::string_view value) {
  if (tag_.empty()) {
    first_docid_ = docid;
  } else {
    append_vint(tag_, docid - last_docid_ - 1);
  }
  append_string(tag_, value);
  last_docid_ = docid;
  if (tag_.size() >= kValueChunkBytes) close_chunk();
}

void ValueWriter::close_chunk() {
  if (tag_.empty()) return;
  key_.assign(kValues);
  append_vint(key_, slot_);
  append_sortable_int(key_, first_docid_);
  table_.add(key_, tag_);
  tag_.clear();
}

}  // namespace lede::glass
