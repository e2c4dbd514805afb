// RUN: %check_corolint %s coro-busy-wait %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/cppwinrt/issues/153
// A coroutine spins until a flag is set, or lets the thread pool resume it
// again and again.

#include <cppwinrt/winrt.h>
#include <atomic>
#include <coroutine>
using winrt::Windows::Foundation::IAsyncAction;

struct Player {
  std::atomic<bool> loaded = false;
  IAsyncAction open();
  struct Signal { bool await_ready() const; void await_suspend(std::coroutine_handle<>) const; void await_resume() const; } opened;

  IAsyncAction reported_bad() {
    co_await open();
    while (loaded == false) { // warn: coro-busy-wait
    }
  }
  IAsyncAction yielding_bad() {
    co_await open();
    while (!loaded.load()) // warn: coro-busy-wait
      co_await winrt::resume_background();
  }
  IAsyncAction mended_ok() {
    co_await open();
    if (!loaded)
      co_await opened;
  }
};
