// REQUIRES: grpc-headers
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/grpc/grpc/issues/36609
// A write reactor waits for the next event on a condition variable, in the
// reaction: eight clients use up the library's threads.

#include <condition_variable>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/server_callback.h>
#include <mutex>
#include <optional>

struct Events {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<int> next;

  int wait() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return next.has_value(); });
    return *next;
  }
};

class PowerKey_bad : public grpc::ServerWriteReactor<int> {
  Events &events;
  int reply = 0;

  void next_write() {
    reply = events.wait();
    StartWrite(&reply);
  }

public:
  explicit PowerKey_bad(Events &events) : events(events) {}
  void OnWriteDone(bool) override {
    next_write(); // warn: coro-blocking-call
  }
  void OnDone() override { delete this; }
};

class PowerKey_ok : public grpc::ServerWriteReactor<int> {
  int reply = 0;

public:
  void pressed(int key) {
    reply = key;
    StartWrite(&reply);
  }
  void OnWriteDone(bool) override {}
  void OnDone() override { delete this; }
};
