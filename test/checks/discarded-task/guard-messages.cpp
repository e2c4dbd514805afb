// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs

#include <seastar/seastar.hh>
using seastar::future;

future<> train();
future<seastar::semaphore_units<>> slot();

future<> messages() {
  auto units = slot();
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: 'units' gives a guard only if it is awaited: nothing is held
  slot();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'slot' gives a guard only if it is awaited: nothing is held
  // CHECK-NOTES: :8:36: note: 'slot' is declared here
  // CHECK-FIXES: co_await slot();
  co_await train();
}
