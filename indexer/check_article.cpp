#include "indexer/check_article.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>

#include "corpus/error.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/stored_article.hpp"
#include "indexer/document.hpp"

namespace lede {
namespace {

bool lists(const Xapian::Database& index, Xapian::docid docid) {
  try {
    index.get_doclength(docid);
    return true;
  } catch (const Xapian::DocNotFoundError&) {
    return false;
  }
}

bool leads_to(const Xapian::Database& index, const std::string& term, Xapian::docid docid) {
  Xapian::PostingIterator found = index.postlist_begin(term);
  const Xapian::PostingIterator end = index.postlist_end(term);
  return found != end && *found == docid && ++found == end;
}

std::uint64_t length_of_terms(const Xapian::Database& index, Xapian::docid docid) {
  std::uint64_t length = 0;
  const Xapian::TermIterator end = index.termlist_end(docid);
  for (Xapian::TermIterator term = index.termlist_begin(docid); term != end; ++term)
    length += term.get_wdf();
  return length;
}

bool has_values_of(const Xapian::Document& document, const Article& article,
                   std::string_view stored) {
  return std::ranges::all_of(slot_values(article, stored, {}), [&](const auto& value) {
    return document.get_value(static_cast<Xapian::valueno>(value.first)) == value.second;
  });
}

/// What is wrong with the stored article and what leads to it; empty: nothing.
std::string problem_of(const Xapian::Database& index, const Xapian::Document& document,
                       const Article& article, std::string_view stored) {
  if (document.get_value(static_cast<Xapian::valueno>(Slot::fingerprint)) != fingerprint_of(stored))
    return "what is stored is not what was indexed";
  if (!has_values_of(document, article, stored)) return "its date is not the one that is stored";
  const Xapian::docid docid = document.get_docid();
  if (!leads_to(index, id_term(article.id), docid)) return "its id does not lead to it alone";
  if (length_of_terms(index, docid) != index.get_doclength(docid))
    return "its length is not that of its words";
  return {};
}

/// The id as a term of the article has it: cut where it is long. Empty where it cannot be read.
std::string id_in_terms(const Xapian::Database& index, Xapian::docid docid) {
  const std::string prefix(field_of(FieldId::id).prefix);
  try {
    Xapian::TermIterator term = index.termlist_begin(docid);
    term.skip_to(prefix);
    if (term != index.termlist_end(docid) && (*term).starts_with(prefix))
      return (*term).substr(prefix.size());
  } catch (const Xapian::Error&) {
  }
  return {};
}

}  // namespace

ArticleCheck check_article(const Xapian::Database& index, Xapian::docid docid,
                           ArticleCodec& codec) {
  std::string problem;
  try {
    const bool is_listed = lists(index, docid);
    const Xapian::Document document = index.get_document(docid, Xapian::DOC_ASSUME_VALID);
    const std::string data = document.get_data();
    if (!is_listed && data.empty()) return {};
    const std::string_view stored = codec.unpack(data);
    const Article article = decode_article(stored);
    problem = is_listed ? problem_of(index, document, article, stored)
                        : "it is stored, but not listed among the articles";
    if (problem.empty()) return {true, article.id, {}};
  } catch (const Xapian::Error& error) {
    problem = error.get_msg();
  } catch (const std::exception& error) {  // lede::Error, or memory that damage asks for
    problem = error.what();
  }
  return {true, id_in_terms(index, docid), problem.empty() ? "it cannot be read" : problem};
}

}  // namespace lede
