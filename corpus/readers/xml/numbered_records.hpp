#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Numbers the results of one file and passes them on.
///
/// It holds the first one back until it is known whether the file has more: only then is it a
/// member, `#1`, of a many-record file. Of a long row of skips for one reason, the first are named
/// and the others counted in one skip: a million numbers in a list are no million findings.
class NumberedRecords {
 public:
  /// Both references must outlive this.
  NumberedRecords(const ReadContext& context, const Emit& emit, bool is_many)
      : context_(context), emit_(emit), is_many_(is_many) {}

  void say_that_there_are_many() { is_many_ = true; }

  /// False when no more are wanted.
  bool add(ReadResult result);
  bool skip(std::uint64_t line, std::string reason);

  /// To be called once, behind the last record.
  void finish();

 private:
  static constexpr std::size_t kNamedSkips = 10;  // of a row

  bool pass_on_first();
  bool pass_on(ReadResult result, std::uint64_t number);
  bool pass_on_skip(Skipped skipped);
  bool pass_on_counted_skips();

  const ReadContext& context_;
  const Emit& emit_;
  bool is_many_;
  std::uint64_t count_ = 0;
  std::optional<ReadResult> first_;
  std::string row_reason_;     // of the skips that came last
  std::size_t row_named_ = 0;  // of those
  std::uint64_t row_counted_ = 0;
  std::string row_last_;  // the last one's record
};

}  // namespace lede
