// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-dangling-reference,coro-stale-state,coro-busy-wait,coro-early-release %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of FoundationDB's Flow, each table both ways.

#include <foundationdb/foundationdb.h>
#include <string>

Future<int> load();
Future<Void> put(int);

inline Future<Void> sleep_bad() {
  threadSleep(1); // warn: coro-blocking-call
  co_await put(1);
}
inline Future<Void> delay_ok() { co_await delay(1); }
inline Future<Void> file_bad(const std::string &path) {
  std::string text = readFileBytes(path, 100); // warn: coro-blocking-call
  co_await put(int(text.size()));
}

// Futures of other threads.
inline Future<Void> get_blocking_bad(ThreadFuture<int> f) {
  co_await put(f.getBlocking()); // warn: coro-sync-over-async
}
inline Future<Void> block_until_ready_bad(ThreadFuture<int> f) {
  f.blockUntilReady(); // warn: coro-sync-over-async
  co_await put(f.getBlocking());
}
inline Future<Void> get_ready_ok(ThreadFuture<int> f) {
  if (f.isReady())
    co_await put(f.getBlocking());
}
inline int get_elsewhere_ok(ThreadFuture<int> f) { return f.getBlocking(); }

inline void network_thread_bad() {
  onMainThreadVoid([] { threadSleep(1); });   // warn: coro-blocking-call
  onMainThread([] { waitThread(1); return 1; }); // warn: coro-blocking-call
}
inline void network_thread_ok() {
  onMainThreadVoid([] {});
  threadSleep(1);
}

// Dropping the last future cancels the actor.
inline Future<Void> dropped_bad() {
  put(1); // warn: coro-discarded-task
  co_await load();
}
inline Future<Void> kept_ok() {
  uncancellable(put(1));
  Future<Void> f = put(2);
  co_await load();
  co_await f;
}
inline Future<Void> use(const std::string &key) {
  co_await load();
  co_await put(int(key.size()));
}
inline Future<Void> timed_bad() {
  std::string key = "a";
  return timeoutError(use(key), 1); // warn: coro-dangling-reference
}
inline Future<Void> timed_ok() {
  std::string key = "a";
  co_await timeoutError(use(key), 1);
}

// Guards.
inline Future<Void> released_early_bad(FlowLock &lock) {
  FlowLock::Releaser holds(lock);
  return put(1); // warn: coro-early-release
}
inline Future<Void> released_ok(FlowLock &lock) {
  FlowLock::Releaser holds(lock);
  co_await put(1);
}
struct Totals {
  FlowLock lock;
  FlowMutex mutex;
  PriorityMultiLock priorities;
  int total = 0;
  void reset() { total = 0; }
  Future<Void> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  Future<Void> releaser_ok() {
    co_await lock.take();
    FlowLock::Releaser holds(lock);
    total = total + co_await load();
  }
  Future<Void> by_hand_ok() {
    co_await lock.take();
    total = total + co_await load();
    lock.release();
  }
  Future<Void> mutex_ok() {
    FlowMutex::Lock holds = co_await mutex.take();
    total = total + co_await load();
    holds.release();
  }
  Future<Void> priority_ok() {
    PriorityMultiLock::Lock holds = co_await priorities.lock(1);
    total = total + co_await load();
  }
  Future<Void> mutex_released_bad() {
    FlowMutex::Lock holds = co_await mutex.take();
    holds.release();
    total = total + co_await load(); // warn: coro-stale-state
  }
};

// Lets others run, and waits for nothing.
inline Future<Void> spin_bad(bool &flag) {
  while (!flag) // warn: coro-busy-wait
    co_await yield();
}
inline Future<Void> wait_ok(bool &flag) {
  while (!flag)
    co_await delay(1);
}
