// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/29954
// A lambda refers to a by-value parameter; it is handed on and runs in a thread that
// outlives the call.
#include <functional>
#include <seastar/seastar.hh>
#include <string>
#include <vector>
using seastar::future;
struct AbortSource;
struct Directory {
  future<> start(std::string location, AbortSource *abort);
  std::vector<int> sstables();
};
using StartDirectory = std::function<future<>(Directory &)>;

inline future<std::vector<int>> getSstablesFrom(StartDirectory start) {
  return seastar::async([start = std::move(start)] {
    Directory directory;
    start(directory).get();
    return directory.sstables();
  });
}
inline future<std::vector<int>> from_object_store_bad(std::string bucket, std::function<AbortSource *()> getAbortSource) {
  return getSstablesFrom([bucket, &getAbortSource](Directory &d) { // warn: coro-dangling-reference
    return d.start(bucket, getAbortSource());
  });
}
inline future<std::vector<int>> from_object_store_ok(std::string bucket, std::function<AbortSource *()> getAbortSource) {
  return getSstablesFrom([bucket, getAbortSource](Directory &d) {
    return d.start(bucket, getAbortSource());
  });
}
