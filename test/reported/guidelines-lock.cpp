// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/isocpp/CppCoreGuidelines/issues/1805
// A lock guard lives across two suspension points: whoever wants the lock
// meanwhile waits, and may be the one that is to resume the coroutine.

#include <cppcoro/cppcoro.h>
#include <mutex>

std::mutex lock;
cppcoro::task<> something();
void modify();

cppcoro::task<> update_bad() {
  std::lock_guard<std::mutex> guard(lock);
  co_await something(); // warn: coro-lock-across-await
  co_await something(); // warn: coro-lock-across-await
}

cppcoro::task<> update_ok() {
  {
    std::lock_guard<std::mutex> guard(lock);
    modify();
  }
  co_await something();
}
