// RUN: %check_corolint %s coro-blocking-call,coro-no-yield-region,coro-discarded-task,coro-dangling-reference,coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of userver, each table both ways.

#include <corolint/annotations.h>
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
