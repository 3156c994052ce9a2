#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace lede {

using Members = std::vector<std::pair<std::string, std::string>>;

/// A zip with these members, in order, deflated.
inline std::string zip_of(const Members& members) {
  std::size_t capacity = 4096;
  for (const auto& [name, bytes] : members) capacity += 2 * name.size() + bytes.size() + 1024;
  std::string zip(capacity, '\0');
  std::size_t size = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_set_options(writer, "hdrcharset=UTF-8");
  archive_write_set_bytes_per_block(writer, 0);
  archive_write_open_memory(writer, zip.data(), zip.size(), &size);
  for (const auto& [name, bytes] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  const int closed = archive_write_close(writer);
  archive_write_free(writer);
  if (closed != ARCHIVE_OK) throw std::runtime_error("the zip cannot be made");
  zip.resize(size);
  return zip;
}

}  // namespace lede
