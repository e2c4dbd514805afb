// RUN: %check_corolint %s coro-stale-state %t -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/queue.yaml"}}' \
// RUN:   -- -I%S/Inputs
#include "coro.h"
#include "predicate.h"
#include <memory>
#include <mutex>
#include <vector>

struct Thing {
  coro::task<> work();
  void done();
};
coro::task<int> fetch(int);
coro::task<std::shared_ptr<Thing>> make();
template <typename T> void spawn(T &&);
void whenAll(auto... tasks);

struct Used {
  std::shared_ptr<Thing> thing;
  void onClose() { thing.reset(); }
  coro::task<> use() {
    if (!thing)
      co_return;
    co_await thing->work();
    thing->done();
  }
};

struct Changed {
  bool dirty = false;
  coro::task<> flush() {
    if (dirty) {
      co_await fetch(1);
      dirty = false;
    }
  }
  coro::task<> mark() {
    co_await fetch(1);
    dirty = true;
  }
};

struct Loop {
  std::vector<int> items;
  void add() { items.push_back(1); }
  coro::task<> all() {
    for (int item : items)
      co_await fetch(item);
  }
  coro::task<> one() {
    int &first = items.front();
    co_await fetch(1);
    first = 2;
  }
};

struct Woken {
  std::vector<int> jobs;
  stub::condition added;
  void drop() { jobs.clear(); }
  coro::task<> worker() {
    co_await added.wait([this] { return !jobs.empty(); });
    jobs.pop_back();
  }
};

class Declared {
  COROLINT_SHARED int n = 0;
  coro::task<> add() { n = co_await fetch(n); }
};

int total;
coro::task<> addTo(int id) { total = co_await fetch(total); }
void addAll() {
  for (int i = 0; i < 10; ++i)
    spawn(addTo(i));
}

struct Twice {
  int n = 0;
  coro::task<> bump() { n = co_await fetch(n); }
};
void overlap(Twice &twice) {
  whenAll(twice.bump(),
          twice.bump());
}

class Roots {
  int n = 0;
  coro::task<> bump() { n = co_await fetch(n); }

public:
  coro::task<> first() { co_await bump(); }
  coro::task<> second() { co_await bump(); }
};

struct Locked {
  std::mutex mutex;
  int n = 0;
  coro::task<> bump() { n = co_await fetch(n); }
};

struct Open {
  std::shared_ptr<Thing> thing;
  coro::task<> prepare() {
    if (!thing)
      thing = co_await make();
  }
};

struct Tabs {
  std::vector<int> tabs;
  void close() { tabs.clear(); }
  coro::task<int> f() {
    auto last = tabs.size() - 1;
    co_await coro::async_op();
    co_return tabs[last];
  }
};

struct Breakable {
  bool broken = false;
  std::unique_ptr<Thing> thing;
  void abort() {
    broken = true;
    thing.reset();
  }
  coro::task<> f() {
    if (broken)
      co_return;
    co_await coro::async_op();
    if (!thing)
      thing = std::make_unique<Thing>();
  }
};

// CHECK-NOTES: :26:10: warning: 'thing' is used after a suspension point, on a check from before it [coro-stale-state]
// CHECK-NOTES: :23:10: note: 'thing' is checked here
// CHECK-NOTES: :25:5: note: the coroutine may suspend here
// CHECK-NOTES: :21:26: note: 'onClose' may run meanwhile, and changes 'thing' here
// CHECK-NOTES: :35:7: warning: 'dirty' is changed after a suspension point, on a check from before it [coro-stale-state]
// CHECK-NOTES: :33:9: note: 'dirty' is checked here
// CHECK-NOTES: :34:7: note: the coroutine may suspend here
// CHECK-NOTES: :40:5: note: coroutine 'mark' may run meanwhile, and changes 'dirty' here
// CHECK-NOTES: :48:5: warning: the loop over 'items' suspends while 'items' may change [coro-stale-state]
// CHECK-NOTES: :49:7: note: the coroutine may suspend here
// CHECK-NOTES: :46:22: note: 'add' may run meanwhile, and changes 'items' here
// CHECK-NOTES: :54:5: warning: 'first' leads into 'items' and is used after a suspension point [coro-stale-state]
// CHECK-NOTES: :52:10: note: it is taken here
// CHECK-NOTES: :53:5: note: the coroutine may suspend here
// CHECK-NOTES: :46:22: note: 'add' may run meanwhile, and changes 'items' here
// CHECK-NOTES: :64:10: warning: 'jobs' is changed after a suspension point, on a check from before it [coro-stale-state]
// CHECK-NOTES: :63:25: note: 'jobs' is checked by this predicate
// CHECK-NOTES: :63:5: note: the coroutine may suspend here
// CHECK-NOTES: :61:22: note: 'drop' may run meanwhile, and changes 'jobs' here
// CHECK-NOTES: :70:24: warning: 'n' is written after a suspension point with a value read before it [coro-stale-state]
// CHECK-NOTES: :70:43: note: 'n' is read here
// CHECK-NOTES: :70:28: note: the coroutine may suspend here
// CHECK-NOTES: :69:23: note: declared shared here
// CHECK-NOTES: :74:30: warning: 'total' is written after a suspension point with a value read before it [coro-stale-state]
// CHECK-NOTES: :74:53: note: 'total' is read here
// CHECK-NOTES: :74:38: note: the coroutine may suspend here
// CHECK-NOTES: :77:11: note: it is started in a loop here, so several may run at once
// CHECK-NOTES: :82:25: warning: 'n' is written after a suspension point with a value read before it [coro-stale-state]
// CHECK-NOTES: :82:44: note: 'n' is read here
// CHECK-NOTES: :82:29: note: the coroutine may suspend here
// CHECK-NOTES: :85:11: note: it is started twice on one object, here for the second time
// CHECK-NOTES: :91:25: warning: 'n' is written after a suspension point with a value read before it [coro-stale-state]
// CHECK-NOTES: :91:44: note: 'n' is read here
// CHECK-NOTES: :91:29: note: the coroutine may suspend here
// CHECK-NOTES: :95:16: note: several functions that may overlap call it, one of them here
// CHECK-NOTES: :101:25: warning: 'n' is written after a suspension point with a value read before it [coro-stale-state]
// CHECK-NOTES: :101:44: note: 'n' is read here
// CHECK-NOTES: :101:29: note: the coroutine may suspend here
// CHECK-NOTES: :99:14: note: its class has a lock here: another call may run meanwhile
// CHECK-NOTES: :108:7: warning: 'thing' is changed after a suspension point, on a check from before it [coro-stale-state]
// CHECK-NOTES: :107:10: note: 'thing' is checked here
// CHECK-NOTES: :108:15: note: the coroutine may suspend here
// CHECK-NOTES: :106:16: note: another call of 'prepare' may run meanwhile and do the same
// CHECK-NOTES: :118:24: warning: 'tabs' is used after a suspension point at position 'last', which is from before it [coro-stale-state]
// CHECK-NOTES: :116:10: note: the position depends on 'tabs' here
// CHECK-NOTES: :117:5: note: the coroutine may suspend here
// CHECK-NOTES: :114:23: note: 'close' may run meanwhile, and changes 'tabs' here
// CHECK-NOTES: :134:7: warning: 'thing' is created after a suspension point, but 'broken' is checked only before it [coro-stale-state]
// CHECK-NOTES: :130:9: note: 'broken' is checked here
// CHECK-NOTES: :132:5: note: the coroutine may suspend here
// CHECK-NOTES: :126:5: note: 'abort' may run meanwhile, and changes 'broken' here
