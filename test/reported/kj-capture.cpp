// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/capnproto/capnproto/pull/1561
// A continuation that is a coroutine loses its captures when it first suspends; coCapture keeps them.
#include <coroutine.h>
#include <memory>
#include <string>
#include <utility>
namespace kj {
template <class T> T some(); // as the library makes it
template <class T> class Promise {
public:
  using promise_type = stub::Promise<Promise<T>, T>;
  Promise(Promise &&);
  template <class F> auto then(F &&func) -> decltype(func(std::declval<T>())) {
    return some<decltype(func(std::declval<T>()))>();
  }
};
template <class T> stub::Awaitable<T> operator co_await(Promise<T> &&);
namespace _ {
template <class F> class CaptureForCoroutine {
public:
  explicit CaptureForCoroutine(F &&f) : held(std::make_unique<F>(std::move(f))) {}
  template <class... A> auto operator()(A &&...a) { return (*held)(std::forward<A>(a)...); }

private:
  std::unique_ptr<F> held;
};
} // namespace _
template <class F> auto coCapture(F &&f) { return _::CaptureForCoroutine<F>(std::forward<F>(f)); }
class Timer {
public:
  Promise<void> afterDelay(long ms);
};
} // namespace kj
struct Log { void write(const std::string &); };
kj::Promise<int> fetch();
kj::Promise<void> bad(kj::Timer &timer, Log &log, std::string name) {
  return fetch().then([&timer, &log, name = std::move(name)](int n) -> kj::Promise<void> {
    co_await timer.afterDelay(n);
    log.write(name); // warn: coro-dangling-reference
  });
}
kj::Promise<void> good(kj::Timer &timer, Log &log, std::string name) {
  return fetch().then(kj::coCapture([&timer, &log, name = std::move(name)](int n) -> kj::Promise<void> {
    co_await timer.afterDelay(n);
    log.write(name);
  }));
}
