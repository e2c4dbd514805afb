// libunifex as of 2026-05 (c6e5af9), as far as lib/model/libunifex.yaml names it.
#ifndef COROLINT_STUB_UNIFEX_H
#define COROLINT_STUB_UNIFEX_H

#include "../coroutine.h"

namespace unifex {
namespace _task {
template <typename T, bool Nothrow> struct _task {
  class type {
  public:
    using promise_type = stub::Promise<type, T, std::suspend_always>;
    type(type &&) noexcept;
    ~type();
    stub::Awaitable<T> operator co_await() &&;
  };
};
template <typename T, bool Nothrow> struct _sa_task {
  class type final : public _task<T, Nothrow>::type {};
};
} // namespace _task
template <typename T = void>
using task = typename _task::_task<T, false>::type;

//===-- Contexts ----------------------------------------------------------===//

namespace _static_thread_pool {
class context {
public:
  class scheduler {};
  scheduler get_scheduler() noexcept;
};
} // namespace _static_thread_pool
using static_thread_pool = _static_thread_pool::context;

namespace _new_thread {
class context {
public:
  class scheduler {};
  scheduler get_scheduler() noexcept;
};
} // namespace _new_thread
using new_thread_context = _new_thread::context;

namespace _manual_event_loop {
class context {
public:
  class scheduler {};
  scheduler get_scheduler();
  void run();
  void stop();
};
} // namespace _manual_event_loop
using manual_event_loop = _manual_event_loop::context;

namespace _timed_single_thread_context {
class scheduler {};
} // namespace _timed_single_thread_context
class timed_single_thread_context {
public:
  _timed_single_thread_context::scheduler get_scheduler() noexcept;
};

namespace linuxos {
class io_epoll_context {
public:
  class scheduler {};
  scheduler get_scheduler() noexcept;
  template <typename StopToken> void run(StopToken);
};
class io_uring_context {
public:
  class scheduler {};
  scheduler get_scheduler() noexcept;
  template <typename StopToken> void run(StopToken);
};
} // namespace linuxos

//===-- Senders -----------------------------------------------------------===//

class async_mutex {
public:
  stub::Awaitable<> async_lock();
  bool try_lock();
  void unlock();
};

namespace _async_scope {
struct async_scope {
  template <typename S> stub::Awaitable<> spawn(S &&sender);
  template <typename D, typename S>
  stub::Awaitable<> spawn_on(D &&scheduler, S &&sender);
  template <typename S> void detached_spawn(S &&sender);
  template <typename D, typename S>
  void detached_spawn_on(D &&scheduler, S &&sender);
  template <typename S> stub::Awaitable<> attach(S &&sender);
  template <typename D, typename S>
  stub::Awaitable<> attach_on(D &&scheduler, S &&sender);
  stub::Awaitable<> cleanup() noexcept;
  stub::Awaitable<> complete() noexcept;
};
} // namespace _async_scope
using _async_scope::async_scope;
namespace v2::_async_scope {
struct async_scope final {
  stub::Awaitable<> join() noexcept;
};
} // namespace v2::_async_scope

namespace _schedule {
struct _fn {
  template <typename S> stub::Awaitable<> operator()(S &&scheduler) const;
};
} // namespace _schedule
inline constexpr _schedule::_fn schedule{};
template <typename S> int sync_wait(S &&sender);
template <typename T, typename S> T sync_wait_r(S &&sender);
template <typename S, typename F> stub::Awaitable<> let_done(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> let_error(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> let_value(S &&sender, F);
template <typename F, typename G> stub::Awaitable<> let_value_with(F, G);
template <typename F> stub::Awaitable<> let_value_with_stop_source(F);
template <typename F> stub::Awaitable<> let_value_with_stop_token(F);
template <typename... V> stub::Awaitable<> just(V &&...values);
stub::Awaitable<> just_void_or_done(bool);
namespace _just_from {
template <typename F> stub::Awaitable<> just_from(F);
}
using _just_from::just_from;
template <typename S, typename F> stub::Awaitable<> then(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> upon_done(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> upon_error(S &&sender, F);
template <typename... S> stub::Awaitable<> when_all(S &&...senders);
template <typename... S> stub::Awaitable<> when_any(S &&...senders);
template <typename... S> stub::Awaitable<> sequence(S &&...senders);
template <typename S, typename T> stub::Awaitable<> finally(S &&, T &&after);
template <typename S, typename T> stub::Awaitable<> stop_when(S &&, T &&trigger);
namespace _on {
template <typename D, typename S> stub::Awaitable<> on(D &&scheduler, S &&);
}
using _on::on;
template <typename D, typename S> stub::Awaitable<> via(D &&scheduler, S &&);
namespace _nest_cpo {
template <typename S, typename C> stub::Awaitable<> nest(S &&sender, C &scope);
}
using _nest_cpo::nest;
template <typename S, typename C> void spawn_detached(S &&sender, C &scope);
template <typename S, typename C>
stub::Awaitable<> spawn_future(S &&sender, C &scope);
} // namespace unifex

#endif // COROLINT_STUB_UNIFEX_H
