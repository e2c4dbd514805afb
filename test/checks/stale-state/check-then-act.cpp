// RUN: %check_corolint %s coro-stale-state %t
// A condition reads shared state, the coroutine suspends, and then it acts as if
// the condition still held.
#include "coro.h"
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct Connection {
  coro::task<bool> ping();
  int id();
};
void log(int);

// A null test, an await, a dereference.
struct Pointer {
  std::shared_ptr<Connection> conn;
  void onClose() { conn.reset(); }
  void onOpen() { conn = std::make_shared<Connection>(); }

  coro::task<> dereferenced_bad() {
    if (!conn)
      co_return;
    co_await conn->ping();
    log(conn->id()); // warn: coro-stale-state
  }
  coro::task<> inside_bad() {
    if (conn) {
      bool alive = co_await conn->ping();
      if (alive)
        log(conn->id()); // warn: coro-stale-state
    }
  }
  coro::task<> checked_again_ok() {
    if (!conn)
      co_return;
    co_await conn->ping();
    if (!conn)
      co_return;
    log(conn->id());
  }
  coro::task<> checked_in_the_condition_ok() {
    if (!conn)
      co_return;
    bool alive = co_await conn->ping();
    if (alive && conn)
      log(conn->id());
  }
  coro::task<> copied_ok() {
    auto mine = conn;
    if (!mine)
      co_return;
    co_await mine->ping();
    log(mine->id());
  }
  coro::task<> before_the_wait_ok() {
    if (!conn)
      co_return;
    int id = conn->id();
    co_await conn->ping();
    log(id);
  }
  coro::task<> never_suspends_ok() {
    if (!conn)
      co_return;
    co_await coro::never();
    log(conn->id());
  }
  coro::task<> by_a_helper_ok() {
    if (!isOpen())
      co_return;
    co_await conn->ping();
    if (!isOpen())
      co_return;
    log(conn->id());
  }
  coro::task<> by_a_helper_bad() {
    if (!isOpen())
      co_return;
    co_await conn->ping();
    log(conn->id()); // warn: coro-stale-state
  }
  bool isOpen() const { return conn != nullptr; }
};

// What replaces the pointer only ever by another object takes nothing away.
struct AlwaysThere {
  std::shared_ptr<Connection> conn;
  void renew() { conn = std::make_shared<Connection>(); }

  coro::task<> ok() {
    if (!conn)
      co_return;
    co_await conn->ping();
    log(conn->id());
  }
};

struct Raw {
  Connection *conn = nullptr;
  void onClose() { conn = nullptr; }
  coro::task<> bad() {
    if (conn != nullptr) {
      co_await conn->ping();
      conn->id(); // warn: coro-stale-state
    }
  }
};

struct Optional {
  std::optional<int> best;
  void forget() { best.reset(); }
  coro::task<> bad() {
    if (!best.has_value())
      co_return;
    co_await coro::async_op();
    log(*best); // warn: coro-stale-state
  }
};

// A flag that an event sets while the coroutine clears it.
struct Dirty {
  bool dirty = false;
  void touch() { dirty = true; }
  coro::task<> write();

  coro::task<> bad() {
    if (dirty) {
      co_await write();
      dirty = false; // warn: coro-stale-state
    }
  }
  coro::task<> cleared_first_ok() {
    if (dirty) {
      dirty = false;
      co_await write();
    }
  }
  coro::task<> loop_ok() {
    while (dirty) {
      dirty = false;
      co_await write();
    }
  }
  coro::task<> exchanged_ok() {
    if (std::exchange(dirty, false))
      co_await write();
  }
};

// Both write the same value: neither harms the other.
template <typename T> void spawn(T &&);
class SameValue {
  bool closed = false;
  coro::task<> flush();
  coro::task<> shutdown_ok() {
    if (closed)
      co_return;
    co_await flush();
    closed = true;
  }

public:
  void close() { closed = true; }
  void start() { spawn(shutdown_ok()); }
};

struct Queue {
  std::deque<int> jobs;
  void cancel() { jobs.clear(); }
  coro::task<> run(int);

