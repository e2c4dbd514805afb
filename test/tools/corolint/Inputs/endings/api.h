#pragma once
#include <coroutine>
#include <cstdio>

struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
};

Task tick();
void note(const char *Text);   // Prints, in another file.
void die(const char *Reason);  // Ends the process, by way of a third file.
void warn(const char *Reason); // Returns, sometimes.
void last();
bool check(int Value); // Dies on some paths only.

inline void assure(bool Good) {
  if (!Good) {
    std::fputs("broken", stdin);
    die("broken");
  }
}

inline void hope(bool Good) {
  if (!Good) {
    std::fputs("odd", stdin);
    warn("odd");
  }
}
