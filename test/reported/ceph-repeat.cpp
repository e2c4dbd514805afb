// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/ceph/ceph/pull/48505
// A continuation inside the body of repeat() refers to a capture of the body; repeat calls the body where it is and
// moves it when its future is not ready.
#include <optional>
#include <seastar/seastar.hh>
#include <string>
#include <utility>
using seastar::future;
enum class stop_iteration { no, yes };
struct Values { bool done; std::string next; };
struct Store { future<Values> omapGetValues(std::string start); };

inline future<> read_bad(Store &store) {
  return seastar::repeat([&store, start = std::string()]() mutable {
    return store.omapGetValues(start).then([&start](Values values) { // warn: coro-dangling-reference
      start = values.next;
      return values.done ? stop_iteration::yes : stop_iteration::no;
    });
  });
}
struct Reader {
  Store &store;
  std::string next;
  future<> read_ok() {
    return seastar::repeat([this] {
      return store.omapGetValues(next).then([this](Values values) {
        next = values.next;
        return values.done ? stop_iteration::yes : stop_iteration::no;
      });
    });
  }
};
