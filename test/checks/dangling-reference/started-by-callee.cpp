// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// A function that starts the task that it is handed, and returns.

#include <asio.hpp>
#include <optional>
#include <string>
using asio::awaitable;

asio::io_context &loop();
void print(const std::string &);
awaitable<void> tick();

void start(awaitable<void> task) {
  asio::co_spawn(loop(), std::move(task), asio::detached);
}
template <class Task> void start_any(Task &&task) {
  asio::co_spawn(loop(), std::forward<Task>(task), asio::detached);
}
void start_later(awaitable<void> task) { start(std::move(task)); }
void wait_for(awaitable<void> task) {
  asio::co_spawn(loop(), std::move(task), asio::use_future).get();
}
void unseen(awaitable<void> task);
void either(awaitable<void> task, bool now) {
  if (now)
    wait_for(std::move(task));
  else
    start(std::move(task));
}

awaitable<void> reads(const std::string &text) {
  co_await tick();
  print(text);
}

void local_bad(int n) {
  std::string text = std::to_string(n);
  start(reads(text)); // warn: coro-dangling-reference
}
void temporary_bad(int n) {
  start_any(reads(std::to_string(n))); // warn: coro-dangling-reference
}
void through_another_bad(int n) {
  start_later(reads(std::to_string(n))); // warn: coro-dangling-reference
}
struct Page {
  std::string name;
  void lambda_bad(int n) {
    start_any([this, n]() -> awaitable<void> {
      co_await tick();
      name = std::to_string(n); // warn: coro-dangling-reference
    }());
  }
  void argument_ok(int n) {
    start_any([](Page *page, int n) -> awaitable<void> {
      co_await tick();
      page->name = std::to_string(n);
    }(this, n));
  }
};

void waited_ok(int n) { wait_for(reads(std::to_string(n))); }
void unseen_ok(int n) { unseen(reads(std::to_string(n))); }
void either_ok(int n) { either(reads(std::to_string(n)), n > 1); }
void reference_ok(const std::string &text) { start(reads(text)); }
