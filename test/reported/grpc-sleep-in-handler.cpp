// REQUIRES: grpc-headers
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/grpc/grpc/issues/30510
// A handler of the callback API sleeps, in place of disk and database work, on
// one of the library's few polling threads.

#include <chrono>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/server_callback.h>
#include <thread>

struct Reader : grpc::ServerBidiReactor<int, int> {
  int request = 0;
  void OnReadDone(bool) override {
    std::this_thread::sleep_for(std::chrono::seconds(1)); // warn: coro-blocking-call
    StartRead(&request);
  }
  void OnDone() override { delete this; }
};

struct Writer : grpc::ServerBidiReactor<int, int> {
  int request = 0;
  void OnReadDone(bool) override {
    std::thread([this] {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      StartRead(&request);
    }).detach();
  }
  void OnDone() override { delete this; }
};
