// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/jbaldwin/libcoro/pull/410
// Each turn of a loop makes a scheduler and a lazy task that takes it by reference. The tasks run after the loop.
#include <cstddef>
#include <libcoro/libcoro.h>
#include <memory>
#include <utility>
#include <vector>
using schedulers = std::vector<std::unique_ptr<coro::scheduler>>;

coro::task<> serve(std::unique_ptr<coro::scheduler> &scheduler) {
  co_await scheduler->schedule();
  co_await scheduler->yield();
}
void run_bad(std::size_t count) {
  std::vector<coro::task<>> workers;
  for (std::size_t i = 0; i < count; ++i) {
    auto scheduler = std::make_unique<coro::scheduler>();
    workers.push_back(serve(scheduler)); // warn: coro-dangling-reference
  }
  coro::sync_wait(coro::when_all(std::move(workers)));
}
void run_ok(std::size_t count) {
  schedulers made;
  made.reserve(count);
  std::vector<coro::task<>> workers;
  for (std::size_t i = 0; i < count; ++i) {
    auto &scheduler = made.emplace_back(std::make_unique<coro::scheduler>());
    workers.push_back(serve(scheduler));
  }
  coro::sync_wait(coro::when_all(std::move(workers)));
}
