// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/4866
// In a seastar::thread a loop over the view update handlers yields; a handler that
// is done leaves the list.

#include <seastar/seastar.hh>
#include <list>
#include <memory>
#include <vector>
using seastar::future;
struct handler {
  std::vector<int> targets;
  void timeout_cb();
};
class storage_proxy {
  std::list<std::shared_ptr<handler>> _view_update_handlers;
  int hits(const handler &h, int endpoint);

public:
  void remove(const std::shared_ptr<handler> &h) { _view_update_handlers.remove(h); }
  void add(std::shared_ptr<handler> h) { _view_update_handlers.push_back(h); }
  future<> on_down_bad(int endpoint) {
    return seastar::async([this, endpoint] {
      for (auto it = _view_update_handlers.begin(); it != _view_update_handlers.end(); ++it) { // warn: coro-stale-state
        auto guard = *it;
        if (hits(*guard, endpoint))
          guard->timeout_cb();
        seastar::thread::yield();
      }
    });
  }
  future<> on_down_ok(int endpoint) {
    return seastar::async([this, endpoint] {
      std::vector<std::shared_ptr<handler>> all(_view_update_handlers.begin(), _view_update_handlers.end());
      for (auto &h : all) {
        if (hits(*h, endpoint))
          h->timeout_cb();
        seastar::thread::yield();
      }
    });
  }
};
