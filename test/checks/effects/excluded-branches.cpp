// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/loops.yaml"}}'
// Branches that cannot be taken where a coroutine runs.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();
struct loop {
  bool is_current() const;
  void post(void (*)());
};
bool on_worker();
bool other();

void write(loop &l) {
  if (l.is_current())
    l.post([] {});
  else
    block();
}
void write_reversed(loop &l) {
  if (!l.is_current()) {
    block();
    return;
  }
  l.post([] {});
}
void write_by_copy(loop &l) {
  const bool here = l.is_current();
  if (!here)
    block();
}
void write_by_worker() {
  if (on_worker())
    block();
}
void write_on_loop_bad(loop &l) {
  if (l.is_current())
    block();
}
void write_unless_on_worker_bad() {
  if (!on_worker())
    block();
}
void write_changed_bad(loop &l) {
  bool here = l.is_current();
  here = other();
  if (!here)
    block();
}
void write_either_bad(loop &l, bool b) {
  if (l.is_current() || b)
    block();
}

task<> callers(loop &l) {
  write(l);
  write_reversed(l);
  write_by_copy(l);
  write_by_worker();
  write_on_loop_bad(l); // warn: coro-blocking-call
  write_unless_on_worker_bad(); // warn: coro-blocking-call
  write_changed_bad(l); // warn: coro-blocking-call
  write_either_bad(l, true); // warn: coro-blocking-call
  if (!l.is_current())
    block();
  co_return;
}

// Two tests of the same unchanged condition.
int either(bool b, bool changed) {
  if (b) {
    if (!b)
      return block();
  }
  if (changed) {
    changed = false;
    if (!changed)
      return block();
  }
  return 0;
}
int excluded(bool b) {
  if (!b)
    return 0;
  if (b)
    return 1;
  return block();
}
task<> same_condition(bool b) {
  excluded(b);
  either(b, b); // warn: coro-blocking-call
  co_return;
}
