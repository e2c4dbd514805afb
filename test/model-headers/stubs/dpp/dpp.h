// D++ as of 2026-05 (e5eeb464), as far as
// lib/model/dpp.yaml names it.
#ifndef COROLINT_STUB_DPP_H
#define COROLINT_STUB_DPP_H

#include "../coroutine.h"

namespace dpp {
template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_never>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
};

template <typename T = void> class coroutine {
public:
  using promise_type = stub::Promise<coroutine, T, std::suspend_always>;
  coroutine(coroutine &&) noexcept;
  ~coroutine();
  stub::Awaitable<T> operator co_await() &&;
};

template <typename T = void> class async {
public:
  using promise_type = stub::Promise<async, T, std::suspend_never>;
  async(async &&) noexcept;
  ~async();
  stub::Awaitable<T> operator co_await() &&;
};

template <typename T = void> class job {
public:
  using promise_type = stub::Promise<job, T, std::suspend_never>;
  job(job &&) noexcept;
  ~job();
};

class basic_promise {
public:
  void set_value();
  void set_exception();
  void emplace_value();
  stub::Awaitable<> get_awaitable();
};

class moveable_promise {
public:
  void set_value();
  void set_exception();
  void emplace_value();
  stub::Awaitable<> get_awaitable();
};

enum start_type : bool { st_wait = false, st_return = true };

class cluster {
public:
  void start(start_type return_after = st_wait);
};

class event_router_t {
public:
  template <typename... A> void attach(A &&...);
  template <typename... A> void operator()(A &&...);
};

} // namespace dpp

#endif // COROLINT_STUB_DPP_H
