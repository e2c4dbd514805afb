// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// SQLiteCpp: whatever executes a statement waits for the file.

#include "coro.h"
#include <sqlitecpp/sqlitecpp.h>
#include <thread>
#include <utility>
using namespace coro;

task<> open_bad() {
  SQLite::Database db("app.db"); // warn: coro-blocking-call
  co_return;
}
task<> execute_bad(SQLite::Database &db) {
  SQLite::Transaction transaction(db); // warn: coro-blocking-call
  db.exec("DELETE FROM sessions"); // warn: coro-blocking-call
  SQLite::execute_many(db, "INSERT INTO log VALUES (?)", 1, 2); // warn: coro-blocking-call
  transaction.commit(); // warn: coro-blocking-call
  co_return;
}
task<> step_bad(SQLite::Statement &query) {
  while (query.executeStep()) // warn: coro-blocking-call
    co_await async_op();
}
task<> prepare_ok(SQLite::Database db) {
  SQLite::Database mine(std::move(db));
  SQLite::Statement query(mine, "SELECT * FROM log WHERE id = ?");
  query.bind(1, 7);
  (void)mine.getChanges();
  co_return;
}
std::jthread worker_ok(SQLite::Database &db) {
  return std::jthread([&db] { db.exec("VACUUM"); });
}
