// FoundationDB's Flow as of 2026-08 (c0c44752df), as far as
// lib/model/foundationdb.yaml names it.
#ifndef COROLINT_STUB_FLOW_H
#define COROLINT_STUB_FLOW_H

#include "../coroutine.h"
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

class Void {};
enum class TaskPriority { DefaultDelay, DefaultYield, DefaultOnMainThread };

template <typename T = void> class AsyncResult {
public:
  using promise_type = stub::Promise<AsyncResult, T, std::suspend_never>;
  AsyncResult(AsyncResult &&) noexcept;
  ~AsyncResult();
  stub::Awaitable<T> operator co_await() &&;
  bool isReady();
  bool canGet();
  bool isError();
};

template <typename T> class Future {
public:
  using promise_type = stub::Promise<Future, T, std::suspend_never>;
  Future(const Future &);
  ~Future();
  stub::Awaitable<const T &> operator co_await() const;
  bool isReady();
  bool canGet();
  bool isError();
};
template <> class Future<Void> {
public:
  using promise_type = stub::Promise<Future<Void>, void, std::suspend_never>;
  Future(const Future &);
  ~Future();
  stub::Awaitable<> operator co_await() const;
  bool isReady();
  bool canGet();
  bool isError();
};

class Promise {
public:
  void send();
  void sendError();
  stub::Awaitable<> getFuture();
};

template <typename T> class ThreadFuture {
public:
  T get();
  T getBlocking();
  void blockUntilReady();
  void blockUntilReadyCheckOnMainThread();
  bool isReady();
  bool isError();
};

template <typename F>
auto onMainThread(F f) -> ThreadFuture<decltype(f())>;
template <typename F>
void onMainThreadVoid(F f, TaskPriority = TaskPriority::DefaultOnMainThread);

Future<Void> delay(double seconds,
                   TaskPriority = TaskPriority::DefaultDelay);
Future<Void> yield(TaskPriority = TaskPriority::DefaultYield);

template <typename T, typename X> Future<T> holdWhile(X object, Future<T> what);
template <typename T> Future<T> uncancellable(Future<T> what);
template <typename T>
Future<T> timeoutError(Future<T> what, double time,
                       TaskPriority = TaskPriority::DefaultDelay);
template <typename T>
Future<Void> quorum(const std::vector<Future<T>> &results, int n);
template <typename T>
Future<Void> waitForAll(const std::vector<Future<T>> &results);
template <typename T>
Future<Void> waitForAny(const std::vector<Future<T>> &results);

struct FlowLock {
  struct Releaser {
    Releaser();
    Releaser(FlowLock &lock, std::int64_t amount = 1);
    Releaser(Releaser &&) noexcept;
    ~Releaser();
    void release(std::int64_t amount = -1);
  };
  Future<Void> take(TaskPriority = TaskPriority::DefaultYield,
                    std::int64_t amount = 1);
  void release(std::int64_t amount = 1);
};
struct FlowMutex {
  struct Lock {
    Lock();
    ~Lock();
    void release();
  };
  Future<Lock> take();
};
class PriorityMultiLock {
public:
  struct Lock {
    Lock();
    ~Lock();
    void release();
  };
  Future<Lock> lock(int priority = 0);
};

void threadSleep(double seconds);
void waitThread(unsigned long thread);
void atomicReplace(const std::string &path, const std::string &content,
                   bool text = true);
std::string readFileBytes(const std::string &name, std::size_t most);
void writeFileBytes(const std::string &name, const std::uint8_t *data,
                    std::size_t count);

#endif // COROLINT_STUB_FLOW_H
