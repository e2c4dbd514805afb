// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/cppwinrt/issues/1572
// A coroutine lambda is handed to the thread pool, which frees it when it
// first suspends; the strong reference that it captured goes with it.

#include <cppwinrt/winrt.h>

using namespace winrt::Windows::Foundation;
using winrt::Windows::System::Threading::ThreadPool;

struct Window : winrt::implements<Window> {
  int frames = 0;

  IAsyncAction render_bad() {
    co_await ThreadPool::RunAsync(
        [strong = get_strong()](IAsyncAction const &) -> IAsyncAction {
          co_await winrt::resume_after(TimeSpan(50000000));
          ++strong->frames; // warn: coro-dangling-reference
        });
  }
  IAsyncAction render_ok() {
    auto strong = get_strong();
    co_await winrt::resume_background();
    co_await winrt::resume_after(TimeSpan(50000000));
    ++frames;
  }
};
