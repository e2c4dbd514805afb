// One mistake for each check. `./dev demo` shows what is said of them.

#include <corolint/annotations.h>

#include <atomic>
#include <chrono>
#include <coroutine>
#include <future>
#include <mutex>
#include <thread>

struct Task { // the least that a coroutine needs
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
struct Reply { // arrives later: awaiting it suspends
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>) const;
  int await_resume() const;
};
Reply ask_server();
struct Job { // does nothing before it is awaited
  struct promise_type {
    Job get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>) const;
  void await_resume() const;
};
Job save();
struct Amount { // a number that is computed when it is awaited
  struct promise_type {
    Amount get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(int) {}
    void unhandled_exception() {}
  };
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>) const;
  int await_resume() const;
};
Amount fetch(const char *account);
class COROLINT_HOLDS_ACROSS_AWAIT Permit { // while it lives, a save may run
public:
  Permit();
  ~Permit();
};

int balance = 0;
std::mutex mutex;

Task withdraw(int amount) {
  COROLINT_NO_YIELD_REGION {
    if (balance >= amount)
      balance -= co_await ask_server(); // meanwhile another one withdraws, too
  }
}

void back_off() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

Task retry() {
  back_off(); // every coroutine of this thread sleeps
  co_await ask_server();
}

Task load(std::future<int> config) {
  balance = config.get(); // if this thread is to produce it, for ever
  co_await ask_server();
}

Task update() {
  std::lock_guard lock(mutex);
  balance += co_await ask_server(); // the next to lock blocks the thread
}

Job charge(const int &amount) {
  co_await ask_server();
  balance -= amount;
}

Job charge_fee() {
  int fee = 2;
  return charge(fee); // fee is gone before charge begins
}

void close_account() {
  balance = 0;
  save(); // never runs
}

Job save_permitted() {
  Permit permit;
  return save(); // the permit ends here, the save has not begun
}

std::atomic<bool> connected;

Task connect() {
  while (!connected) // every coroutine of this thread waits, too
    ;
  co_await ask_server();
}

Job reset() { // could be a function
  balance = 0;
  co_return;
}

Task restart() {
  co_await reset();
  co_await ask_server();
}

Amount total() {
  co_return co_await fetch("a") + co_await fetch("b"); // one after the other
}
