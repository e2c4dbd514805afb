// RUN: %check_corolint %s coro-stale-state %t
// Nothing rests on what an assertion tests, but a flag is claimed after it. The
// macros compose their message from an object that holds the condition.
#include "coro.h"
#include <memory>

namespace lib {
struct Failure {
  template <typename... Args> Failure(const char *condition, Args &&...);
  [[noreturn]] void fatal();
};
template <typename T> struct Condition {
  T value;
  Condition(T &&value) : value(static_cast<T &&>(value)) {}
  explicit operator bool() const { return value ? true : false; }
};
struct Magic {
  template <typename T> Condition<T> operator<<(T &&value) const {
    return Condition<T>(static_cast<T &&>(value));
  }
};
} // namespace lib
#define REQUIRE(condition, ...)                                                \
  if (auto holds = ::lib::Magic() << condition) {                              \
  } else                                                                       \
    for (::lib::Failure failure(#condition, holds, __VA_ARGS__);;              \
         failure.fatal())

coro::task<int> receive(int);

// One read at a time.
class Reader {
  bool clean = true;
  int left = 10;

public:
  coro::task<> read_ok() {
    REQUIRE(clean, "another read is not complete");
    clean = false;
    if (left > 0)
      left -= co_await receive(left);
    clean = true;
  }
  coro::task<> pump_ok() {
    REQUIRE(clean, "another read is not complete");
    clean = false;
    if (left > 0) {
      int received = co_await receive(left);
      left = received > left ? 0 : left - received;
    }
    clean = true;
  }
};

// Somebody does not ask.
class Careless {
  bool clean = true;
  int left = 10;

public:
  coro::task<> read_bad() {
    REQUIRE(clean, "another read is not complete");
    clean = false;
    if (left > 0) {
      int received = co_await receive(left);
      left -= received; // warn: coro-stale-state
    }
    clean = true;
  }
  void skip(int n) { left = n; }
};

// The flag is given back before the suspension point.
class Early {
  bool clean = true;
  int left = 10;

public:
  coro::task<> read_bad() {
    REQUIRE(clean, "another read is not complete");
    if (left > 0) {
      int received = co_await receive(left);
      left -= received; // warn: coro-stale-state
    }
  }
  void skip(int n) {
    REQUIRE(clean, "a read is not complete");
    left = n;
  }
};

// What is only asserted is expected to hold for good.
class Invariant {
  int bits = 0;

public:
  coro::task<> send_ok() {
    REQUIRE(!bits, "reserved bits are set");
    co_await receive(1);
    bits = 1;
  }
  void other() { bits = 2; }
};
class Tested {
  int bits = 0;

public:
  coro::task<> send_bad() {
    if (bits)
      co_return;
    co_await receive(1);
    bits = 1; // warn: coro-stale-state
  }
  void other() { bits = 2; }
};

// A promise is its coroutine's own.
template <typename Task> void start(Task task);
struct Slots {
  int slot = 0;
  coro::task<> refill_ok() {
    auto work = [](int i) -> coro::task<> {
      co_await receive(i);
    };
    start(work(0));
    co_await receive(1);
    start(work(1));
  }
};
