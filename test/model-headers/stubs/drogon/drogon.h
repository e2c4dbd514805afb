// Drogon as of 2026-07 (74fc004c) and Trantor as of 2026-05 (63a4e5e), as far
// as lib/model/drogon.yaml names it.
#ifndef COROLINT_STUB_DROGON_H
#define COROLINT_STUB_DROGON_H

#include "../coroutine.h"

namespace drogon {
namespace nosql {
class RedisClient {
public:
  void execCommandSync();
  template <typename... A> void execCommandAsync(A &&...);
};

} // namespace nosql

namespace orm {
class Mapper {
public:
  template <typename A0> void count(A0 &&);
  template <typename A0> void deleteBy(A0 &&);
  template <typename A0> void deleteOne(A0 &&);
  template <typename A0> void findBy(A0 &&);
  template <typename A0> void findOne(A0 &&);
  template <typename A0> void insert(A0 &&);
  template <typename A0> void update(A0 &&);
  template <typename A0> void findByPrimaryKey(A0 &&);
  template <typename A0> void deleteByPrimaryKey(A0 &&);
  template <typename A0> void findAll(A0 &&);
};

class DbClient {
public:
  void execSqlSync();
  void newTransaction();
  template <typename... A> void execSqlAsync(A &&...);
  template <typename... A> void newTransactionAsync(A &&...);
};

} // namespace orm

template <typename T = void> class Task {
public:
  using promise_type = stub::Promise<Task, T, std::suspend_always>;
  Task(Task &&) noexcept;
  ~Task();
  stub::Awaitable<T> operator co_await() &&;
};

template <typename T = void> class AsyncTask {
public:
  using promise_type = stub::Promise<AsyncTask, T, std::suspend_never>;
  AsyncTask(AsyncTask &&) noexcept;
  ~AsyncTask();
};

class Mutex {
public:
  stub::Awaitable<> lock();
  bool try_lock();
  void unlock();
};

class HttpSimpleController {
public:
  virtual void asyncHandleHttpRequest();
};

class WebSocketController {
public:
  virtual void handleConnectionClosed();
  virtual void handleNewConnection();
  virtual void handleNewMessage();
};

class HttpMiddleware {
public:
  virtual void invoke();
};

class HttpCoroFilter {
public:
  virtual void doFilter();
};

class HttpAppFramework {
public:
  void run();
};

class HttpFilter {
public:
  virtual void doFilter();
};

class HttpClient {
public:
  template <typename A0, typename A1> void sendRequest(A0 &&, A1 &&);
};

template <typename... A> int sync_wait(A &&...);
template <typename A0> void async_func(A0 &&);
template <typename... A> void async_run(A &&...);
stub::Awaitable<> switchThreadCoro();
stub::Awaitable<> queueInLoopCoro();
template <typename... A> stub::Awaitable<> when_all(A &&...);
} // namespace drogon

namespace trantor {
class EventLoop {
public:
  void loop();
  template <typename... A> void queueInLoop(A &&...);
  template <typename... A> void runAfter(A &&...);
  template <typename... A> void runAt(A &&...);
  template <typename... A> void runEvery(A &&...);
  template <typename... A> void runInLoop(A &&...);
  template <typename... A> void runOnQuit(A &&...);
  bool isInLoopThread();
};

class ConcurrentTaskQueue {
public:
  template <typename A0> void runTaskInQueue(A0 &&);
};

class TaskQueue {
public:
  template <typename A0> void syncTaskInQueue(A0 &&);
  template <typename A0> void runTaskInQueue(A0 &&);
};

class SerialTaskQueue {
public:
  template <typename A0> void runTaskInQueue(A0 &&);
};

} // namespace trantor

#endif // COROLINT_STUB_DROGON_H
