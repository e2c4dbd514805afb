// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/cppwinrt/issues/170
// A click handler waits for an operation that resumes on this very thread.

#include <cppwinrt/winrt.h>

using namespace winrt::Windows::Foundation;
using winrt::Windows::UI::Xaml::RoutedEventArgs;
using winrt::Windows::UI::Xaml::Controls::Button;

IAsyncOperation<int> find_devices();
IAsyncAction save(int devices);

winrt::fire_and_forget click_bad(IInspectable const &, RoutedEventArgs const &) {
  int devices = find_devices().get(); // warn: coro-sync-over-async
  co_await save(devices);
}

void attach_bad(Button const &button) {
  button.Click([](IInspectable const &, RoutedEventArgs const &) {
    save(1).get(); // warn: coro-sync-over-async
  });
}

winrt::fire_and_forget click_ok(IInspectable const &, RoutedEventArgs const &) {
  int devices = co_await find_devices();
  co_await save(devices);
}

int main() { save(find_devices().get()).get(); }
