// RUN: %check_corolint %s coro-busy-wait %t -std=c++20
// System calls that ask without waiting, in loops that do nothing else.

#include "tasks.h"
#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>
using namespace coro;

void serve(int);

task<> poll_bad(int fd) {
  pollfd one{fd, POLLIN, 0};
  while (poll(&one, 1, 0) == 0) // warn: coro-busy-wait
    ;
  co_await async_op();
}
task<> break_bad(int fd) {
  pollfd one{fd, POLLIN, 0};
  for (;;) { // warn: coro-busy-wait
    if (poll(&one, 1, 0) > 0)
      break;
  }
  co_await async_op();
}
task<> epoll_bad(int fd) {
  epoll_event events[4];
  int ready = 0;
  while (ready == 0) // warn: coro-busy-wait
    ready = epoll_wait(fd, events, 4, 0);
  co_await async_op();
}
task<> child_bad(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) // warn: coro-busy-wait
    ;
  co_await async_op();
}

task<> child_variable_bad(pid_t child) {
  int status = 0;
  for (;;) { // warn: coro-busy-wait
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended != 0)
      break;
  }
  co_await async_op();
}
task<> child_or_failure_bad(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, WNOHANG) >= 0) // warn: coro-busy-wait
    ;
  co_await async_op();
}

/// Each iteration collects a child; the loop ends when none is left.
task<> children_ok() {
  int status = 0;
  while (waitpid(-1, &status, WNOHANG) > 0) {
  }
  co_await async_op();
}
task<> children_variable_ok(bool &stopped) {
  int status = 0;
  pid_t ended = 0;
  while (!((ended = waitpid(-1, &status, WNOHANG)) <= 0) && !stopped)
    ;
  co_await async_op();
}
task<> children_break_ok() {
  int status = 0;
  for (;;) {
    const pid_t ended = waitpid(-1, &status, WNOHANG);
    if (ended <= 0)
      break;
  }
  co_await async_op();
}
task<> children_reversed_ok() {
  int status = 0;
  while (0 != waitpid(-1, &status, WNOHANG) && status == 0)
    ;
  co_await async_op();
}

/// It blocks: that is another check's.
task<> waits_ok(int fd) {
  pollfd one{fd, POLLIN, 0};
  while (poll(&one, 1, 100) == 0)
    ;
  co_await async_op();
}
task<> forever_ok(int fd) {
  epoll_event events[4];
  while (epoll_wait(fd, events, 4, -1) == 0)
    ;
  co_await async_op();
}
task<> served_ok(int fd) {
  pollfd one{fd, POLLIN, 0};
  while (poll(&one, 1, 0) > 0)
    serve(fd);
  co_await async_op();
}
task<> suspends_ok(int fd) {
  pollfd one{fd, POLLIN, 0};
  while (poll(&one, 1, 0) == 0)
    co_await async_op();
}
/// Interrupted, it asks again.
task<> interrupted_ok(int fd) {
  pollfd one{fd, POLLIN, 0};
  while (poll(&one, 1, 0) < 0 && errno == EINTR)
    ;
  co_await async_op();
}
