// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/11498
// The wrapper of a route keeps the result of the authentication in a local variable and passes it to the handler's
// coroutine by reference. It returns the handler's future.
#include <functional>
#include <seastar/seastar.hh>
#include <string>
#include <utility>
using seastar::future;
class auth_result {
  std::string username;

public:
  ~auth_result();
  const std::string &get_username() const { return username; }
};
auth_result authenticate(const std::string &request);
class admin_server {
  future<std::string> parse(std::string request);
  future<> patch(std::string document, std::string by);

  future<> patch_config(std::string request, const auth_result &auth) {
    auto document = co_await parse(std::move(request));
    co_await patch(std::move(document), auth.get_username());
  }

public:
  future<> route_bad(std::string request) {
    auto auth = authenticate(request);
    return patch_config(std::move(request), auth); // warn: coro-dangling-reference
  }
  template <typename Handler> future<> wrapped_bad(std::string request, Handler handler) {
    auto auth = authenticate(request);
    return handler(std::move(request), auth); // warn: coro-dangling-reference
  }
  future<> all_bad(std::string request) {
    return wrapped_bad(std::move(request),
                       [this](std::string r, const auth_result &auth) { return patch_config(std::move(r), auth); });
  }
  future<> route_ok(std::string request) {
    auto auth = authenticate(request);
    co_await patch_config(std::move(request), auth);
  }
};
