// stdexec as of 2026-08 (e92245d5), as far as
// lib/model/stdexec.yaml names it.
#ifndef COROLINT_STUB_STDEXEC_H
#define COROLINT_STUB_STDEXEC_H

#include "../coroutine.h"

namespace experimental {
namespace execution {
namespace __task {
template <typename T = void> class basic_task {
public:
  using promise_type = stub::Promise<basic_task, T, std::suspend_always>;
  basic_task(basic_task &&) noexcept;
  ~basic_task();
  stub::Awaitable<T> operator co_await() &&;
};

} // namespace __task

namespace __scope {
class async_scope {
public:
  template <typename... A> void spawn(A &&...);
  template <typename... A> stub::Awaitable<> nest(A &&...);
  template <typename... A> stub::Awaitable<> spawn_future(A &&...);
};

} // namespace __scope

template <typename... A> void start_detached(A &&...);
} // namespace execution

} // namespace experimental

namespace stdexec {
template <typename... A> int sync_wait(A &&...);
void sync_wait_with_variant();
template <typename... A> void let_error(A &&...);
template <typename... A> void let_stopped(A &&...);
template <typename... A> void let_value(A &&...);
template <typename... A> stub::Awaitable<> then(A &&...);
template <typename... A> void upon_error(A &&...);
template <typename... A> void upon_stopped(A &&...);
template <typename... A> void bulk(A &&...);
template <typename... A> stub::Awaitable<> when_all(A &&...);
template <typename... A> void start_detached(A &&...);
template <typename... A> stub::Awaitable<> continues_on(A &&...);
template <typename... A> stub::Awaitable<> on(A &&...);
template <typename... A> stub::Awaitable<> starts_on(A &&...);
} // namespace stdexec

#endif // COROLINT_STUB_STDEXEC_H
