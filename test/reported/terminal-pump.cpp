// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/terminal/pull/8087
// Opening a link pumps the message queue under the terminal's lock, and what
// it dispatches wants that lock. There is no co_await.

#include <cppwinrt/winrt.h>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <win32/windows.h>

struct Control {
  std::shared_mutex terminal;
  winrt::Windows::System::DispatcherQueue queue;

  void open(const std::wstring &link) {
    ShellExecuteW(nullptr, L"open", link.c_str(), nullptr, nullptr, 1);
  }
  winrt::fire_and_forget follow_bad(std::wstring link) {
    co_await winrt::resume_foreground(queue);
    std::unique_lock lock(terminal);
    open(link); // warn: coro-lock-across-await
  }
  winrt::fire_and_forget follow_ok(std::wstring link) {
    co_await winrt::resume_foreground(queue);
    {
      std::unique_lock lock(terminal);
    }
    open(link);
  }
};
