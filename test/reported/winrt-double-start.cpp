// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://devblogs.microsoft.com/oldnewthing/20260527-00/?p=112361
// A value is computed on first use; whoever asks while the first one waits
// starts the work once more.

#include <cppwinrt/winrt.h>

using winrt::Windows::Foundation::IAsyncOperation;
struct Thing {
  explicit operator bool() const;
};
IAsyncOperation<Thing> work();

struct Widget : winrt::implements<Widget> {
  Thing thing;

  IAsyncOperation<Thing> get_bad() {
    auto strong = get_strong();
    if (!thing)
      thing = co_await work(); // warn: coro-stale-state
    co_return thing;
  }
  IAsyncOperation<Thing> get_ok() {
    auto strong = get_strong();
    Thing made = co_await work();
    if (!thing)
      thing = made;
    co_return thing;
  }
};
