// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/derived.yaml"}}'
// A mutex whose `lock` a base class declares that is none by itself.

#include "coro.h"
using namespace coro;

struct basic_mutex {
  void take() noexcept;
  void give() noexcept;
};
struct app_mutex : basic_mutex {};
struct special_mutex : app_mutex {};

app_mutex m;
special_mutex s;
basic_mutex b;

task<> derived_bad() {
  m.take();
  co_await async_op(); // warn: coro-lock-across-await
  m.give();
}

task<> twice_derived_bad() {
  s.take();
  co_await async_op(); // warn: coro-lock-across-await
  s.give();
}

task<> given_back_ok() {
  m.take();
  m.give();
  co_await async_op();
}

task<> base_ok() {
  b.take();
  co_await async_op();
  b.give();
}
