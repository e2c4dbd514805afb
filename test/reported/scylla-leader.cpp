// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/19715
// A handler of the REST API owns its request; what runs on the other shard refers to it.
#include <functional>
#include <memory>
#include <seastar/seastar.hh>
#include <string>
using seastar::future;
struct Request { std::string queryParam(const std::string &name) const; };
struct RaftGroupRegistry {
  std::string leaderOf(const std::string &group);
  std::string group0Leader();
};

inline future<std::string> leader_host_bad(seastar::sharded<RaftGroupRegistry> &registry, std::unique_ptr<Request> req) {
  return registry.invoke_on(0, [&req](RaftGroupRegistry &raft) { // warn: coro-dangling-reference
    auto group = req->queryParam("group_id");
    return group.empty() ? raft.group0Leader() : raft.leaderOf(group);
  });
}
inline future<std::string> leader_host_ok(seastar::sharded<RaftGroupRegistry> &registry, std::unique_ptr<Request> req) {
  auto group = req->queryParam("group_id");
  return registry.invoke_on(0, [group](RaftGroupRegistry &raft) {
    return group.empty() ? raft.group0Leader() : raft.leaderOf(group);
  });
}
inline future<std::string> leader_host_awaited_ok(seastar::sharded<RaftGroupRegistry> &registry, std::unique_ptr<Request> req) {
  co_return co_await registry.invoke_on(0, [&req](RaftGroupRegistry &raft) {
    auto group = req->queryParam("group_id");
    return group.empty() ? raft.group0Leader() : raft.leaderOf(group);
  });
}
