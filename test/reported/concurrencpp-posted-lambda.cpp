// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/David-Haim/concurrencpp/issues/113
// A coroutine lambda is posted to an executor, which destroys it as soon as it
// suspends; its second turn copies a captured pointer that is gone.

#include <coroutine>
#include <concurrencpp/concurrencpp.h>
#include <memory>

using concurrencpp::null_result;
using concurrencpp::result;
using concurrencpp::thread_pool_executor;

result<int> value(std::shared_ptr<thread_pool_executor> executor);

inline void run_bad(std::shared_ptr<thread_pool_executor> executor) {
  executor->post([executor]() -> null_result<> {
    for (int i = 0; i < 3; ++i)
      co_await value(executor); // warn: coro-dangling-reference
  });
}

inline void run_ok(std::shared_ptr<thread_pool_executor> executor) {
  executor->post([executor]() -> null_result<> {
    auto mine = executor;
    for (int i = 0; i < 3; ++i)
      co_await value(mine);
  });
}
