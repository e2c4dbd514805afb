// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/30400
// A coroutine lambda is handed where a callback without a result is expected:
// its future is thrown away, and it goes on when the locals that it refers to
// are gone.

#include <functional>
#include <seastar/seastar.hh>
#include <string>
#include <vector>

using seastar::future;
struct Mutation {
  std::string key;
};
void split(const Mutation &mutation, std::function<void(Mutation)> process);
future<std::string> freeze(Mutation part);

future<> apply_bad(Mutation mutation) {
  std::vector<std::string> frozen;
  split(mutation, [&](Mutation part) -> future<> { // warn: coro-discarded-task
    frozen.push_back(co_await freeze(std::move(part)));
  });
  co_return;
}
future<> apply_ok(Mutation mutation) {
  std::vector<Mutation> parts;
  split(mutation, [&](Mutation part) { parts.push_back(std::move(part)); });
  for (Mutation &part : parts)
    co_await freeze(std::move(part));
}
