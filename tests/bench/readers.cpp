// How fast each reader is, beside the library that it stands on.
//
//   readers_bench [--benchmark_...] FILE...
//
// The files of a format are read as lede-index reads them, from memory, on one thread: each record
// through the reader and finish_article. Where the format has a library of its own, that one reads
// the same bytes first and throws away what it finds; `of_plain` is the reader's speed as a share
// of it.

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <md4c.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "corpus/readers/finish.hpp"
#include "corpus/readers/formats.hpp"
#include "corpus/readers/html/markup.hpp"
#include "indexer/keep_freed_memory.hpp"

namespace {

/// Bytes that lie elsewhere in memory.
class ViewSource final : public lede::ByteSource {
 public:
  explicit ViewSource(std::string_view rest) : rest_(rest) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t count = std::min(capacity, rest_.size());
    std::memcpy(buffer, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

struct File {
  std::string path;
  std::string bytes;
};

/// Files of one format.
struct FileSet {
  const lede::Format* format;
  std::vector<File> files;
  std::size_t size_bytes = 0;
  double plain_bytes_per_second = 0;  // once measured
};

const lede::Format* format_of(const File& file) {
  constexpr std::size_t kHeadBytes = 64 << 10;
  return lede::detect_format(file.path, std::string_view(file.bytes).substr(0, kHeadBytes));
}

std::size_t read_all(const lede::Format& format, const File& file) {
  lede::ReadContext context;
  context.path = file.path;
  lede::Input input(std::make_unique<ViewSource>(file.bytes));
  std::size_t articles = 0;
  format.read(input, context, [&](lede::ReadResult result) {
    auto* article = std::get_if<lede::Article>(&result);
    if (article == nullptr) return true;
    const auto finished = lede::finish_article(std::move(*article), context);
    articles += std::holds_alternative<lede::Article>(finished);
    return true;
  });
  return articles;
}

// ---- the libraries alone

std::size_t plain_json(std::string_view bytes) {
  constexpr std::size_t kBatch = 16 << 20;  // no record may be longer
  simdjson::dom::parser parser;
  parser.threaded = false;
  const bool is_array = bytes.find_first_not_of(" \t\r\n") == bytes.find('[');
  if (is_array) return parser.parse(bytes.data(), bytes.size()).error() == simdjson::SUCCESS;
  simdjson::dom::document_stream records;
  if (parser.parse_many(bytes.data(), bytes.size(), kBatch).get(records)) return 0;
  std::size_t count = 0;
  for (auto record : records) count += record.error() == simdjson::SUCCESS;
  return count;
}

std::size_t plain_html(std::string_view bytes) {
  return lede::parse_html(bytes) != nullptr;
}

std::size_t plain_markdown(std::string_view bytes) {
  constexpr auto kPassOver = [](auto...) { return 0; };
  MD_PARSER parser{};
  parser.enter_block = kPassOver;
  parser.leave_block = kPassOver;
  parser.enter_span = kPassOver;
  parser.leave_span = kPassOver;
  parser.text = kPassOver;
  return md_parse(bytes.data(), static_cast<MD_SIZE>(bytes.size()), &parser, nullptr) == 0;
}

struct PlainLibrary {
  std::string_view format;
  const char* name;
  std::size_t (*read)(std::string_view bytes);
};
constexpr PlainLibrary kPlainLibraries[] = {
    {"json", "simdjson", plain_json},
    {"html", "libxml2", plain_html},
    {"markdown", "md4c", plain_markdown},
};

const PlainLibrary* library_of(const lede::Format& format) {
  const auto* found =
      std::find_if(std::begin(kPlainLibraries), std::end(kPlainLibraries),
                   [&](const PlainLibrary& library) { return library.format == format.name; });
  return found == std::end(kPlainLibraries) ? nullptr : found;
}

// ---- measuring

/// Gives `read` every file as often as the benchmark wants; returns bytes a second.
template <typename Read>
double measure(benchmark::State& state, const FileSet& set, Read&& read) {
  using Clock = std::chrono::steady_clock;
  std::size_t records = 0;
  const auto started = Clock::now();
  for ([[maybe_unused]] const auto round : state) {
    records = 0;
    for (const File& file : set.files) records += read(file);
  }
  const std::chrono::duration<double> seconds = Clock::now() - started;
  const auto bytes = state.iterations() * static_cast<std::int64_t>(set.size_bytes);
  state.SetBytesProcessed(bytes);
  state.counters["records"] = static_cast<double>(records);
  return static_cast<double>(bytes) / seconds.count();
}

void measure_library(benchmark::State& state, FileSet& set, const PlainLibrary& library) {
  set.plain_bytes_per_second =
      measure(state, set, [&](const File& file) { return library.read(file.bytes); });
}

void measure_reader(benchmark::State& state, const FileSet& set) {
  const double speed =
      measure(state, set, [&](const File& file) { return read_all(*set.format, file); });
  if (set.plain_bytes_per_second == 0) return;
  state.counters["of_plain"] = speed / set.plain_bytes_per_second;
}

void add_benchmarks(FileSet& set) {
  const std::string what = fmt::format("{}, {} files", set.format->name, set.files.size());
  const auto add = [&](std::string_view who, auto&& run) {
    benchmark::RegisterBenchmark(fmt::format("{}: {}", who, what).c_str(), run)
        ->Unit(benchmark::kMillisecond);
  };
  if (const PlainLibrary* library = library_of(*set.format)) {
    add(library->name,
        [&set, library](benchmark::State& state) { measure_library(state, set, *library); });
  }
  add("lede", [&set](benchmark::State& state) { measure_reader(state, set); });
}

/// Reads a file into the set of its format; false when that cannot be.
bool take_file(const std::string& path, std::map<std::string_view, FileSet>& sets) {
  std::ifstream stream(path, std::ios::binary);
  File file{path, {std::istreambuf_iterator<char>(stream), {}}};
  const lede::Format* format = format_of(file);
  if (!stream || format == nullptr) return false;
  FileSet& set = sets[format->name];
  set.format = format;
  set.size_bytes += file.bytes.size();
  set.files.push_back(std::move(file));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc < 2) {
    fmt::print(stderr, "usage: readers_bench [--benchmark_...] FILE...\n");
    return 2;
  }
  lede::keep_freed_memory();
  std::map<std::string_view, FileSet> sets;
  for (int at = 1; at < argc; ++at) {
    if (take_file(argv[at], sets)) continue;
    fmt::print(stderr, "readers_bench: {} cannot be read, or is of no format\n", argv[at]);
    return 1;
  }
  for (auto& [name, set] : sets) add_benchmarks(set);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
