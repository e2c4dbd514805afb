// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// Lambdas that are posted, or spawned, and refer to variables of the function
// that hands them over and then ends.

#include <asio.hpp>
#include <future>
#include <string>
#include <vector>

asio::awaitable<void> send_text(const std::string &text);
void print(const std::string &text);

void spawned_bad(asio::io_context &loop) {
  std::string text = "hello";
  asio::co_spawn(loop, [&text]() -> asio::awaitable<void> { co_await send_text(text); }, asio::detached); // warn: coro-dangling-reference
}

void posted_bad(asio::io_context &loop, int n) {
  std::string text = std::to_string(n);
  asio::post(loop, [&] { print(text); }); // warn: coro-dangling-reference
}

void parameter_bad(asio::io_context &loop, std::string text) {
  asio::defer(loop, [&text] { print(text); }); // warn: coro-dangling-reference
}

class Session {
public:
  void member_bad(int n) {
    std::vector<int> rows(n);
    asio::post(loop, [this, &rows] { count += rows.size(); }); // warn: coro-dangling-reference
  }
  void member_ok(int n) {
    std::vector<int> rows(n);
    asio::post(loop, [this, rows = std::move(rows)] { count += rows.size(); });
  }

private:
  asio::io_context &loop;
  size_t count = 0;
};

void copied_ok(asio::io_context &loop) {
  std::string text = "hello";
  asio::post(loop, [text] { print(text); });
}

void reference_ok(asio::io_context &loop, std::string &text) {
  asio::post(loop, [&text] { print(text); });
}

void run_ok(asio::io_context &loop) {
  std::string text = "hello";
  asio::post(loop, [&text] { print(text); });
  loop.run();
}

void local_loop_ok() {
  std::string text = "hello";
  asio::thread_pool pool(1);
  asio::post(pool, [&text] { print(text); });
}

void waited_ok(asio::io_context &loop) {
  std::string text = "hello";
  std::promise<void> done;
  asio::post(loop, [&] {
    print(text);
    done.set_value();
  });
  done.get_future().wait();
}

/// The destructor of what is declared after it may wait.
struct Joins {
  ~Joins();
};
void waited_by_destructor_ok(asio::io_context &loop) {
  std::string text = "hello";
  Joins joins;
  asio::post(loop, [&text] { print(text); });
}

/// It may run at once, where the loop is.
void dispatched_ok(asio::io_context &loop) {
  std::string text = "hello";
  asio::dispatch(loop, [&text] { print(text); });
}

/// The future that it yields waits.
void future_ok(asio::io_context &loop) {
  std::string text = "hello";
  asio::co_spawn(loop, [&text]() -> asio::awaitable<void> { co_await send_text(text); }, asio::use_future).get();
}
