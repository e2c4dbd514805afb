// libfork as of 2026-01 (2f359cda), as far as lib/model/libfork.yaml names it.
#ifndef COROLINT_STUB_LIBFORK_H
#define COROLINT_STUB_LIBFORK_H

#include "../coroutine.h"

namespace lf {
inline namespace core {
template <typename T = void> class task {
public:
  using promise_type = stub::Promise<task, T, std::suspend_always>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() &&;
};

template <typename R> class future {
public:
  future(future &&) noexcept;
  ~future() noexcept;
  bool valid() const noexcept;
  void detach() noexcept;
  void wait();
  R get();
};

template <typename S, typename F, typename... A>
future<int> schedule(S &&scheduler, F &&function, A &&...);
template <typename S, typename F, typename... A>
int sync_wait(S &&scheduler, F &&function, A &&...);
template <typename S, typename F, typename... A>
void detach(S &&scheduler, F &&function, A &&...);
template <typename S> stub::Awaitable<> resume_on(S *scheduler) noexcept;
} // namespace core

class lazy_pool {};
} // namespace lf

#endif // COROLINT_STUB_LIBFORK_H
