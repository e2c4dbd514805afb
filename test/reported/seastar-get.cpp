// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/seastar/issues/2933
// 'get' of a future that is not ready aborts the program unless it runs in a
// seastar::thread.

#include <seastar/seastar.hh>

using seastar::future;
future<int> load(int key);

future<int> sum_bad(int key) {
  int first = load(key).get(); // warn: coro-sync-over-async
  co_return first + co_await load(key + 1);
}
struct Continuation {
  future<int> sum_bad(int key) {
    return load(key).then([](int first) { return first + load(first).get(); }); // warn: coro-sync-over-async
  }
  future<int> thread_ok(int key) {
    return seastar::async([key] { return load(key).get() + load(key + 1).get(); });
  }
  future<int> ready_ok(int key) {
    return load(key).then_wrapped([](future<int> f) { return f.failed() ? 0 : f.get(); });
  }
};
future<int> available_ok(future<int> f) {
  if (f.available())
    co_return f.get();
  co_return co_await std::move(f);
}
