// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Tasks whose result would hold something: without an await, nothing is held,
// although the task is eager.

#include <seastar/seastar.hh>
using seastar::future;

struct Training {
  future<> train();
  future<seastar::semaphore_units<>> slot();
  future<int> count();

  future<> variable_bad() {
    auto units = slot(); // warn: coro-discarded-task
    co_await train();
  }
  future<> statement_bad() {
    slot(); // warn: coro-discarded-task
    co_await train();
  }
  future<> awaited_ok() {
    auto units = co_await slot();
    co_await train();
  }
  future<> awaited_later_ok() {
    auto pending = slot();
    co_await train();
    auto units = co_await std::move(pending);
  }
  future<> no_guard_ok() {
    auto counted = count();
    co_await train();
  }
  future<> meant_ok() {
    (void)slot();
    co_await train();
  }
};
