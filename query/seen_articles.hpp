#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <xapian.h>

namespace lede {

/// The articles that an index held once: those with documents up to a number. New articles get
/// higher ones, and so do changed ones (docs/decisions/0029-what-is-new.md).
struct SeenArticles {
  std::string index_uuid;  ///< index_uuid() of the index
  std::uint64_t last_docid = 0;

  friend bool operator==(const SeenArticles&, const SeenArticles&) = default;
};

/// The part of what a query finds that came later. It changes no score, and costs what the later
/// articles cost, not all.
Xapian::Query later_than(const SeenArticles& seen, const Xapian::Query& query);

/// Remembers under a name (`--new-since`) what was seen of an index: a file of its own for each
/// name and index, in $XDG_STATE_HOME/lede/new-since, else in ~/.local/state/lede/new-since.
class SeenFile {
 public:
  /// Touches nothing. `name` is a is_seen_name(). Throws Error (usage) where no place is known.
  SeenFile(std::string name, std::string index_uuid);

  /// nullopt: the name was never used with this index. Throws Error (resources) for a file that
  /// cannot be read, or that lede has not written.
  std::optional<SeenArticles> read() const;

  /// Puts a file in the place of the old one, in one step, made last on the disk: whatever ends the
  /// process leaves the one or the other. Throws Error (resources).
  void write(const SeenArticles& seen) const;

 private:
  std::string name_;
  std::string index_uuid_;
  std::string path_;
};

/// Letters, digits, `.`, `_` and `-`, 1 to 64 of them, the first no `.` or `-`: what is safe as the
/// name of a file, and in a shell.
bool is_seen_name(const std::string& name);

}  // namespace lede
