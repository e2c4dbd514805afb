// What the examples of docs/libraries/cppwinrt.md take for granted.

#include <cppwinrt/winrt.h>
#include <win32/windows.h>

#include <fstream>
#include <mutex>
#include <shared_mutex>
#include <string>

using namespace winrt::Windows::Foundation;
using winrt::Windows::System::DispatcherQueue;
using winrt::Windows::System::Threading::ThreadPool;
using winrt::Windows::UI::Xaml::RoutedEventArgs;

struct Thing {
  explicit operator bool() const;
};

IAsyncOperation<int> find_devices();
IAsyncAction save(int devices);
IAsyncOperation<Thing> work();
void parse(winrt::hstring const &file);
