// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/ad-freiburg/qlever/pull/1109
// A session deregisters in its destructor, on the hub's strand, and waits
// there. Under load every thread is in such a destructor, and the strand has
// none to run on.

#include <asio.hpp>
#include <future>
#include <map>

struct Hub {
  asio::io_context &io;
  asio::strand<asio::io_context::executor_type> strand;
  std::map<int, int> sessions;
};

struct Waiting {
  Hub &hub;
  int id;
  ~Waiting() {
    std::future<void> gone = asio::dispatch(asio::bind_executor(
        hub.strand, std::packaged_task<void()>([this] { hub.sessions.erase(id); })));
    gone.wait();
  }
};
struct Posting {
  Hub &hub;
  int id;
  ~Posting() {
    asio::post(hub.strand, [&hub = hub, id = id] { hub.sessions.erase(id); });
  }
};

asio::awaitable<void> serve_bad(Hub &hub, asio::steady_timer &timer) {
  Waiting session{hub, 1}; // warn: coro-sync-over-async
  co_await timer.async_wait(asio::use_awaitable);
}
void handle_bad(Hub &hub) {
  asio::post(hub.io, [&hub] {
    Waiting session{hub, 2}; // warn: coro-sync-over-async
  });
}
asio::awaitable<void> serve_ok(Hub &hub, asio::steady_timer &timer) {
  Posting session{hub, 1};
  co_await timer.async_wait(asio::use_awaitable);
}
