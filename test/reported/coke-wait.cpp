// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/kedixa/coke/issues/38
// A library that no model describes: its sync_wait, called in a coroutine that the handler
// threads run, can take all of them.
#include <coroutine.h>
#include <condition_variable>
#include <mutex>
namespace coke {
template <class T = void> class [[nodiscard]] Task {
public:
  using promise_type = stub::Promise<Task<T>, T>;
  Task(Task &&);
  ~Task();
  void start();
  stub::Awaitable<T> operator co_await() &&;
};
namespace detail {
class SyncLatch {
  std::mutex mtx;
  std::condition_variable cv;
  long expected;

public:
  explicit SyncLatch(long n) : expected(n) {}
  void count_down() {
    std::lock_guard<std::mutex> lk(mtx);
    if (--expected == 0)
      cv.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lk(mtx);
    cv.wait(lk, [this] { return expected == 0; });
  }
};
template <class T> Task<> sync_wait_helper(Task<T> task, T &result, SyncLatch &lt) {
  result = co_await std::move(task);
  lt.count_down();
}
} // namespace detail
template <class T> T sync_wait(Task<T> &&task) {
  detail::SyncLatch lt(1);
  T result{};
  auto runner = detail::sync_wait_helper<T>(std::move(task), result, lt);
  runner.start();
  lt.wait();
  return result;
}
} // namespace coke
coke::Task<int> fetch(int id);
int legacyLookup(int id) { return coke::sync_wait(fetch(id)); }

coke::Task<int> handle_bad(int id) {
  co_return legacyLookup(id); // warn: coro-blocking-call
}
coke::Task<int> handle_ok(int id) { co_return co_await fetch(id); }
int main() { return coke::sync_wait(handle_ok(1)); }
