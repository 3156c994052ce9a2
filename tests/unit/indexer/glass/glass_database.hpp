#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <xapian.h>

#include "indexer/glass/encoding.hpp"
#include "indexer/glass/position_list.hpp"
#include "indexer/glass/posting_list.hpp"
#include "indexer/glass/table_writer.hpp"
#include "indexer/glass/termlist.hpp"
#include "indexer/glass/version_file.hpp"

namespace lede::glass {

struct TestPosting {
  std::uint32_t wdf = 0;
  std::vector<std::uint32_t> positions;
};

struct TestDocument {
  std::map<std::string, TestPosting> terms;
  std::map<std::uint32_t, std::string> values;
  std::string data;

  std::uint64_t length() const {
    std::uint64_t sum = 0;
    for (const auto& [term, posting] : terms) sum += posting.wdf;
    return sum;
  }
};

struct TestDatabase {
  std::map<std::uint32_t, TestDocument> documents;  // by docid
  std::map<std::string, std::string> metadata;
};

/// The same database through Xapian's own writer.
inline void write_by_xapian(const TestDatabase& database, const std::string& folder,
                            int block_bytes) {
  Xapian::WritableDatabase out(folder, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS, block_bytes);
  for (const auto& [name, value] : database.metadata) out.set_metadata(name, value);
  for (const auto& [docid, document] : database.documents) {
    Xapian::Document made;
    for (const auto& [term, posting] : document.terms) {
      made.add_term(term, posting.wdf);
      for (const std::uint32_t position : posting.positions) made.add_posting(term, position, 0);
    }
    for (const auto& [slot, value] : document.values) made.add_value(slot, value);
    made.set_data(document.data);
    out.replace_document(docid, made);
  }
  out.commit();
}

/// Writes each of its tables in one go.
class TestWriter {
 public:
  TestWriter(const TestDatabase& database, std::string folder, std::size_t block_bytes)
      : database_(database), folder_(std::move(folder)), block_bytes_(block_bytes) {}

  /// Compresses documents' data; empty where that is not to be.
  std::function<std::string_view(std::string_view)> deflate = [](std::string_view) {
    return std::string_view();
  };

  void write() {
    std::filesystem::create_directories(folder_);
    write_table(Table::postlist, [&](TableWriter& table) { write_postlist(table); });
    write_table(Table::docdata, [&](TableWriter& table) {
      for (const auto& [docid, document] : database_.documents) {
        const std::string_view deflated = deflate(document.data);
        const std::string_view data = deflated.empty() ? document.data : deflated;
        if (!data.empty()) table.add(docid_key(docid), data, !deflated.empty());
      }
    });
    write_table(Table::termlist, [&](TableWriter& table) { write_termlists(table); });
    write_table(Table::position, [&](TableWriter& table) { write_positions(table); });
    for (const Table table : {Table::spelling, Table::synonym})
      version_.roots[static_cast<std::size_t>(table)].block_bytes = block_bytes_;
    write_version();
  }

 private:
  template <typename Write>
  void write_table(Table table, Write&& write) {
    TableWriter writer(folder_ + '/' + file_of(table), block_bytes_);
    if (table == Table::postlist || table == Table::termlist) writer.start();
    write(writer);
    version_.roots[static_cast<std::size_t>(table)] = writer.finish();
  }

  void write_lengths(TableWriter& table) {
    if (database_.documents.empty()) return;
    PostingListWriter list(table, kLengthChunkBytes);
    const std::string key = lengths_key();
    list.start(key, key, {});
    for (const auto& [docid, document] : database_.documents)
      list.add(docid, static_cast<std::uint32_t>(document.length()));
    list.finish();
  }

  void write_postlist(TableWriter& table) {
    for (const auto& [name, value] : database_.metadata) table.add(metadata_key(name), value);
    write_values(table);
    write_lengths(table);
    PostingListWriter list(table, kPostingChunkBytes);
    for (const auto& [term, postings] : inverted()) {
      PostingCounts counts;
      for (const auto& [docid, posting] : postings) {
        ++counts.articles;
        counts.occurrences += posting->wdf;
      }
      const std::string key = term_key(term);
      const std::string later = key + kStringEnd;
      list.start(key, later, counts);
      for (const auto& [docid, posting] : postings) list.add(docid, posting->wdf);
      list.finish();
    }
  }

  void write_values(TableWriter& table) {
    std::map<std::uint32_t, std::map<std::uint32_t, std::string>> slots;
    for (const auto& [docid, document] : database_.documents)
      for (const auto& [slot, value] : document.values) slots[slot][docid] = value;
    std::map<std::string, std::string> statistics;
    std::map<std::string, std::uint32_t> by_bytes;
    for (const auto& [slot, values] : slots) {
      const auto [lowest, highest] =
          std::minmax_element(values.begin(), values.end(),
                              [](const auto& a, const auto& b) { return a.second < b.second; });
      statistics[value_statistics_key(slot)] =
          value_statistics(values.size(), lowest->second, highest->second);
      std::string bytes;
      append_vint(bytes, slot);
      by_bytes[bytes] = slot;
    }
    for (const auto& [key, tag] : statistics) table.add(key, tag);
    ValueWriter writer(table);
    for (const auto& [bytes, slot] : by_bytes) {
      writer.start(slot);
      for (const auto& [docid, value] : slots[slot]) writer.add(docid, value);
      writer.finish();
    }
  }

