// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/capnproto/capnproto/pull/1731
// The library's tour warns of it: a coroutine holds the lock of a guarded
// value where it waits.

#include <coroutine.h>
#include <string>

// Debian's KJ is older than its coroutines.
namespace kj {
template <typename T> class Promise {
public:
  using promise_type = stub::Promise<Promise<T>, T>;
  Promise(Promise &&);
  ~Promise();
};
template <typename T> stub::Awaitable<T> operator co_await(Promise<T> &&);
template <class T> class Locked {
public:
  Locked(Locked &&);
  ~Locked();
  T *operator->();
  T &operator*();
  void release();
};
template <class T> class MutexGuarded {
public:
  Locked<T> lockExclusive() const;
  Locked<const T> lockShared() const;
};
} // namespace kj
kj::Promise<std::string> fetch();

struct Cache {
  kj::MutexGuarded<std::string> value;
  kj::Promise<void> reported_bad() {
    auto lock = value.lockExclusive();
    *lock = co_await fetch(); // warn: coro-lock-across-await
  }
  kj::Promise<void> shared_bad() {
    auto lock = value.lockShared();
    if (lock->empty())
      co_await fetch(); // warn: coro-lock-across-await
  }
  kj::Promise<void> mended_ok() {
    auto fresh = co_await fetch();
    auto lock = value.lockExclusive();
    *lock = fresh;
  }
  kj::Promise<void> block_ok() {
    {
      auto lock = value.lockExclusive();
      lock->clear();
    }
    co_await fetch();
  }
};
