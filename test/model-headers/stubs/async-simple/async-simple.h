// async_simple as of 2026-04 (d8abc4f) and yalantinglibs as of 2026-07
// (393e27e8), as far as lib/model/async-simple.yaml names it.
#ifndef COROLINT_STUB_ASYNC_SIMPLE_H
#define COROLINT_STUB_ASYNC_SIMPLE_H

#include "../coroutine.h"

namespace async_simple {
namespace coro {
namespace detail {
template <typename T = void> class DetachedCoroutine {
public:
  using promise_type = stub::Promise<DetachedCoroutine, T, std::suspend_never>;
  DetachedCoroutine(DetachedCoroutine &&) noexcept;
  ~DetachedCoroutine();
};

} // namespace detail

template <typename T = void> class Lazy {
public:
  using promise_type = stub::Promise<Lazy, T, std::suspend_always>;
  Lazy(Lazy &&) noexcept;
  ~Lazy();
  stub::Awaitable<T> operator co_await() &&;
  template <typename F> void start(F &&callback);
  template <typename F> void directlyStart(F &&callback);
  stub::Awaitable<T> via();
  stub::Awaitable<T> setEx();
  stub::Awaitable<T> setLazyLocal();
};

template <typename T = void> class RescheduleLazy {
public:
  using promise_type = stub::Promise<RescheduleLazy, T, std::suspend_always>;
  RescheduleLazy(RescheduleLazy &&) noexcept;
  ~RescheduleLazy();
  stub::Awaitable<T> operator co_await() &&;
  void start();
  void detach();
};

class Mutex {
public:
  stub::Awaitable<> coLock();
  bool tryLock();
  void unlock();
};

class SharedMutex {
public:
  stub::Awaitable<> coLock();
  stub::Awaitable<> coLockShared();
  bool tryLock();
  bool tryLockShared();
  void unlock();
  void unlockShared();
};

class SpinLock {
public:
  stub::Awaitable<> coLock();
  bool tryLock();
  void unlock();
};

template <typename... A> int syncAwait(A &&...);
template <typename... A> stub::Awaitable<> collectAll(A &&...);
template <typename... A> stub::Awaitable<> collectAllPara(A &&...);
template <typename... A> stub::Awaitable<> collectAllWindowed(A &&...);
template <typename... A> stub::Awaitable<> collectAny(A &&...);
stub::Awaitable<> Yield();
} // namespace coro

namespace uthread {
void await();
void collectAll();
template <typename... A> void async(A &&...);
} // namespace uthread

template <typename T = void> class Future {
public:
  using promise_type = stub::Promise<Future, T, std::suspend_never>;
  Future(Future &&) noexcept;
  ~Future();
  stub::Awaitable<T> operator co_await() &&;
  T get();
  void wait();
  stub::Awaitable<T> thenTry();
  stub::Awaitable<T> thenValue();
  stub::Awaitable<T> via();
  bool hasResult();
};

class Promise {
public:
  void setValue();
  void setException();
  stub::Awaitable<> getFuture();
};

} // namespace async_simple

namespace coro_rpc {
namespace protocol {
class router {
public:
  void register_handler();
};

} // namespace protocol

class coro_rpc_server_base {
public:
  void register_handler();
};

} // namespace coro_rpc

namespace cinatra {
class coro_http_server {
public:
  template <typename... A> void set_http_handler(A &&...);
};

} // namespace cinatra

namespace coro_io {
template <typename A0> void post(A0 &&);
} // namespace coro_io

#endif // COROLINT_STUB_ASYNC_SIMPLE_H
