// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/ready.yaml"}}'
// The argument of a continuation is ready when the continuation runs.

#include "coro.h"
#include <tuple>
#include <utility>
#include <vector>

namespace app {
template <typename T> struct future {
  T get();
  future again();
  template <typename F> void then(F) {}
  template <typename F> void finally(F) {}
};
} // namespace app
using app::future;

void ready_ok(future<int> f, future<std::tuple<future<int>, future<int>>> both,
              future<std::vector<future<int>>> all) {
  f.then([](future<int> r) { r.get(); });
  f.then([](auto &&r) { std::move(r).get(); });
  both.then([](std::tuple<future<int>, future<int>> r) { std::get<1>(r).get(); });
  all.then([](std::vector<future<int>> r) {
    r.front().get();
    r[0].get();
  });
}

void others_bad(future<int> f, future<int> g) {
  f.then([&](future<int>) { g.get(); }); // warn: coro-sync-over-async
  f.then([](future<int> r) { r.again().get(); }); // warn: coro-sync-over-async
  f.then([](future<int>, future<int> s) { s.get(); }); // warn: coro-sync-over-async
  f.finally([](future<int> r) { r.get(); });   // warn: coro-sync-over-async
}
