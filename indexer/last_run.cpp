#include "indexer/last_run.hpp"

#include <algorithm>
#include <array>

#include "corpus/error.hpp"
#include "corpus/packed_bytes.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::uint8_t kLayout = 1;
constexpr std::size_t kLongestText = 4096;  // bytes

Skipped shortened(const Skipped& skipped) {
  return {std::string(prefix_of(skipped.path, kLongestText)),
          std::string(prefix_of(skipped.record, kLongestText)),
          std::string(prefix_of(skipped.reason, kLongestText))};
}

template <typename Run>
auto counts_of(Run& run) {
  return std::array{&run.files, &run.added, &run.updated, &run.moved, &run.removed, &run.unchanged};
}

Skipped read_skip(PackedReader& in) {
  Skipped skipped;
  for (std::string* text : {&skipped.path, &skipped.record, &skipped.reason}) *text = in.text();
  return skipped;
}

LastRun decode_last_run(std::string_view bytes) {
  PackedReader in(bytes);
  LastRun run;
  const bool is_known = in.byte() == kLayout;
  run.unix_seconds = static_cast<std::int64_t>(in.difference(0));
  for (std::uint64_t* count : counts_of(run)) *count = in.number();
  run.is_interrupted = in.byte() != 0;
  run.skips = in.number();
  for (std::size_t left = in.count(); left > 0 && !in.is_broken(); --left)
    run.skipped.push_back(read_skip(in));
  if (!is_known || in.is_broken() || !in.is_at_end())
    throw Error("what the index remembers of its last run cannot be read",
                "index the articles again into a new folder: lede-index --db DIR ARTICLES",
                ExitStatus::damaged);
  return run;
}

}  // namespace

LastRun last_run_of(const Report& report, std::int64_t unix_seconds) {
  LastRun run{
      unix_seconds,   report.files_read, report.added,          report.updated,        report.moved,
      report.removed, report.unchanged,  report.is_interrupted, report.skipped.size(), {}};
  const std::size_t named = std::min(report.skipped.size(), LastRun::kNamedSkips);
  for (std::size_t at = 0; at < named; ++at) run.skipped.push_back(shortened(report.skipped[at]));
  return run;
}

std::string encode_last_run(const LastRun& run) {
  PackedWriter out;
  out.byte(kLayout);
  out.difference(static_cast<std::uint64_t>(run.unix_seconds), 0);
  for (const std::uint64_t* count : counts_of(run)) out.number(*count);
  out.byte(run.is_interrupted ? 1 : 0);
  out.number(run.skips);
  out.number(run.skipped.size());
  for (const Skipped& skipped : run.skipped)
    for (const std::string* text : {&skipped.path, &skipped.record, &skipped.reason})
      out.text(*text);
  return out.take();
}

std::optional<LastRun> read_last_run(const Xapian::Database& index) {
  const std::string entry = index.get_metadata(kLastRunKey);
  if (entry.empty()) return std::nullopt;
  return decode_last_run(entry);
}

}  // namespace lede
