// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/cppwinrt/issues/324
// A page asks a class of its own for the devices; get() waits there, on the thread of the
// window, for what resumes on it.
#include <string>
#include <vector>
#include <cppwinrt/winrt.h>
namespace winrt::Windows::Devices::Enumeration {
struct DeviceInformationCollection { unsigned Size() const; };
struct DeviceInformation {
  static Windows::Foundation::IAsyncOperation<DeviceInformationCollection> FindAllAsync(winrt::hstring const &selector);
};
} // namespace winrt::Windows::Devices::Enumeration
using winrt::Windows::Devices::Enumeration::DeviceInformation;
using winrt::Windows::Devices::Enumeration::DeviceInformationCollection;

class MidiHandler {
  unsigned ports = 0;

public:
  unsigned findPorts() {
    DeviceInformationCollection found = DeviceInformation::FindAllAsync(L"midi").get();
    ports = found.Size();
    return ports;
  }
  winrt::Windows::Foundation::IAsyncAction findPortsAsync() {
    auto found = co_await DeviceInformation::FindAllAsync(L"midi");
    ports = found.Size();
  }
};
struct MainPage {
  MidiHandler midi;
  winrt::Windows::UI::Xaml::Controls::Button button;
  void initialise_bad() {
    button.Click([this](auto &&, auto &&) {
      midi.findPorts(); // warn: coro-sync-over-async
    });
  }
  void initialise_ok() {
    button.Click([this](auto &&, auto &&) { midi.findPortsAsync(); });
  }
};
int main() { return int(MidiHandler().findPorts()); }
