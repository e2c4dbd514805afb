// REQUIRES: grpc-headers
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/grpc/grpc/pull/19406
// A reaction starts another call and waits for it on a condition variable.

#include <condition_variable>
#include <functional>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_callback.h>
#include <mutex>

struct Inner { void start(std::function<void()> done); };

class Bad : public grpc::ClientUnaryReactor {
  Inner inner;
  std::mutex mutex;
  std::condition_variable cv;
  bool done = false;

  void OnDone(const grpc::Status &) override {
    inner.start([this] {
      std::lock_guard<std::mutex> lock(mutex);
      done = true;
      cv.notify_all();
    });
    std::unique_lock<std::mutex> lock(mutex);
    while (!done)
      cv.wait(lock); // warn: coro-blocking-call
  }
};
class Good : public grpc::ClientUnaryReactor {
  Inner inner;
  std::function<void()> next;
  void OnDone(const grpc::Status &) override { inner.start(next); }
};
