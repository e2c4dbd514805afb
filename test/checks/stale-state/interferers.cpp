// RUN: %check_corolint %s coro-stale-state %t
// Who changes the state meanwhile; without anybody, there is no finding.
#include "coro.h"
#include <memory>
#include <vector>

struct Thing {
  coro::task<> work();
  void done();
};
template <typename T> void spawn(T &&);
void post(auto callback);
void whenAll(auto... tasks);

// Only construction and destruction change it.
struct Constant {
  std::unique_ptr<Thing> thing;
  Constant() { thing = std::make_unique<Thing>(); }
  ~Constant() { thing.reset(); }
  coro::task<> ok() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done();
  }
};

// A private method that nothing but the coroutine itself calls.
class Private {
  std::unique_ptr<Thing> thing;
  void drop() { thing.reset(); }

public:
  coro::task<> ok() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done();
    drop();
  }
};

// The same, reached through what an event calls.
class Reached {
  std::unique_ptr<Thing> thing;
  void drop() { thing.reset(); }

public:
  void onEvent() { drop(); }
  coro::task<> bad() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done(); // warn: coro-stale-state
  }
};

// A callback that is handed to a loop.
class Callback {
  std::unique_ptr<Thing> thing;

public:
  coro::task<> bad() {
    post([this] { thing.reset(); });
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done(); // warn: coro-stale-state
  }
};

// A virtual method, whoever calls it.
class Handler {
  std::unique_ptr<Thing> thing;
  virtual void onEnd() { thing.reset(); }

public:
  coro::task<> bad() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done(); // warn: coro-stale-state
  }
};

// One chain of calls is one at a time: while `step` waits, so does `run`.
class Chain {
  std::unique_ptr<Thing> thing;
  coro::task<> step() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done();
  }
  void finish() { thing.reset(); }

public:
  coro::task<> run_ok() {
    for (int i = 0; i < 3; ++i)
      co_await step();
    finish();
  }
};

// Two coroutines of one object.
class Both {
  std::unique_ptr<Thing> thing;
  coro::task<> reader() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done(); // warn: coro-stale-state
  }
  coro::task<> closer() {
    co_await coro::async_op();
    thing.reset();
  }

public:
  void start() {
    spawn(reader());
    spawn(closer());
  }
};

// What starts the coroutine runs before it.
class Starts {
  bool running = false;
  coro::task<> loop() {
    while (running) {
      co_await coro::async_op();
      if (++failures > 3) {
        running = false;
        co_return;
      }
    }
  }
  int failures = 0;

public:
  void start_ok() {
    running = true;
    spawn(loop());
  }
};

// The same coroutine, started again in a loop.
int total;
coro::task<int> fetch(int);
coro::task<> addTo(int id) {
  total = total + co_await fetch(id); // warn: coro-stale-state
}
void addAll() {
  for (int i = 0; i < 10; ++i)
    spawn(addTo(i));
}
int once;
coro::task<> addOnce_ok(int id) { once = once + co_await fetch(id); }
void addOneOnly() { spawn(addOnce_ok(1)); }

// Twice on one object.
struct Twice {
  int n = 0;
  coro::task<> bump() {
    n = n + co_await fetch(1); // warn: coro-stale-state
  }
};
void overlap(Twice &twice) { whenAll(twice.bump(), twice.bump()); }

// A second call that waits for the first.
struct InTurn {
  int n = 0;
  coro::task<> bump_ok() { n = n + co_await fetch(1); }
};
coro::task<> inTurn() {
  InTurn object;
  co_await object.bump_ok();
  co_await object.bump_ok();
}

// Get or create, in a method that others may call.
struct Lazy {
  std::shared_ptr<Thing> thing;
  bool started = false;
  coro::task<std::shared_ptr<Thing>> make();

  coro::task<std::shared_ptr<Thing>> get_bad() {
    if (!thing)
      thing = co_await make(); // warn: coro-stale-state
    co_return thing;
  }
  coro::task<> start_bad() {
    if (started)
      co_return;
    co_await coro::async_op();
    started = true; // warn: coro-stale-state
  }
};
class PrivateLazy {
  std::shared_ptr<Thing> thing;
  coro::task<std::shared_ptr<Thing>> make();
  coro::task<> prepare_ok() {
    if (!thing)
      thing = co_await make();
  }

public:
  coro::task<> run() { co_await prepare_ok(); }
  explicit PrivateLazy(int);
};

// A variable that another lambda has by reference.
coro::task<> captured() {
  std::vector<int> seen;
  auto add = [&]() -> coro::task<> {
    co_await coro::async_op();
    seen.clear();
  };
  spawn(add());
  if (!seen.empty()) {
    co_await coro::async_op();
    seen.pop_back(); // warn: coro-stale-state
  }
}

