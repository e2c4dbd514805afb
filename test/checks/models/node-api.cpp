// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Node-API: what runs on the thread of the loop of JavaScript, and what does not.

#include "coro.h"
#include <node-api/node_api.h>

COROLINT_BLOCKING int block();

napi_value function_bad(napi_env, napi_callback_info) {
  block(); // warn: coro-blocking-call
  return nullptr;
}
napi_value construct_bad(napi_env, napi_callback_info) {
  block(); // warn: coro-blocking-call
  return nullptr;
}
void finalize_bad(napi_env, void *, void *) {
  block(); // warn: coro-blocking-call
}
void call_bad(napi_env, napi_value, void *, void *) {
  block(); // warn: coro-blocking-call
}
void complete_bad(napi_env, napi_status, void *) {
  block(); // warn: coro-blocking-call
}
void execute_ok(napi_env, void *) { block(); }
napi_value unused_ok(napi_env, napi_callback_info) {
  block();
  return nullptr;
}

void registers(napi_env env, napi_value object, napi_value *result, napi_async_work *work,
               napi_threadsafe_function *function) {
  napi_create_function(env, "f", 1, function_bad, nullptr, result);
  napi_define_class(env, "C", 1, construct_bad, nullptr, 0, nullptr, result);
  napi_wrap(env, object, nullptr, finalize_bad, nullptr, nullptr);
  napi_create_threadsafe_function(env, object, object, object, 0, 1, nullptr, nullptr, nullptr,
                                  call_bad, function);
  napi_create_async_work(env, object, object, execute_ok, complete_bad, nullptr, work);
}

/// On another thread it may wait until the queue has room; on a loop, it may not.
coro::task<> queue_bad(napi_threadsafe_function function) {
  napi_call_threadsafe_function(function, nullptr, napi_tsfn_blocking); // warn: coro-blocking-call
  co_return;
}
coro::task<> queue_ok(napi_threadsafe_function function) {
  napi_call_threadsafe_function(function, nullptr, napi_tsfn_nonblocking);
  co_return;
}
