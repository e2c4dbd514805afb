// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20
// What the check says, word by word.

#include "coro.h"
#include <functional>
#include <future>
using namespace coro;

COROLINT_SYNC_WAIT int sync_wait(task<int>);
task<int> compute();

task<> modelled(std::future<int> f) {
  f.get();
  // CHECK-NOTES: :[[@LINE-1]]:5: warning: call to 'get' waits synchronously for asynchronous work in coroutine 'modelled' [coro-sync-over-async]
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'get' waits synchronously [std]
  co_return;
}

task<> declared() {
  sync_wait(compute());
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'sync_wait' waits synchronously for asynchronous work in coroutine 'declared' [coro-sync-over-async]
  // CHECK-NOTES: :[[@LINE-13]]:{{[0-9]+}}: note: 'sync_wait' is declared to wait synchronously here
  co_return;
}

int through() { return sync_wait(compute()); }
task<> inferred() {
  through();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'through' waits synchronously for asynchronous work in coroutine 'inferred' [coro-sync-over-async]
  // CHECK-NOTES: :[[@LINE-4]]:24: note: 'through' calls 'sync_wait' here
  // CHECK-NOTES: :[[@LINE-22]]:{{[0-9]+}}: note: 'sync_wait' is declared to wait synchronously here
  co_return;
}

struct constructor {
  COROLINT_SYNC_WAIT constructor();
};
struct destructor {
  COROLINT_SYNC_WAIT ~destructor();
};
task<> special_members() {
  constructor c;
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: construction of 'constructor' waits synchronously for asynchronous work in coroutine 'special_members' [coro-sync-over-async]
  // CHECK-NOTES: :[[@LINE-8]]:{{[0-9]+}}: note: 'constructor' is declared to wait synchronously here
  destructor d;
  // CHECK-NOTES: :[[@LINE-1]]:14: warning: destruction of 'd' waits synchronously for asynchronous work in coroutine 'special_members' [coro-sync-over-async]
  // CHECK-NOTES: :[[@LINE-8]]:{{[0-9]+}}: note: '~destructor' is declared to wait synchronously here
  co_return;
}

int work();
task<> dropped_future() {
  auto f = std::async(std::launch::async, work);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: destruction of 'f' waits synchronously for asynchronous work in coroutine 'dropped_future' [coro-sync-over-async]
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: '~future' waits synchronously [std]
  co_return;
}

task<> dropped_temporary() {
  (void)std::async(std::launch::async, work);
  // CHECK-NOTES: :[[@LINE-1]]:{{[0-9]+}}: warning: destruction of 'future{{.*}}' waits synchronously for asynchronous work in coroutine 'dropped_temporary' [coro-sync-over-async]
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: '~future' waits synchronously [std]
  co_return;
}

auto lambda = [](std::future<int> f) -> task<> {
  f.get();
  // CHECK-NOTES: :[[@LINE-1]]:5: warning: call to 'get' waits synchronously for asynchronous work in a coroutine lambda [coro-sync-over-async]
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'get' waits synchronously [std]
  co_return;
};

COROLINT_EVENT_LOOP void on_event_loop(std::future<int> f) {
  f.get();
  // CHECK-NOTES: :[[@LINE-1]]:5: warning: call to 'get' waits synchronously for asynchronous work in event-loop function 'on_event_loop' [coro-sync-over-async]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: declared to run on an event loop here
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'get' waits synchronously [std]
}

void post(std::function<void()> f COROLINT_EVENT_LOOP);
void passes(std::shared_future<int> f) {
  post([f] {
    f.get();
    // CHECK-NOTES: :[[@LINE-1]]:7: warning: call to 'get' waits synchronously for asynchronous work in an event-loop callable [coro-sync-over-async]
    // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: the callable runs on an event loop: it is passed to an event-loop parameter here
    // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'get' waits synchronously [std]
  });
}
