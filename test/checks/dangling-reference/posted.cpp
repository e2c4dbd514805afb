// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// Lambdas that are posted, or spawned, and refer to variables of the function
// that hands them over and then ends.

#include <asio.hpp>
#include <asio/spawn.hpp>
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

/// What is posted does not wait for what was posted before.
void posted_twice_bad(asio::io_context &loop, int n) {
  std::string text = std::to_string(n);
  asio::post(loop, [&text] { print(text); }); // warn: coro-dangling-reference
  asio::post(loop, [] { print("done"); });
}

/// The result can be waited for, but only when the local is gone.
std::future<void> returned_bad(asio::io_context &loop, int n) {
  std::string text = std::to_string(n);
  return asio::post(loop, std::packaged_task<void()>([&text] { print(text); })); // warn: coro-dangling-reference
}
struct Results {
  std::vector<std::future<void>> kept;
  void collected_bad(asio::io_context &loop, int n) {
    std::string text = std::to_string(n);
    kept.push_back(asio::post(loop, std::packaged_task<void()>([&text] { print(text); }))); // warn: coro-dangling-reference
  }
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

/// The caller owns what the reference refers to, and may wait.
std::future<void> returned_ok(asio::io_context &loop, const std::string &text) {
  return asio::post(loop, std::packaged_task<void()>([&text] { print(text); }));
}
void gotten_ok(asio::io_context &loop) {
  std::string text = "hello";
  std::future<void> done = asio::post(loop, std::packaged_task<void()>([&text] { print(text); }));
  done.get();
}
/// The destructor of its result waits.
void async_ok() {
  std::string text = "hello";
  std::future<void> done = std::async(std::launch::async, [&text] { print(text); });
}

/// An event whose wait may end before it is set.
struct Event {
  void set();
  void wait();
  bool wait_for(std::chrono::milliseconds);
};
bool timed_bad(asio::io_context &loop, std::chrono::milliseconds most) {
  Event event;
  asio::post(loop, [&event] { event.set(); }); // warn: coro-dangling-reference
  return event.wait_for(most);
}
void untested_bad(asio::io_context &loop, std::chrono::milliseconds most) {
  Event event;
  asio::post(loop, [&event] { event.set(); }); // warn: coro-dangling-reference
  event.wait_for(most);
}
void untimed_ok(asio::io_context &loop) {
  Event event;
  asio::post(loop, [&event] { event.set(); });
  event.wait();
}
/// What follows if the time is up is not followed.
void tested_ok(asio::io_context &loop, std::chrono::milliseconds most) {
  Event event;
  asio::post(loop, [&event] { event.set(); });
  while (!event.wait_for(most))
    print("waiting");
}

/// The handler of an operation that is only started.
void handler_bad(asio::steady_timer &timer, int n) {
  timer.async_wait([&n](std::error_code) { print(std::to_string(n)); }); // warn: coro-dangling-reference
}
void handler_ok(asio::steady_timer &timer, int n) {
  timer.async_wait([n](std::error_code) { print(std::to_string(n)); });
}
void read_bad(asio::ip::tcp::socket &socket, char *into) {
  std::string text = "read";
  socket.async_read_some(asio::buffer(into, 8), [&text](std::error_code, std::size_t) { print(text); }); // warn: coro-dangling-reference
}
/// The loop runs here.
void run_ok(asio::io_context &loop, int n) {
  asio::steady_timer timer(loop);
  timer.async_wait([&n](std::error_code) { ++n; });
  loop.run();
}
/// Another handler is started afterwards, and nothing waits.
void restarted_bad(asio::steady_timer &first, asio::steady_timer &second, int n) {
  first.async_wait([&n](std::error_code) { ++n; }); // warn: coro-dangling-reference
  second.async_wait([](std::error_code) {});
}
/// A fiber waits for the second operation.
void fiber_ok(asio::steady_timer &first, asio::steady_timer &second, asio::yield_context yield) {
  int n = 0;
  first.async_wait([&n](std::error_code) { ++n; });
  second.async_wait(yield);
}
