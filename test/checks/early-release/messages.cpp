// RUN: %check_corolint %s coro-early-release %t

#include "tasks.h"
using namespace coro;

task<> work();

task<> message(async_mutex &m) {
  async_mutex::guard held(m);
  return work();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'held' is released here, before the returned task is finished
  // CHECK-NOTES: :[[@LINE-3]]:22: note: acquired here
}
