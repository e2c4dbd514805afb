// TON's actors as of 2026-07 (ca7d6e45), as far as
// lib/model/td-actor.yaml names it.
#ifndef COROLINT_STUB_TD_H
#define COROLINT_STUB_TD_H

#include "../coroutine.h"

namespace td {
namespace actor {
namespace core {
class Actor {
public:
  virtual ~Actor();
  virtual void start_up() {}
};

class Scheduler {
public:
  template <typename A0> void run_in_context(A0 &&);
};

} // namespace core

template <typename T = void> class StartedTask {
public:
  using promise_type = stub::Promise<StartedTask, T, std::suspend_never>;
  StartedTask(StartedTask &&) noexcept;
  ~StartedTask();
  stub::Awaitable<T> operator co_await() &&;
  void detach();
  stub::Awaitable<T> wrap();
  stub::Awaitable<T> then();
};

template <typename T = void> class Task {
public:
  using promise_type = stub::Promise<Task, T, std::suspend_always>;
  Task(Task &&) noexcept;
  ~Task();
  stub::Awaitable<T> operator co_await() &&;
  void start();
  void start_immediate();
  stub::Awaitable<T> wrap();
};

class Scheduler {
public:
  bool run();
  bool run(double timeout);
  template <typename A0> void run_in_context(A0 &&);
};

using core::Actor;
template <typename I, typename F> void send_lambda(I &&actor, F &&);
template <typename I, typename F> void send_lambda_later(I &&actor, F &&);
} // namespace actor

} // namespace td

#endif // COROLINT_STUB_TD_H
