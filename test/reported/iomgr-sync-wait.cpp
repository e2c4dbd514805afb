// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/eBay/IOManager/pull/126
// A blocking write is built on the asynchronous one with a promise and a future. On the reactor's own thread nobody
// is left to reap the completion.
#include <coroutine>
#include <future>
#include <memory>
#include <coroutine.h>
struct Op { // what a drive gives to await
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  int await_resume() noexcept;
};
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
template <class T> struct Task {
  using promise_type = stub::Promise<Task<T>, T>;
  stub::Awaitable<T> operator co_await() &&;
};
struct Drive { Op asyncWrite(const void *data, unsigned size, long offset); };
static Detached complete(Op op, std::shared_ptr<std::promise<int>> promise) { promise->set_value(co_await op); }
static int syncWait(Op op) {
  auto promise = std::make_shared<std::promise<int>>();
  auto future = promise->get_future();
  complete(std::move(op), promise);
  return future.get();
}
struct Superblock { char bytes[4096]; };
Task<int> checkpoint_bad(Drive &drive, Superblock block) {
  int written = co_await drive.asyncWrite("log", 3, 4096);
  written += syncWait(drive.asyncWrite(&block, sizeof block, 0)); // warn: coro-sync-over-async
  co_return written;
}
Task<int> checkpoint_ok(Drive &drive, Superblock block) {
  int written = co_await drive.asyncWrite("log", 3, 4096);
  written += co_await drive.asyncWrite(&block, sizeof block, 0);
  co_return written;
}
int format(Drive &drive, const Superblock &block) { return syncWait(drive.asyncWrite(&block, sizeof block, 0)); }
