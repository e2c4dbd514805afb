// RUN: %check_corolint %s coro-serial-awaits %t

#include "tasks.h"
using namespace coro;

task<long> balance(long account);
task<long> limit(long account);
task<long> rate(long account);

task<> row(long account) {
  long b = co_await balance(account);
  // CHECK-NOTES: :[[@LINE-1]]:12: warning: independent tasks are awaited one after another
  // CHECK-NOTES: :[[@LINE+1]]:12: note: the task of 'limit' could run meanwhile
  long l = co_await limit(account);
  // CHECK-NOTES: :[[@LINE+1]]:12: note: the task of 'rate' could run meanwhile
  long r = co_await rate(account);
  use(b + l + r);
}

task<> loop(std::vector<long> accounts) {
  long sum = 0;
  for (long account : accounts)
    sum += co_await balance(account);
  // CHECK-NOTES: :[[@LINE-1]]:12: warning: the loop awaits independent tasks one after another
  use(sum);
}
