// REQUIRES: librados-headers
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/ceph/ceph/pull/63926
// A lock on the server is released by a guard: its 'unlock' has no yield
// context, so it is the blocking operation that runs.

#include <asio.hpp>
#include <asio/spawn.hpp>
#include <mutex>
#include <rados/librados.hpp>

struct ServerLock {
  librados::IoCtx io;
  asio::steady_timer done;
  void lock();
  void unlock() {
    librados::ObjectWriteOperation op;
    io.operate("lock", &op);
  }
  void unlock(asio::yield_context yield) { done.async_wait(yield); }
};
struct YieldingGuard {
  ServerLock &lock;
  asio::yield_context yield;
  ~YieldingGuard() { lock.unlock(yield); }
};

void update_bad(asio::io_context &io, ServerLock &lock) {
  asio::spawn(io, [&](asio::yield_context) {
    std::unique_lock<ServerLock> held(lock, std::adopt_lock); // warn: coro-blocking-call
  });
}
void update_ok(asio::io_context &io, ServerLock &lock) {
  asio::spawn(io, [&](asio::yield_context yield) {
    YieldingGuard held{lock, yield};
  });
}
