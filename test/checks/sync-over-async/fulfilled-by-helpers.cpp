// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20
// A promise may be fulfilled by a function that is called, and its future may
// come from an accessor.

#include "coro.h"
#include <future>
#include <memory>
#include <utility>
using namespace coro;

void finish(std::promise<int> &p) { p.set_value(1); }
void finish_pointed(std::promise<int> *p) { p->set_value(1); }
void finish_taken(std::promise<int> p) { p.set_value(1); }
void finish_any(std::promise<int> &p, bool b) {
  if (b)
    p.set_value(1);
  else
    p.set_exception(nullptr);
}
void finish_deep(std::promise<int> &p) { finish(p); }
void finish_sometimes(std::promise<int> &p, bool b) {
  if (b)
    p.set_value(1);
}
void finish_later(std::promise<int> p, void (*run)(std::promise<int>)) { run(std::move(p)); }
void finish_unseen(std::promise<int> &p);
void finish_other(std::promise<int> &, std::promise<int> &q) { q.set_value(1); }
std::promise<int> global;
void finish_global() { global.set_value(1); }

task<> by_function_ok() {
  std::promise<int> p, q, r, s, t;
  auto f = p.get_future(), g = q.get_future(), h = r.get_future();
  finish(p);
  f.get();
  finish_pointed(&q);
  g.get();
  finish_taken(std::move(r));
  h.get();
  auto i = s.get_future(), j = t.get_future();
  finish_any(s, true);
  i.get();
  finish_deep(t);
  j.get();
  co_return;
}
task<> by_lambda_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  [&] { p.set_value(1); }();
  f.get();
  co_return;
}
task<> of_global_ok() {
  auto f = global.get_future();
  finish_global();
  f.get();
  co_return;
}
task<> not_by_function_bad(bool b, void (*run)(std::promise<int>)) {
  std::promise<int> p, q, r, s;
  auto f = p.get_future(), g = q.get_future(), h = r.get_future(), i = s.get_future();
  finish_sometimes(p, b);
  f.get(); // warn: coro-sync-over-async
  finish_later(std::move(q), run);
  g.get(); // warn: coro-sync-over-async
  finish_unseen(r);
  h.get(); // warn: coro-sync-over-async
  finish_other(s, p);
  i.get(); // warn: coro-sync-over-async
  co_return;
}
task<> not_by_lambda_bad() {
  std::promise<int> p;
  auto f = p.get_future();
  auto later = [&] { p.set_value(1); };
  f.get(); // warn: coro-sync-over-async
  later();
  co_return;
}

// A helper class owns the promise.
class signal {
  std::promise<int> done, other;
  std::unique_ptr<std::promise<int>> kept = std::make_unique<std::promise<int>>();

public:
  void raise(int n) { done.set_value(n); }
  void raise_other() { other.set_value(1); }
  void raise_kept() { kept->set_value(1); }
  void renew() {
    done = {};
    other = {};
  }
  virtual void raise_virtually() { done.set_value(1); }
  std::future<int> future() { return done.get_future(); }
  std::future<int> of_kept() { return kept->get_future(); }
  std::promise<int> &promise() { return done; }
};
task<> by_method_ok() {
  signal s, t, u;
  auto f = s.future(), g = t.of_kept();
  s.raise(1);
  f.get();
  t.raise_kept();
  g.get();
  u.raise(2);
  u.future().get();
  co_return;
}
task<> by_other_method_bad() {
  signal s, t, u, v;
  auto f = s.future(), g = t.future(), h = u.future();
  s.raise_other();
  f.get(); // warn: coro-sync-over-async
  u.raise(1);
  g.get(); // warn: coro-sync-over-async
  v.raise(1);
  v.renew();
  auto i = v.future();
  i.get(); // warn: coro-sync-over-async
  co_return;
}
task<> by_overridden_bad(signal &s) {
  auto f = s.future();
  s.raise_virtually();
  f.get(); // warn: coro-sync-over-async
  co_return;
}

// The future is not stored.
task<> not_stored_ok() {
  std::promise<int> p;
  p.set_value(1);
  p.get_future().get();
  co_return;
}
task<> not_stored_bad() {
  std::promise<int> p, q;
  q.set_value(1);
  p.get_future().get(); // warn: coro-sync-over-async
  p.set_value(1);
  co_return;
}
task<> loop_bad() {
  for (int i = 0; i < 2; ++i) {
    std::promise<int> p;
    auto f = p.get_future();
    f.get(); // warn: coro-sync-over-async
    p.set_value(1);
  }
  co_return;
}
