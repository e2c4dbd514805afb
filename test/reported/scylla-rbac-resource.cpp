// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/commit/3543bf14e91e4a452fb986aeb6108f62144f3dc4
// A permission is checked asynchronously with a description that refers to the
// resource, which is a temporary of the call. The caller returns the future
// (with a continuation) instead of awaiting it.
#include <seastar/seastar.hh>
#include <stdexcept>
#include <string>
#include <string_view>
using seastar::future;

enum class permission { modify, select, drop };
struct resource { std::string name; };
inline resource make_data_resource(std::string_view ks, std::string_view cf) { return {std::string(ks) + "/" + std::string(cf)}; }
future<> wait_for_cache();
bool granted(permission, const std::string &role, const std::string &resource_name);

class client_state {
  std::string _role;
public:
  future<bool> check_has_permission(permission p, const resource &r) const {
    co_await wait_for_cache();
    co_return granted(p, _role, r.name);
  }
};

struct executor {
  future<> verify_permission_bad(const client_state &state, permission p, std::string ks, std::string cf) {
    return state.check_has_permission(p, make_data_resource(ks, cf)).then([p](bool allowed) { // warn: coro-dangling-reference
      if (!allowed)
        throw std::runtime_error("access denied: " + std::to_string(static_cast<int>(p)));
    });
  }
  future<> verify_permission_ok(const client_state &state, permission p, std::string ks, std::string cf) {
    resource r = make_data_resource(ks, cf);
    if (!co_await state.check_has_permission(p, r))
      throw std::runtime_error("access denied");
  }
  future<bool> may_drop_ok(const client_state &state, std::string ks, std::string cf) {
    co_return co_await state.check_has_permission(permission::drop, make_data_resource(ks, cf)); // ends with the statement
  }
};
