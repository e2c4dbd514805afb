// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/isocpp/CppCoreGuidelines/issues/1756
// What a coroutine lambda captured by value dies with the lambda object, at
// the end of the block, not of the coroutine.

#include <cppcoro/cppcoro.h>
#include <memory>

struct Eager {
  struct promise_type {
    Eager get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
struct Foo {
  void use(int value);
};
cppcoro::task<> something();

void start_bad(int value, std::shared_ptr<Foo> foo) {
  {
    const auto run = [value, foo]() -> Eager {
      co_await something();
      foo->use(value); // warn: coro-dangling-reference
    };
    run();
  }
}

void start_ok(int value, std::shared_ptr<Foo> foo) {
  const auto run = [](int value, std::shared_ptr<Foo> foo) -> Eager {
    co_await something();
    foo->use(value);
  };
  run(value, foo);
}
