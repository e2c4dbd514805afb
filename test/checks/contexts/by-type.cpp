// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async %t -std=c++20
// A context by type: functions that return an object of an annotated class run
// there, coroutines or not.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();

template <typename T = void> class COROLINT_EVENT_LOOP future {};
class derived_future : public future<int> {};
class COROLINT_ALLOW_BLOCKING job {};
class unmarked {};

future<> returns_bad() {
  block(); // warn: coro-blocking-call
  return {};
}
future<int> returns_other_bad() {
  wait_for_work(); // warn: coro-sync-over-async
  return {};
}
derived_future returns_derived_bad() {
  block(); // warn: coro-blocking-call
  return {};
}
struct service {
  future<> method_bad() {
    block(); // warn: coro-blocking-call
    return {};
  }
};
void lambda_bad() {
  auto l = []() -> future<> {
    block(); // warn: coro-blocking-call
    return {};
  };
  (void)l;
}
template <typename T> future<T> instance_bad() {
  block(); // warn: coro-blocking-call
  return {};
}
template future<int> instance_bad();

unmarked unmarked_ok() {
  block();
  return {};
}
job allowed_ok() {
  block();
  return {};
}
void takes_ok(future<>) { block(); }
future<> &refers_ok(future<> &f) {
  block();
  return f;
}
future<> *points_ok(future<> *f) {
  block();
  return f;
}

// The function's own annotation wins.
COROLINT_ALLOW_BLOCKING future<> own_ok() {
  block();
  return {};
}
COROLINT_EVENT_LOOP job own_bad() {
  block(); // warn: coro-blocking-call
  return {};
}

// What goes wrong inside is reported there, once.
COROLINT_EVENT_LOOP void calls_ok() { (void)returns_bad(); }
