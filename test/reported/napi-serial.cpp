// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/nodejs/node-addon-examples/issues/77
// An addon reads from a serial device in a function that JavaScript calls; the process does nothing else meanwhile.
#include <node-api/node_api.h>
#include <poll.h>
#include <unistd.h>
struct Ibox { int fd; char id[64]; };
static Ibox box;
static int read_data(Ibox *context) {
  pollfd p{context->fd, POLLIN, 0};
  poll(&p, 1, -1);
  return read(context->fd, context->id, sizeof context->id);
}
static napi_value readSerial_bad(napi_env env, napi_callback_info) {
  napi_value object;
  read_data(&box); // warn: coro-blocking-call
  napi_create_object(env, &object);
  return object;
}
static void execute(napi_env, void *data) { read_data(static_cast<Ibox *>(data)); }
static void complete(napi_env, napi_status, void *) {}
static napi_value readSerial_ok(napi_env env, napi_callback_info) {
  napi_async_work work;
  napi_create_async_work(env, nullptr, nullptr, execute, complete, &box, &work);
  napi_queue_async_work(env, work);
  return nullptr;
}
napi_value init(napi_env env, napi_value exports) {
  napi_value f;
  napi_create_function(env, "readSerial", 10, readSerial_bad, nullptr, &f);
  napi_set_named_property(env, exports, "readSerial", f);
  napi_create_function(env, "readSerialAsync", 15, readSerial_ok, nullptr, &f);
  napi_set_named_property(env, exports, "readSerialAsync", f);
  return exports;
}
