// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=DEFAULT
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=NAMED -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Kinds: "file-metadata"}}'
// What the file system knows of one name takes a moment: too long for a loop
// that does nothing else, and for a region in which nobody else may run.

#include "coro.h"
#include <corolint/annotations.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
using namespace coro;

task<> coroutine_ok(std::filesystem::path p, struct stat s) {
  (void)std::filesystem::exists(p);
  // CHECK-MESSAGES-NAMED: :[[@LINE-1]]:26: warning: call to 'exists' may block (file-metadata) in coroutine 'coroutine_ok'
  stat("file", &s);
  // CHECK-MESSAGES-NAMED: :[[@LINE-1]]:3: warning: call to 'stat' may block (file-metadata) in coroutine 'coroutine_ok'
  co_return;
}

COROLINT_EVENT_LOOP void loop_bad(std::filesystem::path p) {
  (void)std::filesystem::exists(p);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:26: warning: call to 'exists' may block (file-metadata) in event-loop function 'loop_bad'
  // CHECK-MESSAGES-NAMED: :[[@LINE-2]]:26: warning: call to 'exists' may block (file-metadata) in event-loop function 'loop_bad'
}

struct temporary_file {
  std::filesystem::path path;
  void drop() { std::filesystem::remove(path); }
  ~temporary_file() { drop(); }
};
COROLINT_EVENT_LOOP void cleans_up_ok() { temporary_file file; }
COROLINT_EVENT_LOOP void drops_bad(temporary_file &file) {
  file.drop();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:8: warning: call to 'drop' may block (file-metadata) in event-loop function 'drops_bad'
  // CHECK-MESSAGES-NAMED: :[[@LINE-2]]:8: warning: call to 'drop' may block (file-metadata) in event-loop function 'drops_bad'
}

task<> region_bad(std::filesystem::path p) {
  COROLINT_NO_YIELD_REGION {
    std::filesystem::remove(p);
    // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:22: warning: call to 'remove' may block (file-metadata) in a no-yield region
    // CHECK-MESSAGES-NAMED: :[[@LINE-2]]:22: warning: call to 'remove' may block (file-metadata) in a no-yield region
  }
  co_return;
}

task<> contents_bad() {
  std::ifstream in("file");
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:17: warning: construction of 'basic_ifstream' may block (file) in coroutine 'contents_bad'
  co_return;
}
