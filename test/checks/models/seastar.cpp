// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-dangling-reference,coro-discarded-task,coro-early-release,coro-lock-across-await,coro-busy-wait,coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of Seastar, each table both ways.

#include <seastar/seastar.hh>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using seastar::future;
using seastar::stop_iteration;

inline void block() { std::this_thread::sleep_for(1ms); }
future<int> load();
future<> store(int);
bool done();

// Waits for futures: on the reactor never, in a seastar::thread always.
inline future<> get_bad() {
  int n = load().get(); // warn: coro-sync-over-async
  co_await store(n);
}
inline future<> get_in_thread_ok() {
  return seastar::async([] { store(load().get()).get(); });
}
inline future<> get_available_ok(future<int> loaded) {
  if (loaded.available())
    co_return co_await store(loaded.get());
}
inline future<> get_ready_argument_ok() {
  return load().then_wrapped([](future<int> f) { return store(f.get()); });
}
inline future<> await_ok() { co_await store(co_await load()); }

struct Service {
  future<> close();
  future<> stop();
};
inline future<> deferred_close_bad(Service &s) {
  seastar::deferred_close closes(s); // warn: coro-sync-over-async
  co_await s.stop();
}
inline future<> deferred_stop_bad(Service &s) {
  seastar::deferred_stop stops(s);
  stops.stop_now(); // warn: coro-sync-over-async
  co_await s.close();
}
inline future<> deferred_cancelled_ok(Service &s) {
  seastar::deferred_close closes(s);
  co_await s.stop();
  closes.cancel();
}
inline future<> deferred_in_thread_ok(Service &s) {
  return seastar::async([&s] { seastar::deferred_close closes(s); });
}

// The callables of loops and guarded sections run on the reactor, whatever they
// return.
inline void start(std::vector<int> &all, seastar::shared_mutex &mutex, seastar::semaphore &units) {
  (void)seastar::repeat([] {
    block(); // warn: coro-blocking-call
    return stop_iteration::yes;
  });
  (void)seastar::repeat_until_value([] {
    block(); // warn: coro-blocking-call
    return 1;
  });
  (void)seastar::do_until(
      [] {
        block(); // warn: coro-blocking-call
        return true;
      },
      [] { return load().discard_result(); });
  (void)seastar::keep_doing([] { block(); });              // warn: coro-blocking-call
  (void)seastar::do_for_each(all, [](int) { block(); });   // warn: coro-blocking-call
  (void)seastar::with_lock(mutex, [] { block(); });        // warn: coro-blocking-call
  (void)seastar::with_shared(mutex, [] { block(); });      // warn: coro-blocking-call
  (void)seastar::with_semaphore(units, 1, [] { block(); }); // warn: coro-blocking-call
  (void)seastar::with_scheduling_group({}, [] { block(); }); // warn: coro-blocking-call
  (void)seastar::map_reduce(
      all, [](int) { block(); }, 0, [](int a, int b) { return a + b; }); // warn: coro-blocking-call
  (void)seastar::max_concurrent_for_each(all, 4, [](int) { block(); }); // warn: coro-blocking-call
  (void)seastar::with_closeable(Service(), [](Service &) { block(); }); // warn: coro-blocking-call
  (void)seastar::with_stoppable(Service(), [](Service &) { block(); }); // warn: coro-blocking-call
  seastar::handle_signal(2, [] { block(); }); // warn: coro-blocking-call
  seastar::handle_signal(2, [] {});
}
inline void serve(seastar::rpc::protocol<int> &rpc, seastar::app_template &app) {
  rpc.register_handler(1, [](int) { block(); });     // warn: coro-blocking-call
  rpc.register_handler(1, {}, [](int) { block(); }); // warn: coro-blocking-call
  seastar::httpd::function_handler handler([](int request) {
    block(); // warn: coro-blocking-call
    return request;
  });
  app.run_deprecated(0, nullptr, [] { block(); }); // warn: coro-blocking-call
}
// These run their callables at once: in a thread those may wait.
inline future<> at_once_bad(seastar::gate &gate) {
  return seastar::with_gate(gate, [] { block(); }); // warn: coro-blocking-call
}
inline void at_once_in_thread_ok(seastar::gate &gate) {
  (void)seastar::async([&gate] {
    seastar::with_gate(gate, [] { store(load().get()).get(); }).get();
    seastar::try_with_gate(gate, [] { store(load().get()).get(); }).get();
  });
}
// A function that returns a generator runs on the reactor, too.
seastar::coroutine::experimental::generator<int> numbers();
inline seastar::coroutine::experimental::generator<int> generator_bad() {
  block(); // warn: coro-blocking-call
  return numbers();
}

