// userver as of 2024-10 (c2f43b4e8), as far as lib/model/userver.yaml names it.
#ifndef COROLINT_STUB_USERVER_H
#define COROLINT_STUB_USERVER_H

#include "../coroutine.h"
#include <chrono>
#include <cstddef>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <type_traits>

namespace userver {
namespace engine {
class TaskProcessor {};
class Deadline {};
enum class FutureStatus { kReady, kTimeout, kCancelled };
enum class CvStatus { kNoTimeout, kTimeout };

class Mutex {
public:
  void lock();
  bool try_lock();
  template <typename R, typename Q>
  bool try_lock_for(const std::chrono::duration<R, Q> &);
  bool try_lock_until(Deadline);
  void unlock();
};
class SharedMutex {
public:
  void lock();
  void lock_shared();
  bool try_lock();
  template <typename R, typename Q>
  bool try_lock_for(const std::chrono::duration<R, Q> &);
  bool try_lock_until(Deadline);
  bool try_lock_shared();
  template <typename R, typename Q>
  bool try_lock_shared_for(const std::chrono::duration<R, Q> &);
  bool try_lock_shared_until(Deadline);
  void unlock();
  void unlock_shared();
};
class Semaphore {
public:
  void lock_shared();
  void unlock_shared();
};
class SemaphoreLock final {
public:
  explicit SemaphoreLock(Semaphore &);
  SemaphoreLock(Semaphore &, std::defer_lock_t) noexcept;
  SemaphoreLock(Semaphore &, std::try_to_lock_t);
  SemaphoreLock(SemaphoreLock &&) noexcept;
  ~SemaphoreLock();
  bool OwnsLock() const noexcept;
  explicit operator bool() const noexcept;
  void Lock();
  bool TryLock();
  void Unlock();
  void Release();
};
class ConditionVariable {
public:
  CvStatus Wait(std::unique_lock<Mutex> &);
  template <typename P> bool Wait(std::unique_lock<Mutex> &, P &&predicate);
  template <typename R, typename Q, typename P>
  bool WaitFor(std::unique_lock<Mutex> &, std::chrono::duration<R, Q>,
               P &&predicate);
  template <typename P>
  bool WaitUntil(std::unique_lock<Mutex> &, Deadline, P &&predicate);
};
class SingleConsumerEvent {
public:
  bool WaitForEvent();
  template <typename R, typename Q>
  bool WaitForEventFor(std::chrono::duration<R, Q>);
  bool WaitForEventUntil(Deadline);
};
class SingleUseEvent {
public:
  void Wait();
  FutureStatus WaitUntil(Deadline);
};

template <typename T> class Future {
public:
  T get();
  FutureStatus wait() const;
  template <typename R, typename Q>
  FutureStatus wait_for(std::chrono::duration<R, Q>) const;
  FutureStatus wait_until(Deadline) const;
};

class [[nodiscard]] TaskBase {
public:
  bool IsFinished() const;
  void Wait() const noexcept(false);
  template <typename R, typename Q>
  void WaitFor(const std::chrono::duration<R, Q> &) const;
  void WaitUntil(Deadline) const;
  void SyncCancel() noexcept;
  void BlockingWait() const;
};
class [[nodiscard]] Task : public TaskBase {
public:
  Task(Task &&) noexcept;
  ~Task();
  void Detach() &&;
};
template <typename T> class [[nodiscard]] TaskWithResult : public Task {
public:
  TaskWithResult(TaskWithResult &&) noexcept;
  T Get() noexcept(false);
};
class [[nodiscard]] SharedTask : public TaskBase {
public:
  SharedTask(const SharedTask &) noexcept;
  ~SharedTask();
};
template <typename T>
class [[nodiscard]] SharedTaskWithResult : public SharedTask {
public:
  const T &Get() const;
};

template <typename R, typename Q> void SleepFor(std::chrono::duration<R, Q>);
void SleepUntil(Deadline);
template <typename R, typename Q>
void InterruptibleSleepFor(std::chrono::duration<R, Q>);
void InterruptibleSleepUntil(Deadline);
void Yield();
template <typename... T> void WaitAllChecked(T &...tasks);
template <typename R, typename Q, typename... T>
FutureStatus WaitAllCheckedFor(const std::chrono::duration<R, Q> &, T &...);
template <typename... T> FutureStatus WaitAllCheckedUntil(Deadline, T &...);
template <typename... T> std::size_t WaitAny(T &...tasks);
template <typename... T> void GetAll(T &...tasks);

template <typename F, typename... A>
TaskWithResult<std::invoke_result_t<F>> AsyncNoSpan(F &&, A &&...);
template <typename F, typename... A>
TaskWithResult<std::invoke_result_t<F>> AsyncNoSpan(TaskProcessor &, F &&,
                                                    A &&...);
template <typename F, typename... A>
TaskWithResult<std::invoke_result_t<F>> CriticalAsyncNoSpan(F &&, A &&...);
template <typename F, typename... A>
SharedTaskWithResult<std::invoke_result_t<F>> SharedAsyncNoSpan(F &&, A &&...);
template <typename F, typename... A>
SharedTaskWithResult<std::invoke_result_t<F>> SharedCriticalAsyncNoSpan(F &&,
                                                                        A &&...);

namespace io {
class Socket {
public:
  void Connect(const void *address, Deadline);
  std::size_t RecvSome(void *data, std::size_t size, Deadline);
  std::size_t RecvAll(void *data, std::size_t size, Deadline);
  std::size_t SendAll(const void *data, std::size_t size, Deadline);
  Socket Accept(Deadline);
};
} // namespace io
namespace subprocess {
class ChildProcess {
public:
  void Wait();
  template <typename R, typename Q> bool WaitFor(std::chrono::duration<R, Q>);
  bool WaitUntil(Deadline);
  int Get();
};
} // namespace subprocess
} // namespace engine

namespace concurrent {
template <typename Lock, typename Data> class LockedPtr final {
public:
  using Mutex = typename Lock::mutex_type;
  LockedPtr(Mutex &mutex, Data &data) : lock_(mutex), data_(data) {}
  Data &operator*() { return data_; }
  Data *operator->() { return &data_; }

private:
  Lock lock_;
  Data &data_;
};
template <typename Data, typename Mutex = engine::Mutex> class Variable final {
public:
  LockedPtr<std::lock_guard<Mutex>, Data> Lock() { return {mutex_, data_}; }
  LockedPtr<std::unique_lock<Mutex>, Data> UniqueLock() {
    return {mutex_, data_};
  }
  LockedPtr<std::shared_lock<Mutex>, const Data> SharedLock() {
    return {mutex_, data_};
  }

private:
  Mutex mutex_;
  Data data_;
};
template <typename T> class Producer final {
public:
  bool Push(T &&value, engine::Deadline = {}) const;
  bool PushNoblock(T &&value) const;
};
template <typename T> class Consumer final {
public:
  bool Pop(T &value, engine::Deadline = {}) const;
  bool PopNoblock(T &value) const;
};
class BackgroundTaskStorage final {
public:
  template <typename... A> void AsyncDetach(std::string name, A &&...);
  template <typename... A> void CriticalAsyncDetach(std::string name, A &&...);
  void CancelAndWait() noexcept;
};
} // namespace concurrent

namespace fs {
void Chmod(engine::TaskProcessor &, const std::string &path, int permissions);
void CreateDirectories(engine::TaskProcessor &, std::string_view path);
std::string ReadFileContents(engine::TaskProcessor &, const std::string &path);
bool RemoveSingleFile(engine::TaskProcessor &, const std::string &path);
void Rename(engine::TaskProcessor &, const std::string &, const std::string &);
void RewriteFileContents(engine::TaskProcessor &, const std::string &path,
                         std::string_view text);
void RewriteFileContentsAtomically(engine::TaskProcessor &,
                                   const std::string &path,
                                   std::string_view text);
} // namespace fs

namespace fs::blocking {
class CFile final {
public:
  std::size_t Read(char *buffer, std::size_t size);
  void Write(std::string_view text);
  void Flush();
};
class FileDescriptor final {
public:
  std::size_t Read(char *buffer, std::size_t size);
  void Write(std::string_view text);
  void FSync();
};
void Chmod(const std::string &path, int permissions);
void CreateDirectories(std::string_view path);
bool FileExists(const std::string &path);
std::string ReadFileContents(const std::string &path);
bool RemoveSingleFile(const std::string &path);
void Rename(const std::string &from, const std::string &to);
void RewriteFileContents(const std::string &path, std::string_view text);
void RewriteFileContentsAtomically(const std::string &path,
                                   std::string_view text);
void RewriteFileContentsFSync(const std::string &path, std::string_view text);
void SyncDirectoryContents(const std::string &path);
} // namespace fs::blocking

namespace utils {
class PeriodicTask {
public:
  template <typename F> void Start(std::string name, int settings, F callback);
  void Stop() noexcept;
};
template <typename F, typename... A>
engine::TaskWithResult<std::invoke_result_t<F>> Async(std::string name, F &&,
                                                      A &&...);
template <typename F, typename... A>
engine::TaskWithResult<std::invoke_result_t<F>>
Async(engine::TaskProcessor &, std::string name, F &&, A &&...);
template <typename F, typename... A>
engine::TaskWithResult<std::invoke_result_t<F>>
AsyncBackground(std::string name, engine::TaskProcessor &, F &&, A &&...);
template <typename F, typename... A>
engine::TaskWithResult<std::invoke_result_t<F>>
CriticalAsync(std::string name, F &&, A &&...);
template <typename F, typename... A>
engine::TaskWithResult<std::invoke_result_t<F>>
CriticalAsyncBackground(std::string name, engine::TaskProcessor &, F &&,
                        A &&...);
template <typename F, typename... A>
engine::SharedTaskWithResult<std::invoke_result_t<F>>
SharedAsync(std::string name, F &&, A &&...);
template <typename F, typename... A>
engine::SharedTaskWithResult<std::invoke_result_t<F>>
SharedCriticalAsync(std::string name, F &&, A &&...);
} // namespace utils

namespace clients::http {
class Response {};
class ResponseFuture final {
public:
  int Wait();
  Response Get();
};
class Request final {
public:
  ResponseFuture async_perform();
  Response perform();
};
} // namespace clients::http

namespace storages::mongo {
class Collection {
public:
  void Execute(const int &operation);
};
} // namespace storages::mongo

namespace storages::postgres {
class ResultSet {};
class Transaction {
public:
  ResultSet Execute(const std::string &query);
  void Commit();
  void Rollback();
};
class Cluster {
public:
  Transaction Begin(int options);
  ResultSet Execute(int host, const std::string &query);
};
} // namespace storages::postgres

namespace cache {
class CacheUpdateTrait {
public:
  virtual ~CacheUpdateTrait();

protected:
  virtual void Update(int type) = 0;
};
} // namespace cache
namespace components {
class TcpAcceptorBase {
public:
  virtual ~TcpAcceptorBase();
  virtual void ProcessSocket(engine::io::Socket &&) = 0;
};
} // namespace components

namespace server {
namespace handlers {
class HandlerBase {
public:
  virtual ~HandlerBase();
  virtual void HandleRequest(int request) const = 0;
};
class HttpHandlerBase : public HandlerBase {
public:
  void HandleRequest(int request) const override;
  virtual std::string HandleRequestThrow(int request) const;
};
class HttpHandlerJsonBase : public HttpHandlerBase {
public:
  virtual int HandleRequestJsonThrow(int request) const = 0;
};
class HttpHandlerFlatbufBase : public HttpHandlerBase {
public:
  virtual int HandleRequestFlatbufThrow(int request) const = 0;
};
} // namespace handlers
namespace middlewares {
class HttpMiddlewareBase {
public:
  virtual ~HttpMiddlewareBase();

protected:
  virtual void HandleRequest(int &request, int &context) const = 0;
};
} // namespace middlewares
namespace websocket {
class WebSocketConnection {
public:
  virtual ~WebSocketConnection();
  virtual void Recv(std::string &message) = 0;
  virtual void Send(const std::string &message) = 0;
  virtual void SendText(std::string_view message) = 0;
  virtual void Close(int status) = 0;
};
class WebsocketHandlerBase : public handlers::HttpHandlerBase {
public:
  virtual void Handle(WebSocketConnection &, int context) const = 0;
};
} // namespace websocket
} // namespace server
} // namespace userver

#endif // COROLINT_STUB_USERVER_H
