// RUN: %check_corolint %s coro-* %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/guards.yaml"}}'
// What a model says of guards, locks, wrappers and readiness.

#include "coro.h"
#include <utility>
using namespace coro;

namespace app {
struct adopt {};
struct attempt {};
struct mutex {
  void take();
  void give();
  bool attempt();
};
struct lock {
  lock();
  explicit lock(mutex &);
  lock(mutex &, adopt);
  lock(mutex &, attempt);
  lock(lock &&);
  ~lock();
  void take();
  void give();
  bool attempt();
  bool is_taken();
  mutex *leak();
  void exchange(lock &);
};
struct async_lock {
  explicit async_lock(mutex &);
  ~async_lock();
};
struct region {
  region();
  ~region();
  void end();
};
struct leave {
  leave();
  ~leave();
};
enum class state { running, done };
struct work {
  work(work &&);
  ~work();
  int get();
  void wait();
  void detach();
  bool is_done();
  app::state state();
};
work start();
work other();
struct joining {
  joining();
  explicit joining(int);
  ~joining();
  void join();
};
int block();
void take_all(mutex &, mutex &);
void c_take(int, mutex *);
void c_give(int, int, mutex *);
int c_attempt(mutex *);
template <typename T> struct maybe {
  T *value = nullptr;
  template <typename... Args> void make(Args &&...);
  void drop();
  bool has();
  T *operator->();
};
template <typename T, typename... Args> maybe<T> make_maybe(Args &&...);
} // namespace app

task<> lock_states(app::mutex &m) {
  {
    app::lock l;
    co_await async_op();
  }
  {
    app::lock l(m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  {
    app::lock l(m, app::attempt());
    if (l.is_taken())
      co_await async_op(); // warn: coro-lock-across-await
    else
      co_await async_op();
  }
  {
    m.take();
    app::lock l(m, app::adopt());
    co_await async_op(); // warn: coro-lock-across-await
  }
  co_await async_op();
}

task<> lock_methods(app::mutex &m) {
  app::lock l;
  l.take();
  co_await async_op(); // warn: coro-lock-across-await
  l.give();
  co_await async_op();
  if (l.attempt())
    co_await async_op(); // warn: coro-lock-across-await
  else
    co_await async_op();
}

task<> lock_leaked(app::mutex &m) {
  {
    app::lock l(m);
    l.leak();
  }
  co_await async_op(); // warn: coro-lock-across-await
  m.give();
  co_await async_op();
}

task<> lock_exchanged(app::mutex &m) {
  app::lock a(m), b;
  a.exchange(b);
  b.give();
  co_await async_op();
}

task<> async_lock_ok(app::mutex &m) {
  app::async_lock l(m);
  co_await async_op();
}

task<> mutexes(app::mutex &m, app::mutex &n) {
  m.take();
  co_await async_op(); // warn: coro-lock-across-await
  m.give();
  if (m.attempt()) {
    co_await async_op(); // warn: coro-lock-across-await
    m.give();
  }
  co_await async_op();
  app::take_all(m, n);
  co_await async_op(); // warn: coro-lock-across-await
  m.give();
  co_await async_op(); // warn: coro-lock-across-await
  n.give();
  co_await async_op();
}

task<> lock_functions(app::mutex *m) {
  app::c_take(1, m);
  co_await async_op(); // warn: coro-lock-across-await
  app::c_give(1, 2, m);
  co_await async_op();
  if (app::c_attempt(m) == 0) {
    co_await async_op(); // warn: coro-lock-across-await
    app::c_give(1, 2, m);
  } else {
    co_await async_op();
  }
  if (!app::c_attempt(m)) {
    co_await async_op(); // warn: coro-lock-across-await
    app::c_give(1, 2, m);
  }
  if (app::c_attempt(m))
    co_await async_op();
}

task<> regions() {
  app::region r;
  co_await async_op(); // warn: coro-no-yield-region
  r.end();
  co_await async_op();
}

task<> leave() {
  app::block(); // warn: coro-blocking-call
  app::leave here;
  app::block();
  co_return;
}

task<> pending_work() {
  app::work w = app::start(); // warn: coro-sync-over-async
  app::work v = app::other();
  co_return;
}

task<> detached_work_ok() {
  app::work w = app::start();
  w.detach();
  co_return;
}

task<> joining() {
  app::joining empty;
  app::joining j(1); // warn: coro-blocking-call
  app::joining joined(1);
  joined.join();
  co_return;
}

task<> wrappers(app::mutex &m) {
  app::maybe<app::lock> o;
  co_await async_op();
  o.make(m);
  co_await async_op(); // warn: coro-lock-across-await
  o.drop();
  co_await async_op();
  auto p = app::make_maybe<app::lock>(m);
  co_await async_op(); // warn: coro-lock-across-await
  p->give();
  co_await async_op();
}

task<> readiness(app::work &w, app::work &v) {
  if (w.is_done())
    w.wait();
  if (w.state() == app::state::done)
    w.wait();
  if (w.state() == app::state::running)
    w.wait(); // warn: coro-sync-over-async
  if (!v.is_done())
    co_return;
  v.get();
}
