// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-dangling-reference,coro-discarded-task,coro-lock-across-await,coro-sync-over-async %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs
// Drogon: what waits for the database on a thread of the loop, and what to await.

#include "coro.h"
#include <drogon/drogon.h>
using namespace drogon;
using namespace drogon::orm;
using trantor::EventLoop;

COROLINT_BLOCKING int block();
struct User {};

Task<> sql_bad(DbClient &db, std::shared_ptr<DbClient> shared) {
  db.execSqlSync("update users set seen = $1", 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: call to 'execSqlSync' waits synchronously for asynchronous work in coroutine 'sql_bad'
  // CHECK-FIXES: co_await db.execSqlCoro("update users set seen = $1", 1);
  shared->execSqlSync("vacuum");
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: call to 'execSqlSync' waits synchronously for asynchronous work in coroutine 'sql_bad'
  // CHECK-FIXES: co_await shared->execSqlCoro("vacuum");
  co_return;
}
Task<> transaction_bad(DbClient &db, nosql::RedisClient &redis) {
  db.newTransaction();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: call to 'newTransaction' waits synchronously for asynchronous work in coroutine 'transaction_bad'
  // CHECK-FIXES: co_await db.newTransactionCoro();
  redis.newTransaction();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'newTransaction' waits synchronously for asynchronous work in coroutine 'transaction_bad'
  // CHECK-FIXES: co_await redis.newTransactionCoro();
  co_return;
}
Task<> query(int);
Task<> sync_wait_bad() {
  sync_wait(query(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: call to 'sync_wait' waits synchronously for asynchronous work in coroutine 'sync_wait_bad'
  // CHECK-FIXES: co_await query(1);
  co_return;
}
Task<> others_bad(DbClient &db, nosql::RedisClient &redis, Mapper<User> &users,
                  Mapper<User> &all, HttpClient &http, HttpClient &slow,
                  HttpRequestPtr request) {
  redis.execCommandSync([](const nosql::RedisResult &) { return 1; }, "get a"); // warn: coro-sync-over-async
  users.findOne(Criteria()); // warn: coro-sync-over-async
  all.findAll(); // warn: coro-sync-over-async
  http.sendRequest(request); // warn: coro-sync-over-async
  slow.sendRequest(request, 2.0); // warn: coro-sync-over-async
  db << "select 1" << Mode::Blocking; // warn: coro-sync-over-async
  co_return;
}
Task<> awaited_ok(DbClient &db, CoroMapper<User> &users, HttpClient &http,
                  HttpRequestPtr request) {
  co_await db.execSqlCoro("select 1");
  co_await db.newTransactionCoro();
  co_await users.findOne(Criteria());
  co_await users.findAll();
  co_await http.sendRequestCoro(request);
}
Task<> callbacks_ok(DbClient &db, Mapper<User> &users, HttpClient &http,
                    HttpRequestPtr request) {
  users.findOne(Criteria(), [](User) {}, [](const DrogonDbException &) {});
  http.sendRequest(request, [](ReqResult, const HttpResponsePtr &) {});
  db << "select 1" << 2 >> [](const Result &) {};
  co_return;
}

/// The answers of queries and the events of connections arrive on the loop.
void answer_bad(DbClient &db, EventLoop &loop, Mapper<User> &users) {
  db << "select 1" >> [](const Result &) {
    block(); // warn: coro-blocking-call
  };
  users.findAll(
      [](std::vector<User>) {
        block(); // warn: coro-blocking-call
      },
      [](const DrogonDbException &) {});
  loop.queueInLoop([] {
    block(); // warn: coro-blocking-call
  });
}
void worker_ok(trantor::ConcurrentTaskQueue &workers) {
  workers.runTaskInQueue([] { block(); });
}
struct Users : HttpSimpleController {
  void asyncHandleHttpRequest(const HttpRequestPtr &,
                              ResponseCallback &&) override {
    block(); // warn: coro-blocking-call
  }
};

void captured_bad(EventLoop &loop) {
  int count = 0;
  loop.queueInLoop([&count] { ++count; }); // warn: coro-dangling-reference
}
/// The queue destroys the lambda once it has returned.
void lambda_bad(EventLoop &loop, int user) {
  loop.queueInLoop([user]() -> AsyncTask {
    co_await query(1);
    co_await query(user); // warn: coro-dangling-reference
  });
}
/// async_run moves the lambda into a coroutine of its own.
void lambda_ok(int user) {
  async_run([user]() -> Task<> {
    co_await query(1);
    co_await query(user);
  });
}

Task<> dropped_bad() {
  query(1); // warn: coro-discarded-task
  co_await query(2);
}
Task<> all_ok() { co_await when_all(query(1), query(2)); }

struct Cache {
  Mutex mutex;
  Task<> refresh_ok() {
    co_await mutex.lock();
    co_await query(1);
    mutex.unlock();
  }
};

Task<> upload_bad(HttpFile &file, HttpFile &copy) {
  file.save();      // warn: coro-blocking-call
  copy.saveAs("a"); // warn: coro-blocking-call
  co_return;
}
Task<> upload_ok(HttpFile &file) {
  file.getFileName();
  co_return;
}

// A lambda that is called once is destroyed then.
void once_bad(EventLoop &loop, int n) {
  loop.runAfter(1.0, [n]() -> AsyncTask {
    co_await query(1);
    co_await query(n); // warn: coro-dangling-reference
  });
}
void in_loop_bad(EventLoop &loop, int n) {
  loop.runInLoop([n]() -> AsyncTask {
    co_await query(1);
    co_await query(n); // warn: coro-dangling-reference
  });
}
void once_ok(EventLoop &loop, int n) {
  loop.runAfter(1.0, [n] {
    async_run([n]() -> Task<> {
      co_await query(1);
      co_await query(n);
    });
  });
}
