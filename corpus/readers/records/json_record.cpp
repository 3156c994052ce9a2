#include "corpus/readers/records/json_record.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMostValues = 1'000'000;

/// Keys of an object around the one that is the article.
constexpr auto kWrappers = std::to_array<std::string_view>(
    {"_source", "article", "doc", "document", "data", "post", "story", "item", "node", "attributes",
     "response", "content", "result"});
constexpr int kMostWrappers = 3;  // one in another

std::optional<std::string_view> string_in(dom::object object, std::string_view key) {
  std::string_view text;
  if (object[key].get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

/// A number as its digits; a whole one without a point, as a date wants it.
std::string text_of_number(dom::element value) {
  constexpr double kExact = 9'007'199'254'740'992;  // 2^53
  if (value.is_int64()) return fmt::to_string(value.get_int64().value_unsafe());
  if (value.is_uint64()) return fmt::to_string(value.get_uint64().value_unsafe());
  const double number = value.get_double().value_unsafe();
  const bool is_whole = std::trunc(number) == number && std::abs(number) < kExact;
  return is_whole ? fmt::to_string(static_cast<std::int64_t>(number)) : fmt::to_string(number);
}

/// The values of a record that mean something, and the keys they stand under.
class Flattener {
 public:
  explicit Flattener(Assembler& assembler) : assembler_(assembler) {}

  /// Recursion ends where no key of the tables or of the user leads further.
  void take_object(std::string_view path, dom::object object) {
    for (const auto& [key, value] : object) {
      take(path.empty() ? key : keep(fmt::format("{}.{}", path, key)), value);
    }
  }

  const std::vector<RecordValue>& values() const { return values_; }
  bool is_overfull() const { return values_.size() >= kMostValues; }

 private:
  void take(std::string_view path, dom::element value) {
    if (is_overfull()) return;
    switch (value.type()) {
      case dom::element_type::STRING:
        values_.push_back({path, value.get_string().value_unsafe()});
        break;
      case dom::element_type::INT64:
      case dom::element_type::UINT64:
      case dom::element_type::DOUBLE:
        if (assembler_.wants_number(path)) values_.push_back({path, keep(text_of_number(value))});
        break;
      case dom::element_type::OBJECT:
        take_inner(path, value.get_object().value_unsafe());
        break;
      case dom::element_type::ARRAY:
        take_list(path, value.get_array().value_unsafe());
        break;
      default:
        break;
    }
  }

  /// An object in a record. `{"$date": ...}` is how MongoDB writes a value with a type.
  void take_inner(std::string_view path, dom::object object) {
    if (object.size() == 1 && (*object.begin()).key.starts_with('$')) {
      return take(path, (*object.begin()).value);
    }
    if (!assembler_.leads_to_wanted(path)) return;
    if (assembler_.wants(path)) return take_block(path, object);
    take_object(path, object);
  }

  /// An object that is a body or a part of one, whose text may stand there in several forms.
  void take_block(std::string_view path, dom::object object) {
    bool has_text = false;
    for (const auto& [key, value] : object) {
      const bool is_text = is_block_text(key);
      if (is_text && has_text) continue;
      const std::size_t before = values_.size();
      take(keep(fmt::format("{}.{}", path, key)), value);
      if (is_text) has_text = values_.size() > before && !values_.back().text.empty();
    }
  }

  void take_list(std::string_view path, dom::array list) {
    const std::string_view each = keep(fmt::format("{}[*]", path));
    const bool leads = assembler_.leads_to_wanted(each);
    if (!leads && !assembler_.wants(each)) return;
    for (const dom::element item : list) {
      dom::object object;
      dom::array sentences;
      if (item.get_array().get(sentences) == simdjson::SUCCESS) {
        values_.push_back({each, keep(joined(sentences))});
      } else if (item.get_object().get(object) != simdjson::SUCCESS) {
        take(each, item);
      } else if (leads) {
        take_inner(path_of_item(path, each, object), object);
      }
    }
  }

  /// The strings of a list in a list: sentences of one paragraph.
  static std::string joined(dom::array list) {
    std::string text;
    for (const dom::element item : list) {
      std::string_view sentence;
      if (item.get_string().get(sentence) != simdjson::SUCCESS) continue;
      text.append(text.empty() ? "" : " ").append(sentence);
    }
    return text;
  }

  /// `contents[kicker]`: an item of a list is known by what it says it is.
  std::string_view path_of_item(std::string_view path, std::string_view each, dom::object item) {
    auto role = string_in(item, "role");
    if (!role) role = string_in(item, "type");
    return role ? keep(fmt::format("{}[{}]", path, prefix_of(*role, kLongestRole))) : each;
  }

  std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  static constexpr std::size_t kLongestRole = 40;  // bytes

  Assembler& assembler_;
  std::vector<RecordValue> values_;
  std::deque<std::string> kept_;  // texts that values_ points into
};

bool is_without_text(const Article& article) {
  return article.title.empty() && article.lede.empty() && article.body.empty();
}

/// Why a record is not to be published; empty for others.
std::string_view reason_against(dom::object record, bool reads_drafts) {
  auto status = string_in(record, "pubstatus");  // ninjs
  if (!status) status = string_in(record, "pubStatus");
  if (!status) status = string_in(record, "status");
  bool is_draft = false;
  const bool says_so = record["draft"].get_bool().get(is_draft) == simdjson::SUCCESS && is_draft;
  bool is_published = true;
  const bool says_not =
      record["published"].get_bool().get(is_published) == simdjson::SUCCESS && !is_published;
  if (says_so || says_not || status == "draft") return reads_drafts ? "" : "it is a draft";
  if (!status) return {};
  if (*status == "canceled" || *status == "cancelled") return "its publisher has canceled it";
  if (*status == "withheld" && !reads_drafts) return "its publisher withholds it";
  return {};
}

std::variant<Article, std::string> read_object(dom::object record, Assembler& assembler,
                                               bool reads_drafts) {
  if (const auto reason = reason_against(record, reads_drafts); !reason.empty()) {
    return std::string(reason);
  }
  Flattener flattener(assembler);
  flattener.take_object({}, record);
  if (flattener.is_overfull()) return fmt::format("it has more than {} values", kMostValues);
  Article article = assembler.assemble(flattener.values());
  if (is_without_text(article)) return "no key of it is a title, a summary or a text";
  article.format = "json";
  return article;
}

std::variant<Article, std::string> read_wrapped(dom::object record, Assembler& assembler,
                                                bool reads_drafts, int depth) {
  auto result = read_object(record, assembler, reads_drafts);
  if (std::holds_alternative<Article>(result) || depth == kMostWrappers) return result;
  for (const std::string_view key : kWrappers) {
    dom::object inner;
    if (record[key].get_object().get(inner) != simdjson::SUCCESS) continue;
    auto inner_result = read_wrapped(inner, assembler, reads_drafts, depth + 1);
    auto* article = std::get_if<Article>(&inner_result);
    if (article == nullptr) return result;
    // Elasticsearch knows a document by what stands outside of it.
    set_metadata(*article, Metadata::id, string_in(record, "_id").value_or(""), Origin::record);
    return inner_result;
  }
  return result;
}

}  // namespace

std::variant<Article, std::string> article_of_json(dom::object record, Assembler& assembler,
                                                   bool reads_drafts) {
  return read_wrapped(record, assembler, reads_drafts, 0);
}

}  // namespace lede
