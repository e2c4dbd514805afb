// RUN: %check_corolint %s coro-* %t -std=c++20 -- --header-filter=.* -- -isystem %S/Inputs/system
// System headers: nothing is reported in them. Their bodies count as those of
// any other header do.

#include <system.h>
using namespace coro;

COROLINT_BLOCKING int block();

void instantiate() {
  (void)template_in_system(1);
  (void)in_system();
}

task<> calls() {
  block_in_system(); // warn: coro-blocking-call
  through_system(); // warn: coro-blocking-call
  apply_in_system([] { return block(); }); // warn: coro-blocking-call
  apply_in_system([] { return 1; });
  co_await co_apply_in_system([] { return block(); });
}

// As every check of clang-tidy: what a system header's macro writes is its own.
task<> system_macro_ok() {
  BLOCK_IN_SYSTEM();
  co_return;
}
