#include "indexer/check_tables.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <ostream>
#include <stdexcept>
#include <streambuf>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <xapian.h>

#include "corpus/error.hpp"
#include "corpus/settings.hpp"
#include "indexer/in_child.hpp"

namespace lede {
namespace {

constexpr std::size_t kKeptOutput = 16'384;

constexpr std::array<std::string_view, 6> kTables{"docdata",  "termlist", "postlist",
                                                  "position", "spelling", "synonym"};

/// Writes at once: what was printed before a crash is what tells.
class UnbufferedOutput : public std::streambuf {
 public:
  explicit UnbufferedOutput(int output) : output_(output) {}

 protected:
  std::streamsize xsputn(const char* bytes, std::streamsize size) override {
    write_to(output_, {bytes, static_cast<std::size_t>(size)});
    return size;
  }
  int_type overflow(int_type byte) override {
    const char written = traits_type::to_char_type(byte);
    write_to(output_, {&written, 1});
    return byte;
  }

 private:
  int output_;
};

/// In a child process: throws where there is any error.
void check_table(const std::string& file, int output) {
  UnbufferedOutput buffer(output);
  std::ostream stream(&buffer);
  try {
    if (Xapian::Database::check(file, 0, &stream) == 0) return;
  } catch (const Xapian::Error& error) {
    stream << error.get_type() << ": " << error.get_msg() << '\n';
  }
  throw std::runtime_error("damaged");
}

void keep_end(std::string& kept, std::string_view output) {
  kept += output;
  if (kept.size() > kKeptOutput) kept.erase(0, kept.size() - kKeptOutput);
}

/// Ten times what a slow disk needs, and a minute.
ChildTime time_for(const std::filesystem::path& file) {
  constexpr std::uintmax_t kBytesPerSecond = 1'000'000;
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(file, error);
  const std::chrono::seconds time(60 + (error ? 0 : bytes / kBytesPerSecond));
  return {time, time};
}

std::string problem_of(const ChildEnd& end) {
  switch (end.kind) {
    case ChildEnd::Kind::done:
      return {};
    case ChildEnd::Kind::failed:
      return "libxapian finds errors in it";
    case ChildEnd::Kind::signalled:
      return fmt::format("libxapian crashes over it (signal {})", end.signal);
    case ChildEnd::Kind::too_slow:
      return "checking it does not come to an end";
  }
  return {};
}

/// libxapian takes a missing table for an empty one. Wherever words are counted there are
/// positions, unless the index is to have none; of the other tables the articles tell, or the index
/// cannot be opened.
bool is_missing(std::string_view table, const std::string& tables) {
  if (table != "position") return false;
  try {
    const Xapian::Database index(tables, Xapian::DB_BACKEND_GLASS);
    return index.get_total_length() > 0 && read_settings(index, tables).positions == Positions::all;
  } catch (const Xapian::Error&) {
    return false;
  } catch (const Error&) {  // settings that cannot be read are told of elsewhere
    return false;
  }
}

}  // namespace

std::vector<TableDamage> check_tables(const IndexFolder& folder) {
  std::vector<TableDamage> damaged;
  for (const std::string_view table : kTables) {
    const std::string file = fmt::format("{}/{}.glass", folder.tables(), table);
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
      if (is_missing(table, folder.tables()))
        damaged.push_back({std::string(table), "it is missing", {}});
      continue;
    }
    std::string output;
    const ChildEnd end =
        run_in_child([&](int child_output) { check_table(file, child_output); },
                     [&](std::string_view piece) { keep_end(output, piece); }, time_for(file));
    if (end.kind != ChildEnd::Kind::done)
      damaged.push_back({std::string(table), problem_of(end), output});
  }
  return damaged;
}

}  // namespace lede
