// RUN: %check_corolint %s coro-sync-over-async,coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/drogonframework/drogon/issues/2331
// After an asynchronous query a coroutine goes on in the loop of the database,
// where it waits for another query of the same connection.

#include <drogon/drogon.h>

drogon::Task<int> find_async(int key);

drogon::AsyncTask read_bad(drogon::orm::Mapper<int> &configuration) {
  int key = co_await find_async(1);
  configuration.findByPrimaryKey(key); // warn: coro-sync-over-async
}

drogon::AsyncTask read_ok() {
  int key = co_await find_async(1);
  co_await find_async(key);
}
