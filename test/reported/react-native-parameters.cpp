// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/react-native-windows/pull/4168
// A module's method takes a callback by reference, suspends, and calls it when
// the caller's object is gone.

#include <cppwinrt/winrt.h>
#include <functional>

using Callback = std::function<void(int)>;

winrt::fire_and_forget square_bad(int value, Callback const &done) {
  co_await winrt::resume_background();
  done(value * value); // warn: coro-dangling-reference
}

winrt::fire_and_forget square_ok(int value, Callback done) {
  co_await winrt::resume_background();
  done(value * value);
}
