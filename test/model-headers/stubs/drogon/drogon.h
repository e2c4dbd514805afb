// Drogon as of 2026-07 (74fc004c) and Trantor as of 2026-05 (63a4e5e), as far
// as lib/model/drogon.yaml names it.
#ifndef COROLINT_STUB_DROGON_H
#define COROLINT_STUB_DROGON_H

#include "../coroutine.h"
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drogon {
namespace nosql {
class RedisResult {};
class RedisTransaction;
class RedisClient {
public:
  template <typename F, typename... A>
  int execCommandSync(F &&, std::string_view command, A &&...) {
    return 0;
  }
  template <typename R, typename E, typename... A>
  void execCommandAsync(R &&, E &&, std::string_view command, A &&...) {}
  template <typename... A>
  stub::Awaitable<RedisResult> execCommandCoro(std::string_view command,
                                               A &&...);
  std::shared_ptr<RedisTransaction> newTransaction();
  template <typename F> void newTransactionAsync(F &&) {}
  stub::Awaitable<std::shared_ptr<RedisTransaction>> newTransactionCoro();
};
class RedisTransaction : public RedisClient {};

} // namespace nosql

namespace orm {
class Criteria {};
class Result {};
class DrogonDbException {};
enum class Mode { NonBlocking, Blocking };
enum class TransactionType { Deferred, Immediate, Exclusive };

namespace internal {
/// A statement, executed when the binder is destroyed.
class SqlBinder {
public:
  ~SqlBinder();
  template <typename T> SqlBinder &operator<<(T &&parameter) { return *this; }
  template <typename F> SqlBinder &operator>>(F &&callback) { return *this; }
  void exec();
};
} // namespace internal

template <typename T> class Mapper {
public:
  std::size_t count(Criteria const & = Criteria());
  template <typename R, typename E> void count(Criteria const &, R &&, E &&) {}
  std::size_t deleteBy(Criteria const &);
  template <typename R, typename E>
  void deleteBy(Criteria const &, R &&, E &&) {}
  std::size_t deleteByPrimaryKey(int const &key);
  template <typename R, typename E>
  void deleteByPrimaryKey(int const &key, R &&, E &&) {}
  std::size_t deleteOne(T const &);
  template <typename R, typename E> void deleteOne(T const &, R &&, E &&) {}
  std::vector<T> findAll();
  template <typename R, typename E> void findAll(R &&, E &&) {}
  std::vector<T> findBy(Criteria const &);
  template <typename R, typename E> void findBy(Criteria const &, R &&, E &&) {}
  T findByPrimaryKey(int const &key);
  template <typename R, typename E>
  void findByPrimaryKey(int const &key, R &&, E &&) {}
  T findOne(Criteria const &);
  template <typename R, typename E>
  void findOne(Criteria const &, R &&, E &&) {}
  void insert(T &);
  template <typename R, typename E> void insert(T const &, R &&, E &&) {}
  std::size_t update(T const &);
  template <typename R, typename E> void update(T const &, R &&, E &&) {}
};

/// The same to await: its methods hide those of its base.
template <typename T> class CoroMapper : public Mapper<T> {
public:
  stub::Awaitable<std::size_t> count(Criteria const & = Criteria());
  stub::Awaitable<T> findOne(Criteria const &);
  stub::Awaitable<std::vector<T>> findAll();
};

template <typename Result> class BaseBuilder {
public:
  Result execSync(std::shared_ptr<class DbClient> const &client);
};

class Transaction;
class DbClient {
public:
  virtual ~DbClient();
  internal::SqlBinder operator<<(std::string const &sql);
  template <typename... A>
  Result execSqlSync(const std::string &sql, A &&...arguments);
  template <typename... A>
  std::future<Result> execSqlAsyncFuture(const std::string &sql, A &&...);
  template <typename... A>
  stub::Awaitable<Result> execSqlCoro(const std::string &sql, A &&...);
  template <typename R, typename E, typename... A>
  void execSqlAsync(const std::string &sql, R &&, E &&, A &&...) {}
  virtual std::shared_ptr<Transaction>
  newTransaction(std::function<void(bool)> const &committed = nullptr,
                 TransactionType type = TransactionType::Deferred);
  template <typename F> void newTransactionAsync(F &&) {}
  stub::Awaitable<std::shared_ptr<Transaction>>
  newTransactionCoro(TransactionType type = TransactionType::Deferred);
};
class Transaction : public DbClient {};

} // namespace orm

template <typename T = void> class Task {
public:
  using promise_type = stub::Promise<Task, T, std::suspend_always>;
  Task(Task &&) noexcept;
  ~Task();
  stub::Awaitable<T> operator co_await() &&;
};

class AsyncTask {
public:
  using promise_type = stub::Promise<AsyncTask, void, std::suspend_never>;
  AsyncTask(AsyncTask &&) noexcept;
  ~AsyncTask();
};

class Mutex {
public:
  stub::Awaitable<> lock();
  bool try_lock();
  void unlock();
};

class HttpRequest;
class HttpResponse;
using ResponseCallback =
    std::function<void(std::shared_ptr<HttpResponse> const &)>;
class HttpSimpleController {
public:
  virtual void
  asyncHandleHttpRequest(std::shared_ptr<HttpRequest> const &request,
                         ResponseCallback &&callback) = 0;
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
class HttpFile {
public:
  int save() const noexcept;
  int saveAs(const std::string &name) const noexcept;
  std::string getFileName() const;
};
class HttpClient {
public:
  using Callback = std::function<void(ReqResult, const HttpResponsePtr &)>;
  void sendRequest(const HttpRequestPtr &req, const Callback &callback,
                   double timeout = 0);
  void sendRequest(const HttpRequestPtr &req, Callback &&callback,
                   double timeout = 0);
  std::pair<ReqResult, HttpResponsePtr> sendRequest(const HttpRequestPtr &req,
                                                    double timeout = 0);
  stub::Awaitable<HttpResponsePtr> sendRequestCoro(HttpRequestPtr req,
                                                   double timeout = 0);
};

template <typename A> int sync_wait(A &&);
template <typename F> std::function<void()> async_func(F &&);
template <typename F> void async_run(F &&) {}
stub::Awaitable<> switchThreadCoro();
stub::Awaitable<> queueInLoopCoro();
template <typename... A> stub::Awaitable<> when_all(A &&...);
} // namespace drogon

namespace trantor {
class EventLoop {
public:
  void loop();
  template <typename... A> void queueInLoop(A &&...) {}
  template <typename... A> void runAfter(A &&...) {}
  template <typename... A> void runAt(A &&...) {}
  template <typename... A> void runEvery(A &&...) {}
  template <typename... A> void runInLoop(A &&...) {}
  template <typename... A> void runOnQuit(A &&...) {}
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
