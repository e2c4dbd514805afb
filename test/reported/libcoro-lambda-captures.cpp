// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/jbaldwin/libcoro/pull/294
// A coroutine lambda with captures is called and its task is stored; the
// lambda is a temporary.

#include <libcoro/libcoro.h>
#include <vector>

void use(int);

void start_bad(coro::thread_pool &pool, std::vector<coro::task<void>> &tasks, int i) {
  tasks.push_back([&pool, i]() -> coro::task<void> {
    co_await pool.schedule(); // warn: coro-dangling-reference
    use(i);
  }());
}

void start_ok(coro::thread_pool &pool, std::vector<coro::task<void>> &tasks, int i) {
  tasks.push_back([](coro::thread_pool &pool, int i) -> coro::task<void> {
    co_await pool.schedule();
    use(i);
  }(pool, i));
}
