// RUN: %check_corolint %s coro-stale-state %t
// Several conditions before the wait, of which only some are asked again.
#include "coro.h"
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

coro::task<> step();
struct Actor {
  void request();
};
std::unique_ptr<Actor> makeActor();
[[noreturn]] void fail(int);

// The object breaks: its parts go, and it must not get new ones.
struct Container {
  std::optional<int> broken;
  std::unique_ptr<Actor> actor;
  int starts = 0;
  void abort(int reason) {
    broken = reason;
    actor = nullptr;
  }
  void requireNotBroken() {
    if (broken)
      fail(*broken);
  }
  bool isBroken() const { return broken.has_value(); }

  coro::task<> asked_by_a_helper_bad() {
    requireNotBroken();
    if (actor == nullptr) {
      co_await step();
      if (actor == nullptr)
        actor = makeActor(); // warn: coro-stale-state
    }
  }
  coro::task<> asked_in_place_bad() {
    if (broken)
      throw std::runtime_error("broken");
    if (!actor) {
      co_await step();
      if (!actor)
        actor = makeActor(); // warn: coro-stale-state
    }
  }
  coro::task<> asked_in_one_condition_bad() {
    if (!isBroken() && !actor) {
      co_await step();
      if (!actor)
        actor = makeActor(); // warn: coro-stale-state
    }
  }
  coro::task<> asked_again_ok() {
    requireNotBroken();
    if (actor == nullptr) {
      co_await step();
      requireNotBroken();
      if (actor == nullptr)
        actor = makeActor();
    }
  }
  coro::task<> asked_again_otherwise_ok() {
    requireNotBroken();
    if (actor == nullptr) {
      co_await step();
      if (isBroken())
        co_return;
      if (actor == nullptr)
        actor = makeActor();
    }
  }
  // What is found is from after the wait, and breaking takes it away.
  coro::task<> presence_is_enough_ok() {
    requireNotBroken();
    co_await step();
    if (actor)
      actor->request();
  }
  // Broken or not, it counts.
  coro::task<> other_state_ok() {
    requireNotBroken();
    if (starts == 0) {
      co_await step();
      if (starts == 0)
        starts = 1;
    }
  }
  coro::task<> before_the_wait_ok() {
    requireNotBroken();
    if (actor == nullptr)
      actor = makeActor();
    co_await step();
  }
};

// Nothing breaks this one while it waits.
struct Sound {
  std::optional<int> broken;
  std::unique_ptr<Actor> actor;
  void drop() { actor = nullptr; }
  void repair() { broken.reset(); }
  coro::task<> ok() {
    if (broken)
      co_return;
    if (!actor) {
      co_await step();
      if (!actor)
        actor = makeActor();
    }
  }
};

// The two are not connected: no code changes both.
struct Apart {
  bool paused = false;
  std::unique_ptr<Actor> actor;
  void pause() { paused = true; }
  void drop() { actor = nullptr; }
  coro::task<> ok() {
    if (paused)
      co_return;
    if (!actor) {
      co_await step();
      if (!actor)
        actor = makeActor();
    }
  }
};

// A lock from the first condition to the act.
struct Locked {
  coro::async_mutex mutex;
  bool closed = false;
  std::unique_ptr<Actor> actor;
  coro::task<> close() {
    auto guard = co_await mutex.lock();
    closed = true;
    actor.reset();
  }
  coro::task<> ok() {
    auto guard = co_await mutex.lock();
    if (closed)
      co_return;
    if (!actor) {
      co_await step();
      if (!actor)
        actor = makeActor();
    }
  }
};

// A predicate that reads several members, asked before the wait; afterwards, one
// of them is asked.
struct Pair {
  bool open = false;
  std::shared_ptr<Actor> actor;
  std::vector<int> queue;
  bool ready() const { return open && actor != nullptr; }
  void close() {
    open = false;
    actor.reset();
  }
  void clear() { queue.clear(); }

  coro::task<> none_asked_bad() {
    if (!ready())
      co_return;
    co_await step();
    actor->request(); // warn: coro-stale-state
  }
  coro::task<> wrong_one_asked_bad() {
    if (!ready() || queue.empty())
      co_return;
    co_await step();
    if (ready())
      queue.front(); // warn: coro-stale-state
  }
  coro::task<> all_asked_ok() {
    if (!ready())
      co_return;
    co_await step();
    if (!ready())
      co_return;
    actor->request();
  }
  coro::task<> one_is_enough_ok() {
    if (!ready())
      co_return;
    co_await step();
    if (actor)
      actor->request();
  }
  coro::task<> flag_is_enough_ok() {
    if (!ready())
      co_return;
    co_await step();
    if (open)
      actor->request();
  }
};
