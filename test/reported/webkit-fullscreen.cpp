// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/WebKit/WebKit/pull/68897
// The page leaves the window while the process of the page is asked for coordinates: the
// client that was tested at the start has been detached.
#include <coroutine.h>
#include <optional>
template <class T> class [[nodiscard]] Awaitable {
public:
  using promise_type = stub::Promise<Awaitable<T>, T>;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
struct Point { float x = 0, y = 0; };
struct Page { Awaitable<std::optional<Point>> convertPointToMainFrame(Point); };
struct FullScreenClient { Awaitable<bool> enterFullScreen(int w, int h); };

class FullScreenManagerProxy {
  Page &page;
  FullScreenClient *client = nullptr;
  Point origin;
  int state = 0;

public:
  void attachToNewClient(FullScreenClient &newClient) { client = &newClient; }
  void detachFromClient() {
    state = 0;
    client = nullptr;
  }
  Awaitable<bool> enter_bad(int w, int h) {
    if (!client)
      co_return false;
    if (auto found = co_await page.convertPointToMainFrame({}))
      origin = *found;
    bool entered = co_await client->enterFullScreen(w, h); // warn: coro-stale-state
    co_return entered;
  }
  Awaitable<bool> enter_ok(int w, int h) {
    if (!client)
      co_return false;
    if (auto found = co_await page.convertPointToMainFrame({}))
      origin = *found;
    if (!client)
      co_return false;
    bool entered = co_await client->enterFullScreen(w, h);
    co_return entered;
  }
};
