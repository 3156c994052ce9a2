#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/readers/input.hpp"
#include "corpus/readers/read_options.hpp"

struct archive;  // libarchive's

namespace lede {

/// What going to a place in its bytes is to the reader of an archive whose directory is at its end.
enum class Seeking : std::uint8_t { unused, helpful, needed };

/// One way in which files are packed: a compression, or a kind of archive.
struct Packing {
  std::string_view name;  ///< "gzip file", "zip archive"
  bool (*looks_like)(std::string_view head);
  int (*enable)(archive* reader);  ///< of libarchive, which is given no other way to read it;
                                   ///< nullptr: gzip_content() reads it
  bool is_archive;                 ///< it has members; else it is one stream
  Seeking seeking;
};

/// How a file is packed, by its first bytes; nullptr when it is not.
const Packing* detect_packing(std::string_view head);

/// What a compressed file's content is called: `a.html` of `a.html.gz`.
std::string_view name_inside(std::string_view name);

/// Is a member, or a folder that it is in, hidden? Then it is passed over, as in folders.
bool is_hidden(std::string_view name);

/// Is it, by its name, what comes along with pages and is no article: an image, a style sheet, a
/// script, a font, sound or film?
bool is_companion(std::string_view name);

/// `256 MiB`, `1000 bytes`.
std::string size_text(std::uint64_t bytes);

/// Why a member of more than so many bytes is skipped.
std::string too_large_text(std::uint64_t limit_bytes);

/// What unpacking one file has cost so far, whatever is packed in what.
class UnpackingCosts {
 public:
  /// Both must outlive it. `file` is the file itself: what it has read is what the rest grew from.
  UnpackingCosts(const ReadLimits& limits, const Input& file) : limits_(limits), file_(file) {}

  void count_member();

  /// `depth` is the number of packings round the one that the bytes came out of.
  void count_bytes(std::size_t bytes, unsigned depth);

  /// The limit that was passed: `the file has more than 10 members; ...`. Empty as long as none is;
  /// after that nothing more of the file is to be read.
  const std::string& exceeded() const { return exceeded_; }

  const ReadLimits& limits() const { return limits_; }

 private:
  const ReadLimits& limits_;
  const Input& file_;
  std::uint64_t members_ = 0;
  std::vector<std::uint64_t> bytes_by_depth_;
  std::string exceeded_;
};

/// A file in an archive, or the content of a compressed file.
struct Member {
  std::string name;  ///< UTF-8, only to be shown: it may say `../x`. Empty in a compressed file
  bool is_encrypted = false;
  std::uint64_t size_bytes = 0;  ///< as the archive claims; 0 when it does not say
};

/// Something packed, read from front to back. Nothing is written anywhere.
class Unpacker {
 public:
  /// All but `packing` must outlive it, and `packed` is its alone. `path` is for InputErrors.
  /// Throws InputError.
  Unpacker(Input& packed, const Packing& packing, UnpackingCosts& costs, unsigned depth,
           std::string path);
  ~Unpacker();
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// Goes to the next member that is a regular file; nullopt at the end. Throws InputError when the
  /// archive is broken or a limit is passed.
  std::optional<Member> next();

  /// The bytes of the member that next() went to, good until next() is called again. Its read()
  /// throws InputError, too, when they are more than a member may have.
  std::unique_ptr<ByteSource> content();

  /// An error was met behind which nothing can be read.
  bool is_broken() const { return is_broken_; }

 private:
  class Source;
  class Content;
  struct Free {
    void operator()(archive* reader) const noexcept;
  };

  std::size_t read(char* buffer, std::size_t capacity);
  void pass_over_rest();
  void count_bytes(std::size_t bytes);
  [[noreturn]] void fail(int status);
  void refuse_more_than_limits() const;

  const Packing& packing_;
  UnpackingCosts& costs_;
  unsigned depth_;
  std::string path_;
  std::unique_ptr<Source> source_;  // before reader_, which reads it
  std::unique_ptr<archive, Free> reader_;
  bool reads_rest_;  // passing over a member decodes it all the same: let it be counted
  bool has_rest_ = false;
  bool is_broken_ = false;
};

/// The content of a gzip file, `depth` packings deep. All but `path` must outlive it.
std::unique_ptr<ByteSource> gzip_content(Input& packed, UnpackingCosts& costs, unsigned depth,
                                         const std::string& path);

}  // namespace lede
