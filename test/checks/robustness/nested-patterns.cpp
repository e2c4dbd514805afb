// RUN: %check_corolint %s coro-blocking-call %t

// Uninstantiated templates in which there are further ones: judging the first
// finds the others.

#include "coro.h"

#include <thread>

using namespace std::chrono_literals;

template <typename T> struct outer {
  template <typename F> auto method(F Function) {
    return [Function](auto Value) { return Function(Value); };
  }
  void later();
};

template <typename T> void outer<T>::later() {
  struct local {
    void method() {}
  };
  local().method();
}

template <typename T> void first(T) {
  struct local {
    void one() {}
    void two() {}
  };
  auto Lambda = [](auto) {
    struct inner {
      void one() {}
      void two() {}
    };
  };
}

template <typename T> coro::task<> last_bad(T) {
  struct local {
    static coro::task<> nested_bad() {
      std::this_thread::sleep_for(1s); // warn: coro-blocking-call
      co_return;
    }
  };
  std::this_thread::sleep_for(1s); // warn: coro-blocking-call
  co_return;
}