  coro::task<> bad() {
    if (jobs.empty())
      co_return;
    co_await coro::async_op();
    int job = jobs.front(); // warn: coro-stale-state
    co_await run(job);
  }
  coro::task<> loop_bad() {
    while (!jobs.empty()) {
      co_await run(jobs.front());
      jobs.pop_front(); // warn: coro-stale-state
    }
  }
  coro::task<> taken_first_ok() {
    while (!jobs.empty()) {
      int job = jobs.front();
      jobs.pop_front();
      co_await run(job);
    }
  }
};

// Others only add: what was found stays there.
struct Writer {
  std::deque<std::string> lines;
  void deliver(std::string line) { lines.push_back(std::move(line)); }
  coro::task<> send(const std::string &);

  coro::task<> pump_ok() {
    while (!lines.empty()) {
      co_await send(lines.front());
      lines.pop_front();
    }
  }
};

struct Cache {
  std::map<int, std::string> known;
  void forget(int id) { known.erase(id); }
  coro::task<std::string> load(int);

  coro::task<std::string> overwritten_bad(int id) {
    if (!known.contains(id)) {
      auto value = co_await load(id);
      known[id] = value; // warn: coro-stale-state
    }
    co_return known.at(id);
  }
  coro::task<> another_key_ok(int id) {
    if (known.contains(id))
      co_return;
    auto value = co_await load(id);
    known[id + 1] = value;
  }
  coro::task<> tried_ok(int id) {
    if (known.contains(id))
      co_return;
    auto value = co_await load(id);
    known.try_emplace(id, value);
  }
  coro::task<> inserted_ok(int id) {
    auto it = known.find(id);
    if (it != known.end())
      co_return;
    auto value = co_await load(id);
    known.emplace(id, value);
  }
};

struct Pool {
  int active = 0, limit = 4;
  void release() { --active; }
  coro::task<> connect();

  coro::task<> counted_bad() {
    if (active < limit) {
      co_await connect();
      ++active; // warn: coro-stale-state
    }
  }
  coro::task<> counted_first_ok() {
    if (active >= limit)
      co_return;
    ++active;
    co_await connect();
    --active;
  }
};

// An epoch that is compared again says whether anything changed.
struct Epoch {
  std::shared_ptr<Connection> conn;
  int epoch = 0;
  void reset() {
    ++epoch;
    conn.reset();
  }
  coro::task<> ok() {
    if (!conn)
      co_return;
    int before = epoch;
    co_await coro::async_op();
    if (before != epoch)
      co_return;
    log(conn->id());
  }
};

// A flag that everyone sets who takes the state away.
struct Flagged {
  std::shared_ptr<Connection> conn;
  bool closed = false;
  void close() {
    closed = true;
    conn.reset();
  }
  coro::task<> ok() {
    if (!conn)
      co_return;
    co_await coro::async_op();
    if (closed)
      co_return;
    log(conn->id());
  }
};

// An assertion is no second check: it does not handle anything.
[[noreturn]] void fail();
struct Asserted {
  std::deque<int> jobs;
  void clear() { jobs.clear(); }
  coro::task<> bad() {
    if (jobs.empty())
      co_return;
    co_await coro::async_op();
    jobs.empty() ? fail() : (void)0;
    log(jobs.front()); // warn: coro-stale-state
  }
};

// The check controls nothing that follows.
struct Unrelated {
  std::shared_ptr<Connection> conn;
  int count = 0;
  void reset() { conn.reset(), count = 0; }
  coro::task<> ok() {
    if (count > 3)
      log(count);
    co_await coro::async_op();
    count = 1;
  }
};

bool ready;
void onReady() { ready = true; }
coro::task<> global_bad() {
  if (ready) {
    co_await coro::async_op();
    ready = false; // warn: coro-stale-state
  }
}
coro::task<> local_ok() {
  bool mine = true;
  if (mine) {
    co_await coro::async_op();
    mine = false;
  }
}

// One check is one finding, at the first act that rests on it.
struct Branches {
  int state = 0;
  void reset() { state = 0; }
  coro::task<> bad(bool b) {
    if (state != 0)
      co_return;
    co_await coro::async_op();
    if (b)
      state = 1; // warn: coro-stale-state
    else
      state = 2;
  }
  coro::task<> both_bad() {
    if (state != 0)
      co_return;
    co_await coro::async_op();
    state = 1; // warn: coro-stale-state
    if (state != 1)
      co_return;
    co_await coro::async_op();
    state = 2; // warn: coro-stale-state
  }
};

