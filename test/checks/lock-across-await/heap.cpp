// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// Guards in objects on the heap live as long as these.

#include "coro.h"
#include <memory>
#include <mutex>
using namespace coro;

extern std::mutex m;
using guard = std::unique_lock<std::mutex>;
using scope = std::lock_guard<std::mutex>;

struct locked_state {
  scope l{m};
};
struct state {
  guard l;
};

task<> shared_bad() {
  auto g = std::make_shared<guard>(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> shared_reset_ok() {
  auto g = std::make_shared<guard>(m);
  g.reset();
  co_await async_op();
}

task<> shared_unlocked_ok() {
  auto g = std::make_shared<guard>(m);
  g->unlock();
  co_await async_op();
}

task<> shared_member_bad() {
  auto s = std::make_shared<locked_state>();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unique_member_bad() {
  auto s = std::make_unique<locked_state>();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> empty_member_ok() {
  auto s = std::make_shared<state>();
  co_await async_op();
}

task<> filled_later_bad() {
  auto s = std::make_shared<state>();
  s->l = guard(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> filled_and_unlocked_ok() {
  auto s = std::make_shared<state>();
  s->l = guard(m);
  s->l.unlock();
  co_await async_op();
}
