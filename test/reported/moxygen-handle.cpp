// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/facebookexperimental/moxygen/pull/140
// A publisher tests its handle, awaits the peer's answer, and uses the handle,
// which the end of the subscription has reset.

#include <folly/folly.h>
#include <memory>

using folly::coro::Task;
struct Handle {
  Task<bool> request_update();
  int largest();
};
void reply(int largest);

class Publisher {
  std::shared_ptr<Handle> handle;

public:
  void publish_done() { handle.reset(); }

  Task<> update_bad() {
    if (!handle)
      co_return;
    if (co_await handle->request_update())
      reply(handle->largest()); // warn: coro-stale-state
  }
  Task<> again_ok() {
    if (!handle)
      co_return;
    bool updated = co_await handle->request_update();
    if (updated && handle)
      reply(handle->largest());
  }
  Task<> own_ok() {
    auto mine = handle;
    if (mine && co_await mine->request_update())
      reply(mine->largest());
  }
};
