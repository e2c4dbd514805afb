// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/microsoft/react-native-windows/issues/5073
// A bundle is fetched, and waited for, on the thread of a window.

#include <cppwinrt/winrt.h>
#include <string>
using winrt::Windows::Foundation::IAsyncOperation;
struct Response { int status; };
struct HttpClient { IAsyncOperation<Response> SendRequestAsync(std::wstring uri); };

int getBundle(HttpClient &client, std::wstring uri) {
  return client.SendRequestAsync(uri).get().status;
}
winrt::fire_and_forget reported_bad(HttpClient client, winrt::Windows::System::DispatcherQueue ui) {
  co_await winrt::resume_foreground(ui);
  getBundle(client, L"http://localhost:8081"); // warn: coro-sync-over-async
}
void click_bad(winrt::Windows::UI::Xaml::Controls::Button const &reload, HttpClient &client) {
  reload.Click([&client](auto &&...) {
    getBundle(client, L"http://localhost:8081"); // warn: coro-sync-over-async
  });
}
winrt::fire_and_forget mended_ok(HttpClient client, winrt::Windows::System::DispatcherQueue ui) {
  co_await winrt::resume_foreground(ui);
  Response answer = co_await client.SendRequestAsync(L"http://localhost:8081");
  (void)answer;
}
winrt::fire_and_forget background_ok(HttpClient client) {
  co_await winrt::resume_background();
  getBundle(client, L"http://localhost:8081");
}