// Constants that no signed number holds.
struct Position {
  unsigned long pos = 0;
  void rewind() { pos = static_cast<unsigned long>(-1); }
  coro::task<> bad() {
    if (pos == static_cast<unsigned long>(-1))
      co_return;
    co_await coro::async_op();
    pos = 4; // warn: coro-stale-state
  }
  coro::task<> ok() {
    if (pos != 4)
      co_return;
    co_await coro::async_op();
    log(4);
  }
};

// What a class template keeps to itself is its own business.
template <typename T> class Ring {
  T *first = nullptr;
  int used = 0;

public:
  bool empty() const { return used == 0; }
  void drop() { used = used - 1; }
  int limit = 0;
};
struct Rings {
  Ring<int> ring;
  void clear() { ring.drop(), ring.limit = 0; }
  coro::task<> internal_ok() {
    if (!ring.empty()) {
      co_await coro::async_op();
      ring.drop();
    }
  }
  coro::task<> public_bad() {
    if (ring.limit > 3) {
      co_await coro::async_op();
      ring.limit = 4; // warn: coro-stale-state
    }
  }
};
template <typename T> class Own {
  int used = 0;

public:
  void clear() { used = 0; }
  coro::task<> bad() {
    if (used > 3) {
      co_await coro::async_op();
      used = used - 1; // warn: coro-stale-state
    }
  }
};
template class Own<int>;

// A callee that tests for itself.
class Careful {
  std::shared_ptr<Connection> conn;
  void closeIfOpen() {
    if (conn)
      log(conn->id());
  }
  void closeOpen() { log(conn->id()); }
  bool other = false;
  void closeOnOther() {
    if (other)
      log(conn->id());
  }

public:
  void lost() { conn.reset(); }
  coro::task<> ok() {
    if (!conn)
      co_return;
    co_await coro::async_op();
    closeIfOpen();
  }
  coro::task<> bad() {
    if (!conn)
      co_return;
    co_await coro::async_op();
    closeOpen(); // warn: coro-stale-state
  }
  coro::task<> tests_other_bad() {
    if (!conn)
      co_return;
    co_await coro::async_op();
    closeOnOther(); // warn: coro-stale-state
  }
};

// What counts up may be set back to zero, and what counts down may not.
struct Rate {
  int bytes = 0, limit = 9;
  void setLimit(int most) { limit = most, bytes = 0; }
  coro::task<> up_ok() {
    if (bytes < 3)
      co_await coro::async_op();
    bytes += 4;
  }
};
struct GuardedRate {
  int bytes = 0;
  void reset() { bytes = 0; }
  coro::task<> up_ok() {
    if (bytes > 3) {
      co_await coro::async_op();
      ++bytes;
    }
  }
};
struct Budget {
  int bytes = 0;
  void reset() { bytes = 0; }
  coro::task<> down_bad() {
    if (bytes > 3) {
      co_await coro::async_op();
      --bytes; // warn: coro-stale-state
    }
  }
};
struct Slots {
  int used = 0, most = 3;
  void take() { ++used; }
  coro::task<> bad() {
    if (used < most) {
      co_await coro::async_op();
      ++used; // warn: coro-stale-state
    }
  }
};

// A part is checked, and the whole is replaced: as much as replacing the part.
struct Pass {
  int number = 0;
  bool valid() const { return number != 0; }
};
coro::task<Pass> requestPass();
void start(coro::task<>);

class Authoriser {
  Pass held;

public:
  coro::task<> renew_bad() {
    if (!held.valid())
      held = co_await requestPass(); // warn: coro-stale-state
  }
  coro::task<> renew_ok() {
    if (!held.valid()) {
      Pass fresh = co_await requestPass();
      if (!held.valid())
        held = fresh;
    }
  }
};
void startTwice(Authoriser &authoriser) {
  start(authoriser.renew_bad());
  start(authoriser.renew_bad());
  start(authoriser.renew_ok());
  start(authoriser.renew_ok());
}

// Whoever waits for it calls it once more.
class Alone {
  Pass held;

public:
  coro::task<> renew_ok() {
    if (!held.valid())
      held = co_await requestPass();
  }
};
coro::task<> oneAfterTheOther(Alone &alone) {
  co_await alone.renew_ok();
  co_await alone.renew_ok();
}
