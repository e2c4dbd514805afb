// What stdexec.h includes into the namespace `experimental::execution`, and into
// `exec`, as versions before 2026 call it. No include guard.

namespace __task {
template <typename T = void> class basic_task {
public:
  using promise_type = stub::Promise<basic_task, T, std::suspend_always>;
  basic_task(basic_task &&) noexcept;
  ~basic_task();
  stub::Awaitable<T> operator co_await() &&;
};
} // namespace __task
template <typename T = void> using task = __task::basic_task<T>;
struct __reschedule_coroutine_on_t {
  template <typename S> stub::Awaitable<> operator()(S scheduler) const;
};
inline constexpr __reschedule_coroutine_on_t reschedule_coroutine_on{};

namespace _pool_ {
class _static_thread_pool {
public:
  struct scheduler {};
  scheduler get_scheduler() noexcept;
};
// Up to 2025.
class static_thread_pool_ {
public:
  struct scheduler {};
  scheduler get_scheduler() noexcept;
};
} // namespace _pool_
struct static_thread_pool : private _pool_::_static_thread_pool {
  using _pool_::_static_thread_pool::get_scheduler;
};
template <typename Derived> class thread_pool_base {
public:
  struct scheduler {};
};
namespace __io_uring {
class __scheduler {};
struct __context {
  __scheduler get_scheduler() noexcept;
};
} // namespace __io_uring
using io_uring_context = __io_uring::__context;

namespace __scope {
class async_scope {
public:
  template <typename S> void spawn(S &&sender);
  template <typename S> stub::Awaitable<> nest(S &&sender);
  template <typename S> stub::Awaitable<> spawn_future(S &&sender);
  stub::Awaitable<> on_empty() const;
};
} // namespace __scope
using __scope::async_scope;

namespace __when_any {
template <typename... S> stub::Awaitable<> when_any(S &&...senders);
}
using __when_any::when_any;
template <typename S> stub::Awaitable<> ensure_started(S &&sender);
template <typename S, typename F> stub::Awaitable<> finally(S &&sender, F &&);
template <typename S> stub::Awaitable<> split(S &&sender);
template <typename S> void start_detached(S &&sender);
