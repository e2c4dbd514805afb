// HPX as of 2026-08 (619c0ac427), as far as lib/model/hpx.yaml names it. The
// real library spreads this over hpx/future.hpp, hpx/mutex.hpp, hpx/thread.hpp
// and others.
#ifndef COROLINT_STUB_HPX_H
#define COROLINT_STUB_HPX_H

#include <chrono>
#include <type_traits>

namespace hpx {

template <typename R> class future {
public:
  future(future &&) noexcept;
  R get();
  void wait() const;
  bool is_ready() const;
  template <typename F>
  auto then(F &&f) -> future<std::invoke_result_t<F, future>>;
};
template <typename R> class shared_future {
public:
  R get() const;
  void wait() const;
};
template <typename... Futures> void wait_all(Futures &&...futures);
template <typename... Futures> void wait_any(Futures &&...futures);

template <typename F, typename... Ts>
auto async(F &&f, Ts &&...ts) -> future<std::invoke_result_t<F, Ts...>>;
template <typename F, typename... Ts> bool post(F &&f, Ts &&...ts);

class thread {
public:
  template <typename F, typename... Ts> explicit thread(F &&f, Ts &&...ts);
  void join();
  void detach();
};
namespace this_thread {
void yield() noexcept;
int suspend();
template <typename R, typename P>
void sleep_for(const std::chrono::duration<R, P> &);
void sleep_until(const std::chrono::steady_clock::time_point &);
} // namespace this_thread

namespace detail {
template <bool Backoff> struct spinlock {
  void lock();
  bool try_lock();
  void unlock();
};
} // namespace detail
using spinlock = detail::spinlock<true>;
class mutex {
public:
  void lock();
  bool try_lock();
  void unlock();
};

} // namespace hpx

#endif // COROLINT_STUB_HPX_H
