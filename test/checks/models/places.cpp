// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/places.yaml"}}' -- -I %S/Inputs
// Where a model says that types, interfaces and callables run.

#include "app.h"
#include <functional>
using namespace coro;

// By result, parameter, override and base.
app::future<> returns_bad() {
  app::block(); // warn: coro-blocking-call
  return {};
}
void takes_other_ok(app::future<>) { app::block(); }
void takes_bad(app::yield) {
  app::block(); // warn: coro-blocking-call
}
void takes_reference_bad(app::yield &) {
  app::block(); // warn: coro-blocking-call
}
// On a fiber, a synchronous wait only lets others run.
void fiber_waits_ok(app::yield) { app::wait(); }
struct button : app::widget {
  void on_click() override {
    app::block(); // warn: coro-blocking-call
  }
  void paint() override { app::block(); }
};
struct special_button : button {
  void on_click() override {
    app::block(); // warn: coro-blocking-call
  }
};
struct player : app::actor {
  player() { app::block(); }
  void act() {
    app::block(); // warn: coro-blocking-call
  }
  static void create_ok() { app::block(); }
};
struct no_actor {
  void act() { app::block(); }
};

// As a template argument.
struct service {
  void handle() {
    app::block(); // warn: coro-blocking-call
  }
  void not_handled() { app::block(); }
};
void plain() {
  app::block(); // warn: coro-blocking-call
}
void register_all(app::server &s) {
  s.register_handler<&service::handle>();
  s.register_handler<plain>();
}

// Bound.
struct session {
  void bound_bad() {
    app::block(); // warn: coro-blocking-call
  }
  void bound_twice_bad() {
    app::block(); // warn: coro-blocking-call
  }
  void stored_bad() {
    app::block(); // warn: coro-blocking-call
  }
  void on_pool_ok() { app::block(); }
  void on_loop_bad() {
    app::block(); // warn: coro-blocking-call
  }
  void start(app::pool &p, app::loop &l) {
    app::on_event(app::bind(&session::bound_bad, this));
    app::on_event(
        app::bind_executor(l, app::bind(&session::bound_twice_bad, this)));
    auto f = app::bind(&session::stored_bad, this);
    app::on_event(f);
    app::on_event(app::bind_executor(p, app::bind(&session::on_pool_ok, this)));
    app::on_event(
        app::bind_executor(l, app::bind(&session::on_loop_bad, this)));
  }
};

// By executor.
void posts(app::pool &p, app::loop &l, app::other &o) {
  app::post(p, [] { app::block(); });
  app::post(l, [] {
    app::block(); // warn: coro-blocking-call
  });
  app::post(o, [] {
    app::block(); // warn: coro-blocking-call
  });
}

// On fibers and pools.
void elsewhere() {
  app::on_fiber([] {
    app::block(); // warn: coro-blocking-call
    app::wait();
  });
  app::on_pool([] {
    app::block();
    app::wait(); // warn: coro-sync-over-async
  });
}

// A member that was given a callable elsewhere.
class owner {
  std::function<void()> f;

public:
  owner() {
    f = [] {
      app::block(); // warn: coro-blocking-call
    };
  }
  void start() { app::on_event(f); }
};