// Whoever assigns to an object has it for itself, as its maker has.
class Assigned {
  std::unique_ptr<Thing> thing;

public:
  Assigned(Assigned &&);
  Assigned &operator=(Assigned &&other) noexcept {
    thing = std::move(other.thing);
    return *this;
  }
  coro::task<> ok() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done();
  }
};
class Counted {
  std::shared_ptr<Thing> thing;

public:
  Counted(const Counted &);
  Counted &operator=(const Counted &other) {
    thing = other.thing;
    return *this;
  }
  coro::task<> ok() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done();
  }
};

// A method that assigns to its own object is an interferer like any.
class Restarted {
  std::unique_ptr<Thing> thing;

public:
  Restarted();
  Restarted &operator=(Restarted &&other) noexcept {
    thing = std::move(other.thing);
    return *this;
  }
  void restart() { *this = Restarted(); }
  coro::task<> bad() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done(); // warn: coro-stale-state
  }
};
// An assignment of something else is no replacement of the object.
class Fed {
  std::unique_ptr<Thing> thing;

public:
  Fed &operator=(std::unique_ptr<Thing> next) {
    thing = std::move(next);
    return *this;
  }
  coro::task<> bad() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done(); // warn: coro-stale-state
  }
};

// Members of one class are told apart by the objects that they belong to.
class Switch {
  bool on = false;

public:
  Switch();
  Switch &operator=(Switch &&other) noexcept {
    on = other.on;
    return *this;
  }
  bool isOn() const { return on; }
  void turnOn() { on = true; }
  void turnOff() { on = false; }
};
class Lamp {
  Switch own;
  Switch spare;

public:
  void useSpare() { spare.turnOn(); }
  coro::task<> ok() {
    if (own.isOn()) {
      co_await coro::async_op();
      own.turnOff();
    }
  }
};
class Heater {
  Switch own;

public:
  void replace(Switch &&next) { own = std::move(next); }
};
class Fan {
  Switch own;

public:
  coro::task<> ok() {
    if (own.isOn()) {
      co_await coro::async_op();
      own = Switch();
    }
  }
};
class Door {
  Switch own;

public:
  void force() { own.turnOn(); }
  coro::task<> bad() {
    if (!own.isOn())
      co_return;
    co_await coro::async_op();
    own = Switch(); // warn: coro-stale-state
  }
};
struct Status {
  bool busy = false;
};
class Desk {
  Status status, other;

public:
  void clear() { status.busy = false; }
  coro::task<> bad() {
    if (status.busy)
      co_return;
    co_await coro::async_op();
    status.busy = true; // warn: coro-stale-state
  }
  coro::task<> ok() {
    if (other.busy) {
      co_await coro::async_op();
      other.busy = false;
    }
  }
};
void clear(Status &status) { status.busy = false; }
class Office {
  Status status;

public:
  void clearAll() { clear(status); }
  coro::task<> bad() {
    if (status.busy)
      co_return;
    co_await coro::async_op();
    status.busy = true; // warn: coro-stale-state
  }
};

// A method that is only named runs on some object, not twice on one.
template <typename M, typename... A> void ask(int actor, M method, A...);
class Loop {
  int sent = 0, limit = 3;

public:
  coro::task<> run_ok() {
    if (sent < limit) {
      co_await coro::async_op();
      sent = sent + 1;
    }
  }
};
void startLoops() {
  for (int i = 0; i < 3; ++i)
    ask(i, &Loop::run_ok);
  ask(7, &Loop::run_ok);
  ask(8, &Loop::run_ok);
}

// Named once, and awaited by the one caller.
template <typename M> coro::task<> runOn(int actor, M method);
class Player {
  int sent = 0, limit = 3;

public:
  coro::task<> play_ok() {
    if (sent < limit) {
      co_await coro::async_op();
      sent = sent + 1;
    }
  }
};
coro::task<> startPlayer() { return runOn(1, &Player::play_ok); }
coro::task<> playOne() { co_await startPlayer(); }

// Instances of one template start it, each on an object of its own.
class Actor {
  virtual coro::task<> step() = 0;

public:
  coro::task<> loop() { co_await step(); }
};
template <typename A> void spawnActor() {
  auto actor = new A();
  spawn(actor->loop());
}
class Sender : public Actor {
  int sent = 0, limit = 3;
  coro::task<> step() override {
    if (sent < limit) {
      co_await coro::async_op();
      sent = sent + 1;
    }
  }
};
class Receiver : public Actor {
  coro::task<> step() override { co_await coro::async_op(); }
};
void spawnActors() {
  spawnActor<Sender>();
  spawnActor<Receiver>();
}
// Two coroutines that run it on an object that they are handed.
class Shared {
  int sent = 0, limit = 3;

public:
  coro::task<> step_bad() {
    if (sent < limit) {
      co_await coro::async_op();
      sent = sent + 1; // warn: coro-stale-state
    }
  }
};
coro::task<> onTimer(Shared &shared) { co_await shared.step_bad(); }
coro::task<> onInput(Shared &shared) { co_await shared.step_bad(); }
