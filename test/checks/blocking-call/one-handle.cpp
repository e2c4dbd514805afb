// A stream, a `FILE *` or a descriptor that a function opens and uses is one finding,
// at the first use; the others are its notes.

// RUN: %check_corolint %s coro-blocking-call %t

#include "tasks.h"
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <unistd.h>

using coro::async_op;
using coro::task;

task<> stream_bad() {
  std::ifstream in("settings");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: construction of 'basic_ifstream' may block (file) in coroutine 'stream_bad' [coro-blocking-call]
  // CHECK-MESSAGES: :[[@LINE+3]]:6: note: call to 'operator>>' uses it again
  // CHECK-MESSAGES: :[[@LINE+3]]:8: note: call to 'getline' uses it again
  std::string name, value;
  in >> name;
  std::getline(in, value);
  co_await async_op();
}

// Who opened it does not matter.
task<> parameter_bad(std::ifstream &in) {
  std::string line;
  std::getline(in, line);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'getline' may block (file) in coroutine 'parameter_bad' [coro-blocking-call]
  // CHECK-MESSAGES: :[[@LINE+2]]:8: note: call to 'getline' uses it again
  co_await async_op();
  std::getline(in, line);
}

task<> c_file_bad(const char *name) {
  std::FILE *file = std::fopen(name, "r");
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: call to 'fopen' may block (file) in coroutine 'c_file_bad' [coro-blocking-call]
  // CHECK-MESSAGES: :[[@LINE+3]]:3: note: call to 'fread' uses it again
  // CHECK-MESSAGES: :[[@LINE+3]]:3: note: call to 'fclose' uses it again
  char buffer[16];
  fread(buffer, 1, sizeof buffer, file);
  fclose(file);
  co_await async_op();
}

struct closer {
  void operator()(std::FILE *file) const;
};
task<> owned_file_bad() {
  std::unique_ptr<std::FILE, closer> file(std::fopen("x", "r"));
  // CHECK-MESSAGES: :[[@LINE-1]]:48: warning: call to 'fopen' may block (file) in coroutine 'owned_file_bad' [coro-blocking-call]
  // CHECK-MESSAGES: :[[@LINE+1]]:3: note: call to 'fgetc' uses it again
  fgetc(file.get());
  co_await async_op();
}

task<> descriptor_bad(const char *name) {
  int fd = open(name, O_RDONLY);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: call to 'open' may block (file) in coroutine 'descriptor_bad' [coro-blocking-call]
  // CHECK-MESSAGES: :[[@LINE+2]]:14: note: call to 'read' uses it again
  char c;
  long num = read(fd, &c, 1);
  co_await async_op();
}

struct journal {
  std::ofstream out;
  task<> member_bad(const char *name) {
    out.open(name);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'open' may block (file) in coroutine 'member_bad' [coro-blocking-call]
    // CHECK-MESSAGES: :[[@LINE+1]]:9: note: call to 'flush' uses it again
    out.flush();
    co_await async_op();
  }
};

// Two files are two findings, though one buffer serves both.
task<> two_streams_bad(std::ifstream &from, std::ifstream &other) {
  std::string line;
  std::getline(from, line);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'getline' may block (file) in coroutine 'two_streams_bad' [coro-blocking-call]
  std::getline(other, line);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'getline' may block (file) in coroutine 'two_streams_bad' [coro-blocking-call]
  co_await async_op();
}
task<> two_descriptors_bad(int from, int to) {
  char buffer[16];
  long size = read(from, buffer, sizeof buffer);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: call to 'read' may block (file) in coroutine 'two_descriptors_bad' [coro-blocking-call]
  size = write(to, buffer, size);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: call to 'write' may block (file) in coroutine 'two_descriptors_bad' [coro-blocking-call]
  co_await async_op();
}

// A variable that is opened again holds another file.
task<> opened_again_bad() {
  std::FILE *file = std::fopen("a", "r");
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: call to 'fopen' may block (file) in coroutine 'opened_again_bad' [coro-blocking-call]
  file = std::fopen("b", "r");
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: call to 'fopen' may block (file) in coroutine 'opened_again_bad' [coro-blocking-call]
  co_await async_op();
}

// A region has its own findings.
task<> in_region_bad(std::ifstream &in) {
  std::string line;
  std::getline(in, line);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'getline' may block (file) in coroutine 'in_region_bad' [coro-blocking-call]
  COROLINT_NO_YIELD_REGION {
    std::getline(in, line);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: call to 'getline' may block (file) in a no-yield region [coro-blocking-call]
  }
  co_await async_op();
}

// A descriptor that comes from elsewhere may be a terminal or a pipe, and the
// standard input is one: each use waits anew.
task<> elsewhere_bad(int fd) {
  char c;
  long num = read(fd, &c, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: call to 'read' may block (file) in coroutine 'elsewhere_bad' [coro-blocking-call]
  num = read(fd, &c, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'read' may block (file) in coroutine 'elsewhere_bad' [coro-blocking-call]
  std::string line;
  std::getline(std::cin, line);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'getline' may block (input) in coroutine 'elsewhere_bad' [coro-blocking-call]
  std::getline(std::cin, line);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'getline' may block (input) in coroutine 'elsewhere_bad' [coro-blocking-call]
  co_await async_op();
}

// What does not block joins nothing.
task<> closed_ok(std::ifstream &in) {
  in.is_open();
  co_await async_op();
}
