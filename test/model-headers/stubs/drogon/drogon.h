// Drogon as of 2026-07 (74fc004c) and Trantor as of 2026-05 (63a4e5e), as far
// as lib/model/drogon.yaml names it.
#ifndef COROLINT_STUB_DROGON_H
#define COROLINT_STUB_DROGON_H

#include "../coroutine.h"
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>

namespace drogon {
namespace nosql {
class RedisClient {
public:
  void execCommandSync();
  template <typename... A> void execCommandAsync(A &&...);
};

} // namespace nosql

namespace orm {
class Result {};
class DrogonDbException {};
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
  template <typename... A>
  Result execSqlSync(const std::string &sql, A &&...arguments);
  template <typename... A>
  std::future<Result> execSqlAsyncFuture(const std::string &sql, A &&...);
  void newTransaction();
  template <typename R, typename E, typename... A>
  void execSqlAsync(const std::string &sql, R &&, E &&, A &&...) {}
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

class HttpRequest {};
class HttpResponse {
public:
  static std::shared_ptr<HttpResponse> newHttpResponse();
};
using HttpRequestPtr = std::shared_ptr<HttpRequest>;
using HttpResponsePtr = std::shared_ptr<HttpResponse>;

class HttpAppFramework {
public:
  void run();
  template <typename F>
  HttpAppFramework &registerHandler(const std::string &path, F &&) {
    return *this;
  }
};
HttpAppFramework &app();

class HttpFilter {
public:
  virtual void doFilter();
};

enum class ReqResult { Ok, BadResponse, NetworkFailure, Timeout };
class HttpClient {
public:
  using Callback = std::function<void(ReqResult, const HttpResponsePtr &)>;
  void sendRequest(const HttpRequestPtr &req, const Callback &callback,
                   double timeout = 0);
  void sendRequest(const HttpRequestPtr &req, Callback &&callback,
                   double timeout = 0);
  std::pair<ReqResult, HttpResponsePtr> sendRequest(const HttpRequestPtr &req,
                                                    double timeout = 0);
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
  void runTaskInQueue(std::function<void()>);
};

class TaskQueue {
public:
  void syncTaskInQueue(std::function<void()>);
  void runTaskInQueue(std::function<void()>);
};

class SerialTaskQueue {
public:
  void runTaskInQueue(std::function<void()>);
};

} // namespace trantor

#endif // COROLINT_STUB_DROGON_H
