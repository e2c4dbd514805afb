// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/ydb-platform/nbs/pull/6239
// A stackful coroutine waits for a future with a local event, which the future's callback
// signals. The wait may end early, and the event with it. (The project has its own
// coroutines; the test uses folly's fibers.)

#include <chrono>
#include <folly/folly.h>
#include <memory>
#include <utility>
using namespace std::chrono_literals;

inline bool wait_bad(folly::Future<int> future) {
  folly::fibers::Baton event;
  std::move(future).thenValue([&event](int) { event.post(); }); // warn: coro-dangling-reference
  return event.try_wait_for(100ms);
}
inline bool wait_ok(folly::Future<int> future) {
  auto event = std::make_shared<folly::fibers::Baton>();
  std::move(future).thenValue([weak = std::weak_ptr(event)](int) {
    if (auto event = weak.lock())
      event->post();
  });
  return event->try_wait_for(100ms);
}
inline void waitForever_ok(folly::Future<int> future) {
  folly::fibers::Baton event;
  std::move(future).thenValue([&event](int) { event.post(); });
  event.wait();
}
