// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-dangling-reference,coro-discarded-task,coro-lock-across-await,coro-no-yield-region %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs
// sdbusplus: what waits for an answer on D-Bus, and where its handlers run.

#include "coro.h"
#include <sdbusplus/sdbusplus.h>
using namespace sdbusplus;
using async::task;
using namespace std::chrono_literals;

COROLINT_BLOCKING int block();
task<> read(int sensor);

task<> call_bad(bus_t &bus, message_t &request) {
  bus.call(request); // warn: coro-blocking-call
  bus.wait(5s); // warn: coro-blocking-call
  co_return;
}
task<> poll_ok(bus_t &bus) {
  bus.wait(0us);
  co_return;
}
task<> awaited_ok(async::context &ctx) { co_await async::sleep_for(ctx, 5s); }
int main_ok(async::context &ctx) {
  ctx.run();
  return 0;
}
task<> run_bad(async::context &ctx) {
  ctx.run(); // warn: coro-blocking-call
  co_return;
}

/// Handlers run on the thread of the loop.
void handlers_bad(bus_t &bus, asio::connection &conn, asio::dbus_interface &interface) {
  match added(bus, "type='signal'", [](message_t &) {
    block(); // warn: coro-blocking-call
  });
  conn.async_method_call(
      [](std::error_code) {
        block(); // warn: coro-blocking-call
      },
      "service", "/path", "interface", "method");
  asio::getProperty<int>(conn, "service", "/path", "interface", "name", [](std::error_code, int) {
    block(); // warn: coro-blocking-call
  });
  interface.register_method("Reset", [] {
    block(); // warn: coro-blocking-call
  });
}
void handlers_ok(asio::connection &conn) {
  conn.async_method_call([](std::error_code) {}, "service", "/path", "interface", "method");
}
void captured_bad(asio::connection &conn) {
  int value = 0;
  conn.async_method_call([&value](std::error_code) { ++value; }, "service", "/path", "interface", "method"); // warn: coro-dangling-reference
}

COROLINT_NO_YIELD void quiet_bad(bus_t &bus) {
  bus.process_discard(); // warn: coro-no-yield-region
}

task<> dropped_bad() {
  read(1); // warn: coro-discarded-task
  co_await read(2);
}
void spawned_ok(async::context &ctx) { ctx.spawn(read(1)); }

struct Cache {
  async::mutex mutex;
  task<> refresh_ok() {
    async::lock_guard guard(mutex);
    co_await guard.lock();
    co_await read(1);
    guard.unlock();
  }
};
