#include "indexer/check_build.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/settings.hpp"
#include "indexer/check_article.hpp"

namespace lede {
namespace {

[[noreturn]] void refuse(const IndexFolder& folder, const std::string& why) {
  throw Error(fmt::format("the new build of the index at {} does not read as it was written: {}",
                          folder.path(), why),
              fmt::format("the index is as it was; look at it with: lede-index check --db {}",
                          folder.path()),
              ExitStatus::damaged);
}

/// Does each term of the document lead to it, with the same count?
bool is_found_by_its_terms(const Xapian::Database& index, Xapian::docid docid) {
  const Xapian::TermIterator end = index.termlist_end(docid);
  for (Xapian::TermIterator term = index.termlist_begin(docid); term != end; ++term) {
    Xapian::PostingIterator posting = index.postlist_begin(*term);
    posting.skip_to(docid);
    const bool is_found = posting != index.postlist_end(*term) && *posting == docid;
    if (!is_found || posting.get_wdf() != term.get_wdf()) return false;
  }
  return true;
}

void check_one(const IndexFolder& folder, const Xapian::Database& index, Xapian::docid docid,
               ArticleCodec& codec) {
  const ArticleCheck check = check_article(index, docid, codec);
  if (!check.problem.empty())
    refuse(folder, fmt::format("of article '{}', {}", check.id, check.problem));
}

void check_sample(const IndexFolder& folder, const Xapian::Database& index, ArticleCodec& codec) {
  const Xapian::docid last = index.get_lastdocid();
  Xapian::PostingIterator document = index.postlist_begin("");
  for (const Xapian::docid wanted : {Xapian::docid{1}, last / 2, last}) {
    if (document == index.postlist_end("")) return;  // there is none, or the last was removed
    document.skip_to(wanted);
    if (document == index.postlist_end("")) return;
    const Xapian::docid docid = *document;
    check_one(folder, index, docid, codec);
    if (!is_found_by_its_terms(index, docid))
      refuse(folder, fmt::format("the words of document {} do not lead to it", docid));
  }
}

}  // namespace

void check_build(const IndexFolder& folder, Xapian::doccount articles, CheckedPart part) {
  with_index(folder.path(), [&] {
    const Xapian::Database index(folder.tables(), Xapian::DB_BACKEND_GLASS);
    ArticleCodec codec(read_settings(index, folder.path()).dictionary);
    if (index.get_doccount() != articles)
      refuse(folder, fmt::format("it has {} articles, not {}", index.get_doccount(), articles));
    if (part == CheckedPart::sample) return check_sample(folder, index, codec);
    const Xapian::docid last = index.get_lastdocid();
    for (Xapian::docid docid = 1; docid <= last && docid != 0; ++docid)
      check_one(folder, index, docid, codec);
  });
}

}  // namespace lede
