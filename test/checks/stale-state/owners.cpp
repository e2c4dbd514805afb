// RUN: %check_corolint %s coro-stale-state %t
// References into an object that a shared pointer owns, reached through a copy
// of the pointer. The copy keeps the object as long as it lives itself.

#include "coro.h"
#include <map>
#include <memory>
#include <string>

struct Topology {
  std::map<std::string, int> racks;
  const std::map<std::string, int> &all() const { return racks; }
};
coro::task<> restore(std::string rack);

struct Metadata {
  std::shared_ptr<Topology> get() const { return current; }
  void set(std::shared_ptr<Topology> fresh) { current = fresh; }

  coro::task<> in_passing_bad() {
    const auto &racks = get()->all();
    for (const auto &[rack, nodes] : racks) // warn: coro-stale-state
      co_await restore(rack);
  }
  coro::task<> kept_ok() {
    auto mine = get();
    for (const auto &[rack, nodes] : mine->all())
      co_await restore(rack);
  }
  coro::task<> extended_ok() {
    const auto &mine = get();
    for (const auto &[rack, nodes] : mine->all())
      co_await restore(rack);
  }

private:
  std::shared_ptr<Topology> current;
};

// Somebody else's object, by reference: its public methods run meanwhile.
struct Restore {
  Metadata &metadata;
  coro::task<> of_other_bad() {
    const auto &racks = metadata.get()->all();
    for (const auto &[rack, nodes] : racks) // warn: coro-stale-state
      co_await restore(rack);
  }
};
// A part of its own, whose methods nobody else calls.
struct Owner {
  Metadata metadata;
  coro::task<> of_own_ok() {
    const auto &racks = metadata.get()->all();
    for (const auto &[rack, nodes] : racks)
      co_await restore(rack);
  }
};
