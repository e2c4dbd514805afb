// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/ceph/ceph/pull/69329
// A timer reports statistics in the background, through the project's own gate. The coroutine lambda loses its captures.
#include <seastar/seastar.hh>
#include <string>
namespace crimson::common {
class Gated {
  seastar::gate pending_dispatch;

public:
  template <class Func, class T> void dispatch_in_background(const char *what, T &who, Func &&func) {
    (void)dispatch(what, who, std::forward<Func>(func));
  }
  template <class Func, class T> seastar::future<> dispatch(const char *, T &, Func &&func) {
    return seastar::with_gate(pending_dispatch, std::forward<Func>(func)).handle_exception([](std::exception_ptr) {});
  }
};
} // namespace crimson::common
struct LocalService { void report(const std::string &); };
class OSD {
  crimson::common::Gated gate;
  seastar::timer<> stats_timer{[] {}};
  seastar::sharded<LocalService> shard_services;
  std::string stats;
  seastar::future<> report_osd_stats() {
    co_await shard_services.invoke_on_all([](LocalService &s) { s.report("x"); });
    stats.clear();
  }

public:
  void start_bad(std::string fname) {
    stats_timer.set_callback([this, fname] {
      gate.dispatch_in_background("stats_osd", *this, [this, fname]() -> seastar::future<> {
        co_await shard_services.invoke_on_all([](LocalService &s) { s.report("x"); });
        stats = fname; // warn: coro-dangling-reference
      });
    });
  }
  void start_ok() {
    stats_timer.set_callback([this] { gate.dispatch_in_background("stats_osd", *this, [this] { return report_osd_stats(); }); });
  }
};
