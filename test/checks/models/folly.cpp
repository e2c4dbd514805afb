// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-dangling-reference,coro-no-yield-region,coro-stale-state,coro-busy-wait,coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of folly, each table both ways.

#include <corolint/annotations.h>
#include <folly/folly.h>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using folly::coro::Task;

void block() { std::this_thread::sleep_for(1ms); }
Task<int> load();
Task<void> store(int);

// Sync waits, and what to await instead.
inline Task<void> blocking_wait_bad() {
  folly::coro::blockingWait(store(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: call to 'operator()' waits synchronously for asynchronous work in coroutine 'blocking_wait_bad'
  // CHECK-FIXES: co_await store(1);
  co_await store(2);
}
inline Task<void> get_bad(folly::Future<int> f) {
  int n = std::move(f).get(); // warn: coro-sync-over-async
  co_await store(n);
}
inline Task<void> get_ready_ok(folly::Future<int> f) {
  if (f.isReady())
    co_await store(std::move(f).get());
}
inline void get_argument_ok(folly::Future<int> f) {
  std::move(f).thenTry([](folly::Future<int> done) { std::move(done).get(); });
}
inline Task<void> and_wait_bad(folly::EventBase &base) {
  base.runInEventBaseThreadAndWait([] {}); // warn: coro-sync-over-async
  co_await store(1);
}
inline Task<void> no_wait_ok(folly::EventBase &base) {
  base.runInEventBaseThread([] {});
  co_await store(1);
}

// Threads' queues and semaphores.
inline Task<void> queues_bad(folly::MPMCQueue<int> &mpmc, folly::UnboundedQueue<int> &unbounded,
                             folly::DynamicBoundedQueue<int> &bounded, folly::BlockingQueue<int> &blocking) {
  int n = 0;
  mpmc.blockingRead(n);               // warn: coro-blocking-call
  mpmc.blockingWrite(n);              // warn: coro-blocking-call
  unbounded.dequeue(n);               // warn: coro-blocking-call
  unbounded.try_dequeue_for(n, 10ms); // warn: coro-blocking-call
  bounded.enqueue(n);                 // warn: coro-blocking-call
  bounded.dequeue(n);                 // warn: coro-blocking-call
  n = blocking.take();                // warn: coro-blocking-call
  co_await store(n);
}
inline Task<void> queues_ok(folly::MPMCQueue<int> &mpmc, folly::UnboundedQueue<int> &unbounded,
                            folly::DynamicBoundedQueue<int> &bounded) {
  int n = 0;
  mpmc.read(n);
  unbounded.try_dequeue(n);
  unbounded.try_dequeue_for(n, 0ms);
  bounded.try_enqueue(n);
  co_await store(n);
}
inline Task<void> semaphores_bad(folly::Latch &latch, folly::LifoSemImpl &semaphore, folly::Baton &baton) {
  latch.wait();             // warn: coro-blocking-call
  latch.try_wait_for(10ms); // warn: coro-blocking-call
  semaphore.wait();         // warn: coro-blocking-call
  baton.wait();             // warn: coro-blocking-call
  co_await store(1);
}
inline Task<void> semaphores_ok(folly::Latch &latch, folly::LifoSemImpl &semaphore, folly::coro::Baton &baton) {
  latch.try_wait_for(0ms);
  semaphore.try_wait();
  co_await baton;
}

// What runs on a loop, on a pool, on a fiber.
inline void loops_bad(folly::EventBase &base, folly::IOThreadPoolExecutor &io,
                      folly::HHWheelTimerBase<std::chrono::milliseconds> &timer) {
  base.runInEventBaseThread([] { block(); });                             // warn: coro-blocking-call
  base.scheduleAt([] { block(); }, {});                                   // warn: coro-blocking-call
  base.add([] { block(); });                                              // warn: coro-blocking-call
  io.add([] { block(); });                                                // warn: coro-blocking-call
  timer.scheduleTimeoutFn([] { block(); }, 1ms);                          // warn: coro-blocking-call
  (void)folly::AsyncTimeout::schedule(1ms, base, []() noexcept { block(); }); // warn: coro-blocking-call
  (void)folly::via(&base, [] { block(); });                               // warn: coro-blocking-call
}
inline void pools_ok(folly::CPUThreadPoolExecutor &cpu, folly::ThreadedExecutor &threads, folly::Executor &any) {
  cpu.add([] { block(); });
  threads.add([] { block(); });
  any.add([] { block(); });
  (void)folly::via(&cpu, [] { block(); });
}
inline void pool_waits_bad(folly::CPUThreadPoolExecutor &cpu, folly::Future<int> &f) {
  cpu.add([&f] { std::move(f).get(); }); // warn: coro-sync-over-async
}
inline void thread_waits_ok(folly::ThreadedExecutor &threads, folly::Future<int> &f) {
  threads.add([&f] { std::move(f).get(); });
}
inline void fiber_bad(folly::fibers::FiberManager &fibers) {
  fibers.addTask([] { block(); }); // warn: coro-blocking-call
}
inline void fiber_ok(folly::fibers::FiberManager &fibers, folly::fibers::Baton &baton) {
  fibers.addTask([&baton] { baton.wait(); });
}
struct Reader : folly::AsyncReader::ReadCallback {
  void readEOF() noexcept override { block(); } // warn: coro-blocking-call
  void readErr(const std::exception &) noexcept override {}
  void close() { block(); }
};
struct Datagrams : folly::AsyncUDPSocket::ReadCallback {
  void onDataAvailable(std::size_t) noexcept override { block(); } // warn: coro-blocking-call
  void onReadError(const std::exception &) noexcept override {}
  void onReadClosed() noexcept override {}
};

// Tasks are lazy, and do nothing if they are dropped.
inline Task<void> dropped_bad() {
  store(1);                                                         // warn: coro-discarded-task
  folly::coro::timeout(store(1), 1s);                               // warn: coro-discarded-task
  co_await folly::coro::collectAll(store(1), store(2));
}
inline Task<void> started_ok(folly::coro::AsyncScope &scope) {
  scope.add(store(1));
  co_await scope.joinAsync();
}
inline Task<void> use(const std::string &key) {
  co_await load();
  co_await store(int(key.size()));
}
inline Task<void> returned_bad() {
  std::string key = "a";
  return use(key); // warn: coro-dangling-reference
}
inline Task<void> awaited_ok() {
  std::string key = "a";
  co_await folly::coro::collectAll(use(key), store(1));
}

// `co_invoke` keeps the lambda in its frame, a continuation is destroyed.
inline Task<void> invoked_ok(int n) {
  return folly::coro::co_invoke([n]() -> Task<void> {
    co_await load();
    co_await store(n);
  });
}
inline Task<void> called_bad(int n) {
  return [n]() -> Task<void> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  }();
}

// The mutex of coroutines, and a thread's.
inline Task<void> thread_lock_bad(std::mutex &mutex) {
  std::unique_lock lock(mutex);
  co_await store(1); // warn: coro-lock-across-await
}
struct Totals {
  folly::coro::Mutex mutex;
  folly::coro::SharedMutexFair shared;
  int total = 0;
  void reset() { total = 0; }
  Task<void> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  Task<void> add_ok() {
    auto lock = co_await mutex.co_scoped_lock();
    total = total + co_await load();
  }
  Task<void> add_by_hand_ok() {
    co_await shared.co_lock();
    total = total + co_await load();
    shared.unlock();
  }
};

inline void loop_in_region_bad(folly::EventBase &base) {
  COROLINT_NO_YIELD_REGION {
    base.loopPoll(); // warn: coro-no-yield-region
  }
  base.loopPoll();
}

// Lets others run, and waits for nothing.
inline Task<void> spin_bad(bool &flag) {
  while (!flag) // warn: coro-busy-wait
    co_await folly::coro::co_reschedule_on_current_executor;
}
inline Task<void> wait_ok(folly::coro::Baton &baton, bool &flag) {
  while (!flag)
    co_await baton;
}

// Files, by descriptor.
inline Task<void> files_bad(int file, char *data) {
  folly::preadFull(file, data, 4, 0);   // warn: coro-blocking-call
  folly::pwriteFull(file, data, 4, 0);  // warn: coro-blocking-call
  folly::fsyncNoInt(file);              // warn: coro-blocking-call
  co_await store(1);
}
inline Task<void> join_bad(folly::CPUThreadPoolExecutor &cpu) {
  cpu.join(); // warn: coro-blocking-call
  co_await store(1);
}
inline void join_outside_ok(folly::CPUThreadPoolExecutor &cpu) { cpu.join(); }

// Other continuations, and a thread of its own.
inline void errors_bad(folly::Future<int> f, folly::Future<int> &g) {
  std::move(f).thenError([&g](int) { std::move(g).get(); }); // warn: coro-sync-over-async
}
inline void ensure_bad(folly::SemiFuture<int> f, folly::Future<int> &g) {
  std::move(f).deferEnsure([&g] { std::move(g).get(); }); // warn: coro-sync-over-async
}
inline void deferred_ok(folly::SemiFuture<int> f) {
  std::move(f).defer([](folly::Future<int> done) { std::move(done).get(); });
}
inline void scheduled_ok(folly::FunctionScheduler &scheduler, folly::Future<int> &f) {
  scheduler.addFunction([&f] { block(); std::move(f).get(); }, 1ms);
}

// Wrappers of a task.
inline Task<void> wrapped_bad(folly::Executor &cpu, const int &token) {
  (void)folly::coro::collectAnyNoDiscard(store(1), store(2));
  folly::coro::co_withExecutor(&cpu, store(1));         // warn: coro-discarded-task
  folly::coro::co_withCancellation(token, store(1));    // warn: coro-discarded-task
  co_await folly::coro::timeoutNoDiscard(store(1), 1s);
}
inline void started_with_local_bad(folly::Executor &cpu) {
  std::string key = "a";
  (void)folly::coro::co_withExecutor(&cpu, use(key)).start(); // warn: coro-dangling-reference
}
inline Task<void> awaited_with_local_ok(folly::Executor &cpu) {
  std::string key = "a";
  co_await folly::coro::co_withExecutor(&cpu, use(key));
}

// On a fiber, the lock of fibers switches.
inline void fiber_locks_bad(folly::fibers::FiberManager &fibers, folly::fibers::BatchSemaphore &slots) {
  fibers.addTask([&slots] {
    COROLINT_NO_YIELD_REGION {
      slots.wait(1); // warn: coro-sync-over-async
    }
    slots.wait(1);
  });
}
inline Task<void> slots_bad(folly::fibers::BatchSemaphore &slots) {
  slots.wait(1); // warn: coro-sync-over-async
  co_await store(1);
}
