// RUN: %check_corolint %s coro-stale-state %t
// Whoever isolates the state from check to act may act.
#include "coro.h"
#include <map>
#include <memory>
#include <mutex>
#include <optional>

struct Thing {
  coro::task<> work();
  void done();
};

struct Locked {
  coro::async_mutex mutex;
  std::shared_ptr<Thing> thing;
  void reset() { thing.reset(); }
  coro::task<std::shared_ptr<Thing>> make();

  coro::task<> guarded_ok() {
    auto guard = co_await mutex.lock();
    if (!thing)
      thing = co_await make();
  }
  coro::task<> checked_before_and_after_ok() {
    if (!thing) {
      auto guard = co_await mutex.lock();
      if (!thing)
        thing = co_await make();
    }
  }
  coro::task<> too_late_bad() {
    if (!thing) {
      auto guard = co_await mutex.lock();
      thing = co_await make(); // warn: coro-stale-state
    }
  }
  coro::task<> released_too_early_bad() {
    {
      auto guard = co_await mutex.lock();
      if (thing)
        co_return;
    }
    thing = co_await make(); // warn: coro-stale-state
  }
};

// A guard of a class that nothing is known of but what it looks like.
class Turn {
public:
  Turn(Turn &&) noexcept;
  ~Turn();
  void release();
};
struct Unknown {
  std::shared_ptr<Thing> thing;
  void reset() { thing.reset(); }
  coro::task<std::shared_ptr<Thing>> make();
  coro::async_awaiter<Turn> turn();
  coro::async_awaiter<> wait();
  void next();

  coro::task<> guard_ok() {
    auto mine = co_await turn();
    if (!thing)
      thing = co_await make();
  }
  coro::task<> released_bad() {
    auto mine = co_await turn();
    if (thing)
      co_return;
    mine.release();
    thing = co_await make(); // warn: coro-stale-state
  }
  // By hand: asked again after the wait for one's turn.
  coro::task<> by_hand_ok() {
    if (thing)
      co_return;
    co_await wait();
    if (!thing) {
      auto made = co_await make();
      thing = made;
    }
    next();
  }
};

// A flag that says "busy", by hand and by an object.
struct Busy {
  bool busy = false;
  std::shared_ptr<Thing> thing;
  coro::task<std::shared_ptr<Thing>> make();

  coro::task<> flag_ok() {
    if (busy)
      co_return;
    busy = true;
    if (!thing)
      thing = co_await make();
    busy = false;
  }
  coro::task<> exchanged_ok() {
    if (std::exchange(busy, true))
      co_return;
    if (!thing)
      thing = co_await make();
    busy = false;
  }
  struct Scope {
    bool &flag;
    explicit Scope(bool &flag) : flag(flag) { flag = true; }
    ~Scope() { flag = false; }
  };
  coro::task<> scope_ok() {
    if (busy)
      co_return;
    Scope scope(busy);
    if (!thing)
      thing = co_await make();
  }
};

// The work in progress is stored before the wait.
struct InFlight {
  std::map<int, std::shared_ptr<Thing>> known;
  std::map<int, bool> loading;
  coro::task<std::shared_ptr<Thing>> load(int);
  coro::task<> ok(int id) {
    if (loading.contains(id))
      co_return;
    loading[id] = true;
    if (!known.contains(id))
      known[id] = co_await load(id);
    loading.erase(id);
  }
};

// A coroutine that is awaited writes the state itself, in the same chain.
struct OwnHelper {
  std::shared_ptr<Thing> thing;
  coro::task<> load() {
    co_await coro::async_op();
    thing = std::make_shared<Thing>();
  }
  coro::task<> ok() {
    if (!thing)
      co_await load();
    thing->done();
  }
};

// An attempt to get the guard leaves one, or nothing.
struct Attempted {
  coro::async_mutex mutex;
  std::shared_ptr<Thing> thing;
  std::optional<coro::async_mutex::guard> try_lock();
  std::optional<int> ticket();
  void reset() { thing.reset(); }
  coro::task<std::shared_ptr<Thing>> make();

  coro::task<> got_ok() {
    auto guard = try_lock();
    if (!guard)
      co_return;
    if (!thing)
      thing = co_await make();
  }
  coro::task<> other_optional_bad() {
    auto number = ticket();
    if (!number)
      co_return;
    if (!thing)
      thing = co_await make(); // warn: coro-stale-state
  }
  coro::task<> let_go_bad() {
    {
      auto guard = try_lock();
      if (!guard)
        co_return;
    }
    if (!thing)
      thing = co_await make(); // warn: coro-stale-state
  }
};
