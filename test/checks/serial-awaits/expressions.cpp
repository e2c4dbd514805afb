// RUN: %check_corolint %s coro-serial-awaits %t
// Several awaits in one expression.

#include "tasks.h"
using namespace coro;

task<long> fetch(long key);
task<bool> is_known(long key);
struct pair {
  long first, second;
};
void show(long, long);

task<long> sum_bad() {
  co_return co_await fetch(1) + co_await fetch(2); // warn: coro-serial-awaits
}
task<> arguments_bad() {
  show(co_await fetch(1), co_await fetch(2)); // warn: coro-serial-awaits
}
task<> initialised_bad() {
  long a = co_await fetch(1) - co_await fetch(2); // warn: coro-serial-awaits
  use(a);
}
task<> aggregate_bad() {
  pair p{co_await fetch(1), co_await fetch(2)}; // warn: coro-serial-awaits
  show(p.first, p.second);
}
task<> comparison_bad() {
  bool b = co_await fetch(1) < co_await fetch(2); // warn: coro-serial-awaits
  use(b);
}
task<> three_bad(long key) {
  use(co_await fetch(1) + co_await fetch(key) + // warn: coro-serial-awaits
      co_await fetch(2));
}

task<long> nested_ok() { co_return co_await fetch(co_await fetch(1)); }
task<> short_circuit_ok() {
  bool b = co_await is_known(1) && co_await is_known(2);
  use(b);
}
task<> either_ok() {
  bool b = co_await is_known(1) || co_await is_known(2);
  use(b);
}
task<long> chosen_ok(bool b) {
  co_return b ? co_await fetch(1) : co_await fetch(2);
}
task<> comma_ok() {
  long a = (co_await fetch(1), co_await fetch(2));
  use(a);
}
task<long> same_ok() { co_return co_await fetch(1) + co_await fetch(1); }
struct stream {
  task<long> read(long);
};
task<long> one_stream_ok(stream &s) {
  co_return co_await s.read(1) + co_await s.read(2);
}