// Coroutine lambdas. `repeat` and `with_gate` call the lambda where it is;
// others destroy or move it when its first call has returned.
inline future<> repeat_ok(int n) {
  co_await seastar::repeat([n]() -> future<stop_iteration> {
    co_await load();
    co_await store(n);
    co_return stop_iteration::no;
  });
}
inline future<> gate_ok(seastar::gate &gate, int n) {
  co_await seastar::with_gate(gate, [n]() -> future<> {
    co_await load();
    co_await store(n);
  });
  co_await seastar::try_with_gate(gate, [n]() -> future<> {
    co_await load();
    co_await store(n);
  });
}
inline future<> gate_bad(seastar::gate &gate, int n) {
  return seastar::try_with_gate(gate, [n]() -> future<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  });
}
inline future<> do_until_bad(int n) {
  co_await seastar::do_until(done, [n]() -> future<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  });
}
inline future<> keep_doing_bad(int n) {
  co_await seastar::keep_doing([n]() -> future<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  });
}
inline future<> do_for_each_bad(std::vector<int> &all, int n) {
  co_await seastar::do_for_each(all, [n](int) -> future<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  });
}
inline future<> with_lock_bad(seastar::shared_mutex &mutex, int n) {
  co_await seastar::with_lock(mutex, [n]() -> future<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  });
}
inline future<> with_lock_ok(seastar::shared_mutex &mutex, int n) {
  co_await seastar::with_lock(mutex, seastar::coroutine::lambda([n]() -> future<> {
    co_await load();
    co_await store(n);
  }));
}
inline future<> group_bad(int n) {
  co_await seastar::with_scheduling_group({}, [n]() -> future<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  });
}
inline future<> all_ok(int n) {
  co_await seastar::coroutine::all([n]() -> future<> {
    co_await load();
    co_await store(n);
  });
}
inline future<> concurrent_ok(std::vector<int> all, int n) {
  co_await seastar::max_concurrent_for_each(all, 4, [n](int) -> future<> {
    co_await load();
    co_await store(n);
  });
}
inline future<> map_reduce_ok(std::vector<int> all, int n) {
  co_await seastar::map_reduce(
      all,
      [n](int) -> future<int> {
        co_await load();
        co_return n;
      },
      0, [](int a, int b) { return a + b; });
}

// What chains futures lends no longer than they do.
inline future<> use(const std::string &key) {
  co_await load();
  co_await store(int(key.size()));
}
inline future<> both_bad(int n) {
  std::string key = std::to_string(n);
  return seastar::when_all_succeed(use(key), load()); // warn: coro-dangling-reference
}
inline future<> both_ok(int n) {
  std::string key = std::to_string(n);
  co_await seastar::when_all_succeed(use(key), load());
}
inline future<> timeout_bad(int n) {
  std::string key = std::to_string(n);
  return seastar::with_timeout(std::chrono::steady_clock::now(), use(key)); // warn: coro-dangling-reference
}
inline future<> timeout_ok(int n) {
  std::string key = std::to_string(n);
  co_await seastar::with_timeout(std::chrono::steady_clock::now(), use(key));
}
inline future<> as_future_ok(int n) {
  std::string key = std::to_string(n);
  co_await seastar::coroutine::as_future(use(key));
  co_await seastar::coroutine::try_future(use(key));
}

// Guards.
inline future<> holder_bad(seastar::named_gate &gate) {
  auto holder = gate.hold();
  return store(1); // warn: coro-early-release
}
inline future<> holder_ok(seastar::named_gate &gate) {
  auto holder = gate.hold();
  co_await store(1);
}
inline future<> unique_lock_ok(seastar::shared_mutex &mutex) {
  auto lock = co_await seastar::get_unique_lock(mutex);
  co_await store(1);
}
inline future<> std_lock_bad(std::mutex &mutex) {
  std::unique_lock lock(mutex);
  co_await store(1); // warn: coro-lock-across-await
}

struct Totals {
  seastar::rwlock lock;
  int total = 0;
  void reset() { total = 0; }
  future<> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  future<> add_ok() {
    auto held = co_await lock.hold_write_lock();
    total = total + co_await load();
  }
  future<> locked_ok() {
    co_await lock.write_lock();
    total = total + co_await load();
    lock.write_unlock();
  }
  seastar::shared_mutex mutex;
  seastar::semaphore one{1};
  future<> mutex_ok() {
    co_await mutex.lock();
    total = total + co_await load();
    mutex.unlock();
  }
  future<> semaphore_ok() {
    co_await one.wait();
    total = total + co_await load();
    one.signal();
  }
};

// Only lets others run: a loop of it waits busily.
inline future<> spin_bad(bool &flag) {
  while (!flag) // warn: coro-busy-wait
    co_await seastar::check_for_io_immediately();
}
inline future<> sleep_ok(bool &flag) {
  while (!flag)
    co_await seastar::sleep(1ms);
}

// Callables that the reactor runs.
inline future<> with_file_bad(future<seastar::file> opened) {
  return seastar::with_file(std::move(opened), [](seastar::file &) {
    block(); // warn: coro-blocking-call
    return store(1);
  });
}
inline future<> with_file_ok(future<seastar::file> opened) {
  return seastar::with_file(std::move(opened), [](seastar::file &) { return store(1); });
}
inline void abort_bad(seastar::abort_source &aborts) {
  (void)aborts.subscribe([]() noexcept { block(); }); // warn: coro-blocking-call
}

// An awaitable that a constructor makes.
inline future<> yield_bad() {
  seastar::coroutine::maybe_yield();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the awaitable 'maybe_yield' has no effect: it is discarded
  // CHECK-FIXES: co_await seastar::coroutine::maybe_yield();
  co_await store(1);
}
inline future<> switch_bad(seastar::scheduling_group group) {
  seastar::coroutine::switch_to{group}; // warn: coro-discarded-task
  co_await store(1);
}
inline future<> yield_ok(seastar::scheduling_group group) {
  co_await seastar::coroutine::maybe_yield();
  co_await seastar::coroutine::switch_to{group};
  (void)seastar::coroutine::maybe_yield();
}
