// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/erigontech/silkworm/pull/2605
// A function calls a lambda and returns the lazy task that another function
// makes of its task: the lambda is gone before it begins.

#include <asio.hpp>
#include <functional>
template <class T> using Task = asio::awaitable<T>;
struct Tx {};
Task<void> spawnTask(asio::io_context &context, Task<void> task);

class Triggers {
  asio::io_context &context;
  Tx *current = nullptr;

public:
  explicit Triggers(asio::io_context &context) : context(context) {}
  Task<void> schedule_bad(std::function<void(Tx &)> callback) {
    auto caller = [this, c = std::move(callback)]() -> Task<void> {
      c(*current); // warn: coro-dangling-reference
      co_return;
    };
    return spawnTask(context, caller());
  }
  Task<void> schedule_ok(std::function<void(Tx &)> callback) {
    auto caller = [this, c = std::move(callback)]() -> Task<void> {
      c(*current);
      co_return;
    };
    co_return co_await spawnTask(context, caller());
  }
  Task<void> scheduleGoodPassed(std::function<void(Tx &)> callback) {
    return spawnTask(context, [](Triggers *self, std::function<void(Tx &)> c) -> Task<void> {
      c(*self->current);
      co_return;
    }(this, std::move(callback)));
  }
};
