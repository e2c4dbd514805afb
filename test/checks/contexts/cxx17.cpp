// RUN: %check_corolint %s coro-* %t -std=c++17,c++20 -- -- -fno-exceptions -fno-rtti
// C++17 has no coroutines, but event loops, regions and yields without
// `co_await`.

#include <corolint/annotations.h>
#include <functional>
#include <future>
#include <unistd.h>

COROLINT_BLOCKING int block();
COROLINT_YIELDS void pump();

COROLINT_EVENT_LOOP void event_loop_bad(std::future<int> &f) {
  block(); // warn: coro-blocking-call
  sleep(1); // warn: coro-blocking-call
  f.get(); // warn: coro-sync-over-async
}

void plain_ok(std::future<int> &f) {
  block();
  sleep(1);
  f.get();
  pump();
}

void region_bad() {
  pump();
  COROLINT_NO_YIELD_REGION {
    pump(); // warn: coro-no-yield-region
    block(); // warn: coro-blocking-call
  }
  pump();
}

struct COROLINT_NO_YIELD_SCOPE stay {
  ~stay();
};
void scope_bad() {
  stay s;
  pump(); // warn: coro-no-yield-region
}

void post(std::function<void()> f COROLINT_EVENT_LOOP);
void callback_bad() {
  post([] {
    block(); // warn: coro-blocking-call
  });
}
