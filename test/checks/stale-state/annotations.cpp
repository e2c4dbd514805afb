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

// What a template keeps to itself is judged where the class is declared shared.
template <typename T> class COROLINT_SHARED Watched {
  T state{};

public:
  const T &read() const { return state; }
  T &write() { return state; }
};
template <typename T> class Hidden {
  T state{};

public:
  const T &read() const { return state; }
  T &write() { return state; }
};

class Slots {
  Watched<int> watched;
  Hidden<int> hidden;

public:
  coro::task<> watched_bad() {
    if (watched.read() == 0)
      watched.write() = co_await fetch(1); // warn: coro-stale-state
  }
  coro::task<> watched_ok() {
    if (watched.read() == 0) {
      int made = co_await fetch(1);
      if (watched.read() == 0)
        watched.write() = made;
    }
  }
  coro::task<> hidden_ok() {
    if (hidden.read() == 0)
      hidden.write() = co_await fetch(1);
  }
};
