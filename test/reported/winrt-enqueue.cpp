// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/cppwinrt/issues/766
// And https://github.com/microsoft/cppwinrt/issues/1131: the queue lets go of the handler
// when it returns, and it returns when it first suspends.
#include <memory>
#include <cppwinrt/winrt.h>
void print(int value);

inline void reported_bad(winrt::Windows::System::DispatcherQueue queue) {
  auto important = std::make_unique<int>(1337);
  queue.TryEnqueue([still = std::move(important)]() -> winrt::fire_and_forget {
    co_await winrt::resume_background();
    print(*still); // warn: coro-dangling-reference
  });
}
struct MainPage : winrt::implements<MainPage> {
  int clicks = 0;
  void ClickBad() {
    [strong = get_strong()]() -> winrt::fire_and_forget {
      winrt::apartment_context ui;
      co_await winrt::resume_background();
      co_await ui;
      strong->clicks++; // warn: coro-dangling-reference
    }();
  }
  void ClickGood() {
    [this]() -> winrt::fire_and_forget {
      auto strong = get_strong();
      winrt::apartment_context ui;
      co_await winrt::resume_background();
      co_await ui;
      strong->clicks++;
    }();
  }
};
inline void mended_ok(winrt::Windows::System::DispatcherQueue queue) {
  auto important = std::make_shared<int>(1337);
  queue.TryEnqueue([important]() -> winrt::fire_and_forget {
    auto mine = important;
    co_await winrt::resume_background();
    print(*mine);
  });
}
