// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/terminal/pull/19752
// After a hop to the thread pool a coroutine may wait and read files; after
// the hop back it may not.

#include <cppwinrt/winrt.h>
#include <fstream>
#include <latch>

struct Tap : winrt::implements<Tap> {
  std::latch *start;
  winrt::Windows::System::DispatcherQueue queue;

  winrt::fire_and_forget wait_bad() {
    auto strong = get_strong();
    co_await winrt::resume_foreground(queue);
    start->wait(); // warn: coro-blocking-call
  }
  winrt::fire_and_forget back_bad() {
    auto strong = get_strong();
    co_await winrt::resume_background();
    co_await winrt::resume_foreground(queue);
    std::ifstream settings("settings.json"); // warn: coro-blocking-call
  }
  winrt::fire_and_forget wait_ok() {
    auto strong = get_strong();
    co_await winrt::resume_background();
    start->wait();
    std::ifstream settings("settings.json");
  }
};
