// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/drogonframework/drogon/pull/1069
// A coroutine lambda is called where it is written; the text that it captured
// is freed at the semicolon, long before it is logged.

#include <drogon/drogon.h>

drogon::Task<> pause(int seconds);
void log(const std::string &name);

inline void greet_bad(std::string name) {
  [name]() -> drogon::AsyncTask {
    co_await pause(10);
    log(name); // warn: coro-dangling-reference
  }();
}

inline void greet_ok(std::string name) {
  drogon::async_run([name]() -> drogon::Task<> {
    co_await pause(10);
    log(name);
  });
}

inline void greet_too_ok(std::string name) {
  [](std::string name) -> drogon::AsyncTask {
    co_await pause(10);
    log(name);
  }(name);
}
