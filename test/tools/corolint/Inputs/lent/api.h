#pragma once
#include <corolint/annotations.h>
#include <coroutine>
#include <string>
#include <string_view>
#include <utility>

// Lazy; nothing runs before it is awaited or started.
struct Lazy {
  struct promise_type {
    Lazy get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
};

// Eager; it goes on when it is dropped.
struct Eager {
  struct promise_type {
    Eager get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
};

struct Wait {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept;
};
void use(std::string_view);

// tasks.cpp
Lazy lazyByReference(const std::string &s);
Lazy lazyByView(std::string_view s);
Lazy lazyByPointer(int *n);
Lazy lazyByValue(std::string s);
Lazy lazyUnused(const std::string &s);
Lazy lazyMoved(std::string &&s);
Eager eagerLate(const std::string &s);
Eager eagerEarly(const std::string &s);
Eager eagerCopies(const std::string &s);
// A plain function that returns the task of a third unit.
Lazy wrapper(const std::string &s);
Eager handsOn(const std::string &s);
Lazy kept(COROLINT_KEEPS_ALIVE const std::string &s);
// Defined nowhere.
Lazy undefined(const std::string &s);

struct Server {
  std::string name;
  Lazy run();
  Lazy idle();
  static Lazy detached(int n);
  virtual Lazy hook();
};

// third.cpp
Lazy third(const std::string &s);
Eager thirdEager(const std::string &s);
