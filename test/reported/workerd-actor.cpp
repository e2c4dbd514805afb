// RUN: %check_corolint %s coro-stale-state %t
// https://github.com/cloudflare/workerd/commit/aa1cfd444f96f1b29fa1861701e6f93aed4c48b2
// A container starts its actor on demand, unless it is broken. The class of the
// actor may have to be awaited first. Afterwards, only the actor is looked for
// again, and a container that broke meanwhile gets a new one.

#include "coro.h"
#include <memory>
#include <optional>

struct Actor {
  void request();
};
struct ActorClass {
  coro::task<> whenReady();
  std::unique_ptr<Actor> create();
};
[[noreturn]] void throwFatal(int reason);

class ActorContainer {
  std::optional<int> brokenReason;
  std::unique_ptr<Actor> actor;
  ActorClass actorClass;

public:
  void abort(int reason) {
    brokenReason = reason;
    actor = nullptr;
  }
  void requireNotBroken() {
    if (brokenReason)
      throwFatal(*brokenReason);
  }
  coro::task<> start_bad() {
    requireNotBroken();
    if (actor == nullptr) {
      co_await actorClass.whenReady();
      if (actor == nullptr)
        actor = actorClass.create(); // warn: coro-stale-state
    }
    actor->request();
  }
  coro::task<> start_ok() {
    requireNotBroken();
    if (actor == nullptr) {
      co_await actorClass.whenReady();
      requireNotBroken();
      if (actor == nullptr)
        actor = actorClass.create();
    }
    actor->request();
  }
};
