// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/uNetworking/uWebSockets/issues/609
// The handler of a message searches until a second message tells it to stop, which the
// loop does not deliver before the first handler returns. Nor may it wait for a thread.
#include <atomic>
#include <string_view>
#include <thread>
#include <uwebsockets/App.h>
struct Search { bool step(); };

void serve(uWS::Hub &hub, Search &search, std::atomic<bool> &stop, std::thread &worker) {
  hub.onMessage([&](uWS::WebSocket<uWS::SERVER> *, char *message, std::size_t length, uWS::OpCode) {
    if (std::string_view(message, length) == "stop") {
      stop = true;
      worker.join(); // warn: coro-blocking-call
      return;
    }
    worker = std::thread([&] {
      while (!stop)
        search.step();
      uWS::Loop::get()->defer([&worker] { worker.detach(); });
    });
  });
}
