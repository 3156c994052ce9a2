#include "corpus/readers/office/zip_members.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <clocale>
#include <locale.h>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "corpus/readers/text/charset.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::uint64_t kGrowthIsWatchedFrom = std::uint64_t{1} << 20;

struct FreeArchive {
  void operator()(archive* reader) const noexcept { archive_read_free(reader); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;

struct FreeEntry {
  void operator()(archive_entry* entry) const noexcept { archive_entry_free(entry); }
};
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

/// While it lives, this thread's locale is UTF-8: libarchive gives names in the locale's charset,
/// and loses those that it cannot write.
class Utf8Names {
 public:
  Utf8Names() : utf8_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_ != nullptr) before_ = ::uselocale(utf8_);
  }
  ~Utf8Names() {
    if (utf8_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(utf8_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t utf8_;
  locale_t before_ = nullptr;
};

Archive open_zip(std::string_view zip) {
  Archive reader(archive_read_new());
  if (reader == nullptr || archive_read_support_format_zip_seekable(reader.get()) != ARCHIVE_OK ||
      archive_read_open_memory(reader.get(), zip.data(), zip.size()) != ARCHIVE_OK) {
    return nullptr;
  }
  return reader;
}

std::string name_of_member(archive_entry* entry) {
  if (const char* name = archive_entry_pathname_utf8(entry)) return name;
  const char* bytes = archive_entry_pathname(entry);
  return bytes == nullptr ? std::string() : to_utf8(bytes);
}

std::string error_of(archive* reader) {
  const char* text = archive_error_string(reader);
  return text == nullptr ? "it is damaged" : ascii_lower(clean_line(text));
}

/// One run over a zip.
class ZipRun {
 public:
  ZipRun(std::string_view zip, const ReadLimits& limits) : limits_(limits), zip_(zip) {}

  ZipMembers read(const IsWanted& is_wanted) {
    const Utf8Names utf8_names;
    reader_ = open_zip(zip_);
    const Entry entry(archive_entry_new());
    if (reader_ == nullptr || entry == nullptr) {
      members_.failure = "it is no zip that can be read";
      return std::move(members_);
    }
    while (go_to_next(entry.get())) {
      std::string name = name_of_member(entry.get());
      if (is_wanted(name) && !is_known(name)) take(std::move(name), entry.get());
    }
    return std::move(members_);
  }

 private:
  bool is_known(const std::string& name) const {
    return members_.bytes.contains(name) || members_.refused.contains(name);
  }

  bool go_to_next(archive_entry* entry) {
    if (!members_.failure.empty()) return false;
    const int status = archive_read_next_header2(reader_.get(), entry);
    if (status == ARCHIVE_EOF) return false;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
      members_.failure = "the zip is damaged: " + error_of(reader_.get());
      return false;
    }
    if (++count_ <= limits_.members) return true;
    members_.failure = fmt::format("it has more than {} members", limits_.members);
    return false;
  }

  void take(std::string name, archive_entry* entry) {
    if (archive_entry_is_data_encrypted(entry) > 0) {
      members_.refused.emplace(std::move(name), "it is encrypted");
      return;
    }
    std::string bytes;
    if (const std::string reason = read_bytes(bytes); !reason.empty()) {
      members_.refused.emplace(std::move(name), reason);
    } else if (members_.failure.empty()) {
      members_.bytes.emplace(std::move(name), std::move(bytes));
    }
  }

  /// Returns why the member is refused; empty when it is not.
  std::string read_bytes(std::string& bytes) {
    std::array<char, std::size_t{64} << 10> buffer;
    for (;;) {
      const la_ssize_t count = archive_read_data(reader_.get(), buffer.data(), buffer.size());
      if (count == 0) return {};
      if (count < 0) return "it is damaged: " + error_of(reader_.get());
      bytes.append(buffer.data(), static_cast<std::size_t>(count));
      total_bytes_ += static_cast<std::uint64_t>(count);
      if (is_beyond_limits()) return {};
      if (bytes.size() > limits_.member_bytes) {
        return fmt::format("it is longer than {} bytes", limits_.member_bytes);
      }
    }
  }

  bool is_beyond_limits() {
    if (total_bytes_ > std::min<std::uint64_t>(limits_.record_bytes, limits_.total_bytes)) {
      members_.failure = fmt::format("its text is longer than {} bytes", limits_.record_bytes);
    } else if (total_bytes_ > kGrowthIsWatchedFrom && total_bytes_ / limits_.growth > zip_.size()) {
      members_.failure = fmt::format("it unpacks to more than {} times its size", limits_.growth);
    }
    return !members_.failure.empty();
  }

  const ReadLimits& limits_;
  std::string_view zip_;
  Archive reader_;
  ZipMembers members_;
  std::uint64_t count_ = 0;
  std::uint64_t total_bytes_ = 0;
};

}  // namespace

ZipMembers read_zip_members(std::string_view zip, const IsWanted& is_wanted,
                            const ReadLimits& limits) {
  return ZipRun(zip, limits).read(is_wanted);
}

std::variant<ZipMembers, Skipped> read_zip(Input& input, const ReadContext& context,
                                           const IsWanted& is_wanted, std::string_view main) {
  const auto skip = [&](std::string reason) {
    return Skipped{context.path, {}, std::move(reason)};
  };
  const ReadLimits& limits = context.options.limits;
  const auto bytes = input.all(limits.record_bytes);
  if (!bytes) return skip(fmt::format("it is longer than {} bytes", limits.record_bytes));
  ZipMembers members = read_zip_members(*bytes, is_wanted, limits);
  if (members.bytes.contains(main)) return members;
  if (const auto refused = members.refused.find(main); refused != members.refused.end()) {
    return skip(refused->first + ": " + refused->second);
  }
  if (!members.failure.empty()) return skip(members.failure);
  return skip(fmt::format("there is no {} in it", main));
}

std::vector<std::string> warnings_of(const ZipMembers& members) {
  std::vector<std::string> warnings;
  warnings.reserve(members.refused.size() + 1);
  for (const auto& [name, reason] : members.refused) {
    warnings.push_back(fmt::format("{}: {}", name, reason));
  }
  if (!members.failure.empty()) warnings.push_back(members.failure);
  return warnings;
}

bool is_zip(std::string_view head) {
  return head.starts_with("PK\3\4");
}

bool is_zip_of_type(std::string_view head, std::string_view media_type) {
  constexpr std::string_view kName = "mimetype";
  constexpr std::size_t kNameAt = 30;  // behind a local header of that length
  if (!is_zip(head) || head.size() < kNameAt + kName.size()) return false;
  const std::string_view rest = head.substr(kNameAt);
  return rest.starts_with(kName) && rest.substr(kName.size()).starts_with(media_type);
}

}  // namespace lede
