// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/ibm-openbmc/pldm/pull/677
// A request handler of an asynchronous daemon calls another service over D-Bus
// and waits for up to five seconds.

#include <sdbusplus/sdbusplus.h>
#include <asio.hpp>

struct Responder {
  sdbusplus::bus_t bus;
  sdbusplus::message_t request;

  void store_bad(asio::posix::stream_descriptor &requests) {
    requests.async_wait(asio::posix::stream_descriptor::wait_read, [this](std::error_code) {
      bus.call(request); // warn: coro-blocking-call
    });
  }
  void store_ok(asio::posix::stream_descriptor &requests, asio::thread_pool &workers) {
    requests.async_wait(asio::posix::stream_descriptor::wait_read, [this, &workers](std::error_code) {
      asio::post(workers, [this] { bus.call(request); });
    });
  }
};
