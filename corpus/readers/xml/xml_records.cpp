#include "corpus/readers/xml/xml_records.hpp"

#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/xml/element_records.hpp"
#include "corpus/readers/xml/xml.hpp"

namespace lede {
namespace {

constexpr std::size_t kLongestHead = std::size_t{1} << 20;

/// Why a record cannot be read; empty when it can.
std::string problem_of(const ElementRecord& record, std::size_t limit_bytes) {
  switch (record.end) {
    case RecordEnd::found:
      return {};
    case RecordEnd::missing:
      return "the record has no end tag";
    case RecordEnd::too_far:
      break;
  }
  return fmt::format("the record is longer than {} bytes", limit_bytes);
}

std::variant<Article, std::string> read_record(std::string_view text, std::string_view encoding,
                                               const RecordReader& read) {
  const MarkupDocument document = parse_xml(xml_to_utf8(text, encoding), true);
  if (document == nullptr) {
    return "its markup passes a limit: 256 levels, 10 MB in one text, or 1,000,000 elements";
  }
  return read(xmlDocGetRootElement(document.get()));
}

void read_utf8_records(Input& input, const ReadContext& context,
                       std::span<const std::string_view> names, const HeadReader& read_head,
                       const Emit& emit) {
  const std::size_t limit_bytes = context.options.limits.record_bytes;
  ElementRecords records(input, names, Syntax::xml, limit_bytes);
  const std::string head = records.head(kLongestHead);
  const std::string encoding(declared_encoding(head));
  const std::string mended_head = mend_xml(xml_to_utf8(head, encoding));
  const bool root_is_record = mended_head.find('<') == std::string::npos;
  const RecordReader read = read_head(mended_head);
  std::uint64_t number = 0;
  while (const auto record = records.next()) {
    ++number;
    std::string problem = problem_of(*record, limit_bytes);
    auto result = problem.empty() ? read_record(record->text, encoding, read)
                                  : std::variant<Article, std::string>(std::move(problem));
    if (auto* reason = std::get_if<std::string>(&result)) {
      const bool goes_on =
          emit(Skipped{context.path, fmt::format("line {}", record->line), std::move(*reason)});
      if (!goes_on) return;
      continue;
    }
    auto& article = std::get<Article>(result);
    if (number > 1 || !root_is_record) article.member = fmt::format("#{}", number);
    if (!emit(std::move(article))) return;
  }
  if (number == 0) {
    emit(Skipped{
        context.path, {}, fmt::format("there is no <{}> in it", fmt::join(names, "> or <"))});
  }
}

}  // namespace

void read_xml_records(Input& input, const ReadContext& context,
                      std::span<const std::string_view> names, const HeadReader& read_head,
                      const Emit& emit) {
  auto widened = widen_input(input, context.options.limits.record_bytes);
  read_utf8_records(widened ? *widened : input, context, names, read_head, emit);
}

}  // namespace lede
