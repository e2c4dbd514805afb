// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/cppwinrt/issues/1131
// A click handler calls a coroutine lambda in place. The captured strong reference ends at the semicolon.
#include <cppwinrt/winrt.h>
using winrt::Windows::Foundation::IInspectable;
struct MainPage : winrt::implements<MainPage> {
  void setContent(const wchar_t *);
  void ClickHandler_bad(IInspectable const &) {
    [strong_this = get_strong()]() -> winrt::fire_and_forget {
      winrt::apartment_context ui_thread;
      co_await winrt::resume_background();
      co_await ui_thread;
      strong_this->setContent(L"Clicked"); // warn: coro-dangling-reference
    }();
  }
  void ClickHandler_ok(IInspectable const &) {
    [](winrt::com_ptr<MainPage> strong_this) -> winrt::fire_and_forget {
      winrt::apartment_context ui_thread;
      co_await winrt::resume_background();
      co_await ui_thread;
      strong_this->setContent(L"Clicked");
    }(get_strong());
  }
};
