#include "coro.h"
#include <mutex>

std::mutex m;
coro::task<> twice_bad() {
  std::lock_guard l(m);
  co_await coro::async_op();
  co_await coro::async_op();
}
coro::task<> once_bad() {
  std::lock_guard l(m);
  co_await coro::async_op();
}
