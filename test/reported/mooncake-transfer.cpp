// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/kvcache-ai/Mooncake/pull/3404
// A handler that an RPC server calls on its one io thread polls, with short
// sleeps, until a whole transfer is over; so does a coroutine by a stored
// callback.

#include <async-simple/async-simple.h>
#include <chrono>
#include <functional>
#include <thread>
#include <unordered_map>

using async_simple::coro::Lazy;
bool done();
void transfer() {
  while (!done())
    std::this_thread::sleep_for(std::chrono::microseconds(50));
}

class Agent {
  std::unordered_map<int, std::function<void(int)>> handlers;

public:
  Agent() {
    handlers[7] = [](int) { transfer(); };
  }
  Lazy<int> process_bad(int id) {
    handlers.at(id)(id); // warn: coro-blocking-call
    co_return 0;
  }
  Lazy<int> process_ok(int id) {
    coro_io::post([this, id] { handlers.at(id)(id); });
    co_return 0;
  }
};
