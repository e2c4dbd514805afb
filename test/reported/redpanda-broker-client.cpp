// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/15738
// The future of an update is stored in a variable, and the reply is made without
// it.

#include <seastar/seastar.hh>
using seastar::future;
struct reply { bool success; };
struct node { int id; };
future<> update_broker_client(int self, int id);
future<> update_node(node);
struct members_manager {
  int _self = 0;
  future<reply> handle_bad(node n) {
    auto f = update_broker_client(_self, n.id); // warn: coro-discarded-task
    return update_node(n).then([] { return reply{true}; });
  }
  future<reply> handle_ok(node n) {
    auto f = update_broker_client(_self, n.id);
    co_await std::move(f);
    co_await update_node(n);
    co_return reply{true};
  }
};
