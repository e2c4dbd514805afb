// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// The child of a fork runs no other coroutines: it may block.

#include "coro.h"
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>
using namespace coro;

COROLINT_BLOCKING int block();

task<> compared(const char *command) {
  pid_t pid = fork();
  if (pid == 0) {
    block();
    execlp(command, command, nullptr);
    _exit(127);
  }
  if (pid != 0)
    block(); // warn: coro-blocking-call
  co_return;
}
task<> reversed() {
  const pid_t pid = ::fork();
  if (0 != pid) {
    block(); // warn: coro-blocking-call
  } else {
    block();
    _exit(0);
  }
  co_return;
}
task<> negated(const char *command) {
  if (!fork()) {
    std::system(command);
    _exit(0);
  }
  block(); // warn: coro-blocking-call
  co_return;
}
task<> assigned() {
  pid_t pid;
  if ((pid = vfork()) == 0) {
    block();
    _exit(0);
  }
  pid = fork();
  if (pid > 0) {
    block(); // warn: coro-blocking-call
    co_return;
  }
  block();
  _exit(0);
}
task<> failed_bad() {
  pid_t pid = fork();
  if (pid < 0) {
    block(); // warn: coro-blocking-call
    co_return;
  }
}
task<> switched() {
  switch (pid_t pid = fork()) {
  case -1:
    block(); // warn: coro-blocking-call
    break;
  case 0:
    block();
    _exit(1);
  default:
    waitpid(pid, nullptr, 0); // warn: coro-blocking-call
  }
  co_return;
}

// In a helper, and in a member.
struct process {
  pid_t pid = -1;
  void start() {
    pid = fork();
    if (pid == 0) {
      block();
      _exit(0);
    }
  }
  void start_and_wait() {
    start();
    block();
  }
};
task<> helpers(process &p) {
  p.start();
  p.start_and_wait(); // warn: coro-blocking-call
  co_return;
}

pid_t other();
task<> not_a_fork_bad() {
  if (pid_t pid = other(); pid == 0)
    block(); // warn: coro-blocking-call
  co_return;
}
