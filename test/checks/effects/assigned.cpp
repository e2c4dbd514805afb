// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// A call through a member or a container may run the callables that the unit
// puts there.

#include "coro.h"
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>
using namespace coro;

COROLINT_BLOCKING void block();
using callback = std::function<void()>;

class by_assignment {
  callback f;

public:
  by_assignment() {
    f = [] { block(); };
  }
  task<> run_bad() {
    f(); // warn: coro-blocking-call
    co_return;
  }
};

class by_initialiser {
  callback f;

public:
  by_initialiser() : f([] { block(); }) {}
  task<> run_bad() {
    f(); // warn: coro-blocking-call
    co_return;
  }
};

class by_default {
  callback f = [] { block(); };

public:
  by_default() {}
  task<> run_bad() {
    f(); // warn: coro-blocking-call
    co_return;
  }
};

class harmless {
  callback f;

public:
  harmless() {
    f = [] {};
  }
  task<> run_ok() {
    f();
    co_return;
  }
};

// Given by a setter, or to the constructor.
class by_setter {
  callback f;

public:
  void on_event(callback g) { f = std::move(g); }
  task<> run_bad() {
    f(); // warn: coro-blocking-call
    co_return;
  }
};
void set(by_setter &s) {
  s.on_event([] { block(); });
}

class by_constructor {
  callback f;

public:
  explicit by_constructor(callback g) : f(std::move(g)) {}
  task<> run_bad() {
    f(); // warn: coro-blocking-call
    co_return;
  }
};
void construct() {
  by_constructor c([] { block(); });
}

class never_set {
  callback f;

public:
  void on_event(callback g) { f = std::move(g); }
  task<> run_ok() {
    f();
    co_return;
  }
};

// Elements of containers.
class table {
  std::unordered_map<int, std::function<void(int)>> handlers;
  std::map<std::string, callback> named;
  std::vector<callback> list;
  std::vector<callback> quiet;

public:
  table() {
    handlers[7] = [](int) { block(); };
    named.emplace("name", [] { block(); });
    list.push_back([] { block(); });
    quiet.push_back([] {});
  }
  task<> at_bad(int id) {
    handlers.at(id)(1); // warn: coro-blocking-call
    co_return;
  }
  task<> subscript_bad(int id) {
    handlers[id](1); // warn: coro-blocking-call
    co_return;
  }
  task<> find_bad(const std::string &name) {
    auto it = named.find(name);
    if (it != named.end())
      it->second(); // warn: coro-blocking-call
    co_return;
  }
  task<> each_bad() {
    for (auto &f : list)
      f(); // warn: coro-blocking-call
    co_return;
  }
  task<> binding_bad() {
    for (auto &[name, f] : named)
      f(); // warn: coro-blocking-call
    co_return;
  }
  task<> copied_bad() {
    auto f = list.back();
    f(); // warn: coro-blocking-call
    co_return;
  }
  task<> each_ok() {
    for (auto &f : quiet)
      f();
    co_return;
  }
};

// A variable of the function itself.
task<> local_bad() {
  std::vector<callback> list{[] { block(); }};
  for (auto &f : list)
    f(); // warn: coro-blocking-call
  co_return;
}
task<> local_ok() {
  std::vector<callback> list{[] {}};
  for (auto &f : list)
    f();
  co_return;
}

// What runs elsewhere is judged there.
void on_worker(callback f COROLINT_ALLOW_BLOCKING);
class on_a_worker {
  std::vector<callback> list;

public:
  on_a_worker() {
    list.push_back([] { block(); });
  }
  task<> run_ok() {
    on_worker([this] { list.front()(); });
    co_return;
  }
};

// A general-purpose class: nothing is known of any one object of it.
struct any_callback {
  callback f;
  explicit any_callback(callback g) : f(std::move(g)) {}
  void operator()() { f(); }
};
void many() {
  any_callback a([] { block(); }), b([] {}), c([] {}), d([] {}), e([] {});
}
task<> general_ok(any_callback &a) {
  a.f();
  co_return;
}

// A member that is handed to an event loop.
void post(callback f COROLINT_EVENT_LOOP);
class posts {
  callback f;

public:
  posts() {
    f = [] {
      block(); // warn: coro-blocking-call
    };
  }
  void start() { post(f); }
};

// A guard that is made with what it runs in the end: each object has its own.
class at_end {
  callback f;

public:
  explicit at_end(callback g) : f(std::move(g)) {}
  ~at_end() { f(); }
};
task<> own_callable_ok() {
  at_end guard([] {});
  co_return;
}
task<> own_callable_bad() {
  at_end guard([] { block(); }); // warn: coro-blocking-call
  co_return;
}
