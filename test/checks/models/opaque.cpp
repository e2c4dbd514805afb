// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// A project's own copy of a library is judged by the library's model, not by the
// bodies of its functions; what they call of the user's is.

#include "coro.h"
#include <unistd.h>
using namespace coro;

COROLINT_BLOCKING int block();

namespace asio {
struct reactor {
  explicit reactor(int fd) { ::write(fd, "", 1); }
};
template <typename F> void visit(F f) { f(); }
} // namespace asio

namespace ours {
struct reactor {
  explicit reactor(int fd) { ::write(fd, "", 1); }
};
} // namespace ours

task<> theirs_ok(int fd) {
  asio::reactor r(fd);
  asio::visit([] {});
  co_return;
}
task<> ours_bad(int fd) {
  ours::reactor r(fd); // warn: coro-blocking-call
  asio::visit([] { block(); }); // warn: coro-blocking-call
  co_return;
}
