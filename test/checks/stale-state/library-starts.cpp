// RUN: %check_corolint %s coro-stale-state %t -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/library.yaml"}}'
// A library that starts what it is handed is no second start, wherever its
// headers are.
#include "coro.h"
#include <deque>

namespace own {
void run(coro::task<> task);
template <typename F> void invoke(F &&f) { run(f()); }
template <typename F> void spawn(F &&f) { invoke(static_cast<F &&>(f)); }
} // namespace own

class Writer {
  std::deque<int> messages;
  coro::task<> send(int message);

  coro::task<> write_ok() {
    while (!messages.empty()) {
      co_await send(messages.front());
      messages.pop_front();
    }
  }

public:
  void post(int message) {
    const bool writing = !messages.empty();
    messages.push_back(message);
    if (!writing)
      own::spawn([this] { return write_ok(); });
  }
};

class Careless {
  std::deque<int> messages;
  coro::task<> send(int message);

  coro::task<> write_bad() {
    while (!messages.empty()) {
      co_await send(messages.front());
      messages.pop_front(); // warn: coro-stale-state
    }
  }

public:
  void post(int message) {
    messages.push_back(message);
    own::spawn([this] { return write_bad(); });
  }
  void flush() {
    own::spawn([this] { return write_bad(); });
  }
};

// The same for a function of the project that hands on its callable.
template <typename F> void handsOn(F &&f) { own::spawn(std::forward<F>(f)); }
class Scanner {
  int *cache = nullptr;
  coro::task<int *> make();

  coro::task<> scan() {
    if (!cache)
      cache = co_await make();
  }

public:
  void start_ok() {
    handsOn([this] { return scan(); });
  }
};
class ScannedTwice {
  int *cache = nullptr;
  coro::task<int *> make();

  coro::task<> scan() {
    if (!cache)
      cache = co_await make(); // warn: coro-stale-state
  }

public:
  void start_bad() {
    auto scans = [this] { return scan(); };
    handsOn(scans);
    handsOn(scans);
  }
};
