// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/29995
// A loop over racks refers into token metadata through a copy of a shared
// pointer that ends at once; a topology change replaces the metadata.

#include <map>
#include <seastar/seastar.hh>
#include <string>
using seastar::future;
using seastar::lw_shared_ptr;

struct Topology {
  std::map<std::string, int> racks;
  const std::map<std::string, int> &getRacks() const { return racks; }
};
struct Metadata {
  Topology topology;
  const Topology &getTopology() const { return topology; }
};
struct SharedMetadata {
  lw_shared_ptr<Metadata> get() const { return current; }
  void set(lw_shared_ptr<Metadata> fresh) { current = fresh; }

private:
  lw_shared_ptr<Metadata> current;
};
future<> restore(std::string rack);

struct RestoreTask {
  SharedMetadata &metadata;

  future<> reported_bad() {
    const auto &topology = metadata.get()->getTopology();
    for (const auto &[rack, nodes] : topology.getRacks()) // warn: coro-stale-state
      co_await restore(rack);
  }
  future<> mended_ok() {
    auto mine = metadata.get();
    const auto &topology = mine->getTopology();
    for (const auto &[rack, nodes] : topology.getRacks())
      co_await restore(rack);
  }
};