  void write_termlists(TableWriter& table) {
    TermlistEncoder encoder;
    for (const auto& [docid, document] : database_.documents) {
      encoder.start(document.length(), document.terms.size());
      for (const auto& [term, posting] : document.terms) encoder.add(term, posting.wdf);
      table.add(docid_key(docid), encoder.tag());
      std::vector<std::uint32_t> slots;
      for (const auto& [slot, value] : document.values) slots.push_back(slot);
      if (!slots.empty()) table.add(slots_key(docid), slots_tag(slots));
    }
  }

  void write_positions(TableWriter& table) {
    for (const auto& [term, postings] : inverted()) {
      for (const auto& [docid, posting] : postings) {
        if (posting->positions.empty()) continue;
        std::string tag(most_position_bytes(posting->positions.size()), '\0');
        tag.resize(
            static_cast<std::size_t>(put_positions(tag.data(), posting->positions) - tag.data()));
        table.add(term_key(term) + kStringEnd + docid_key(docid), tag);
      }
    }
  }

  std::map<std::string, std::map<std::uint32_t, const TestPosting*>> inverted() const {
    std::map<std::string, std::map<std::uint32_t, const TestPosting*>> lists;
    for (const auto& [docid, document] : database_.documents)
      for (const auto& [term, posting] : document.terms) lists[term][docid] = &posting;
    return lists;
  }

  void write_version() {
    version_.uuid = {'a', 'b', 'c'};
    version_.documents = static_cast<std::uint32_t>(database_.documents.size());
    for (const auto& [docid, document] : database_.documents) {
      const std::uint64_t length = document.length();
      version_.last_docid = docid;
      version_.total_length += length;
      version_.longest_length = std::max(version_.longest_length, length);
      const bool is_shorter = version_.shortest_length == 0 || length < version_.shortest_length;
      if (length > 0 && is_shorter) version_.shortest_length = length;
      for (const auto& [term, posting] : document.terms)
        version_.largest_wdf = std::max<std::uint64_t>(version_.largest_wdf, posting.wdf);
    }
    std::ofstream(folder_ + "/iamglass", std::ios::binary) << glass::encode(version_);
  }

  const TestDatabase& database_;
  std::string folder_;
  std::size_t block_bytes_;
  VersionFile version_;
};

/// All that the public interface shows of a database, as text.
inline std::vector<std::string> contents(const std::string& folder) {
  const Xapian::Database database(folder);
  std::vector<std::string> lines{std::to_string(database.get_doccount()),
                                 std::to_string(database.get_lastdocid()),
                                 std::to_string(database.get_total_length()),
                                 std::to_string(database.get_doclength_lower_bound()),
                                 std::to_string(database.has_positions())};
  for (auto key = database.metadata_keys_begin(); key != database.metadata_keys_end(); ++key)
    lines.push_back(*key + '=' + database.get_metadata(*key));
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    std::string line = *term + ' ' + std::to_string(term.get_termfreq()) + ' ' +
                       std::to_string(database.get_collection_freq(*term)) + ':';
    for (auto at = database.postlist_begin(*term); at != database.postlist_end(*term); ++at)
      line += ' ' + std::to_string(*at) + '/' + std::to_string(at.get_wdf()) + '/' +
              std::to_string(at.get_doclength());
    lines.push_back(std::move(line));
  }
  for (auto at = database.postlist_begin(""); at != database.postlist_end(""); ++at) {
    const Xapian::Document document = database.get_document(*at);
    std::string line = std::to_string(*at) + '|' + document.get_data();
    for (auto value = document.values_begin(); value != document.values_end(); ++value)
      line += '|' + std::to_string(value.get_valueno()) + '=' + *value;
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
      line += ' ' + *term + '/' + std::to_string(term.get_wdf());
      for (auto position = term.positionlist_begin(); position != term.positionlist_end();
           ++position)
        line += ',' + std::to_string(*position);
    }
    lines.push_back(std::move(line));
  }
  for (const Xapian::valueno slot : {0U, 1U, 3U, 255U, 256U, 70000U}) {
    lines.push_back(std::to_string(database.get_value_freq(slot)));
    for (auto at = database.valuestream_begin(slot); at != database.valuestream_end(slot); ++at)
      lines.push_back(std::to_string(at.get_docid()) + '=' + *at);
  }
  return lines;
}

}  // namespace lede::glass
