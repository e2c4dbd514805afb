// REQUIRES: librados-headers
// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/ceph/ceph/pull/54505
// An object is created on first use under a mutex, and its creation yields:
// the next coroutine of the thread blocks on the mutex.

#include <asio.hpp>
#include <asio/spawn.hpp>
#include <memory>
#include <mutex>
#include <rados/librados.hpp>

// As in Ceph: an operation suspends with a yield context, and blocks without.
class optional_yield {
  asio::yield_context *yield = nullptr;

public:
  optional_yield() = default;
  explicit optional_yield(asio::yield_context &yield) : yield(&yield) {}
  explicit operator bool() const { return yield; }
  asio::yield_context &get() const { return *yield; }
};
inline int operate(librados::IoCtx &io, const std::string &oid,
                   librados::ObjectWriteOperation *op, asio::steady_timer &done,
                   optional_yield y) {
  if (!y)
    return io.operate(oid, op);
  done.async_wait(y.get());
  return 0;
}

struct Fifo {
  static int create(librados::IoCtx &io, asio::steady_timer &done,
                    std::unique_ptr<Fifo> *out, optional_yield y) {
    librados::ObjectWriteOperation op;
    int result = operate(io, "fifo", &op, done, y);
    if (result >= 0)
      *out = std::make_unique<Fifo>();
    return result;
  }
};
struct LazyFifo {
  librados::IoCtx io;
  asio::steady_timer done;
  std::mutex mutex;
  std::unique_ptr<Fifo> fifo;

  int open_bad(optional_yield y) {
    std::unique_lock lock(mutex);
    return fifo ? 0 : Fifo::create(io, done, &fifo, y); // warn: coro-lock-across-await
  }
  int open_ok(optional_yield y) {
    std::unique_ptr<Fifo> mine;
    int result = Fifo::create(io, done, &mine, y);
    std::unique_lock lock(mutex);
    if (!fifo)
      fifo = std::move(mine);
    return result;
  }
};
