#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <string>
#include <utility>
#include <vector>
#include <zlib.h>

namespace lede {

/// Members of an archive that a test makes: names and contents.
using Members = std::vector<std::pair<std::string, std::string>>;

namespace packing {

/// Compressed by zlib; `window_bits` says with what header.
inline std::string deflated(const std::string& text, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY);
  std::string packed(text.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

/// Packs with libarchive's writer, whose growing output is `bytes`.
class Packer {
 public:
  Packer() { archive_write_set_bytes_per_block(writer, 0); }
  ~Packer() { archive_write_free(writer); }
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;

  void open() { archive_write_open(writer, &bytes, nullptr, &Packer::append, nullptr); }

  void add(const std::string& name, const std::string& content, unsigned type = AE_IFREG) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, 0644);
    if (type == AE_IFLNK) archive_entry_set_symlink(entry, content.c_str());
    archive_entry_set_size(entry, type == AE_IFREG ? static_cast<la_int64_t>(content.size()) : 0);
    archive_write_header(writer, entry);
    if (type == AE_IFREG) archive_write_data(writer, content.data(), content.size());
    archive_entry_free(entry);
  }

  std::string take() {
    archive_write_close(writer);
    return std::move(bytes);
  }

  archive* writer = archive_write_new();
  std::string bytes;

 private:
  static la_ssize_t append(archive*, void* bytes, const void* data, std::size_t size) {
    static_cast<std::string*>(bytes)->append(static_cast<const char*>(data), size);
    return static_cast<la_ssize_t>(size);
  }
};

}  // namespace packing

/// An archive; `set_format` is libarchive's, as archive_write_set_format_zip.
inline std::string archive_of(const Members& members, int (*set_format)(archive*)) {
  packing::Packer packer;
  set_format(packer.writer);
  packer.open();
  for (const auto& [name, content] : members) packer.add(name, content);
  return packer.take();
}

inline std::string zip_of(const Members& members) {
  return archive_of(members, archive_write_set_format_zip);
}

inline std::string tar_of(const Members& members) {
  return archive_of(members, archive_write_set_format_pax_restricted);
}

/// A compressed file; `add_filter` is libarchive's, as archive_write_add_filter_gzip.
inline std::string compressed(const std::string& content, int (*add_filter)(archive*)) {
  packing::Packer packer;
  add_filter(packer.writer);
  archive_write_set_format_raw(packer.writer);
  packer.open();
  packer.add("content", content);
  return packer.take();
}

inline std::string gzip_of(const std::string& content) {
  return compressed(content, archive_write_add_filter_gzip);
}

}  // namespace lede
