// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- --
// https://github.com/secondlife/viewer/pull/637
// A change replaces the futures of fibers by the standard ones. Whoever waits for those holds the main thread, and
// with it every other coroutine of the viewer.
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/future/future.hpp>
#include <boost/fiber/future/promise.hpp>
#include <functional>
#include <future>
#include <string>
struct Reply { int status; };
void request_bad(const std::string &url, std::promise<Reply> &promise);
void request_ok(const std::string &url, boost::fibers::promise<Reply> &promise);
void show(Reply);
void launch_bad(std::string url) {
  boost::fibers::fiber fiber([url] {
    std::promise<Reply> promise;
    request_bad(url, promise);
    show(promise.get_future().get()); // warn: coro-sync-over-async
  });
  fiber.detach();
}
void launch_ok(std::string url) {
  boost::fibers::fiber fiber([url] {
    boost::fibers::promise<Reply> promise;
    request_ok(url, promise);
    show(promise.get_future().get());
  });
  fiber.detach();
}
