// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/capnproto/capnproto/issues/1374
// Who drops a promise cancels it: a message that is sent from a plain function, and whose
// promise is dropped, may never go.
#include <coroutine.h>
#include <string>
// Debian's KJ is older than its coroutines.
namespace kj {
template <typename T> class Promise {
public:
  using promise_type = stub::Promise<Promise<T>, T>;
  Promise(Promise &&);
  ~Promise();
};
template <typename T> stub::Awaitable<T> operator co_await(Promise<T> &&);
struct TaskSet {
  void add(Promise<void> &&promise);
};
} // namespace kj
namespace capnp {
template <class Results> class RemotePromise : public kj::Promise<Results> {
public:
  RemotePromise(RemotePromise &&);
  kj::Promise<void> ignoreResult();
};
template <class Params, class Results> struct Request : Params { RemotePromise<Results> send(); };
} // namespace capnp
struct LogParams { void setLine(std::string line); };
struct LogResults {};
struct Logger { capnp::Request<LogParams, LogResults> logRequest(); };

void log_bad(Logger &logger, std::string line) {
  auto request = logger.logRequest();
  request.setLine(line);
  request.send().ignoreResult(); // warn: coro-discarded-task
}
void log_ok(Logger &logger, kj::TaskSet &tasks, std::string line) {
  auto request = logger.logRequest();
  request.setLine(line);
  tasks.add(request.send().ignoreResult());
}
kj::Promise<void> log_awaited_ok(Logger &logger, std::string line) {
  auto request = logger.logRequest();
  request.setLine(line);
  co_await request.send().ignoreResult();
}
