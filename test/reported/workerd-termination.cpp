// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/cloudflare/workerd/pull/1195
// A chain of continuations became a coroutine that calls the last step without co_await. The dropped promise is
// cancelled, and the close event is lost.
#include <coroutine.h>
#include <exception>
#include <set>
namespace kj {
template <typename T> class Promise {
public:
  using promise_type = stub::Promise<Promise<T>, T>;
  Promise(Promise &&);
  ~Promise();
};
template <typename T> stub::Awaitable<T> operator co_await(Promise<T> &&);
} // namespace kj
struct HibernatableWebSocket {
  bool closed = false;
};
class HibernationManager {
  std::set<HibernatableWebSocket *> all;
  kj::Promise<void> readLoop(HibernatableWebSocket &socket);
  kj::Promise<void> closeEvent(HibernatableWebSocket &socket);

  kj::Promise<void> handleTermination(HibernatableWebSocket &socket, bool failed) {
    if (failed)
      co_await closeEvent(socket);
    all.erase(&socket);
  }

public:
  kj::Promise<void> handleReadLoop_bad(HibernatableWebSocket &socket) {
    bool failed = false;
    try {
      co_await readLoop(socket);
    } catch (const std::exception &) {
      failed = true;
    }
    handleTermination(socket, failed); // warn: coro-discarded-task
  }
  kj::Promise<void> handleReadLoop_ok(HibernatableWebSocket &socket) {
    bool failed = false;
    try {
      co_await readLoop(socket);
    } catch (const std::exception &) {
      failed = true;
    }
    co_await handleTermination(socket, failed);
  }
};
