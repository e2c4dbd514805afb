// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// What is called `resume_on` moves the coroutine to the executor it is handed:
// first away, then back.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();
struct executor {};
namespace mine {
async_awaiter<> resume_on(executor &);
async_awaiter<> resume_once(executor &);
} // namespace mine

task<> there_ok(executor &workers) {
  co_await mine::resume_on(workers);
  block();
}

task<> back_bad(executor &workers, executor &loop) {
  co_await mine::resume_on(workers);
  block();
  co_await mine::resume_on(loop);
  block(); // warn: coro-blocking-call
}

task<> not_awaited_bad(executor &workers) {
  (void)mine::resume_on(workers);
  block(); // warn: coro-blocking-call
  co_await async_op();
}

task<> another_name_bad(executor &workers) {
  co_await mine::resume_once(workers);
  block(); // warn: coro-blocking-call
}
