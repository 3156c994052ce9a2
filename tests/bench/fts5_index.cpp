// Indexes JSON Lines with SQLite's FTS5, as fast as FTS5 goes: what `./run bench indexing` compares
// lede-index with. Porter stems, positions, stored text.
//
//   fts5_index DATABASE ARTICLES.jsonl

#include <cstdio>
#include <exception>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

void require(int status, int wanted, sqlite3* database) {
  if (status != wanted) throw std::runtime_error(sqlite3_errmsg(database));
}

Database open(const char* path) {
  sqlite3* opened = nullptr;
  const int status = sqlite3_open(path, &opened);
  Database database(opened);
  require(status, SQLITE_OK, opened);
  return database;
}

void run(sqlite3* database, const char* sql) {
  require(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK, database);
}

Statement prepare(sqlite3* database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  require(sqlite3_prepare_v2(database, sql, -1, &statement, nullptr), SQLITE_OK, database);
  return Statement(statement);
}

/// The text lives until the statement has been stepped.
void bind(sqlite3_stmt* statement, int place, std::string_view text) {
  sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

std::string_view text_of(const simdjson::dom::element& article, std::string_view key) {
  std::string_view text;
  if (article[key].get(text) != simdjson::SUCCESS) return "";
  return text;
}

std::string_view body_of(const simdjson::dom::element& article) {
  const std::string_view body = text_of(article, "body");
  return body.empty() ? text_of(article, "text") : body;
}

// Nothing is kept safe, and pages are cached generously. Larger pages helped; a larger `hashsize`
// than FTS5's own (1 MiB before it writes a segment) did not.
constexpr const char* kSetUp = R"(
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -262144;
  CREATE VIRTUAL TABLE articles USING fts5(title, body, tokenize = 'porter unicode61');
)";

void add_articles(sqlite3* database, const std::string& path) {
  constexpr std::size_t kBatchBytes = 16 << 20;  // no article may be longer
  const Statement insert = prepare(database, "INSERT INTO articles(title, body) VALUES(?, ?)");
  simdjson::dom::parser parser;
  simdjson::dom::document_stream articles;
  simdjson::error_code error = parser.load_many(path, kBatchBytes).get(articles);
  if (error) throw std::runtime_error(simdjson::error_message(error));
  for (auto result : articles) {
    bind(insert.get(), 1, text_of(result.value(), "title"));
    bind(insert.get(), 2, body_of(result.value()));
    require(sqlite3_step(insert.get()), SQLITE_DONE, database);
    require(sqlite3_reset(insert.get()), SQLITE_OK, database);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fputs("usage: fts5_index DATABASE ARTICLES.jsonl\n", stderr);
    return 2;
  }
  const Database database = open(argv[1]);
  run(database.get(), kSetUp);
  run(database.get(), "BEGIN");
  add_articles(database.get(), argv[2]);
  run(database.get(), "COMMIT");
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "fts5_index: %s\n", error.what());
  return 1;
}
