// Seastar as of 2026-08 (525fcc86e), as far as lib/model/seastar.yaml names it.
// The real library spreads this over seastar/core, seastar/coroutine and
// seastar/util.
#ifndef COROLINT_STUB_SEASTAR_H
#define COROLINT_STUB_SEASTAR_H

#include "../coroutine.h"
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <shared_mutex>
#include <type_traits>

namespace seastar {

template <typename T = void> class [[nodiscard]] future;
template <typename T = void> class promise;
template <typename T> struct is_future : std::false_type {};
template <typename T> struct is_future<future<T>> : std::true_type {};

template <typename T> struct futurize {
  using type = future<T>;
};
template <typename T> struct futurize<future<T>> {
  using type = future<T>;
};
template <typename F, typename... A>
using futurized_t = typename futurize<std::invoke_result_t<F, A...>>::type;

namespace internal {
template <typename F, typename T> struct continuation {
  using type = futurized_t<F, T>;
};
template <typename F> struct continuation<F, void> {
  using type = futurized_t<F>;
};
} // namespace internal

template <typename T> class [[nodiscard]] future {
public:
  future(future &&) noexcept;
  future &operator=(future &&) noexcept;
  ~future();
  bool available() const noexcept;
  bool failed() const noexcept;
  T get();
  void wait() noexcept;
  template <typename F>
  typename internal::continuation<F, T>::type then(F &&func);
  template <typename F>
  typename internal::continuation<F, T>::type then_unpack(F &&func);
  template <typename F> futurized_t<F, future<T>> then_wrapped(F &&func);
  template <typename F> future<T> finally(F &&func);
  template <typename F> future<T> handle_exception(F &&func);
  template <typename F> future<T> handle_exception_type(F &&func);
  void forward_to(promise<T> &&) noexcept;
  future<void> discard_result();
  void ignore_ready_future() noexcept;
};

template <typename T> struct awaiter_of {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};
template <typename T> awaiter_of<T> operator co_await(future<T>) noexcept;

template <typename T> class promise {
public:
  future<T> get_future() noexcept;
  template <typename... A> void set_value(A &&...value) noexcept;
  void set_exception(std::exception_ptr) noexcept;
};

template <typename T = void, typename... A>
future<T> make_ready_future(A &&...value) noexcept;
template <typename T = void>
future<T> make_exception_future(std::exception_ptr error) noexcept;
template <typename T = void>
future<T> current_exception_as_future() noexcept;
template <typename... F> future<> when_all(F &&...futures);
template <typename... F> future<> when_all_succeed(F &&...futures);
template <typename... F> future<> when_any(F &&...futures);
template <typename Clock, typename Duration, typename T>
future<T> with_timeout(std::chrono::time_point<Clock, Duration> timeout,
                       future<T> f);

template <typename Rep, typename Period>
future<> sleep(std::chrono::duration<Rep, Period> time);
future<> yield() noexcept;
future<> maybe_yield() noexcept;
future<> check_for_io_immediately() noexcept;

//===-- Where code runs ---------------------------------------------------===//

struct thread_attributes {};
class scheduling_group {};
template <typename F>
auto with_scheduling_group(scheduling_group, F func) -> futurized_t<F>;

void handle_signal(int number, std::function<void()> &&handler,
                   bool once = false);

class thread {
public:
  template <typename F> explicit thread(F func);
  template <typename F> thread(thread_attributes, F func);
  future<> join();
  static void yield();
  static void maybe_yield();
  static bool running_in_thread();
};

template <typename F, typename... A>
futurized_t<F, A...> async(F &&func, A &&...arguments);
template <typename F, typename... A>
futurized_t<F, A...> async(thread_attributes, F &&func, A &&...arguments);

namespace smp {
template <typename F> futurized_t<F> submit_to(unsigned shard, F &&func);
template <typename F> future<> invoke_on_all(F &&func);
template <typename F> future<> invoke_on_others(unsigned shard, F func);
} // namespace smp

namespace alien {
class instance;
template <typename F> void run_on(instance &, unsigned shard, F &&func);
template <typename F> void submit_to(instance &, unsigned shard, F &&func);
} // namespace alien

template <typename Service> class sharded {
public:
  template <typename F, typename... A>
  auto invoke_on(unsigned shard, F &&func, A &&...) -> futurized_t<F, Service &>;
  template <typename F, typename... A> future<> invoke_on_all(F func, A...);
  template <typename F, typename... A> future<> invoke_on_others(F func, A...);
  template <typename M> future<> map(M mapper);
  template <typename R, typename M> future<> map_reduce(R &&reducer, M &&mapper);
  Service &local();
};

template <typename Clock = std::chrono::steady_clock> class timer {
public:
  explicit timer(std::function<void()> callback);
  void set_callback(std::function<void()> callback);
  void arm(typename Clock::duration);
};

class app_template {
public:
  int run(int count, char **arguments, std::function<future<int>()> func);
  int run_deprecated(int count, char **arguments, std::function<void()> func);
};

//===-- Lifetimes ---------------------------------------------------------===//

template <typename... A> auto do_with(A &&...) -> future<>;

class file {
public:
  future<> close();
};
template <typename F> future<> with_file(future<file>, F func) noexcept;
template <typename F>
future<> with_file_close_on_failure(future<file>, F func) noexcept;
class abort_source {
public:
  template <typename F> int subscribe(F &&);
};

namespace coroutine {
template <typename F> class lambda {
public:
  explicit lambda(F &&func);
  template <typename... A> auto operator()(A &&...) const
      -> std::invoke_result_t<F, A...>;
};
class maybe_yield : public stub::Awaitable<> {};
struct switch_to : stub::Awaitable<> {
  explicit switch_to(scheduling_group group) noexcept;
};
template <typename T> auto as_future(future<T> &&) -> stub::Awaitable<future<T>>;
template <typename T>
auto as_future_without_preemption_check(future<T> &&)
    -> stub::Awaitable<future<T>>;
template <typename T> auto try_future(future<T> &&) -> stub::Awaitable<T>;
template <typename T>
auto try_future_without_preemption_check(future<T> &&) -> stub::Awaitable<T>;
template <typename... F> class all : public stub::Awaitable<> {
public:
  explicit all(F &&...funcs);
};
template <typename F> class parallel_for_each : public stub::Awaitable<> {
public:
  template <typename R> parallel_for_each(R &&range, F &&func);
};
template <typename R, typename F>
parallel_for_each(R &&, F &&) -> parallel_for_each<F>;
} // namespace coroutine

template <typename R, typename F>
future<> parallel_for_each(R &&range, F &&func);
template <typename R, typename F>
future<> max_concurrent_for_each(R &&range, std::size_t most, F &&func);
template <typename R, typename F> future<> do_for_each(R &range, F func);
template <typename I, typename F>
future<> do_for_each(I begin, I end, F func);
enum class stop_iteration { no, yes };
template <typename F> future<> repeat(F &&func);
template <typename F> future<int> repeat_until_value(F func);
template <typename F, typename S> future<> do_until(S stop, F func);
template <typename F> future<> keep_doing(F func);
template <typename R, typename M, typename T, typename F>
future<T> map_reduce(R &&range, M &&mapper, T initial, F reduce);

template <typename L, typename F> auto with_lock(L &lock, F &&func) -> futurized_t<F>;
class shared_mutex;
template <typename F>
auto with_shared(shared_mutex &, F &&func) -> futurized_t<F>;

template <typename T> class [[nodiscard]] deferred_close {
public:
  deferred_close(T &) noexcept;
  deferred_close(deferred_close &&) noexcept;
  ~deferred_close();
  void close_now() noexcept;
  void cancel() noexcept;
};
template <typename T> class [[nodiscard]] deferred_stop {
public:
  deferred_stop(T &) noexcept;
  deferred_stop(deferred_stop &&) noexcept;
  ~deferred_stop();
  void stop_now() noexcept;
  void cancel() noexcept;
};
template <typename T, typename F>
auto with_closeable(T &&object, F func) -> futurized_t<F, T &>;
template <typename T, typename F>
auto with_stoppable(T &&object, F func) -> futurized_t<F, T &>;

namespace httpd {
class function_handler {
public:
  explicit function_handler(const std::function<int(int request)> &);
};
} // namespace httpd
namespace rpc {
template <typename Serializer, typename Type = unsigned> class protocol {
public:
  template <typename F> void register_handler(Type, F &&func);
  template <typename F> void register_handler(Type, scheduling_group, F &&func);
};
} // namespace rpc

//===-- Guards ------------------------------------------------------------===//

class gate {
public:
  class holder {
  public:
    holder();
    explicit holder(gate &);
    holder(const holder &);
    holder(holder &&) noexcept;
    ~holder();
    void release();
  };
  holder hold();
  future<> close();
};
class named_gate : public gate {};
template <typename F> auto with_gate(gate &, F &&func) -> futurized_t<F>;
template <typename F>
auto try_with_gate(gate &, F &&func) noexcept -> futurized_t<F>;

template <typename Exceptions = void, typename Clock = void>
class basic_semaphore {
public:
  explicit basic_semaphore(std::size_t count);
  future<> wait(std::size_t units = 1);
  bool try_wait(std::size_t units = 1);
  void signal(std::size_t units = 1);
};
using semaphore = basic_semaphore<>;

template <typename Exceptions = void, typename Clock = void>
class semaphore_units {
public:
  semaphore_units();
  semaphore_units(semaphore_units &&) noexcept;
  ~semaphore_units();
  void return_all();
  std::size_t release();
  explicit operator bool() const;
};
template <typename E, typename C>
future<semaphore_units<E, C>> get_units(basic_semaphore<E, C> &,
                                        std::size_t units);
template <typename E, typename C, typename F>
auto with_semaphore(basic_semaphore<E, C> &, std::size_t units, F &&func)
    -> futurized_t<F>;

template <typename Clock = void> class rwlock_for_read {
public:
  future<> lock();
  void unlock();
};
template <typename Clock = void> class rwlock_for_write {
public:
  future<> lock();
  void unlock();
};

template <typename Clock = void> class basic_rwlock {
public:
  rwlock_for_read<Clock> &for_read();
  rwlock_for_write<Clock> &for_write();
  future<> read_lock();
  void read_unlock();
  future<> write_lock();
  void write_unlock();
  bool try_read_lock();
  bool try_write_lock();
  using holder = semaphore_units<>;
  future<holder> hold_read_lock();
  future<holder> hold_write_lock();
};
using rwlock = basic_rwlock<>;

class shared_mutex {
public:
  future<> lock();
  future<> lock_shared();
  bool try_lock();
  bool try_lock_shared();
  void unlock();
  void unlock_shared();
};

template <typename T> future<std::unique_lock<T>> get_unique_lock(T &mutex);
template <typename T> future<std::shared_lock<T>> get_shared_lock(T &mutex);

class condition_variable {
public:
  future<> wait();
  template <typename P> future<> wait(P &&predicate);
  template <typename P> stub::Awaitable<> when(P &&predicate);
  void signal();
};

//===-- State -------------------------------------------------------------===//

template <typename T> class circular_buffer {
public:
  T *begin();
  T *end();
  T &front();
  T &back();
  T &operator[](std::size_t);
  bool empty() const;
  std::size_t size() const;
  void push_back(const T &);
  void push_front(const T &);
  template <typename... A> void emplace_back(A &&...);
  template <typename... A> void emplace_front(A &&...);
  void reserve(std::size_t);
  void pop_back();
  void pop_front();
  T *erase(T *first, T *last);
  void clear();
};

template <typename T> class chunked_fifo {
public:
  T *begin();
  T *end();
  T &front();
  T &back();
  bool empty() const;
  std::size_t size() const;
  void push_back(const T &);
  template <typename... A> void emplace_back(A &&...);
  void pop_front();
  void clear();
};

template <typename T> class lw_shared_ptr {
public:
  lw_shared_ptr();
  lw_shared_ptr(const lw_shared_ptr &);
  ~lw_shared_ptr();
  lw_shared_ptr &operator=(const lw_shared_ptr &);
  T *get() const;
  T &operator*() const;
  T *operator->() const;
  explicit operator bool() const;
};
template <typename T> class shared_ptr : public lw_shared_ptr<T> {};
template <typename T> class foreign_ptr : public lw_shared_ptr<T> {};

} // namespace seastar

namespace seastar::coroutine::experimental {
namespace internal::unbuffered {
template <typename T, typename V> class generator {
public:
  using promise_type = stub::PromiseBase<generator, std::suspend_always>;
  stub::Awaitable<T *> operator()();
};
} // namespace internal::unbuffered
namespace internal::buffered {
template <typename T, typename V, typename C> class generator {
public:
  using promise_type = stub::PromiseBase<generator, std::suspend_always>;
  stub::Awaitable<T *> operator()();
};
} // namespace internal::buffered
template <typename T, typename V = void>
using generator = internal::unbuffered::generator<T, V>;
} // namespace seastar::coroutine::experimental

template <typename T, typename... A>
struct std::coroutine_traits<seastar::future<T>, A...> {
  using promise_type =
      stub::Promise<seastar::future<T>, T, std::suspend_never>;
};

#endif // COROLINT_STUB_SEASTAR_H
