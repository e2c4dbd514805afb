// RUN: %check_corolint %s coro-stale-state %t
// State several members deep: each part of the path leads to the same place in
// every function that names it.
#include "coro.h"
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

coro::task<> step();
void see(int);
void on(std::function<void()>);

struct Link {
  int fd = 0;
  void send();
};
struct Channel {
  bool open = false;
  int credit = 0;
  std::unique_ptr<Link> link;
  std::vector<int> queue;
  void shut() {
    open = false;
    link.reset();
  }
  bool usable() const { return link != nullptr; }
};
struct Peer {
  Channel channel;
  Channel spare;
  std::shared_ptr<Channel> shared;
  Channel *raw = nullptr;
};

// Everything by value, in one object.
struct Values {
  Peer peer;
  void onClose() { peer.channel.link.reset(); }

  coro::task<> three_deep_bad() {
    if (!peer.channel.link)
      co_return;
    co_await step();
    peer.channel.link->send(); // warn: coro-stale-state
  }
  coro::task<> through_a_reference_bad() {
    Channel &channel = peer.channel;
    if (!channel.link)
      co_return;
    co_await step();
    channel.link->send(); // warn: coro-stale-state
  }
  // Another member of the same class.
  coro::task<> spare_ok() {
    if (!peer.spare.link)
      co_return;
    co_await step();
    peer.spare.link->send();
  }
  coro::task<> asked_again_ok() {
    if (!peer.channel.link)
      co_return;
    co_await step();
    if (peer.channel.usable())
      peer.channel.link->send();
  }
  coro::task<> asked_through_a_reference_ok() {
    auto &channel = peer.channel;
    if (!channel.usable())
      co_return;
    co_await step();
    if (!peer.channel.link)
      co_return;
    channel.link->send();
  }
};

// The inner object has a method that changes it.
struct Methods {
  Peer peer;
  void onClose() { peer.channel.shut(); }

  coro::task<> bad() {
    if (!peer.channel.usable())
      co_return;
    co_await step();
    peer.channel.link->send(); // warn: coro-stale-state
  }
  coro::task<> flag_bad() {
    if (!peer.channel.open) {
      co_await step();
      peer.channel.open = true; // warn: coro-stale-state
    }
  }
  coro::task<> spare_ok() {
    if (!peer.spare.usable())
      co_return;
    co_await step();
    peer.spare.link->send();
  }
};

// A method that only its own coroutine calls.
class Own {
  Peer peer;
  void shut() { peer.spare.shut(); }

public:
  coro::task<> ok() {
    if (!peer.spare.open)
      co_return;
    co_await step();
    shut();
    peer.spare.open = true;
  }
};

// Behind pointers.
struct Pointers {
  std::shared_ptr<Peer> peer;
  void onClose() { peer->channel.link.reset(); }
  void onReset() {
    auto mine = peer;
    mine->channel.queue.clear();
  }

  coro::task<> pointer_bad() {
    if (!peer->channel.link)
      co_return;
    co_await step();
    peer->channel.link->send(); // warn: coro-stale-state
  }
  coro::task<> keeps_the_peer_bad() {
    auto mine = peer;
    if (!mine->channel.link)
      co_return;
    co_await step();
    // The copy keeps the peer, not the link.
    mine->channel.link->send(); // warn: coro-stale-state
  }
  coro::task<> queue_bad() {
    if (peer->channel.queue.empty())
      co_return;
    co_await step();
    see(peer->channel.queue.front()); // warn: coro-stale-state
  }
  coro::task<> queue_ok() {
    if (peer->channel.queue.empty())
      co_return;
    int first = peer->channel.queue.front();
    co_await step();
    see(first);
  }
};

// A chain of pointers; the inner object has a method that changes it.
struct Connection {
  int state = 0;
  std::shared_ptr<Link> link;
  void drop() { link = nullptr; }
};
struct Chain {
  Connection *conn;
  std::shared_ptr<Peer> peer;
  coro::task<> method_of_the_inner_object_bad() {
    if (!conn->link)
      co_return;
    co_await step();
    conn->link->send(); // warn: coro-stale-state
  }
  coro::task<> copy_of_the_inner_owner_ok() {
    auto link = conn->link;
    if (!link)
      co_return;
    co_await step();
    link->send();
  }
  coro::task<> raw_bad() {
    if (peer->raw->link == nullptr)
      co_return;
    co_await step();
    peer->raw->link->send(); // warn: coro-stale-state
  }
};

// The whole inner object is replaced.
struct Replaced {
  std::optional<Peer> peer;
  Peer plain;
  void onReset() { plain = Peer(); }
  void onDrop() { peer.reset(); }
  coro::task<> assigned_bad() {
    if (!plain.channel.link)
      co_return;
    co_await step();
    plain.channel.link->send(); // warn: coro-stale-state
  }
  coro::task<> method_on_part_bad() {
    if (!peer.has_value())
      co_return;
    co_await step();
    peer->channel.shut(); // warn: coro-stale-state
  }
};

// The inner object tells its owner through a method of its own.
struct Inner {
  std::shared_ptr<Link> link;
  void lose() { link.reset(); }
};
struct Middle {
  Inner inner;
  Inner &get() { return inner; }
  void onLost() { inner.lose(); }
};
struct Outer {
  Middle middle;
  void event() { middle.onLost(); }
  coro::task<> through_an_accessor_bad() {
    if (!middle.get().link)
      co_return;
    co_await step();
    middle.get().link->send(); // warn: coro-stale-state
  }
};

