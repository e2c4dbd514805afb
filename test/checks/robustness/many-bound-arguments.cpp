// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// More arguments than the call of a binding function usually has.

#include <corolint/annotations.h>
#include <functional>
#include <unistd.h>

void waits(int, int, int, int, int, int) { sleep(1); } // warn: coro-blocking-call
void returns(int, int, int, int, int, int) {}
void on_loop(COROLINT_EVENT_LOOP std::function<void()> callable);

void start() {
  on_loop(std::bind(&waits, 1, 2, 3, 4, 5, 6));
  on_loop(std::bind(&returns, 1, 2, 3, 4, 5, 6));
}
