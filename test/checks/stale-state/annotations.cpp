// RUN: %check_corolint %s coro-stale-state %t
// COROLINT_SHARED stands for an interferer, COROLINT_EXCLUSIVE rules it out.
#include "coro.h"
#include <vector>

coro::task<int> fetch(int);

class Registers {
  COROLINT_SHARED int status = 0; // a device changes it
  int other = 0;

public:
  explicit Registers(int);
  coro::task<> shared_bad() {
    if (status == 1) {
      co_await fetch(1);
      status = 2; // warn: coro-stale-state
    }
  }
  coro::task<> other_ok() {
    if (other == 1) {
      co_await fetch(1);
      other = 0;
    }
  }
};

struct COROLINT_EXCLUSIVE Worker {
  std::vector<int> items;
  void add(int item) { items.push_back(item); }
  coro::task<> ok() {
    for (int item : items)
      co_await fetch(item);
  }
};

struct Half {
  COROLINT_EXCLUSIVE std::vector<int> mine;
  std::vector<int> ours;
  void add(int item) {
    mine.push_back(item);
    ours.push_back(item);
  }
  coro::task<> mine_ok() {
    for (int item : mine)
      co_await fetch(item);
  }
  coro::task<> ours_bad() {
    for (int item : ours) // warn: coro-stale-state
      co_await fetch(item);
  }
};
