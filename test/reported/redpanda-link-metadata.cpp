// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/28228
// The manager holds a reference to a link's metadata while it asks the remote
// cluster; applying a snapshot clears the table.

#include <seastar/seastar.hh>
#include <string>
#include <unordered_map>

using seastar::future;

struct Metadata {
  std::string name;
};
future<bool> probe(const std::string &name);
void publish(const Metadata &link);

class Links {
  std::unordered_map<int, Metadata> links;

public:
  const Metadata &at(int id) const { return links.at(id); }
  void apply_snapshot() { links.clear(); }

  future<> check_bad(int id) {
    const Metadata &link = at(id);
    if (co_await probe(link.name))
      publish(link); // warn: coro-stale-state
  }

  future<> check_ok(int id) {
    const Metadata link = at(id);
    if (co_await probe(link.name))
      publish(link);
  }
};
