// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20
// https://github.com/couchbase/couchbase-cxx-client/pull/608
// A cluster closes itself in its destructor and waits for the close, which the
// I/O thread does. The last owner may be a handler of the I/O thread.
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <utility>

class core_cluster {
  asio::io_context &io_;
public:
  explicit core_cluster(asio::io_context &io) : io_(io) {}
  asio::io_context &io() { return io_; }
  void close(std::function<void()> handler) { asio::post(io_, std::move(handler)); }
};

class cluster_impl_bad {
  core_cluster core_;
public:
  explicit cluster_impl_bad(asio::io_context &io) : core_(io) {}
  ~cluster_impl_bad() {
    std::promise<void> barrier;
    auto future = barrier.get_future();
    core_.close([&barrier] { barrier.set_value(); });
    future.get();
  }
  int ping() { return 1; }
};
class cluster_impl_ok {
  std::shared_ptr<core_cluster> core_;
public:
  explicit cluster_impl_ok(asio::io_context &io) : core_(std::make_shared<core_cluster>(io)) {}
  ~cluster_impl_ok() {
    core_->close([core = core_] {});
  }
  int ping() { return 1; }
};

void ping_later_bad(asio::io_context &io) {
  asio::post(io, [&io] {
    cluster_impl_bad cluster(io); // warn: coro-sync-over-async
    cluster.ping();
  });
}
void ping_later_ok(asio::io_context &io) {
  asio::post(io, [&io] {
    cluster_impl_ok cluster(io);
    cluster.ping();
  });
}
int main() {
  asio::io_context io;
  auto guard = asio::make_work_guard(io);
  std::future<void> done = std::async(std::launch::async, [&io] { io.run(); });
  {
    cluster_impl_bad cluster(io); // on the main thread, where waiting is right
    cluster.ping();
  }
  guard.reset();
  done.get();
}
