// How fast each reader is, beside the library that it stands on.
//
//   readers_bench [--benchmark_...] FILE...
//
// Every file is read as lede-index reads it, from memory, on one thread: its format detected, each
// record through the reader and finish_article. Where the format has a library of its own, that one
// reads the same bytes first and throws away what it finds; `of_plain` is the reader's speed as a
// share of it.

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <md4c.h>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <simdjson.h>

#include "corpus/readers/finish.hpp"
#include "corpus/readers/formats.hpp"
#include "corpus/readers/html/markup.hpp"

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
  const lede::Format* format;
  double plain_bytes_per_second = 0;  // once measured
};

std::shared_ptr<File> open_file(const std::string& path) {
  constexpr std::size_t kHeadBytes = 64 << 10;
  std::ifstream stream(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  const lede::Format* format =
      lede::detect_format(path, std::string_view(bytes).substr(0, kHeadBytes));
  if (!stream || format == nullptr) return nullptr;
  return std::make_shared<File>(File{path, std::move(bytes), format});
}

std::size_t read_all(const File& file) {
  lede::ReadContext context;
  context.path = file.path;
  lede::Input input(std::make_unique<ViewSource>(file.bytes));
  std::size_t articles = 0;
  file.format->read(input, context, [&](lede::ReadResult result) {
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

const PlainLibrary* library_of(const File& file) {
  const auto* found = std::find_if(
      std::begin(kPlainLibraries), std::end(kPlainLibraries),
      [&](const PlainLibrary& library) { return library.format == file.format->name; });
  return found == std::end(kPlainLibraries) ? nullptr : found;
}

// ---- measuring

/// Runs `read` as often as the benchmark wants; returns bytes a second.
template <typename Read>
double measure(benchmark::State& state, const File& file, Read&& read) {
  using Clock = std::chrono::steady_clock;
  std::size_t records = 0;
  const auto started = Clock::now();
  for ([[maybe_unused]] const auto round : state) benchmark::DoNotOptimize(records = read());
  const std::chrono::duration<double> seconds = Clock::now() - started;
  const auto bytes = state.iterations() * static_cast<std::int64_t>(file.bytes.size());
  state.SetBytesProcessed(bytes);
  state.counters["records"] = static_cast<double>(records);
  return static_cast<double>(bytes) / seconds.count();
}

void add_benchmarks(const std::shared_ptr<File>& file) {
  const std::string name = file->path.substr(file->path.rfind('/') + 1);
  if (const PlainLibrary* library = library_of(*file)) {
    benchmark::RegisterBenchmark(fmt::format("{}/{}", library->name, name).c_str(),
                                 [=](benchmark::State& state) {
                                   file->plain_bytes_per_second = measure(
                                       state, *file, [&] { return library->read(file->bytes); });
                                 })
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::RegisterBenchmark(fmt::format("lede {}/{}", file->format->name, name).c_str(),
                               [=](benchmark::State& state) {
                                 const double speed =
                                     measure(state, *file, [&] { return read_all(*file); });
                                 if (file->plain_bytes_per_second == 0) return;
                                 state.counters["of_plain"] = speed / file->plain_bytes_per_second;
                               })
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc < 2) {
    fmt::print(stderr, "usage: readers_bench [--benchmark_...] FILE...\n");
    return 2;
  }
  for (int at = 1; at < argc; ++at) {
    const auto file = open_file(argv[at]);
    if (file == nullptr) {
      fmt::print(stderr, "readers_bench: {} cannot be read, or is of no format\n", argv[at]);
      return 1;
    }
    add_benchmarks(file);
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
