// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Who tests for EAGAIN has a non-blocking descriptor.

#include "coro.h"
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>
using namespace coro;

async_awaiter<> readable(int fd);

task<> untested_bad(int fd, char *buffer) {
  read(fd, buffer, 1); // warn: coro-blocking-call
  write(fd, buffer, 1); // warn: coro-blocking-call
  recv(fd, buffer, 1, 0); // warn: coro-blocking-call
  accept(fd, nullptr, nullptr); // warn: coro-blocking-call
  co_return;
}

task<> other_error_bad(int fd, char *buffer) {
  while (read(fd, buffer, 1) < 0 && errno == EINTR) // warn: coro-blocking-call
    ;
  co_return;
}

task<> eagain_ok(int fd, char *buffer) {
  while (read(fd, buffer, 1) < 0 && errno == EAGAIN)
    co_await readable(fd);
}

task<> ewouldblock_ok(int fd, char *buffer) {
  if (recv(fd, buffer, 1, 0) < 0 && errno == EWOULDBLOCK)
    co_await readable(fd);
}

task<> not_equal_ok(int fd, char *buffer) {
  if (write(fd, buffer, 1) < 0 && errno != EAGAIN)
    throw errno;
  co_return;
}

task<> reversed_ok(int fd, char *buffer) {
  if (read(fd, buffer, 1) < 0 && EAGAIN == errno)
    co_await readable(fd);
}

task<> switch_ok(int fd) {
  int peer = accept(fd, nullptr, nullptr);
  if (peer < 0)
    switch (errno) {
    case EINTR:
      break;
    case EAGAIN:
      co_await readable(fd);
    }
}

task<> saved_errno_ok(int fd, char *buffer) {
  auto n = read(fd, buffer, 1);
  int error = errno;
  if (n < 0 && (error == EAGAIN || error == EINTR))
    co_await readable(fd);
}

// The code that a function returns, in place of errno.
int read_or_code(int fd, char *buffer) {
  return read(fd, buffer, 1) < 0 ? -errno : 0;
}
task<> returned_code_of_read_bad(int fd, char *buffer) {
  read_or_code(fd, buffer); // warn: coro-blocking-call
  co_return;
}
int nonblocking_read(int fd, char *buffer) {
  auto n = read(fd, buffer, 1);
  if (n == -EAGAIN)
    return 0;
  return 1;
}
task<> returned_code_ok(int fd, char *buffer) {
  nonblocking_read(fd, buffer);
  co_return;
}

// The function that tests, not its caller or callee.
void report_error() {
  if (errno == EAGAIN)
    return;
}
task<> tested_elsewhere_bad(int fd, char *buffer) {
  read(fd, buffer, 1); // warn: coro-blocking-call
  report_error();
  co_return;
}

task<> lambda_tests_bad(int fd, char *buffer) {
  read(fd, buffer, 1); // warn: coro-blocking-call
  auto retry = [] { return errno == EAGAIN; };
  (void)retry;
  co_return;
}

// Naming the constant is no test.
task<> assigned_bad(int fd, char *buffer) {
  read(fd, buffer, 1); // warn: coro-blocking-call
  errno = EAGAIN;
  co_return;
}

// A non-blocking descriptor makes no other call of another sort harmless.
task<> other_call_bad(int fd, char *buffer) {
  if (read(fd, buffer, 1) < 0 && errno == EAGAIN)
    sleep(1); // warn: coro-blocking-call
  co_return;
}

template <typename T> task<> template_ok(int fd, T *buffer) {
  if (read(fd, buffer, sizeof(T)) < 0 && errno == EAGAIN)
    co_await readable(fd);
}
template task<> template_ok(int, int *);

// What is awaited was made before, of the descriptor and constants.
struct event {
  int fd;
  int flags;
};
struct event_loop {
  async_awaiter<> wait_event(const event &);
  async_awaiter<> wait_until(const event &, int deadline);
};
event_loop &loop();
int other_fd();

task<> awaiter_in_variable_ok(int fd, char *buffer) {
  event readable{.fd = fd, .flags = 1};
  auto ready = loop().wait_event(readable);
  for (;;) {
    co_await ready;
    read(fd, buffer, 1);
  }
}
task<> awaiter_of_other_bad(int fd, char *buffer) {
  event readable{.fd = other_fd(), .flags = 1};
  auto ready = loop().wait_event(readable);
  co_await ready;
  read(fd, buffer, 1); // warn: coro-blocking-call
}
task<> awaiter_with_more_bad(int fd, char *buffer, int deadline) {
  event readable{.fd = fd, .flags = 1};
  auto ready = loop().wait_until(readable, deadline);
  co_await ready;
  read(fd, buffer, 1); // warn: coro-blocking-call
}
task<> event_reassigned_bad(int fd, char *buffer) {
  event readable{.fd = fd, .flags = 1};
  readable.fd = other_fd();
  auto ready = loop().wait_event(readable);
  co_await ready;
  read(fd, buffer, 1); // warn: coro-blocking-call
}
class peer {
  int fd;
  event readable_event{.fd = fd, .flags = 1};
  async_awaiter<> ready{loop().wait_event(readable_event)};
  async_awaiter<> other{loop().wait_event({.fd = other_fd(), .flags = 1})};

public:
  explicit peer(int fd) : fd(fd) {}
  task<> awaiter_in_member_ok(char *buffer) {
    co_await ready;
    read(fd, buffer, 1);
  }
  task<> awaiter_of_other_bad(char *buffer) {
    co_await other;
    read(fd, buffer, 1); // warn: coro-blocking-call
  }
  task<> second_read_bad(char *buffer) {
    co_await ready;
    read(fd, buffer, 1);
    read(fd, buffer, 1); // warn: coro-blocking-call
  }
};

// A promise that is handed every awaiter by reference.
struct watched {
  struct promise_type {
    watched get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
    template <typename T> T &await_transform(T &&awaiter, int line = 0) {
      return awaiter;
    }
  };
};
watched awaiter_handed_to_promise_ok(int fd, char *buffer) {
  event readable{.fd = fd, .flags = 1};
  auto ready = loop().wait_event(readable);
  co_await ready;
  read(fd, buffer, 1);
}
