// RUN: %check_corolint %s coro-blocking-call,coro-no-yield-region,coro-discarded-task,coro-dangling-reference,coro-lock-across-await,coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of userver, each table both ways.

#include <corolint/annotations.h>
#include <map>
#include <string>
#include <thread>
#include <userver/userver.h>

using namespace userver;
using namespace std::chrono_literals;
void block() { std::this_thread::sleep_for(1ms); }
void use(const std::string &);

// Handlers and tasks run in stackful coroutines.
struct Handler : server::handlers::HttpHandlerBase {
  std::string HandleRequestThrow(int) const override {
    fs::blocking::ReadFileContents("a"); // warn: coro-blocking-call
    engine::SleepFor(1ms);
    return "";
  }
  std::string other_ok() const { return fs::blocking::ReadFileContents("a"); }
};
struct Socket : server::websocket::WebsocketHandlerBase {
  void Handle(server::websocket::WebSocketConnection &connection, int) const override {
    block(); // warn: coro-blocking-call
    connection.SendText("a");
  }
};
struct Acceptor : components::TcpAcceptorBase {
  void ProcessSocket(engine::io::Socket &&) override { block(); } // warn: coro-blocking-call
};
struct Middleware : server::middlewares::HttpMiddlewareBase {
  void HandleRequest(int &, int &) const override { block(); } // warn: coro-blocking-call
};
struct Cache : cache::CacheUpdateTrait {
  void Update(int) override { block(); } // warn: coro-blocking-call
};

inline void started_bad(concurrent::BackgroundTaskStorage &storage, utils::PeriodicTask &periodic) {
  utils::Async("a", [] { block(); }).Get();      // warn: coro-blocking-call
  engine::AsyncNoSpan([] { block(); }).Get();    // warn: coro-blocking-call
  storage.AsyncDetach("a", [] { block(); });     // warn: coro-blocking-call
  periodic.Start("a", 1, [] { block(); });       // warn: coro-blocking-call
}
inline void other_processor_ok(engine::TaskProcessor &files) {
  utils::Async(files, "a", [] { block(); }).Get();
  utils::AsyncBackground("a", files, [] { block(); }).Get();
  engine::AsyncNoSpan(files, [] { block(); }).Get();
}

// What lets other tasks run.
inline void yields_bad(storages::postgres::Cluster &cluster, clients::http::Request &request,
                       concurrent::Consumer<int> &queue, engine::io::Socket &socket) {
  int n = 0;
  char data[4];
  COROLINT_NO_YIELD_REGION {
    cluster.Execute(1, "a");          // warn: coro-no-yield-region
    request.perform();                // warn: coro-no-yield-region
    queue.Pop(n);                     // warn: coro-no-yield-region
    socket.RecvSome(data, 4, {});     // warn: coro-no-yield-region
    engine::SleepFor(1ms);            // warn: coro-no-yield-region
  }
}
inline void yields_ok(clients::http::Request &request, concurrent::Consumer<int> &queue) {
  int n = 0;
  COROLINT_NO_YIELD_REGION {
    auto later = request.async_perform();
    queue.PopNoblock(n);
  }
}

// A thread's lock across one of them.
inline void thread_lock_bad(std::mutex &mutex) {
  std::lock_guard locked(mutex);
  engine::SleepFor(1ms); // warn: coro-lock-across-await
}
inline void task_lock_ok(engine::Mutex &mutex, concurrent::Variable<int> &variable) {
  std::unique_lock locked(mutex);
  auto inside = variable.UniqueLock();
  engine::SleepFor(1ms);
}

// The destructor of a task waits, but a detached or returned task goes on.
inline void detached_bad() {
  std::string key = "a";
  utils::Async("a", [&key] { use(key); }).Detach(); // warn: coro-dangling-reference
}
inline auto returned_bad() {
  std::string key = "a";
  return utils::Async("a", [&key] { use(key); }); // warn: coro-dangling-reference
}
inline void waited_ok() {
  std::string key = "a";
  auto task = utils::Async("a", [&key] { use(key); });
  task.Get();
}
inline void copied_ok() {
  std::string key = "a";
  utils::Async("a", [key] { use(key); }).Detach();
}
inline void dropped_bad() {
  utils::Async("a", [] {}); // warn: coro-discarded-task
}

// Files: here, or on another task processor.
struct Files : server::handlers::HttpHandlerBase {
  std::string HandleRequestThrow(int) const override {
    log.FSync();       // warn: coro-blocking-call
    file.Write("a");   // warn: coro-blocking-call
    stream.Write("a"); // warn: coro-blocking-call
    return fs::ReadFileContents(processor, "a");
  }
  engine::TaskProcessor &processor;
  fs::blocking::FileDescriptor &log, &file;
  fs::blocking::CFile &stream;
};
inline void files_bad(engine::TaskProcessor &files, engine::subprocess::ChildProcess &child,
                      concurrent::BackgroundTaskStorage &storage, storages::mongo::Collection &orders) {
  COROLINT_NO_YIELD_REGION {
    fs::RewriteFileContents(files, "a", "b"); // warn: coro-no-yield-region
    child.Wait();                             // warn: coro-no-yield-region
    storage.CancelAndWait();                  // warn: coro-no-yield-region
    orders.Execute(1);                        // warn: coro-no-yield-region
  }
}

// The lock of a variable is that of its mutex.
inline void thread_variable_bad(concurrent::Variable<int, std::mutex> &variable) {
  auto locked = variable.Lock();
  engine::SleepFor(1ms); // warn: coro-lock-across-await
}
inline void thread_variable_ok(concurrent::Variable<int, std::mutex> &variable) {
  {
    auto locked = variable.Lock();
    *locked = 1;
  }
  engine::SleepFor(1ms);
}
inline void shared_variable_ok(concurrent::Variable<int, engine::SharedMutex> &variable,
                               engine::Semaphore &slots) {
  auto locked = variable.SharedLock();
  engine::SemaphoreLock slot(slots);
  engine::SleepFor(1ms);
}
struct Locked : server::handlers::HttpHandlerBase {
  std::string HandleRequestThrow(int) const override {
    auto locked = variable.Lock();
    block(); // warn: coro-blocking-call
    return "";
  }
  concurrent::Variable<int> &variable;
};

// What a task knows is isolated while it holds the lock of a variable.
struct Bare : server::handlers::HttpHandlerBase {
  std::string HandleRequestThrow(int) const override {
    auto found = totals.find("a");
    if (found != totals.end()) {
      engine::SleepFor(1ms);
      found->second = 1; // warn: coro-stale-state
    }
    return "";
  }
  void clear() { totals.clear(); }
  mutable std::map<std::string, int> totals;
};
struct Guarded : server::handlers::HttpHandlerBase {
  std::string HandleRequestThrow(int) const override {
    auto locked = totals.Lock();
    auto found = locked->find("a");
    if (found != locked->end()) {
      engine::SleepFor(1ms);
      found->second = 1;
    }
    return "";
  }
  void clear() {
    auto locked = totals.Lock();
    locked->clear();
  }
  mutable concurrent::Variable<std::map<std::string, int>> totals;
};
