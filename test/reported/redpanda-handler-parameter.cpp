// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/14965
// A generated server calls the handler with a reference to the request, which
// it does not keep until the handler's future is resolved.

#include <seastar/seastar.hh>
#include <string>

using seastar::future;

struct Request {
  std::string plugin;
};
future<int> leader();
future<> install(int node, const std::string &plugin);

struct Service {
  future<> upsert_bad(const Request &request) {
    int node = co_await leader();
    co_await install(node, request.plugin);
  }
  future<> upsert_ok(Request request) {
    int node = co_await leader();
    co_await install(node, request.plugin);
  }
};

void dispatch_bad(Service &service, std::string name) {
  Request request{name};
  (void)service.upsert_bad(request); // warn: coro-dangling-reference
}

void dispatch_ok(Service &service, std::string name) {
  Request request{name};
  (void)service.upsert_ok(request);
}
