// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/apple/foundationdb/pull/12954
// Awaiting a future gives a reference into the state that it shares; of a
// temporary, that ends with the statement.

#include <foundationdb/foundationdb.h>
#include <string>
#include <vector>

using Keys = std::vector<std::string>;
Future<Keys> get_keys();
AsyncResult<Keys> take_keys();
void use(const Keys &keys);

struct Cache {
  Future<Keys> latest;
  Future<Keys> get() { return latest; }

  AsyncResult<int> result_bad() {
    auto const &keys = co_await get_keys(); // warn: coro-dangling-reference
    use(keys);
    co_return 0;
  }
  AsyncResult<int> copied_ok() {
    auto keys = co_await get_keys();
    use(keys);
    co_return 0;
  }
  AsyncResult<int> kept_ok() {
    Future<Keys> pending = get_keys();
    auto const &keys = co_await pending;
    use(keys);
    co_return 0;
  }
  AsyncResult<int> cached_ok() {
    auto const &keys = co_await get();
    use(keys);
    co_return 0;
  }
  AsyncResult<int> moved_ok() {
    auto const &keys = co_await take_keys();
    use(keys);
    co_return 0;
  }
};
