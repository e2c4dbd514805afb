// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// liburing: what waits for completions, and what only looks.

#include "coro.h"
#include <liburing/liburing.h>
using namespace coro;

task<> waits_bad(io_uring *ring, io_uring_cqe *done, __kernel_timespec *time) {
  io_uring_submit_and_wait(ring, 1); // warn: coro-blocking-call
  io_uring_submit_and_wait_timeout(ring, &done, 1, time, nullptr); // warn: coro-blocking-call
  io_uring_submit_and_wait_min_timeout(ring, &done, 1, time, 5, nullptr); // warn: coro-blocking-call
  io_uring_submit_and_wait_reg(ring, &done, 1, 0); // warn: coro-blocking-call
  io_uring_wait_cqe(ring, &done); // warn: coro-blocking-call
  io_uring_wait_cqe_nr(ring, &done, 2); // warn: coro-blocking-call
  io_uring_wait_cqe_timeout(ring, &done, time); // warn: coro-blocking-call
  io_uring_wait_cqes(ring, &done, 1, time, nullptr); // warn: coro-blocking-call
  io_uring_wait_cqes_min_timeout(ring, &done, 1, time, 5, nullptr); // warn: coro-blocking-call
  io_uring_enter(3, 1, 1, IORING_ENTER_GETEVENTS, nullptr); // warn: coro-blocking-call
  io_uring_enter2(3, 1, 1, IORING_ENTER_GETEVENTS, nullptr, 0); // warn: coro-blocking-call
  co_return;
}
task<> looks_ok(io_uring *ring, io_uring_cqe *done) {
  __kernel_timespec now = {0, 0};
  io_uring_sqring_wait(ring);
  io_uring_submit(ring);
  io_uring_submit_and_wait(ring, 0);
  io_uring_submit_and_wait_reg(ring, &done, 0, 0);
  io_uring_peek_cqe(ring, &done);
  io_uring_wait_cqe_nr(ring, &done, 0);
  io_uring_wait_cqe_timeout(ring, &done, &now);
  io_uring_wait_cqes(ring, &done, 1, &now, nullptr);
  io_uring_enter(3, 1, 0, 0, nullptr);
  io_uring_enter(3, 1, 0, IORING_ENTER_GETEVENTS, nullptr);
  co_return;
}
