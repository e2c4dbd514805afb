// The Parallel Patterns Library of Visual C++ 14.44, as far as
// lib/model/ppl.yaml names it.
#ifndef COROLINT_STUB_PPL_H
#define COROLINT_STUB_PPL_H

#include "../coroutine.h"
#include <type_traits>

namespace Concurrency {
enum task_status { not_complete, completed, canceled };

template <typename T> class task_completion_event {
public:
  bool set(T) const;
  template <typename E> bool set_exception(E) const;
};

template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_never>;
  template <typename F> explicit task(F) {}
  task(task_completion_event<T>);
  task(const task &);
  ~task();
  stub::Awaitable<T> operator co_await() const;
  T get() const;
  task_status wait() const;
  /// The function receives the value, or the finished task.
  template <typename F> task<> then(const F &) const {
    return stub::some<task<>>();
  }
  bool is_done() const;
};

template <typename F> task<> create_task(F) { return stub::some<task<>>(); }
template <typename... T> task<> when_all(T...);
template <typename... T> task<> when_any(T...);

class task_group {
public:
  ~task_group();
  template <typename F> void run(const F &) {}
  task_status wait();
};
class structured_task_group {
public:
  ~structured_task_group();
  template <typename F> void run(F &) {}
  task_status wait();
};
class event {
public:
  void set();
  unsigned long long wait(unsigned timeout = -1);
};
} // namespace Concurrency

#endif // COROLINT_STUB_PPL_H
