// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Kinds: "output"}}'
// Whoever wants to know where a log is written can.

#include "coro.h"
#include <fstream>
using namespace coro;

struct Logger {
  std::ofstream out;
  void write() { out << 1; }
};
struct File {
  std::ofstream out;
  void write() { out << 1; }
};
task<> both(Logger &logger, File &file) {
  logger.write(); // warn: coro-blocking-call
  file.write();
  co_await async_op();
}
