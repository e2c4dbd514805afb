// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/CesiumGS/cesium-native/pull/825
// A continuation on the main thread waits for a future whose own continuation
// wants that thread. (There the library has its own futures; here folly's.)

#include <folly/folly.h>

folly::Future<int> load(int tile);
void show(int);

inline void update_bad(folly::EventBase &main_thread) {
  main_thread.runInEventBaseThread([&main_thread] {
    int tile = load(1).via(&main_thread).get(); // warn: coro-sync-over-async
    show(tile);
  });
}

inline void update_ok(folly::EventBase &main_thread) {
  main_thread.runInEventBaseThread([&main_thread] {
    load(1).via(&main_thread).thenValue([](int tile) { show(tile); });
  });
}
