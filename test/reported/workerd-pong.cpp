// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/cloudflare/workerd/pull/1222
// A promise that is dropped is cancelled: the answer to a ping was never sent.

#include <coroutine.h>

// Debian's KJ is older than its coroutines.
namespace kj {
template <typename T> class Promise {
public:
  using promise_type = stub::Promise<Promise<T>, T>;
  Promise(Promise &&);
  ~Promise();
};
template <typename T> stub::Awaitable<T> operator co_await(Promise<T> &&);
} // namespace kj

struct WebSocket {
  kj::Promise<int> receive();
  kj::Promise<void> send(const char *text);
};

kj::Promise<void> serve_bad(WebSocket &socket) {
  while (int message = co_await socket.receive())
    if (message == 1)
      socket.send("pong"); // warn: coro-discarded-task
}
void drain_bad(WebSocket &socket) {
  auto pending = socket.send("bye"); // warn: coro-discarded-task
}
kj::Promise<void> serve_ok(WebSocket &socket) {
  while (int message = co_await socket.receive())
    if (message == 1)
      co_await socket.send("pong");
}
void meant_ok(WebSocket &socket) { (void)socket.receive(); }
