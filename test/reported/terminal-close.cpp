// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/terminal/pull/5303
// Closing a tab waits, on the thread of the window, until the program in it
// has ended.

#include <cppwinrt/winrt.h>
#include <memory>
#include <utility>
#include <win32/windows.h>

struct Connection {
  HANDLE process;
  void close() { WaitForSingleObject(process, 0xffffffff); }
};

struct Control : winrt::implements<Control> {
  std::unique_ptr<Connection> connection;
  winrt::Windows::System::DispatcherQueue window;

  winrt::fire_and_forget close_bad() {
    auto strong = get_strong();
    co_await winrt::resume_foreground(window);
    if (auto mine = std::exchange(connection, nullptr))
      mine->close(); // warn: coro-blocking-call
  }
  winrt::fire_and_forget close_ok() {
    if (auto mine = std::exchange(connection, nullptr)) {
      co_await winrt::resume_background();
      mine->close();
    }
  }
};
