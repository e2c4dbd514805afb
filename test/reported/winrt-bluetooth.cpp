// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/MicrosoftDocs/windows-dev-docs/issues/1617
// A class wraps the operation that gets the adapter in a coroutine, and waits for that. A click handler calls it on
// the window's thread, on which the coroutine has to resume.
#include <cppwinrt/winrt.h>
using winrt::Windows::Foundation::IAsyncOperation;
struct Adapter {
  bool IsLowEnergySupported() const;
  static IAsyncOperation<Adapter> GetDefaultAsync();
};
void show(bool lowEnergy);

struct Bluetooth {
  IAsyncOperation<Adapter> adapter() { co_return co_await Adapter::GetDefaultAsync(); }
  bool lowEnergy() { return adapter().get().IsLowEnergySupported(); }
};
struct MainPage {
  winrt::Windows::UI::Xaml::Controls::Button button;
  Bluetooth bluetooth;

  void init_bad() {
    button.Click([this](auto &&, auto &&) {
      show(bluetooth.lowEnergy()); // warn: coro-sync-over-async
    });
  }
  winrt::fire_and_forget clicked() {
    auto adapter = co_await bluetooth.adapter();
    show(adapter.IsLowEnergySupported());
  }
  void init_ok() {
    button.Click([this](auto &&, auto &&) { clicked(); });
  }
};
