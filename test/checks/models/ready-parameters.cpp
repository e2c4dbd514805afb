// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/ready.yaml"}}'
// A parameter is ready if every call of its function passes ready work.

#include "coro.h"
#include <tuple>
#include <utility>

namespace app {
template <typename T> struct future {
  T get();
  future again();
  template <typename F> void then(F) {}
};
future<int> make_ready(int);
} // namespace app
using app::future;
future<int> load();
inline future<int> failed() {
  using app::make_ready;
  return make_ready(-1);
}

// The argument of a continuation is moved on into a helper.
static int finish_ok(future<int> &&r) { return r.get(); }
inline int answer_ok(int, future<int> r) { return std::move(r).get(); }
template <typename T> T reply_ok(int, future<T> &&r, int) { return r.get(); }
static int deep_ok(future<int> r) { return finish_ok(std::move(r)); }
static int part_ok(future<int> r) { return r.get(); }
static int tuple_ok(std::tuple<future<int>, int> both) { return std::get<0>(both).get(); }
struct session {
  int id;
  int take_ok(future<int> r) { return r.get() + id; }
};
void moved_on_ok(future<int> f, future<std::tuple<future<int>, int>> both, session &s) {
  f.then([](future<int> r) { finish_ok(std::move(r)); });
  f.then([](auto &&r) { answer_ok(1, std::move(r)); });
  f.then([](future<int> r) { reply_ok(1, std::move(r), 2); });
  f.then([](future<int> r) { deep_ok(std::move(r)); });
  f.then([&s](future<int> r) { s.take_ok(std::move(r)); });
  f.then([](future<int>) { reply_ok(1, app::make_ready(3), 2); });
  f.then([](future<int>) { reply_ok(1, failed(), 2); });
  both.then([](std::tuple<future<int>, int> r) { part_ok(std::move(std::get<0>(r))); });
  both.then([](std::tuple<future<int>, int> r) { tuple_ok(std::move(r)); });
}

// One call passes something else.
static int any_bad(future<int> r) { return r.get(); }
template <typename T> T any_reply_bad(future<T> r) { return r.get(); }
void one_other_bad(future<int> f) {
  f.then([](future<int> r) { any_bad(std::move(r)); });       // warn: coro-sync-over-async
  f.then([](future<int> r) { any_reply_bad(std::move(r)); }); // warn: coro-sync-over-async
  any_bad(load());
  any_reply_bad(load());
}

// Other code may call it.
int shared_bad(future<int> r) { return r.get(); }
static int named_bad(future<int> r) { return r.get(); }
int (*const kept)(future<int>) = named_bad;

static int stored_bad(future<int> r) { return r.get(); }
void keep(int (*)(future<int>));
static int initial_bad(future<int> r) { return r.get(); }
int initial = initial_bad(load());
struct base {
  virtual int take_bad(future<int> r) { return r.get(); }
  int operator()(future<int> r) { return r.get(); }
};
namespace {
struct final_ {
  int take(future<int> r) { return r.get(); }
};
} // namespace
void others_call_bad(future<int> f, base &b, final_ &last) {
  f.then([](future<int> r) { shared_bad(std::move(r)); }); // warn: coro-sync-over-async
  f.then([](future<int> r) { named_bad(std::move(r)); }); // warn: coro-sync-over-async
  keep(stored_bad);
  f.then([](future<int> r) { stored_bad(std::move(r)); }); // warn: coro-sync-over-async
  f.then([](future<int> r) { initial_bad(std::move(r)); }); // warn: coro-sync-over-async
  f.then([&b](future<int> r) { b.take_bad(std::move(r)); }); // warn: coro-sync-over-async
  f.then([&b](future<int> r) { b(std::move(r)); });          // warn: coro-sync-over-async
  f.then([&last](future<int> r) { last.take(std::move(r)); });
}

// The parameter does not keep what was passed, or it is not the one that is
// waited for.
static int replaced_bad(future<int> r) {
  r = load();
  return r.get();
}
void refill(future<int> &r);
static int refilled_bad(future<int> r) {
  refill(r);
  return r.get();
}
static int chained_bad(future<int> r) { return r.again().get(); }
static int second_bad(future<int>, future<int> s) { return s.get(); }
static int nothing_bad() { return load().get(); }
void changed_bad(future<int> f) {
  f.then([](future<int> r) { replaced_bad(std::move(r)); });       // warn: coro-sync-over-async
  f.then([](future<int> r) { refilled_bad(std::move(r)); });       // warn: coro-sync-over-async
  f.then([](future<int> r) { chained_bad(std::move(r)); });        // warn: coro-sync-over-async
  f.then([](future<int> r) { second_bad(std::move(r), load()); }); // warn: coro-sync-over-async
  f.then([](future<int>) { nothing_bad(); });                      // warn: coro-sync-over-async
}

// Recursion passes on what it was given.
static int again_bad(future<int> r, int n) {
  return n ? again_bad(load(), n - 1) : r.get();
}
void recursive_bad(future<int> f) {
  f.then([](future<int> r) { again_bad(std::move(r), 2); }); // warn: coro-sync-over-async
}
