// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// What the check says, word by word.

#include "coro.h"
#include <chrono>
#include <fstream>
#include <functional>
#include <thread>
using namespace coro;

COROLINT_BLOCKING void block();
COROLINT_BLOCKING_FOR("disk") void block_for_disk();

task<> declared() {
  block();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'block' may block in coroutine 'declared' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-6]]:{{[0-9]+}}: note: 'block' is declared blocking here
  block_for_disk();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'block_for_disk' may block (disk) in coroutine 'declared' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-8]]:{{[0-9]+}}: note: 'block_for_disk' is declared blocking here
  co_return;
}

task<> modelled(std::thread t) {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  // CHECK-NOTES: :[[@LINE-1]]:21: warning: call to 'sleep_for' may block (sleep) in coroutine 'modelled' [coro-blocking-call]
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'sleep_for' blocks (sleep) [std]
  t.join();
  // CHECK-NOTES: :[[@LINE-1]]:5: warning: call to 'join' may block (wait) in coroutine 'modelled' [coro-blocking-call]
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'join' blocks (wait) [std]
  co_return;
}

struct object {
  task<> method() {
    block();
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: call to 'block' may block in coroutine 'method' [coro-blocking-call]
    // CHECK-NOTES: :[[@LINE-27]]:{{[0-9]+}}: note: 'block' is declared blocking here
    co_return;
  }
  void operator()() { block(); }
};

task<> constructor() {
  std::ifstream in("file");
  // CHECK-NOTES: :[[@LINE-1]]:17: warning: construction of 'basic_ifstream' may block (file) in coroutine 'constructor' [coro-blocking-call]
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'basic_ifstream' blocks (file) [std]
  co_return;
}

struct blocking_constructor {
  COROLINT_BLOCKING blocking_constructor();
};
struct blocking_destructor {
  COROLINT_BLOCKING ~blocking_destructor();
};

task<> special_members() {
  blocking_constructor c;
  // CHECK-NOTES: :[[@LINE-1]]:24: warning: construction of 'blocking_constructor' may block in coroutine 'special_members' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-9]]:{{[0-9]+}}: note: 'blocking_constructor' is declared blocking here
  blocking_destructor d;
  // CHECK-NOTES: :[[@LINE-1]]:23: warning: destruction of 'd' may block in coroutine 'special_members' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-9]]:{{[0-9]+}}: note: '~blocking_destructor' is declared blocking here
  (void)blocking_destructor();
  // CHECK-NOTES: :[[@LINE-1]]:{{[0-9]+}}: warning: destruction of 'blocking_destructor' may block in coroutine 'special_members' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-12]]:{{[0-9]+}}: note: '~blocking_destructor' is declared blocking here
  co_return;
}

task<> joined_by_destructor() {
  std::jthread t([] {});
  // CHECK-NOTES: :[[@LINE-1]]:16: warning: destruction of 't' may block (wait) in coroutine 'joined_by_destructor' [coro-blocking-call]
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: '~jthread' blocks (wait) [std]
  co_return;
}

task<> operators(object o) {
  o();
  // CHECK-NOTES: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator()' may block in coroutine 'operators' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-40]]:23: note: 'operator()' calls 'block' here
  // CHECK-NOTES: :[[@LINE-71]]:{{[0-9]+}}: note: 'block' is declared blocking here
  co_return;
}

auto lambda = []() -> task<> {
  block();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'block' may block in a coroutine lambda [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-78]]:{{[0-9]+}}: note: 'block' is declared blocking here
  co_return;
};

COROLINT_EVENT_LOOP void on_event_loop() {
  block();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'block' may block in event-loop function 'on_event_loop' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: declared to run on an event loop here
  // CHECK-NOTES: :[[@LINE-86]]:{{[0-9]+}}: note: 'block' is declared blocking here
}

auto event_loop_lambda = []() COROLINT_EVENT_LOOP {
  block();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'block' may block in an event-loop callable [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: declared to run on an event loop here
  // CHECK-NOTES: :[[@LINE-93]]:{{[0-9]+}}: note: 'block' is declared blocking here
};

void post(std::function<void()> f COROLINT_EVENT_LOOP);
void passes() {
  post([] {
    block();
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: call to 'block' may block in an event-loop callable [coro-blocking-call]
    // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: the callable runs on an event loop: it is passed to an event-loop parameter here
    // CHECK-NOTES: :[[@LINE-102]]:{{[0-9]+}}: note: 'block' is declared blocking here
  });
}
