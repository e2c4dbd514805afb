// Boost.Cobalt as of 2025-07 (57181ca), as far as
// lib/model/boost-cobalt.yaml names it.
#ifndef COROLINT_STUB_COBALT_H
#define COROLINT_STUB_COBALT_H

#include "../coroutine.h"
#include <tuple>

namespace boost {
namespace cobalt {
namespace this_coro {
struct cancelled_t {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  bool await_resume();
};
inline cancelled_t cancelled;
} // namespace this_coro

/// Runs a coroutine on a loop of its own.
class thread {
public:
  using promise_type = stub::Promise<thread, void, std::suspend_never>;
  thread(thread &&) noexcept;
  ~thread();
  stub::Awaitable<> operator co_await() &;
  void join();
  void detach();
  bool joinable() const;
};

class detached {
public:
  using promise_type = stub::Promise<detached, void, std::suspend_never>;
};

template <typename T = void> class generator {
public:
  using promise_type = stub::Promise<generator, T, std::suspend_never>;
  generator(generator &&) noexcept;
  ~generator();
  stub::Awaitable<T> operator co_await() &&;
  bool ready();
};

class main {
public:
  using promise_type = stub::Promise<main, int>;
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

template <typename T = void> class noop : public stub::Awaitable<T> {};

class wait_group {
public:
  wait_group();
  ~wait_group();
  void push_back(promise<void>);
  stub::Awaitable<> wait();
  stub::Awaitable<> wait_one();
};

template <typename T> T run(task<T>);
/// Gives the result of each.
template <typename... T> stub::Awaitable<std::tuple<T...>> join(task<T>...);
template <typename... T> stub::Awaitable<std::tuple<T...>> join(promise<T>...);
template <typename... A> stub::Awaitable<> gather(A &&...);
template <typename... A> stub::Awaitable<> race(A &&...);
template <typename... A> stub::Awaitable<> left_race(A &&...);
template <typename Context, typename T, typename Token>
void spawn(Context &&context, task<T> &&, Token &&token) {}
template <typename Arg, typename F, typename Teardown>
promise<> with(Arg, F, Teardown) {
  return stub::some<promise<>>();
}
} // namespace cobalt

} // namespace boost

#endif // COROLINT_STUB_COBALT_H
