// D++ as of 2026-05 (e5eeb464), as far as
// lib/model/dpp.yaml names it.
#ifndef COROLINT_STUB_DPP_H
#define COROLINT_STUB_DPP_H

#include "../coroutine.h"
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace dpp {
/// What can be awaited, or waited for.
template <typename Derived, typename T> class basic_awaitable {
public:
  T sync_wait();
  template <typename R, typename P>
  bool sync_wait_for(const std::chrono::duration<R, P> &duration);
  template <typename C, typename D>
  bool sync_wait_until(const std::chrono::time_point<C, D> &time);
};

template <typename T = void>
class [[nodiscard]] task : public basic_awaitable<task<T>, T> {
public:
  using promise_type = stub::Promise<task, T, std::suspend_never>;
  task(task &&) noexcept;
  ~task();
  stub::Awaitable<T> operator co_await() const;
  task &cancel() & noexcept;
};

template <typename T = void>
class [[nodiscard]] coroutine : public basic_awaitable<coroutine<T>, T> {
public:
  using promise_type = stub::Promise<coroutine, T, std::suspend_always>;
  coroutine(coroutine &&) noexcept;
  ~coroutine();
  stub::Awaitable<T> operator co_await() const;
};

/// A call of the interface of Discord, on its way.
template <typename T = void>
class [[nodiscard]] async : public basic_awaitable<async<T>, T> {
public:
  async(async &&) noexcept;
  ~async();
  stub::Awaitable<T> operator co_await() const;
};

struct job {
  using promise_type = stub::Promise<job, void, std::suspend_never>;
};

template <typename... T> class when_any {
public:
  explicit when_any(T...);
  ~when_any();
  stub::Awaitable<int> operator co_await();
};

template <typename T> class basic_promise {
public:
  void set_value(T);
  void set_exception();
  void emplace_value(T);
  task<T> get_awaitable();
};

template <typename T> class moveable_promise {
public:
  void set_value(T);
  void set_exception();
  void emplace_value(T);
  task<T> get_awaitable();
};

struct message {
  std::string content;
};
struct confirmation_callback_t {};
struct slashcommand_t {
  async<confirmation_callback_t> co_reply(const std::string &text) const;
};

template <typename T> class event_router_t {
public:
  template <typename F> std::size_t attach(F &&) { return 0; }
  template <typename F> std::size_t operator()(F &&) { return 0; }
};

enum start_type : bool { st_wait = false, st_return = true };
using timer = std::size_t;

class cluster {
public:
  event_router_t<slashcommand_t> on_slashcommand;
  void start(start_type return_after = st_wait);
  template <typename F> void message_create(const message &, F &&callback) {}
  async<confirmation_callback_t> co_message_create(const message &);
  async<timer> co_sleep(std::uint64_t seconds);
  template <typename F> timer start_timer(F &&on_tick, std::uint64_t seconds) {
    return 0;
  }
  void queue_work(int priority, std::function<void()> task);
};

} // namespace dpp

#endif // COROLINT_STUB_DPP_H
