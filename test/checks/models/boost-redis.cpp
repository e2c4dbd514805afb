// RUN: %check_corolint %s coro-blocking-call,coro-dangling-reference %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs \
// RUN:   -DBOOST_ASIO_HAS_CO_AWAIT -DBOOST_ASIO_HAS_STD_COROUTINE
// Boost.Redis copies neither the request nor the response.

#include "coro.h"
#include <boost-redis/boost-redis.h>
#include <boost/asio.hpp>
#include <boost/asio/spawn.hpp>
#include <memory>
using namespace boost::redis;
namespace asio = boost::asio;
using asio::awaitable, asio::use_awaitable;
using boost::system::error_code;

COROLINT_BLOCKING int block();

void request_bad(connection &conn, response<int> &answer) {
  request ask;
  ask.push("INCR", "visits");
  conn.async_exec(ask, answer, [](error_code, std::size_t) {});
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'ask' is destroyed before the operation that uses it calls back
}
void response_bad(connection &conn, const request &ask) {
  response<int> answer;
  conn.async_exec(ask, answer, [](error_code, std::size_t) {}); // warn: coro-dangling-reference
}
void basic_bad(basic_connection<asio::any_io_executor> &conn) {
  request ask;
  conn.async_exec(ask, ignore, [](error_code, std::size_t) {}); // warn: coro-dangling-reference
}
void kept_ok(connection &conn) {
  struct Query {
    request ask;
    response<int> answer;
  };
  auto query = std::make_shared<Query>();
  conn.async_exec(query->ask, query->answer,
                  [query](error_code, std::size_t) {});
}
void callers_ok(connection &conn, const request &ask, response<int> &answer) {
  conn.async_exec(ask, answer, [](error_code, std::size_t) {});
}
/// The lambda owns the request.
void moved_ok(connection &conn) {
  auto ask = std::make_unique<request>();
  conn.async_exec(*ask, ignore, [kept = std::move(ask)](error_code, std::size_t) {});
}
/// The adapter is copied.
void adapter_ok(connection &conn, const request &ask, response<int> &answer) {
  any_adapter adapter(answer);
  conn.async_exec(ask, adapter, [](error_code, std::size_t) {});
}
void pushes_bad(connection &conn) {
  generic_response pushes;
  conn.set_receive_response(pushes); // warn: coro-dangling-reference
}
awaitable<void> pushes_ok(connection &conn) {
  generic_response pushes;
  conn.set_receive_response(pushes);
  while (conn.will_reconnect())
    co_await conn.async_receive2(use_awaitable);
}
awaitable<void> awaited_ok(connection &conn) {
  request ask;
  response<int> answer;
  co_await conn.async_exec(ask, answer, use_awaitable);
}
awaitable<std::size_t> result_ok(connection &conn) {
  request ask;
  co_return co_await conn.async_exec(ask, ignore, use_awaitable);
}
void fiber_ok(connection &conn, asio::yield_context yield) {
  request ask;
  conn.async_exec(ask, ignore, yield);
}
std::size_t future_ok(connection &conn) {
  request ask;
  return conn.async_exec(ask, ignore, asio::use_future).get();
}

/// The handler runs on the thread of the loop.
void handler_bad(connection &conn) {
  conn.async_receive2([](error_code) {
    block(); // warn: coro-blocking-call
  });
}
void handler_ok(connection &conn) {
  conn.async_receive2([&conn](error_code) { conn.cancel(); });
}
