// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/terminal/issues/12982
// The layouts of the windows are requested by a coroutine that hops to the
// user interface's thread. An event of that thread waits for it.
#include <cppwinrt/winrt.h>
#include <string>
#include <vector>
using winrt::Windows::Foundation::IAsyncOperation;

class TerminalPage {
public:
  winrt::hstring layout() const;
};

class AppHost {
  TerminalPage _page;
  winrt::Windows::UI::Core::CoreDispatcher _dispatcher;
  std::vector<winrt::hstring> _saved;

  IAsyncOperation<winrt::hstring> _GetWindowLayoutAsync() {
    co_await winrt::resume_foreground(_dispatcher);
    co_return _page.layout();
  }
  void _saveLayouts() { _saved.push_back(_GetWindowLayoutAsync().get()); }
  winrt::fire_and_forget _saveLayoutsAsync() { _saved.push_back(co_await _GetWindowLayoutAsync()); }

public:
  void bindQuitButton_bad(winrt::Windows::UI::Xaml::Controls::Button const &button) {
    button.Click([this](winrt::Windows::Foundation::IInspectable const &, winrt::Windows::UI::Xaml::RoutedEventArgs const &) {
      _saveLayouts(); // warn: coro-sync-over-async
    });
  }
  void bindQuitButton_ok(winrt::Windows::UI::Xaml::Controls::Button const &button) {
    button.Click([this](winrt::Windows::Foundation::IInspectable const &, winrt::Windows::UI::Xaml::RoutedEventArgs const &) {
      _saveLayoutsAsync();
    });
  }
};