// Nobody else knows the objects.
struct Session {
  Peer peer;
};
coro::task<> own_session_ok() {
  Session session;
  if (!session.peer.channel.link)
    co_return;
  co_await step();
  session.peer.channel.link->send();
}
coro::task<> by_value_ok(Session session) {
  if (!session.peer.channel.link)
    co_return;
  co_await step();
  session.peer.channel.link->send();
}

// Only set up and torn down by others.
struct Quiet {
  Peer peer;
  Quiet() { peer.channel.shut(); }
  ~Quiet() { peer.channel.shut(); }
  coro::task<> ok() {
    if (!peer.channel.usable())
      co_return;
    co_await step();
    peer.channel.link->send();
  }
};

// A lock from the check to the act.
struct Locked {
  coro::async_mutex mutex;
  Peer peer;
  coro::task<> close() {
    auto guard = co_await mutex.lock();
    peer.channel.shut();
  }
  coro::task<> ok() {
    auto guard = co_await mutex.lock();
    if (!peer.channel.usable())
      co_return;
    co_await step();
    peer.channel.link->send();
  }
};

// Counters and constants.
struct Counted {
  Peer peer;
  void refill() { peer.channel.credit = 0; }
  void stop() { peer.channel.open = false; }
  coro::task<> torn_bad() {
    peer.channel.credit = // warn: coro-stale-state
        peer.channel.credit * 2 + (co_await coro::async_op<int>());
  }
  coro::task<> read_last_ok() {
    int more = co_await coro::async_op<int>();
    peer.channel.credit = peer.channel.credit * 2 + more;
  }
  coro::task<> same_constant_ok() {
    if (peer.channel.open) {
      co_await step();
      peer.channel.open = false;
    }
  }
};

// The inner object is known by reference on one of the two ways, or on both.
struct Line {
  std::unique_ptr<Link> link;
};
class Breaker {
  Line &broken;

public:
  explicit Breaker(Line &line) : broken(line) {}
  void onBreak() { broken.link.reset(); }
};
struct HasLine {
  Line line;
  Breaker breaker{line};
  coro::task<> by_value_bad() {
    if (!line.link)
      co_return;
    co_await step();
    line.link->send(); // warn: coro-stale-state
  }
};
struct RefersToLine {
  Line &other;
  coro::task<> by_reference_bad() {
    if (!other.link)
      co_return;
    co_await step();
    other.link->send(); // warn: coro-stale-state
  }
  coro::task<> asked_again_ok() {
    if (!other.link)
      co_return;
    co_await step();
    if (other.link)
      other.link->send();
  }
};

// An object that a smart pointer or a container owns is no member of another.
struct Wire {
  std::unique_ptr<Link> link;
};
struct Wired {
  Wire wire;
};
struct Elsewhere {
  std::shared_ptr<Wired> shared;
  std::map<int, Wired> several;
  void drop(int id) {
    shared->wire.link.reset();
    several[id].wire.link.reset();
  }
};
struct MemberOfItsOwn {
  Wired wired;
  coro::task<> ok() {
    if (!wired.wire.link)
      co_return;
    co_await step();
    wired.wire.link->send();
  }
};
struct MayPointToAny {
  Wired *wired;
  coro::task<> bad() {
    if (!wired->wire.link)
      co_return;
    co_await step();
    wired->wire.link->send(); // warn: coro-stale-state
  }
};

// A handle of the own object, and a callback.
struct Session2 : std::enable_shared_from_this<Session2> {
  struct Conn {
    std::unique_ptr<Link> link;
  };
  std::shared_ptr<Conn> conn;
  void start() {
    on([this] { conn->link.reset(); });
  }
  coro::task<> bad() {
    auto self = shared_from_this();
    if (!self->conn->link)
      co_return;
    co_await step();
    self->conn->link->send(); // warn: coro-stale-state
  }
};

// Helpers that get the inner object by reference.
struct Port {
  std::unique_ptr<Link> link;
};
struct Ports {
  Port used, spare;
};
static void drop(Port &port) { port.link.reset(); }
static void dropUsed(Ports &ports) { drop(ports.used); }
struct HasPorts {
  Ports ports;
  void close() { dropUsed(ports); }
  coro::task<> bad() {
    if (!ports.used.link)
      co_return;
    co_await step();
    ports.used.link->send(); // warn: coro-stale-state
  }
  coro::task<> spare_ok() {
    if (!ports.spare.link)
      co_return;
    co_await step();
    ports.spare.link->send();
  }
};

// The object around the state is moved away, or its owner gets another one.
struct Parts {
  struct Part {
    std::unique_ptr<Link> link;
  } part;
};
struct Moved {
  Parts parts, kept;
  Parts take() { return std::move(parts); }
  coro::task<> bad() {
    if (!parts.part.link)
      co_return;
    co_await step();
    parts.part.link->send(); // warn: coro-stale-state
  }
  coro::task<> other_ok() {
    if (!kept.part.link)
      co_return;
    co_await step();
    kept.part.link->send();
  }
};
struct Renewed {
  std::shared_ptr<Parts> parts;
  Parts *raw = nullptr;
  void renew() {
    parts = std::make_shared<Parts>();
    raw = parts.get();
  }
  coro::task<> bad() {
    if (!parts->part.link)
      co_return;
    co_await step();
    parts->part.link->send(); // warn: coro-stale-state
  }
  coro::task<> owner_ok() {
    auto mine = parts;
    if (!mine->part.link)
      co_return;
    co_await step();
    mine->part.link->send();
  }
  coro::task<> asked_again_ok() {
    if (!parts->part.link)
      co_return;
    co_await step();
    if (parts->part.link)
      parts->part.link->send();
  }
  // The object behind the old pointer is still there.
  coro::task<> raw_ok() {
    Parts *mine = raw;
    if (!mine->part.link)
      co_return;
    co_await step();
    mine->part.link->send();
  }
};
