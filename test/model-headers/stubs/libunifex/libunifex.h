// libunifex as of 2026-05 (c6e5af9), as far as
// lib/model/libunifex.yaml names it.
#ifndef COROLINT_STUB_UNIFEX_H
#define COROLINT_STUB_UNIFEX_H

#include "../coroutine.h"

namespace unifex {
namespace _task {
class _task {
public:
  template <typename T = void> class type {
  public:
    using promise_type = stub::Promise<type, T, std::suspend_always>;
    type(type &&) noexcept;
    ~type();
    stub::Awaitable<T> operator co_await() &&;
  };
};

} // namespace _task

class async_mutex {
public:
  stub::Awaitable<> async_lock();
  bool try_lock();
  void unlock();
};

template <typename... A> int sync_wait(A &&...);
void sync_wait_r();
template <typename... A> void let_done(A &&...);
template <typename... A> void let_error(A &&...);
template <typename... A> void let_value(A &&...);
template <typename... A> stub::Awaitable<> then(A &&...);
template <typename... A> void upon_done(A &&...);
template <typename... A> void upon_error(A &&...);
template <typename... A> stub::Awaitable<> when_all(A &&...);
template <typename... A> void spawn_detached(A &&...);
template <typename... A> stub::Awaitable<> finally(A &&...);
template <typename... A> stub::Awaitable<> on(A &&...);
template <typename... A> stub::Awaitable<> sequence(A &&...);
template <typename... A> stub::Awaitable<> spawn_future(A &&...);
template <typename... A> stub::Awaitable<> stop_when(A &&...);
template <typename... A> stub::Awaitable<> via(A &&...);
template <typename... A> stub::Awaitable<> when_any(A &&...);
template <typename A0> void let_value_with(A0 &&);
} // namespace unifex

#endif // COROLINT_STUB_UNIFEX_H
