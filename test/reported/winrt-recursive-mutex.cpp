// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/ffmpeginteropx/FFmpegInteropX/issues/287
// A lock guard of a recursive mutex lives while the coroutine returns to its
// apartment: another thread unlocks.

#include <cppwinrt/winrt.h>
#include <mutex>

using winrt::Windows::Foundation::IAsyncAction;
void parse(winrt::hstring const &file);

struct Source {
  std::recursive_mutex mutex;

  IAsyncAction add_bad(winrt::hstring file) {
    winrt::apartment_context caller;
    co_await winrt::resume_background();
    std::lock_guard<std::recursive_mutex> lock(mutex);
    parse(file);
    co_await caller; // warn: coro-lock-across-await
  }
  IAsyncAction add_ok(winrt::hstring file) {
    winrt::apartment_context caller;
    co_await winrt::resume_background();
    {
      std::lock_guard<std::recursive_mutex> lock(mutex);
      parse(file);
    }
    co_await caller;
  }
};
