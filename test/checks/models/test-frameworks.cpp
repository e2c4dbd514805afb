// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// A failed assertion of doctest or Catch2 looks for a debugger in a pseudo-file, but what
// the test itself reads is a file.

#include "coro.h"
#include <fstream>
#include <string>
#include <test-frameworks/frameworks.h>
using namespace coro;

bool doctest::detail::isDebuggerActive() {
  std::ifstream status("/proc/self/status");
  return status.is_open();
}
bool Catch::isDebuggerActive() {
  std::ifstream status("/proc/self/status");
  return status.is_open();
}

struct Assertion {
  bool failed = false;
  bool log() { return failed && doctest::detail::isDebuggerActive(); }
  bool complete() { return failed && Catch::isDebuggerActive(); }
};

task<> assertion_ok(Assertion a) {
  a.log();
  a.complete();
  co_await async_op();
}

namespace project {
bool isDebuggerActive() {
  std::ifstream settings("debugger.conf");
  return settings.is_open();
}
} // namespace project
task<> settings_bad() {
  project::isDebuggerActive(); // warn: coro-blocking-call
  co_await async_op();
}
task<> expected_bad() {
  std::ifstream expected("expected.txt"); // warn: coro-blocking-call
  co_await async_op();
}
