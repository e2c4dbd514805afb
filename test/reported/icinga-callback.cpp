// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/Icinga/icinga2/pull/8601
// A bind that copied the callback became a lambda that refers to it; it runs later, on the pool.
#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <functional>
#include <string>
struct Result { std::string output; int status = 0; };
asio::thread_pool &pool();
void queueAsyncCallback(const std::function<void()> &callback) { asio::post(pool(), callback); }

struct Process {
  Result result;
  void run_bad(const std::function<void(const Result &)> &callback) {
    result.status = 1;
    if (callback)
      queueAsyncCallback([this, &callback] { callback(result); }); // warn: coro-dangling-reference
  }
  void run_ok(const std::function<void(const Result &)> &callback) {
    result.status = 1;
    if (callback)
      queueAsyncCallback([copy = result, callback] { callback(copy); });
  }
};
