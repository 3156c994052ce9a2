#include "corpus/readers/xml/element_records.hpp"

#include <algorithm>
#include <array>

#include "corpus/readers/xml/xml.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestName = 64;

struct Hidden {
  std::string_view opening;
  std::string_view closing;
};
constexpr std::array kHidden{Hidden{"<!--", "-->"}, Hidden{"<![CDATA[", "]]>"}};

}  // namespace

std::optional<RecordTag> RecordTagFinder::next(std::string_view text) {
  while (leave_hidden(text)) {
    place_ = std::min(text.find('<', place_), text.size());
    const std::string_view rest = text.substr(place_);
    if (rest.empty()) return std::nullopt;
    if (enter_hidden(rest)) continue;
    if (const auto tag = tag_here(rest)) {
      const std::size_t begin = place_;
      place_ += tag->name_end;
      return RecordTag{tag->kind, begin, place_, tag->name};
    }
    // It may become a tag, or begin something hidden, when more text has come.
    if (rest.size() < kLongestName && rest.find_first_of(" \t\r\n><", 1) == npos) {
      return std::nullopt;
    }
    ++place_;
  }
  return std::nullopt;
}

/// False: more text is needed to leave a comment or a CDATA section.
bool RecordTagFinder::leave_hidden(std::string_view text) {
  if (hidden_until_.empty()) return true;
  const auto end = text.find(hidden_until_, place_);
  if (end == npos) {
    place_ = std::max(place_, text.size() - std::min(text.size(), hidden_until_.size() - 1));
    return false;
  }
  place_ = end + hidden_until_.size();
  hidden_until_ = {};
  return true;
}

bool RecordTagFinder::enter_hidden(std::string_view rest) {
  if (syntax_ != Syntax::xml) return false;
  for (const Hidden& hidden : kHidden) {
    if (!rest.starts_with(hidden.opening)) continue;
    place_ += hidden.opening.size();
    hidden_until_ = hidden.closing;
    return true;
  }
  return false;
}

/// The tag that `rest`, which begins with `<`, begins with, its places counted from there.
std::optional<RecordTag> RecordTagFinder::tag_here(std::string_view rest) const {
  const bool is_end = rest.size() > 1 && rest[1] == '/';
  const std::size_t name_begin = is_end ? 2 : 1;
  const auto name_end = rest.substr(0, kLongestName).find_first_of(" \t\r\n/><", name_begin);
  if (name_end == npos || rest[name_end] == '<') return std::nullopt;
  const std::string_view name = local_name(rest.substr(name_begin, name_end - name_begin));
  if (!is_wanted(name)) return std::nullopt;
  return RecordTag{is_end ? RecordTag::Kind::end : RecordTag::Kind::begin, 0, name_end, name};
}

bool RecordTagFinder::is_wanted(std::string_view name) const {
  return std::any_of(names_.begin(), names_.end(), [&](std::string_view wanted) {
    if (wanted.size() != name.size()) return false;
    return wanted == name || (syntax_ == Syntax::sgml && ascii_lower(wanted) == ascii_lower(name));
  });
}

std::string ElementRecords::head(std::size_t limit_bytes) {
  std::string head;
  go_to_record(&head, limit_bytes);
  return head;
}

std::optional<ElementRecord> ElementRecords::next() {
  pass(length_bytes_, nullptr, 0);
  length_bytes_ = 0;
  if (!go_to_record(nullptr, 0)) return std::nullopt;
  return measure();
}

/// Consumes what stands before the next record's beginning. False: there is none.
bool ElementRecords::go_to_record(std::string* passed, std::size_t limit_bytes) {
  for (;;) {
    const auto tag = finder_.next(input_.buffered());
    if (tag && tag->kind == RecordTag::Kind::begin) {
      finder_.go_to(tag->begin);
      pass(tag->begin, passed, limit_bytes);
      return true;
    }
    if (tag) continue;
    pass(finder_.place(), passed, limit_bytes);
    if (!input_.fill()) {
      pass(input_.buffered().size(), passed, limit_bytes);
      return false;
    }
  }
}

void ElementRecords::pass(std::size_t bytes, std::string* passed, std::size_t limit_bytes) {
  if (passed != nullptr) {
    const std::size_t room = limit_bytes - std::min(limit_bytes, passed->size());
    passed->append(input_.buffered().substr(0, std::min(bytes, room)));
  }
  input_.consume(bytes);
  finder_.forget(std::min(bytes, finder_.place()));
}

/// The record that begins the input's bytes.
ElementRecord ElementRecords::measure() {
  const auto begin = finder_.next(input_.buffered());
  if (const auto length = begin ? length_of_tag(*begin) : std::nullopt) {
    if (input_.buffered()[*length - 2] == '/') return record(RecordEnd::found, *length);
  }
  for (;;) {
    const auto tag = finder_.next(input_.buffered());
    if (!tag) {
      if (finder_.place() > limit_bytes_) return record(RecordEnd::too_far, finder_.place());
      if (!input_.fill()) return record(RecordEnd::missing, input_.buffered().size());
      continue;
    }
    if (tag->kind == RecordTag::Kind::begin) {
      finder_.go_to(tag->begin);
      return record(RecordEnd::missing, tag->begin);
    }
    const std::size_t length = length_of_tag(*tag).value_or(tag->name_end);
    return record(length > limit_bytes_ ? RecordEnd::too_far : RecordEnd::found, length);
  }
}

/// How far a tag goes; nullopt when it does not end, or too far away.
std::optional<std::size_t> ElementRecords::length_of_tag(const RecordTag& tag) {
  std::size_t searched = tag.name_end;
  for (;;) {
    const std::string_view text = input_.buffered();
    const auto end = text.find_first_of("<>", searched);
    if (end != npos) return text[end] == '>' ? std::optional(end + 1) : std::nullopt;
    searched = text.size();
    if (searched > limit_bytes_ || !input_.fill()) return std::nullopt;
  }
}

ElementRecord ElementRecords::record(RecordEnd end, std::size_t length_bytes) {
  length_bytes_ = length_bytes;
  return {end, input_.buffered().substr(0, length_bytes), input_.line_number()};
}

}  // namespace lede
