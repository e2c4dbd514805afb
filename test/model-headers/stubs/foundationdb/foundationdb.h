// FoundationDB's Flow as of 2026-08 (c0c44752df), as far as
// lib/model/foundationdb.yaml names it.
#ifndef COROLINT_STUB_FLOW_H
#define COROLINT_STUB_FLOW_H

#include "../coroutine.h"

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

class Promise {
public:
  void send();
  void sendError();
  stub::Awaitable<> getFuture();
};

void threadSleep();
void waitThread();
#endif // COROLINT_STUB_FLOW_H
