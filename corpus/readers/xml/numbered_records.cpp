#include "corpus/readers/xml/numbered_records.hpp"

#include <utility>

#include <fmt/format.h>

namespace lede {

bool NumberedRecords::add(ReadResult result) {
  ++count_;
  if (!is_many_ && count_ == 1) {
    first_ = std::move(result);
    return true;
  }
  is_many_ = true;
  return pass_on_first() && pass_on(std::move(result), count_);
}

bool NumberedRecords::skip(std::uint64_t line, std::string reason) {
  return add(Skipped{context_.path, fmt::format("line {}", line), std::move(reason)});
}

void NumberedRecords::finish() {
  if (first_) emit_(*std::exchange(first_, std::nullopt));
  pass_on_counted_skips();
  if (count_ == 0) emit_(Skipped{context_.path, {}, "there is no record in it"});
}

bool NumberedRecords::pass_on_first() {
  return !first_ || pass_on(*std::exchange(first_, std::nullopt), 1);
}

bool NumberedRecords::pass_on(ReadResult result, std::uint64_t number) {
  auto* article = std::get_if<Article>(&result);
  if (article == nullptr) return pass_on_skip(std::get<Skipped>(std::move(result)));
  if (!pass_on_counted_skips()) return false;
  row_named_ = 0;
  if (!article->is_imported()) article->member = fmt::format("#{}", number);
  return emit_(std::move(result));
}

bool NumberedRecords::pass_on_skip(Skipped skipped) {
  if (row_named_ > 0 && skipped.reason == row_reason_) {
    if (row_named_ == kNamedSkips) {
      ++row_counted_;
      row_last_ = std::move(skipped.record);
      return true;
    }
  } else {
    if (!pass_on_counted_skips()) return false;
    row_named_ = 0;
    row_reason_ = skipped.reason;
  }
  ++row_named_;
  return emit_(std::move(skipped));
}

bool NumberedRecords::pass_on_counted_skips() {
  const std::uint64_t count = std::exchange(row_counted_, 0);
  if (count == 0) return true;
  if (count == 1) return emit_(Skipped{context_.path, row_last_, row_reason_});
  return emit_(Skipped{context_.path, "up to " + row_last_,
                       fmt::format("{} more records: {}", count, row_reason_)});
}

}  // namespace lede
