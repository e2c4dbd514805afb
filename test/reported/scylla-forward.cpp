// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/10602
// "This is my suspect": a coroutine lambda that is called where it is written, and its
// future returned. The references that it captured are members of the lambda.
#include <seastar/seastar.hh>
#include <vector>
using seastar::future;
struct ForwardRequest { std::vector<int> ranges; };
struct ForwardResult { void merge(const ForwardResult &other); };
struct ForwardService {
  future<ForwardResult> executeOnThisShard(const ForwardRequest &req);
  void finalize(const ForwardRequest &req, ForwardResult &result);

  future<ForwardResult> dispatch_bad(const ForwardRequest &req) {
    return [this, &req]() -> future<ForwardResult> {
      auto result = co_await executeOnThisShard(req);
      finalize(req, result); // warn: coro-dangling-reference
      co_return result;
    }();
  }
  future<ForwardResult> dispatch_ok(const ForwardRequest &req) {
    return executeOnThisShard(req).then([this, &req](ForwardResult result) {
      finalize(req, result);
      return result;
    });
  }
  future<ForwardResult> dispatch_awaited_ok(const ForwardRequest &req) {
    co_return co_await [this, &req]() -> future<ForwardResult> {
      auto result = co_await executeOnThisShard(req);
      finalize(req, result);
      co_return result;
    }();
  }
};
