// stdexec as of 2026-08 (e92245d5), as far as lib/model/stdexec.yaml names it.
#ifndef COROLINT_STUB_STDEXEC_H
#define COROLINT_STUB_STDEXEC_H

#include "../coroutine.h"

namespace experimental {
namespace execution {
#include "exec.h"
} // namespace execution
} // namespace experimental
namespace exec {
#include "exec.h"
} // namespace exec

namespace stdexec {
template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
};

class parallel_scheduler {};
parallel_scheduler get_parallel_scheduler();
namespace __run_loop {
template <typename Derived> class __basic_run_loop {
public:
  void run() noexcept;
};
} // namespace __run_loop
struct run_loop : __run_loop::__basic_run_loop<run_loop> {
  struct scheduler {};
  scheduler get_scheduler() noexcept;
  void run() noexcept;
};

struct schedule_t {
  template <typename S> stub::Awaitable<> operator()(S &&scheduler) const;
};
inline constexpr schedule_t schedule{};
template <typename... V> stub::Awaitable<> just(V &&...values);
template <typename Q> stub::Awaitable<> read_env(Q query);
template <typename S> int sync_wait(S &&sender);
template <typename S> int sync_wait_with_variant(S &&sender);
template <typename S, typename F> stub::Awaitable<> let_error(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> let_stopped(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> let_value(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> then(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> upon_error(S &&sender, F);
template <typename S, typename F> stub::Awaitable<> upon_stopped(S &&sender, F);
template <typename S, typename P, typename N, typename F>
stub::Awaitable<> bulk(S &&sender, P policy, N shape, F);
template <typename... S> stub::Awaitable<> when_all(S &&...senders);
template <typename S> stub::Awaitable<> into_variant(S &&sender);
template <typename S> stub::Awaitable<> stopped_as_optional(S &&sender);
template <typename S, typename E>
stub::Awaitable<> stopped_as_error(S &&sender, E error);
template <typename S, typename D>
stub::Awaitable<> continues_on(S &&sender, D scheduler);
template <typename S, typename D> stub::Awaitable<> on(D scheduler, S &&sender);
template <typename S, typename D>
stub::Awaitable<> starts_on(D scheduler, S &&sender);
template <typename S> void start_detached(S &&sender);
template <typename S, typename T> void spawn(S &&sender, T token);
template <typename S, typename T>
stub::Awaitable<> spawn_future(S &&sender, T token);

class simple_counting_scope {
public:
  struct token {};
  token get_token() noexcept;
  stub::Awaitable<> join() noexcept;
};
class counting_scope {
public:
  struct token {};
  token get_token() noexcept;
  stub::Awaitable<> join() noexcept;
};
} // namespace stdexec

#endif // COROLINT_STUB_STDEXEC_H
