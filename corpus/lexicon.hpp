#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <xapian.h>

#include "corpus/sorted_words.hpp"

namespace lede {

// The lexicon of an index: the words of its articles as they are written (Word::written: in lower
// case, Latin letters with their accents), while its terms are their stems. Beyond these it has
// words of articles that were there once, until the index is made anew. It leaves out characters of
// scripts without spaces, and words over kLongestListedWord bytes.
//
// It is kept in the index's metadata, in chunks of neighbours, about 1024 in each. Where a chunk
// begins depends on its words alone: so a new word rewrites one chunk, indexes of the same words
// have the same entries whatever order they came in, and the entries of two indexes have the names
// that those of both together have. docs/index-format.md tells the layout.

class LexiconChunks;

/// A place in the lexicon of an index, at first that of its first word. Not to be shared between
/// threads.
///
/// All of it throws Error (damaged) where the entries cannot be read, and Xapian's errors.
class Lexicon {
 public:
  /// An index without a lexicon is like one without words.
  explicit Lexicon(Xapian::Database index);
  ~Lexicon();
  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;

  /// Behind the last word.
  bool at_end() const { return is_at_end_; }

  /// The word here; valid until it goes elsewhere. Not behind the last one.
  std::string_view word() const { return words_.word(); }

  /// Goes to the word behind this one: a few nanoseconds.
  void next() {
    if (!words_.next()) go_to_next_chunk();
  }

  /// Goes to the first word that is not less than `first`, in either direction: some microseconds,
  /// less where it is near by.
  void seek(std::string_view first);

 private:
  void go_to_next_chunk();

  std::unique_ptr<LexiconChunks> chunks_;
  SortedWordsReader words_{{}};  // of the chunk that is open
  bool is_at_end_ = false;
};

/// Metadata of an index by name; an empty value takes an entry away.
using MetadataEntries = std::map<std::string, std::string>;

/// The lexicon of a new index with these words.
MetadataEntries lexicon_of(const SortedWords& words);

/// What is to be changed in an index so that its lexicon has these words, too. Throws as Lexicon.
MetadataEntries lexicon_with(const Xapian::Database& index, const SortedWords& words);

/// The lexicon of an index that has the articles of both: all its entries, which take the place of
/// those of either. Throws as Lexicon.
MetadataEntries united_lexicon(const Xapian::Database& one, const Xapian::Database& other);

}  // namespace lede
