// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/drogonframework/drogon/issues/448
// The callback of one query waits for the next, which this thread would serve.

#include <drogon/drogon.h>

using drogon::orm::DbClient;
using drogon::orm::DrogonDbException;
using drogon::orm::Result;

void log_bad(DbClient &db) {
  db.execSqlAsync(
      "insert into log values (1)",
      [&db](const Result &) {
        db.execSqlSync("select count(*) from log"); // warn: coro-sync-over-async
        db.execSqlAsyncFuture("select 1").get(); // warn: coro-sync-over-async
      },
      [](const DrogonDbException &) {});
}

void log_ok(DbClient &db) {
  db.execSqlAsync(
      "insert into log values (1)",
      [&db](const Result &) {
        db.execSqlAsync(
            "select count(*) from log", [](const Result &) {},
            [](const DrogonDbException &) {});
      },
      [](const DrogonDbException &) {});
}
