// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20

#include <asio.hpp>
#include <coroutine>
#include <string>
#include <thread>

struct Session {
  asio::ip::tcp::socket socket;
  void local(std::string text) {
    asio::async_write(socket, asio::buffer(text), [](std::error_code, std::size_t) {});
    // CHECK-NOTES: :[[@LINE-1]]:31: warning: 'text' is destroyed before the operation on a buffer of it is finished
  }
  void temporary(int n) {
    asio::async_write(socket, asio::buffer(std::to_string(n)), [](std::error_code, std::size_t) {});
    // CHECK-NOTES: :[[@LINE-1]]:31: warning: a temporary is destroyed before the operation on a buffer of it is finished
  }
};

struct Awaiter {
  int value;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    if (value == 1) {
      h.resume();
      value = 1;
      // CHECK-NOTES: :[[@LINE-1]]:7: warning: the awaiter is used after its coroutine, and the awaiter with it, may be destroyed
      // CHECK-NOTES: :[[@LINE-3]]:7: note: the coroutine is resumed here
    }
  }
  void await_resume() const noexcept {}
};
struct Destroys : Awaiter {
  std::coroutine_handle<> next;
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> h) {
    h.destroy();
    // CHECK-NOTES: :[[@LINE+2]]:12: warning: the awaiter is used after its coroutine, and the awaiter with it, may be destroyed
    // CHECK-NOTES: :[[@LINE-2]]:5: note: the coroutine is destroyed here
    return next;
  }
};
struct Hands : Awaiter {
  void await_suspend(std::coroutine_handle<> h) {
    std::thread([h] { h.resume(); }).detach();
    // CHECK-NOTES: :[[@LINE+2]]:5: warning: the awaiter is used after its coroutine, and the awaiter with it, may be destroyed
    // CHECK-NOTES: :[[@LINE-2]]:5: note: the coroutine is handed to another thread here
    value = 1;
  }
};
