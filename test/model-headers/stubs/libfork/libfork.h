// libfork as of 2026-01 (2f359cda), as far as
// lib/model/libfork.yaml names it.
#ifndef COROLINT_STUB_LIBFORK_H
#define COROLINT_STUB_LIBFORK_H

#include "../coroutine.h"

namespace lf {
template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
};

void sync_wait();
template <typename... A> void detach(A &&...);
template <typename... A> void schedule(A &&...);
} // namespace lf

#endif // COROLINT_STUB_LIBFORK_H
