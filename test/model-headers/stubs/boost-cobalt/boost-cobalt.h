// Boost.Cobalt as of 2025-07 (57181ca), as far as
// lib/model/boost-cobalt.yaml names it.
#ifndef COROLINT_STUB_COBALT_H
#define COROLINT_STUB_COBALT_H

#include "../coroutine.h"

namespace boost {
namespace cobalt {
namespace this_coro {
class cancelled_t {
public:
};

} // namespace this_coro

class thread {
public:
  void join();
  void detach();
  bool joinable();
};

class detached {
public:
};

template <typename T = void> class generator {
public:
  using promise_type = stub::Promise<generator, T, std::suspend_always>;
  generator(generator &&) noexcept;
  ~generator();
  stub::Awaitable<T> operator co_await() &&;
  bool ready();
};

class main {
public:
};

template <typename T = void> class promise {
public:
  using promise_type = stub::Promise<promise, T, std::suspend_never>;
  promise(promise &&) noexcept;
  ~promise();
  stub::Awaitable<T> operator co_await() &&;
  void operator+();
  void detach();
  void cancel();
  bool ready();
};

template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
};

class noop {
public:
};

template <typename... A> int run(A &&...);
template <typename... A> stub::Awaitable<> join(A &&...);
template <typename... A> stub::Awaitable<> gather(A &&...);
template <typename... A> stub::Awaitable<> race(A &&...);
template <typename... A> void spawn(A &&...);
template <typename A0> void with(A0 &&);
} // namespace cobalt

} // namespace boost

#endif // COROLINT_STUB_COBALT_H
