// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/terminal/pull/17770
// A window that is closed loses the focus first; the handler updates the
// appearance of a control that is gone by then.

#include <cppwinrt/winrt.h>
#include <memory>
struct Core { void UpdateSettings(int settings); };

struct TermControl : winrt::implements<TermControl> {
  winrt::Windows::System::DispatcherQueue dispatcher;
  std::unique_ptr<Core> core;

  void Close() { core = nullptr; }
  winrt::fire_and_forget update_bad(int settings) {
    auto strong = get_strong();
    if (!core)
      co_return;
    co_await winrt::resume_foreground(dispatcher);
    core->UpdateSettings(settings); // warn: coro-stale-state
  }
  winrt::fire_and_forget update_ok(int settings) {
    auto strong = get_strong();
    co_await winrt::resume_foreground(dispatcher);
    if (core)
      core->UpdateSettings(settings);
  }
};
