// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-dangling-reference,coro-lock-across-await %t -std=c++20
// The verdicts of the model of KJ, each table both ways.

#include <coroutine>
#include <string>
#include <thread>

// As in kj/async.h of 2026-05 (2c270958).
namespace kj {
class WaitScope;
class Exception;
template <typename T> class Promise {
public:
  struct promise_type;
  Promise(Promise &&) noexcept;
  ~Promise();
  T wait(WaitScope &);
  bool poll(WaitScope &);
  template <typename F> Promise<void> then(F &&func);
  template <typename F> void detach(F &&onError);
};
template <typename T> struct Awaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};
template <typename T> struct Promise<T>::promise_type {
  Promise<T> get_return_object();
  std::suspend_never initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception();
  void return_void();
  template <typename U> Awaiter<U> await_transform(Promise<U> &);
  template <typename U> Awaiter<U> await_transform(Promise<U> &&);
};
template <typename F> Promise<void> evalLater(F &&func);
class TaskSet {
public:
  void add(Promise<void> &&);
};
class Thread {
public:
  template <typename F> explicit Thread(F func);
  ~Thread();
  void detach();
};
class Executor {
public:
  template <typename F> Promise<void> executeAsync(F &&func) const;
  template <typename F> void executeSync(F &&func) const;
};
template <typename T> class Locked {
public:
  Locked(Locked &&);
  ~Locked();
  T *operator->();
  template <typename C> void wait(C &&condition);
};
template <typename T> class MutexGuarded {
public:
  Locked<T> lockExclusive() const;
  template <typename C, typename F> void when(C &&condition, F &&func) const;
};
} // namespace kj
namespace capnp {
template <typename P, typename R> class CallContext {};
} // namespace capnp

void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }
kj::Promise<int> load();
kj::Promise<void> store(int);
void use(const std::string &);

// A sync wait runs the loop, and what to await instead.
inline kj::Promise<void> wait_bad(kj::Promise<int> loaded, kj::WaitScope &scope) {
  loaded.wait(scope);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: call to 'wait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await loaded;
  co_await store(1);
}
inline int wait_outside_ok(kj::WaitScope &scope) { return load().wait(scope); }

// Continuations run on the loop.
inline kj::Promise<void> continuation_bad() {
  return load().then([](int) { block(); }); // warn: coro-blocking-call
}
inline kj::Promise<void> later_bad() {
  return kj::evalLater([] { block(); }); // warn: coro-blocking-call
}
inline void thread_ok() {
  kj::Thread thread([] { block(); });
}

// Dropping a promise cancels its work.
inline void dropped_bad() {
  store(1); // warn: coro-discarded-task
}
inline void kept_ok(kj::TaskSet &tasks) {
  tasks.add(store(1));
  store(2).detach([](kj::Exception &&) {});
}

// What a continuation refers to must outlive it.
inline kj::Promise<void> local_bad() {
  std::string key = "a";
  return load().then([&key](int) { use(key); }); // warn: coro-dangling-reference
}
inline kj::Promise<void> moved_ok() {
  std::string key = "a";
  return load().then([key](int) { use(key); });
}
inline kj::Promise<void> awaited_ok() {
  std::string key = "a";
  co_await load().then([&key](int) { use(key); });
}

// A promise that is known to be fulfilled.
inline kj::Promise<void> polled_ok(kj::Promise<int> loaded, kj::WaitScope &scope) {
  if (loaded.poll(scope))
    loaded.wait(scope);
  co_await store(1);
}

// Other threads, and their locks.
inline kj::Promise<void> execute_bad(const kj::Executor &other) {
  other.executeSync([] {}); // warn: coro-sync-over-async
  co_await other.executeAsync([] {});
}
inline kj::Promise<void> joined_bad() {
  kj::Thread thread([] { block(); }); // warn: coro-blocking-call
  co_await store(1);
}
inline kj::Promise<void> detached_ok() {
  kj::Thread thread([] { block(); });
  thread.detach();
  co_await store(1);
}
inline kj::Promise<void> condition_bad(const kj::MutexGuarded<int> &guarded) {
  guarded.when([](int n) { return n > 0; }, [](int) {}); // warn: coro-blocking-call
  co_await store(1);
}
inline kj::Promise<void> lock_bad(const kj::MutexGuarded<int> &guarded) {
  auto locked = guarded.lockExclusive();
  co_await store(1); // warn: coro-lock-across-await
}
inline kj::Promise<void> lock_ok(const kj::MutexGuarded<int> &guarded) {
  { auto locked = guarded.lockExclusive(); }
  co_await store(1);
}
inline void executed_bad(const kj::Executor &other) {
  other.executeAsync([] { block(); }).detach([](kj::Exception &&) {}); // warn: coro-blocking-call
}

// A method of a server.
struct Server {
  kj::Promise<void> find_bad(capnp::CallContext<int, int>) {
    block(); // warn: coro-blocking-call
    return store(1);
  }
  kj::Promise<void> start_ok() {
    block();
    return store(1);
  }
};

// A continuation is destroyed when its call returns.
inline kj::Promise<void> captured_bad(int n) {
  return kj::evalLater([n]() -> kj::Promise<void> {
    co_await store(1);
    co_await store(n); // warn: coro-dangling-reference
  });
}
inline kj::Promise<void> captured_ok(int n) {
  return kj::evalLater([n]() -> kj::Promise<void> { return store(n); });
}
