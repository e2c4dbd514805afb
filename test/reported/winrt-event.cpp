// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/cppwinrt/issues/767
// An event's handler is a coroutine lambda that owns its state. The object with the event
// is released right after the event was raised.

#include <chrono>
#include <cppwinrt/winrt.h>
#include <memory>
using namespace std::chrono_literals;
void print(int value);
struct Source : winrt::implements<Source> {
  winrt::event<winrt::delegate<>> raised;
};

void watch_bad(winrt::com_ptr<Source> source) {
  auto important = std::make_unique<int>(1337);
  source->raised.add([still = std::move(important)]() -> winrt::fire_and_forget {
    co_await winrt::resume_after(1s);
    print(*still); // warn: coro-dangling-reference
  });
  source->raised();
}
void watch_ok(winrt::com_ptr<Source> source) {
  auto important = std::make_shared<int>(1337);
  source->raised.add([important]() -> winrt::fire_and_forget {
    auto mine = important;
    co_await winrt::resume_after(1s);
    print(*mine);
  });
  source->raised();
}
