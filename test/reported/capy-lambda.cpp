// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://213.capy.prtest3.cppalliance.org/capy/4.coroutines/4h.lambda-captures.html
// A chapter of its documentation: a task is made from a lambda that is gone
// when the task is started.

#include <coroutine.h>
#include <string>
#include <utility>
namespace capy {
template <class T = void> struct [[nodiscard]] task {
  using promise_type = stub::Promise<task<T>, T>;
  stub::Awaitable<T> operator co_await() &&;
};
struct executor {};
struct runner { void operator()(task<> t) const; };
runner run_async(executor e);
} // namespace capy
struct socket { capy::task<int> read_some(char *data, int size); };

void reported_bad(socket &sock, capy::executor ex) {
  auto task = [&sock]() -> capy::task<> {
    char buf[1024];
    co_await sock.read_some(buf, sizeof(buf)); // warn: coro-dangling-reference
  }();
  capy::run_async(ex)(std::move(task));
}
void kept_bad(capy::executor ex, std::string name, socket &sock) {
  auto start = [name, &sock]() -> capy::task<> {
    char buf[1024];
    co_await sock.read_some(buf, int(name.size()));
  };
  capy::run_async(ex)(start());
}
void mended_ok(socket &sock, capy::executor ex) {
  auto task = [](socket *s) -> capy::task<> {
    char buf[1024];
    co_await s->read_some(buf, sizeof(buf));
  }(&sock);
  capy::run_async(ex)(std::move(task));
}
