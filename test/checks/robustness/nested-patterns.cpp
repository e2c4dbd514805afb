// RUN: %check_corolint %s coro-blocking-call %t

// Uninstantiated templates in which there are further ones: judging the first
// finds the others.

#include "coro.h"

#include <thread>

using namespace std::chrono_literals;

#define PATTERN(NAME)                                                          \
  template <typename T> coro::task<> NAME(T Value) {                           \
    auto First = [](auto X) { return [X](auto Y) { return X + Y; }; };         \
    auto Second = [](auto X) { return [X](auto Y) { return X - Y; }; };        \
    (void)First, (void)Second, (void)Value;                                    \
    co_return;                                                                 \
  }

#define PATTERNS(NAME)                                                         \
  PATTERN(NAME##a)                                                             \
  PATTERN(NAME##b)                                                             \
  PATTERN(NAME##c)                                                             \
  PATTERN(NAME##d)
PATTERNS(a)
PATTERNS(b)
PATTERNS(c)
PATTERNS(d)
PATTERNS(e)
PATTERNS(f)

template <typename T> coro::task<> last_bad(T) {
  std::this_thread::sleep_for(1s); // warn: coro-blocking-call
  co_return;
}
