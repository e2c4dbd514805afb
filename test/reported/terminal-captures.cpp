// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/terminal/pull/16412
// An event handler is a coroutine lambda; closing the tab destroys it while it
// waits for its turn on the window's thread, and its captures with it.

#include <cppwinrt/winrt.h>

struct Tab : winrt::implements<Tab> {
  void update_title();
};
struct Control {
  template <typename F> void title_changed(F &&) {}
};
using Queue = winrt::Windows::System::DispatcherQueue;

void bind_bad(Control &control, Tab &tab, Queue queue) {
  control.title_changed([queue, weak = tab.get_weak()]() -> winrt::fire_and_forget {
    co_await winrt::resume_foreground(queue);
    if (auto strong = weak.get()) // warn: coro-dangling-reference
      strong->update_title();
  });
}
void bind_ok(Control &control, Tab &tab, Queue queue) {
  control.title_changed([queue, weak = tab.get_weak()]() -> winrt::fire_and_forget {
    auto mine = weak;
    co_await winrt::resume_foreground(queue);
    if (auto strong = mine.get())
      strong->update_title();
  });
}
winrt::Windows::Foundation::IAsyncAction awaited_ok(int times) {
  co_await [times]() -> winrt::Windows::Foundation::IAsyncAction {
    for (int i = 0; i < times; ++i)
      co_await winrt::resume_background();
  }();
}
