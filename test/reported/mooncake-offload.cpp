// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/kvcache-ai/Mooncake/pull/1734
// A coroutine of the RPC server reads through another node. The helper that it calls ends in a synchronous wait for a
// second RPC, and the io thread answers no pings meanwhile.
#include <async-simple/async-simple.h>
#include <string>
#include <utility>
using async_simple::coro::Lazy;
class Requester {
  Lazy<int> call(std::string key);

public:
  int batch_get_offload_object(const std::string &key) { return invoke_rpc(key); }
  int invoke_rpc(std::string key) {
    return async_simple::coro::syncAwait([&]() -> Lazy<int> { co_return co_await call(std::move(key)); }());
  }
  Lazy<int> read(std::string key) { co_return co_await call(std::move(key)); }
};
class RealClient {
  Requester requester;
  int batch_get_into_internal(const std::string &key) { return requester.batch_get_offload_object(key); }

public:
  Lazy<int> batch_get_bad(std::string key) {
    co_return batch_get_into_internal(key); // warn: coro-sync-over-async
  }
  Lazy<int> batch_get_ok(std::string key) { co_return co_await requester.read(std::move(key)); }
  int client_ok(std::string key) { return batch_get_into_internal(key); }
};
