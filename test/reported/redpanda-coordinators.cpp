// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/27391
// A reviewer forbids coroutine lambdas with captures; this one lives as long as the loop
// that is awaited, and nothing is to be reported.
#include <seastar/seastar.hh>
#include <string>
#include <vector>
using seastar::future;
struct Coordinator { std::string key; int node = -1; };
struct RequestContext { future<int> findCoordinator(std::string key); };

inline future<> handle_ok(RequestContext &ctx, std::vector<std::string> keys, std::vector<Coordinator> &out) {
  co_await seastar::max_concurrent_for_each(std::move(keys), 32, [&ctx, &out](std::string key) -> future<> {
    Coordinator element{key, -1};
    element.node = co_await ctx.findCoordinator(key);
    out.push_back(std::move(element));
  });
}
future<std::vector<Coordinator>> handle(RequestContext &ctx, std::vector<std::string> keys) {
  std::vector<Coordinator> all;
  co_await handle_ok(ctx, std::move(keys), all);
  co_return all;
}
