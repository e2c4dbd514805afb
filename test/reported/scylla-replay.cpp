// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/4187
// A continuation refers to a local of the function that returns the future. It
// works as long as the future is ready.

#include <map>
#include <seastar/seastar.hh>
#include <string>
using seastar::future;
future<long> truncatedAt(std::string table);

struct Replayer {
  std::map<std::string, long> positions;

  future<> reported_bad(std::string prefix, int n) {
    std::string uuid = prefix + std::to_string(n);
    return truncatedAt(uuid).then([this, &uuid](long position) { // warn: coro-dangling-reference
      positions[uuid] = position;
    });
  }
  future<> mended_ok(std::string prefix, int n) {
    std::string uuid = prefix + std::to_string(n);
    return truncatedAt(uuid).then([this, uuid](long position) { positions[uuid] = position; });
  }
  future<> awaited_ok(std::string prefix, int n) {
    std::string uuid = prefix + std::to_string(n);
    co_await truncatedAt(uuid).then([this, &uuid](long position) { positions[uuid] = position; });
  }
};
