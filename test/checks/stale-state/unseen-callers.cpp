// RUN: %check_corolint %s coro-stale-state %t
// A private coroutine whose callers are not visible, because the template that
// calls it has no instance here. Its arguments may belong to one coroutine.
#include "coro.h"
#include <vector>

struct Request {
  std::vector<int> updates;
  void later(int update) { updates.push_back(update); }
};
coro::task<> send(int update);
template <typename T> void spawn(T &&);

class Unseen {
  coro::task<> publish_ok(Request &request) {
    for (int update : request.updates)
      co_await send(update);
  }

public:
  template <typename Handler> void handle(Handler run) {
    spawn([this, run]() -> coro::task<> {
      Request request;
      co_await run(request);
      co_await publish_ok(request);
    });
  }
};
// The public methods of its own object run meanwhile.
class Own {
  std::vector<int> updates;
  coro::task<> publish_bad() {
    for (int update : updates) // warn: coro-stale-state
      co_await send(update);
  }

public:
  void later(int update) { updates.push_back(update); }
  template <typename Handler> void handle(Handler run) {
    spawn([this, run]() -> coro::task<> { co_await publish_bad(); });
  }
};
class Seen {
  coro::task<> publish(Request &request) {
    for (int update : request.updates) // warn: coro-stale-state
      co_await send(update);
  }

public:
  coro::task<> run_bad(Request &request) { co_await publish(request); }
};
