// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/cppwinrt/issues/1154
// A coroutine takes a string by reference, as functions do; after the first
// suspension the caller's string is gone.

#include <cppwinrt/winrt.h>
#include <string_view>

using winrt::Windows::Foundation::IAsyncAction;
void use(winrt::hstring const &);

IAsyncAction rename_bad(winrt::hstring const &name) {
  use(name);
  co_await winrt::resume_background();
  use(name); // warn: coro-dangling-reference
}
winrt::fire_and_forget open_bad(std::wstring_view link) {
  co_await winrt::resume_background();
  use(winrt::hstring(link)); // warn: coro-dangling-reference
}
IAsyncAction rename_ok(winrt::hstring name) {
  co_await winrt::resume_background();
  use(name);
}
IAsyncAction copied_ok(winrt::hstring const &name) {
  auto mine = name;
  co_await winrt::resume_background();
  use(mine);
}
