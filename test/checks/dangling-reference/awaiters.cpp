// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20
// Awaiters that go on after they let go of the coroutine: it may be destroyed by
// then, and the awaiter lies in its frame.

#include <coroutine>
#include <functional>
#include <thread>
#include <utility>

void post(std::function<void()>);

struct Base {
  bool await_ready() const noexcept { return false; }
  void await_resume() noexcept {}
  int value = 0;
  bool failed = false;
  std::coroutine_handle<> next;
  std::thread worker;
};

struct resumed_bad : Base {
  void await_suspend(std::coroutine_handle<> h) {
    h.resume();
    value = 1; // warn: coro-dangling-reference
  }
};
struct called_bad : Base {
  void await_suspend(std::coroutine_handle<> h) {
    if (value)
      h();
    failed = true; // warn: coro-dangling-reference
  }
};
struct destroyed_bad : Base {
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> h) {
    h.destroy();
    return next; // warn: coro-dangling-reference
  }
};
struct thread_bad : Base {
  void await_suspend(std::coroutine_handle<> h) {
    std::thread([h] { h.resume(); }).detach();
    value = 2; // warn: coro-dangling-reference
  }
};
struct copied_handle_bad : Base {
  void await_suspend(std::coroutine_handle<> h) {
    std::thread([this, handle = h] { value = 1; handle.resume(); }).detach();
    notify(); // warn: coro-dangling-reference
  }
  void notify();
};

struct first_ok : Base {
  void await_suspend(std::coroutine_handle<> h) {
    value = 1;
    h.resume();
  }
};
struct local_ok : Base {
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> h) {
    auto continuation = next;
    h.destroy();
    return continuation;
  }
};
struct other_branch_ok : Base {
  bool await_suspend(std::coroutine_handle<> h) {
    if (value) {
      h.resume();
      return true;
    }
    failed = true;
    return false;
  }
};
/// The handle of another coroutine.
struct other_handle_ok : Base {
  void await_suspend(std::coroutine_handle<>) {
    next.resume();
    value = 1;
  }
};
/// A lambda without the handle resumes something else.
struct without_handle_ok : Base {
  void await_suspend(std::coroutine_handle<> h) {
    next = h;
    std::thread([] {}).detach();
    value = 1;
  }
};
/// Who runs it is not known: it may be this thread, later.
struct posted_ok : Base {
  void await_suspend(std::coroutine_handle<> h) {
    post([h] { h.resume(); });
    value = 1;
  }
};
/// The left side of the assignment is what lets go.
struct member_thread_ok : Base {
  void await_suspend(std::coroutine_handle<> h) {
    worker = std::thread([h] { h.resume(); });
  }
};
/// No awaiter.
struct scheduler_ok {
  int runs = 0;
  void run(std::coroutine_handle<> h) {
    h.resume();
    ++runs;
  }
};
