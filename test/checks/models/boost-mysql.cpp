// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-dangling-reference,coro-early-release %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs \
// RUN:   -DBOOST_ASIO_HAS_CO_AWAIT -DBOOST_ASIO_HAS_STD_COROUTINE
// Boost.MySQL: what waits for the server, and what it stores the answer in.

#include "coro.h"
#include <boost-mysql/boost-mysql.h>
#include <boost/asio.hpp>
#include <memory>
using namespace boost::mysql;
namespace asio = boost::asio;
using asio::awaitable, asio::use_awaitable;
struct stream;

COROLINT_BLOCKING int block();

awaitable<void> execute_bad(any_connection &conn) {
  results answer;
  conn.execute("SELECT 1", answer);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'execute' may block (db) in coroutine 'execute_bad'
  // CHECK-FIXES: co_await conn.async_execute("SELECT 1", answer, boost::asio::use_awaitable);
  co_return;
}
awaitable<void> pooled_bad(pooled_connection conn) {
  conn->ping();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'ping' may block (db) in coroutine 'pooled_bad'
  // CHECK-FIXES: co_await conn->async_ping(boost::asio::use_awaitable);
  co_return;
}
awaitable<void> older_bad(connection<stream> &conn, handshake_params &params) {
  conn.handshake(params);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'handshake' may block (db) in coroutine 'older_bad'
  // CHECK-FIXES: co_await conn.async_handshake(params, boost::asio::use_awaitable);
  co_return;
}
/// The counterpart reports errors in another way: there is no replacement.
awaitable<void> error_code_bad(any_connection &conn) {
  error_code error;
  diagnostics why;
  results answer;
  conn.execute("SELECT 1", answer, error, why); // warn: coro-blocking-call
  co_return;
}
awaitable<void> awaited_ok(any_connection &conn) {
  results answer;
  co_await conn.async_execute("SELECT 1", answer, use_awaitable);
}
void at_start_ok(any_connection &conn) {
  results answer;
  conn.execute("SELECT 1", answer);
}

void answer_bad(any_connection &conn) {
  results answer;
  conn.async_execute("SELECT 1", answer, [](error_code) {}); // warn: coro-dangling-reference
}
void parameters_bad(any_connection &conn) {
  connect_params params;
  params.username = "me";
  conn.async_connect(params, [](error_code) {}); // warn: coro-dangling-reference
}
void pipeline_bad(any_connection &conn, pipeline_request &stages) {
  std::vector<stage_response> answers;
  conn.async_run_pipeline(stages, answers, [](error_code) {}); // warn: coro-dangling-reference
}
void state_bad(connection<stream> &conn) {
  execution_state state;
  conn.async_read_some_rows(state, [](error_code, rows_view) {}); // warn: coro-dangling-reference
}
void kept_ok(any_connection &conn) {
  auto answer = std::make_shared<results>();
  conn.async_execute("SELECT 1", *answer, [answer](error_code) {});
}
void handler_ok(any_connection &conn, results &answer) {
  auto handler = [](error_code) {};
  conn.async_execute("SELECT 1", answer, handler);
}

/// Handlers run on the thread of the loop.
void handler_bad(connection_pool &pool) {
  pool.async_get_connection([](error_code, pooled_connection) {
    block(); // warn: coro-blocking-call
  });
}

awaitable<void> query(any_connection &conn);
pooled_connection take();
/// The connection returns to the pool before the query is done.
awaitable<void> returned_bad(any_connection &replica) {
  pooled_connection mine = take();
  return query(replica); // warn: coro-early-release
}
awaitable<void> returned_ok() {
  pooled_connection mine = take();
  co_await query(mine.get());
}
