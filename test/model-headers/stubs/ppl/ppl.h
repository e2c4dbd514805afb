// The Parallel Patterns Library of Visual C++ 14.44, as far as
// lib/model/ppl.yaml names it.
#ifndef COROLINT_STUB_PPL_H
#define COROLINT_STUB_PPL_H

#include "../coroutine.h"

class Concurrency {
public:
  template <typename T = void> class task {
  public:
    using promise_type = stub::Promise<task, T, std::suspend_never>;
    task(task &&) noexcept;
    ~task();
    stub::Awaitable<T> operator co_await() &&;
    void get();
    void wait();
    template <typename A0> void then(A0 &&);
    bool is_done();
  };

  class task_completion_event {
  public:
    void set();
    void set_exception();
    stub::Awaitable<> create_task();
  };

  class structured_task_group {
  public:
    void wait();
  };

  class task_group {
  public:
    void wait();
  };

  class event {
  public:
    void wait();
  };

  template <typename... A> void create_task(A &&...);
  template <typename... A> stub::Awaitable<> when_all(A &&...);
  template <typename... A> stub::Awaitable<> when_any(A &&...);
};

#endif // COROLINT_STUB_PPL_H
