// folly as of 2026-08 (ff98381ea), as far as lib/model/folly.yaml names it. The
// real library spreads this over folly/coro, folly/fibers, folly/futures,
// folly/io/async and others.
#ifndef COROLINT_STUB_FOLLY_H
#define COROLINT_STUB_FOLLY_H

#include "../coroutine.h"
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>

namespace folly {

struct Unit {};
template <typename T> class Try {
public:
  T &value();
};

class Executor {
public:
  template <typename T = Executor> class KeepAlive {
  public:
    KeepAlive();
    template <typename U> KeepAlive(U *);
  };
  virtual ~Executor();
  virtual void add(std::function<void()>) = 0;
};

class ThreadPoolExecutor : public Executor {
public:
  virtual void join();
};
class FunctionScheduler {
public:
  void addFunction(std::function<void()> &&, std::chrono::microseconds interval);
  void addFunctionOnce(std::function<void()> &&);
  void addFunctionUniformDistribution(std::function<void()> &&,
                                      std::chrono::microseconds least,
                                      std::chrono::microseconds most);
  void addFunctionConsistentDelay(std::function<void()> &&,
                                  std::chrono::microseconds interval);
};
class IOThreadPoolExecutor : public Executor {
public:
  explicit IOThreadPoolExecutor(std::size_t threads);
  void add(std::function<void()>) override;
};
class CPUThreadPoolExecutor : public ThreadPoolExecutor {
public:
  explicit CPUThreadPoolExecutor(std::size_t threads);
  void add(std::function<void()>) override;
};
class ThreadedExecutor : public Executor {
public:
  void add(std::function<void()>) override;
};
class VirtualEventBase : public Executor {
public:
  void add(std::function<void()>) override;
};
class ManualExecutor : public Executor {
public:
  void add(std::function<void()>) override;
  std::size_t run();
  std::size_t drain();
  void drive();
  void makeProgress();
};

//===-- Futures -----------------------------------------------------------===//

template <typename T> class Future;
template <typename T> class SemiFuture {
public:
  SemiFuture(SemiFuture &&) noexcept;
  bool isReady() const;
  T get() &&;
  Try<T> getTry() &&;
  SemiFuture &wait() &;
  SemiFuture &&wait() &&;
  Future<T> via(Executor::KeepAlive<>) &&;
  template <typename F> auto defer(F &&) && -> SemiFuture<T>;
  template <typename F> auto deferValue(F &&) && -> SemiFuture<T>;
  template <typename F> auto deferError(F &&) && -> SemiFuture<T>;
  template <typename F> auto deferEnsure(F &&) && -> SemiFuture<T>;
};
template <typename T> class Future {
public:
  Future(Future &&) noexcept;
  bool isReady() const;
  T get() &&;
  Try<T> getTry() &&;
  T getVia(Executor *) &&;
  Try<T> getTryVia(Executor *) &&;
  Future &wait() &;
  Future &&wait() &&;
  Future &waitVia(Executor *) &;
  Future<T> via(Executor::KeepAlive<>) &&;
  template <typename F> auto thenValue(F &&) && -> Future<T>;
  template <typename F> auto thenTry(F &&) && -> Future<T>;
  template <typename F> auto thenValueInline(F &&) && -> Future<T>;
  template <typename F> auto thenTryInline(F &&) && -> Future<T>;
  template <typename F> auto thenExValue(F &&) && -> Future<T>;
  template <typename F> auto thenExTry(F &&) && -> Future<T>;
  template <typename F> auto thenError(F &&) && -> Future<T>;
  template <typename F> auto ensure(F &&) && -> Future<T>;
};
template <typename T> class Promise {
public:
  Future<T> getFuture();
  SemiFuture<T> getSemiFuture();
  template <typename M> void setValue(M &&);
  template <typename E> void setException(E &&);
  void setTry(Try<T> &&);
};
template <typename T> stub::Awaitable<T> operator co_await(Future<T> &&);
template <typename T> stub::Awaitable<T> operator co_await(SemiFuture<T> &&);

class Baton {
public:
  void post() noexcept;
  void wait() noexcept;
  bool ready() const noexcept;
  bool try_wait() const noexcept;
  template <typename R, typename P>
  bool try_wait_for(const std::chrono::duration<R, P> &) noexcept;
  template <typename C, typename D>
  bool try_wait_until(const std::chrono::time_point<C, D> &) noexcept;
  template <typename R, typename P>
  bool timed_wait(const std::chrono::duration<R, P> &) noexcept;
};

namespace detail {
class Sleeper {
public:
  void wait() noexcept;
};
} // namespace detail

//===-- Fibers ------------------------------------------------------------===//

namespace coro {
template <typename T> class Task;
} // namespace coro

namespace fibers {
class Baton {
public:
  void post();
  void wait();
  bool ready() const noexcept;
  bool try_wait();
  template <typename R, typename P>
  bool try_wait_for(const std::chrono::duration<R, P> &);
  template <typename C, typename D>
  bool try_wait_until(const std::chrono::time_point<C, D> &);
  template <typename R, typename P>
  bool timed_wait(const std::chrono::duration<R, P> &);
};
class Semaphore {
public:
  explicit Semaphore(std::size_t);
  void wait();
  void signal();
};
class BatchSemaphore {
public:
  explicit BatchSemaphore(std::size_t);
  void wait(std::int64_t);
  void signal(std::int64_t);
};
class TimedMutex {
public:
  void lock();
  bool try_lock();
  template <typename R, typename P>
  bool try_lock_for(const std::chrono::duration<R, P> &);
  void unlock();
  coro::Task<void> co_lock();
};
template <bool ReaderPriority, typename BatonType> class TimedRWMutexImpl {
public:
  void lock();
  bool try_lock();
  template <typename R, typename P>
  bool try_lock_for(const std::chrono::duration<R, P> &);
  void unlock();
  void lock_shared();
  bool try_lock_shared();
  template <typename R, typename P>
  bool try_lock_shared_for(const std::chrono::duration<R, P> &);
  void unlock_shared();
};
class FiberManager {
public:
  template <typename F> void addTask(F &&);
  template <typename F> auto addTaskFuture(F &&) -> Future<Unit>;
  template <typename F> void addTaskEager(F &&);
  template <typename F> auto addTaskEagerFuture(F &&) -> Future<Unit>;
  template <typename F> void addTaskRemote(F &&);
  template <typename F> auto addTaskRemoteFuture(F &&) -> Future<Unit>;
  template <typename F, typename G> void addTaskFinally(F &&, G &&);
  template <typename F, typename G> void addTaskFinallyEager(F &&, G &&);
  void yield();
};
template <typename F> void addTask(F &&);
template <typename F> void addTaskEager(F &&);
template <typename F, typename G> void addTaskFinally(F &&, G &&);
template <typename F, typename G> void addTaskFinallyEager(F &&, G &&);
template <typename F> auto await(F &&) -> Unit;
template <typename F> auto await_async(F &&) -> Unit;
void yield();
bool onFiber();
} // namespace fibers

//===-- The loop ----------------------------------------------------------===//

class EventBase : public Executor {
public:
  class LoopCallback {
  public:
    virtual ~LoopCallback();
    virtual void runLoopCallback() noexcept = 0;
  };
  void add(std::function<void()>) override;
  bool loop();
  bool loopOnce(int flags = 0);
  bool loopPoll();
  void loopForever();
  void runInLoop(std::function<void()>, bool thisIteration = false);
  void scheduleAt(std::function<void()> &&,
                  const std::chrono::steady_clock::time_point &);
  void runOnDestruction(std::function<void()>);
  void runInEventBaseThread(std::function<void()>) noexcept;
  void runInEventBaseThreadAlwaysEnqueue(std::function<void()>) noexcept;
  void runInEventBaseThreadAndWait(std::function<void()>) noexcept;
  void runImmediatelyOrRunInEventBaseThread(std::function<void()>) noexcept;
  void runImmediatelyOrRunInEventBaseThreadAndWait(
      std::function<void()>) noexcept;
  bool isInEventBaseThread() const;
  bool inRunningEventBaseThread() const;
};

class AsyncTimeout {
public:
  virtual ~AsyncTimeout();
  virtual void timeoutExpired() noexcept = 0;
  template <typename F>
  static std::unique_ptr<AsyncTimeout> make(EventBase &, F &&callback);
  template <typename F>
  static std::unique_ptr<AsyncTimeout> schedule(std::chrono::milliseconds,
                                                EventBase &, F &&callback);
};
class EventHandler {
public:
  virtual ~EventHandler();
  virtual void handlerReady(std::uint16_t events) noexcept = 0;
};
template <typename Duration> class HHWheelTimerBase {
public:
  class Callback {
  public:
    virtual ~Callback();
    virtual void timeoutExpired() noexcept = 0;
  };
  template <typename F> void scheduleTimeoutFn(F callback, Duration timeout);
};
class AsyncUDPSocket {
public:
  class ReadCallback {
  public:
    virtual ~ReadCallback();
    virtual void onDataAvailable(std::size_t length) noexcept = 0;
    virtual void onReadError(const std::exception &) noexcept = 0;
    virtual void onReadClosed() noexcept = 0;
  };
};
class AsyncReader {
public:
  class ReadCallback {
  public:
    virtual ~ReadCallback();
    virtual void readDataAvailable(std::size_t) noexcept;
    virtual void readEOF() noexcept = 0;
    virtual void readErr(const std::exception &) noexcept = 0;
  };
};
class AsyncWriter {
public:
  class WriteCallback {
  public:
    virtual ~WriteCallback();
    virtual void writeSuccess() noexcept = 0;
    virtual void writeErr(std::size_t, const std::exception &) noexcept = 0;
  };
};
class AsyncServerSocket {
public:
  class AcceptCallback {
  public:
    virtual ~AcceptCallback();
    virtual void connectionAccepted(int) noexcept = 0;
    virtual void acceptError(const std::exception &) noexcept;
  };
};
class AsyncSocketTransport {
public:
  class ConnectCallback {
  public:
    virtual ~ConnectCallback();
    virtual void connectSuccess() noexcept = 0;
    virtual void connectErr(const std::exception &) noexcept = 0;
  };
};

class SocketAddress {
public:
  SocketAddress();
  SocketAddress(const char *host, std::uint16_t port,
                bool allowNameLookup = false);
  SocketAddress(const std::string &host, std::uint16_t port,
                bool allowNameLookup = false);
  void setFromHostPort(const std::string &host, std::uint16_t port);
  void setFromHostPort(const std::string &hostAndPort);
};

//===-- Coroutines --------------------------------------------------------===//

template <typename F> Future<int> via(Executor::KeepAlive<>, F &&func);

namespace coro {
template <typename T> class TaskWithExecutor {
public:
  TaskWithExecutor(TaskWithExecutor &&) noexcept;
  ~TaskWithExecutor();
  SemiFuture<T> start() &&;
  SemiFuture<T> startInlineUnsafe() &&;
  stub::Awaitable<T> operator co_await() &&;
};
template <typename T = void> class [[nodiscard]] Task {
public:
  using promise_type = stub::Promise<Task<T>, T>;
  Task(Task &&) noexcept;
  ~Task();
  SemiFuture<T> semi() &&;
  stub::Awaitable<T> operator co_await() &&;
};
template <typename T, typename V = T> class AsyncGenerator {
public:
  struct promise_type : stub::PromiseBase<AsyncGenerator, std::suspend_always> {
    std::suspend_always yield_value(T);
    void return_void();
  };
  AsyncGenerator(AsyncGenerator &&) noexcept;
  stub::Awaitable<T *> next();
};

namespace detail::adl {
struct WithExecutorFunction {
  template <typename T>
  TaskWithExecutor<T> operator()(Executor::KeepAlive<>, Task<T>) const;
};
struct WithCancellationFunction {
  template <typename T, typename A>
  A operator()(const T &token, A &&awaitable) const;
};
} // namespace detail::adl
inline constexpr detail::adl::WithExecutorFunction co_withExecutor{};
inline constexpr detail::adl::WithCancellationFunction co_withCancellation{};
template <typename... A> Task<void> collectAll(A...);
template <typename... A> Task<void> collectAllTry(A...);
template <typename R> Task<void> collectAllRange(R);
template <typename R> Task<void> collectAllTryRange(R);
template <typename R> Task<void> collectAllWindowed(R, std::size_t);
template <typename... A> Task<void> collectAny(A...);
template <typename R> Task<void> collectAnyRange(R);
template <typename... A> Task<void> collectAnyNoDiscard(A...);
template <typename... A> Task<void> collectAnyWithoutException(A...);
template <typename R> Task<void> collectAllTryWindowed(R, std::size_t);
template <typename A, typename D> auto timeoutNoDiscard(A, D) -> Task<void>;
template <typename A> auto co_awaitTry(A &&) -> stub::Awaitable<Try<int>>;
template <typename A> auto detachOnCancel(A) -> Task<void>;
template <typename A, typename D> auto timeout(A, D) -> Task<void>;

class AsyncScope {
public:
  template <typename A> void add(A &&);
  Task<void> joinAsync() noexcept;
  SemiFuture<Unit> cleanup() noexcept;
};
class CancellableAsyncScope {
public:
  template <typename A> void add(A &&);
  template <typename A> void addWithSourceLoc(A &&);
  Task<void> joinAsync() noexcept;
  Task<void> cancelAndJoinAsync() noexcept;
};

struct co_invoke_fn {
  template <typename F, typename... A>
  auto operator()(F, A...) const -> std::invoke_result_t<F, A...>;
};
inline constexpr co_invoke_fn co_invoke{};

struct blocking_wait_fn {
  template <typename A> auto operator()(A &&) const -> int;
};
inline constexpr blocking_wait_fn blocking_wait{};
static constexpr blocking_wait_fn const &blockingWait = blocking_wait;

class Baton {
public:
  stub::Awaitable<> operator co_await() const noexcept;
  void post() noexcept;
};
class Mutex {
public:
  stub::Awaitable<> co_lock();
  stub::Awaitable<std::unique_lock<Mutex>> co_scoped_lock();
  bool try_lock();
  void unlock();
};
class SharedMutexFair {
public:
  stub::Awaitable<> co_lock();
  stub::Awaitable<> co_lock_shared();
  stub::Awaitable<> co_lock_upgrade();
  bool try_lock();
  bool try_lock_shared();
  bool try_lock_upgrade();
  void unlock();
  void unlock_shared();
  void unlock_upgrade();
};

namespace detail {
struct co_current_executor_ {};
struct co_current_cancellation_token_ {};
struct co_reschedule_on_current_executor_ {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
};
} // namespace detail
struct co_safe_point_t {};
inline constexpr detail::co_current_executor_ co_current_executor{};
inline constexpr detail::co_reschedule_on_current_executor_
    co_reschedule_on_current_executor{};
} // namespace coro

//===-- Locks, processes, files -------------------------------------------===//

template <bool ReaderPriority> class SharedMutexImpl {
public:
  void lock();
  void lock_shared();
  void lock_upgrade();
  void unlock();
  void unlock_shared();
  void unlock_upgrade();
  bool try_lock();
  bool try_lock_shared();
};
using SharedMutex = SharedMutexImpl<false>;

template <typename S> class LockedPtr {
public:
  LockedPtr();
  ~LockedPtr();
  void unlock();
  explicit operator bool() const;
};

class Subprocess {
public:
  int wait();
  void waitChecked();
  int waitOrTerminateOrKill(std::chrono::milliseconds,
                            std::chrono::milliseconds);
  void communicate();
};
int fsyncNoInt(int file);
int fdatasyncNoInt(int file);
long preadNoInt(int file, void *data, std::size_t size, long offset);
long pwriteNoInt(int file, const void *data, std::size_t size, long offset);
long preadFull(int file, void *data, std::size_t size, long offset);
long preadvFull(int file, void *parts, int count, long offset);
long pwriteFull(int file, const void *data, std::size_t size, long offset);
long pwritevFull(int file, void *parts, int count, long offset);
bool readFile(const char *name, std::string &out);
bool writeFile(const std::string &data, const char *name, int flags = 0);
void writeFileAtomic(const char *name, const std::string &data);

//===-- Queues and semaphores of threads ----------------------------------===//

template <typename T> class BlockingQueue {
public:
  virtual ~BlockingQueue();
  virtual T take() = 0;
  virtual T *try_take_for(std::chrono::milliseconds) = 0;
};
template <typename T> class MPMCQueueBase {
public:
  template <typename... A> void blockingWrite(A &&...) noexcept;
  void blockingRead(T &) noexcept;
  void blockingReadWithTicket(std::uint64_t &ticket, T &) noexcept;
  bool read(T &) noexcept;
};
template <typename T> class MPMCQueue : public MPMCQueueBase<T> {};
template <typename T> class UnboundedQueue {
public:
  void dequeue(T &) noexcept;
  T dequeue() noexcept;
  bool try_dequeue(T &) noexcept;
  template <typename R, typename P>
  bool try_dequeue_for(T &, const std::chrono::duration<R, P> &) noexcept;
};
template <typename T> class DynamicBoundedQueue {
public:
  void enqueue(const T &);
  bool try_enqueue(const T &);
  void dequeue(T &);
  template <typename R, typename P>
  bool try_dequeue_for(T &, const std::chrono::duration<R, P> &);
};
class Latch {
public:
  void wait();
  template <typename R, typename P>
  bool try_wait_for(const std::chrono::duration<R, P> &);
};
struct LifoSemImpl {
  void wait();
  bool try_wait();
};
template <bool MayBlock> class SaturatingSemaphore {
public:
  void wait();
  template <typename R, typename P>
  bool try_wait_for(const std::chrono::duration<R, P> &);
};

template <typename I> class Range {
public:
  Range(I, I);
};
template <typename F> class FunctionRef;
template <typename R, typename... A> class FunctionRef<R(A...)> {};

} // namespace folly

#endif // COROLINT_STUB_FOLLY_H
