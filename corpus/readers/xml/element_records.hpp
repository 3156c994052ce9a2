#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "corpus/readers/input.hpp"

namespace lede {

/// Whether a file's markup is XML, where comments and CDATA sections hide tags and the case of a
/// name counts, or SGML, where nothing hides a tag and case does not count.
enum class Syntax : std::uint8_t { xml, sgml };

struct RecordTag {
  enum class Kind : std::uint8_t { begin, end };
  Kind kind;
  std::size_t begin;      ///< of its `<`
  std::size_t name_end;   ///< behind its name
  std::string_view name;  ///< without prefix
};

/// Finds tags in a text that comes in pieces. Takes time linear in the text.
class RecordTagFinder {
 public:
  /// `names` outlive it.
  RecordTagFinder(std::span<const std::string_view> names, Syntax syntax)
      : names_(names), syntax_(syntax) {}

  /// The next tag with one of the names in `text`, the whole of what came so far but for what
  /// `forget` was told of; nullopt: more text is needed.
  std::optional<RecordTag> next(std::string_view text);

  /// All before this place is looked at.
  std::size_t place() const { return place_; }
  void go_to(std::size_t place) { place_ = place; }

  /// The first `bytes` of the text are gone.
  void forget(std::size_t bytes) { place_ -= bytes; }

 private:
  bool leave_hidden(std::string_view text);
  bool enter_hidden(std::string_view rest);
  std::optional<RecordTag> tag_here(std::string_view rest) const;
  bool is_wanted(std::string_view name) const;

  std::span<const std::string_view> names_;
  Syntax syntax_;
  std::size_t place_ = 0;
  std::string_view hidden_until_;  // what ends the comment or CDATA section at place_; or empty
};

enum class RecordEnd : std::uint8_t { found, missing, too_far };

/// One record of a file, an element.
struct ElementRecord {
  RecordEnd end;
  std::string_view text;  ///< with its tags; valid until the next record is asked for
  std::uint64_t line;     ///< where it begins
};

/// The records of a file, elements of some names, which are not nested in each other. It holds one
/// at a time.
class ElementRecords {
 public:
  ElementRecords(Input& input, std::span<const std::string_view> names, Syntax syntax,
                 std::size_t limit_bytes)
      : input_(input), finder_(names, syntax), limit_bytes_(limit_bytes) {}

  /// What stands before the first record, at most `limit_bytes` of it. To be asked for first.
  std::string head(std::size_t limit_bytes);

  /// The next record. One that lacks its end tag goes up to the next one's beginning, or to the
  /// end; of one that is longer than the limit there is only a part. nullopt: there is no more.
  std::optional<ElementRecord> next();

 private:
  bool go_to_record(std::string* passed, std::size_t limit_bytes);
  void pass(std::size_t bytes, std::string* passed, std::size_t limit_bytes);
  ElementRecord measure();
  std::optional<std::size_t> length_of_tag(const RecordTag& tag);
  ElementRecord record(RecordEnd end, std::size_t length_bytes);

  Input& input_;
  RecordTagFinder finder_;
  std::size_t limit_bytes_;
  std::size_t length_bytes_ = 0;  // of the record handed out, not yet consumed
};

}  // namespace lede
