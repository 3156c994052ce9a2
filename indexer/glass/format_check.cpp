#include "indexer/glass/format_check.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <xapian.h>

#include "indexer/glass/block.hpp"
#include "indexer/glass/version_file.hpp"

namespace lede::glass {
namespace {

constexpr std::size_t kUuidBegin = 16;      // behind the magic and the version
constexpr std::size_t kPostlistFlags = 34;  // behind the UUID, the revision and the root's number
constexpr char kIsSequential = 2;           // we promise it, libxapian does where it appends only

/// Lengths, termlist and data of one document: three tables that are there, three that are not.
std::string written_by_library(const std::string& folder) {
  {
    constexpr int kFlags = Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC;
    Xapian::WritableDatabase database(folder, kFlags, kIndexBlockBytes);
    Xapian::Document document;
    document.set_data("data");
    database.add_document(document);
    database.commit();
  }
  std::ifstream file(folder + "/iamglass", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The same of ours, with the other's UUID.
std::string written_by_us(const std::string& theirs) {
  VersionFile version;
  for (TableRoot& root : version.roots) root.block_bytes = kIndexBlockBytes;
  for (const Table table : {Table::postlist, Table::docdata, Table::termlist}) {
    TableRoot& root = version.roots[static_cast<std::size_t>(table)];
    root.entries = root.blocks = 1;
  }
  version.documents = version.last_docid = 1;
  if (theirs.size() >= kUuidBegin + version.uuid.size())
    std::copy_n(theirs.begin() + kUuidBegin, version.uuid.size(), version.uuid.begin());
  return encode(version);
}

}  // namespace

bool is_written_alike(const std::string& folder) {
  if (!is_known_library(Xapian::version_string())) return false;
  const std::string trial = folder + "/trial";
  std::error_code error;
  try {
    std::string theirs = written_by_library(trial);
    std::filesystem::remove_all(trial, error);
    if (theirs.size() > kPostlistFlags) theirs[kPostlistFlags] |= kIsSequential;
    return theirs == written_by_us(theirs);
  } catch (const Xapian::Error&) {
    std::filesystem::remove_all(trial, error);
    return false;
  }
}

}  // namespace lede::glass
