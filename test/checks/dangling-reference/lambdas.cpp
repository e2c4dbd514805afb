// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20-or-later
// Captures of coroutine lambdas.

#include "tasks.h"
using namespace coro;

void unseen(std::function<task<>()> f);
void unseen_handler(std::function<void()> f);
template <typename F> auto calls(F &&f) { return f(); }
template <typename F> auto calls_own(F f) { return f(); }
template <typename F> void drops(F &&f) { (void)f(); }
template <typename F> task<> keeps_in_frame(F f) { co_await f(); }
template <typename F> void keeps(COROLINT_KEEPS_ALIVE F &&f) { (void)f(); }
void spawn(task<> t);

void stored_bad(int x) {
  auto t = [x]() -> task<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
  spawn(std::move(t));
}
task<> returned_bad(int x) {
  return [x]() -> task<> {
    use(x); // warn: coro-dangling-reference
    co_await async_op();
  }();
}
void discarded_eager_bad(int x) {
  [x]() -> eager<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
}
void fire_and_forget_bad(int x) {
  [x]() -> fire_and_forget {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
}
void by_reference_bad(int &x) {
  [&x]() -> eager<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
}
void default_capture_bad(int x) {
  [=]() -> eager<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
}
void default_reference_capture_bad(int x) {
  [&]() -> eager<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
}
void init_capture_bad(buffer b) {
  [b = std::move(b)]() -> eager<> {
    co_await async_op();
    use(b); // warn: coro-dangling-reference
  }();
}
struct object {
  int value = 0;
  void this_bad() {
    [this]() -> eager<> {
      co_await async_op();
      use(value); // warn: coro-dangling-reference
    }();
  }
  void copied_this_bad() {
    [*this]() -> eager<> {
      co_await async_op();
      use(value); // warn: coro-dangling-reference
    }();
  }
  eager<> called_bad() {
    return calls([this]() -> eager<> {
      co_await async_op();
      use(value); // warn: coro-dangling-reference
    });
  }
  eager<> this_before_ok() {
    return calls([this]() -> eager<> {
      use(value);
      co_await async_op();
    });
  }
};
void in_loop_bad(int n) {
  [n]() -> eager<> {
    for (int i = 0; i < n; ++i) // warn: coro-dangling-reference
      co_await async_op();
  }();
}
task<> local_lambda_bad(int x) {
  auto f = [x]() -> task<> {
    use(x); // warn: coro-dangling-reference
    co_await async_op();
  };
  return f();
}
task<> own_parameter_bad(int x) {
  co_await calls_own([x]() -> task<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  });
}
void dropped_by_callee_bad(int x) {
  drops([x]() -> eager<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  });
}
void nobody_knows_bad(int x) {
  unseen_handler([x]() -> fire_and_forget {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  });
}
task<> mutable_bad(int x) {
  return [x]() mutable -> task<> {
    ++x; // warn: coro-dangling-reference
    co_await async_op();
  }();
}
task<> generic_bad(int x) {
  return [x](auto y) -> task<> {
    use(x + y); // warn: coro-dangling-reference
    co_await async_op();
  }(1);
}
template <typename T> task<> instantiated_bad(T x) {
  return [x]() -> task<> {
    use(x); // warn: coro-dangling-reference
    co_await async_op();
  }();
}
template task<> instantiated_bad<int>(int);
task<> nested_bad(int x) {
  return [x]() -> task<> {
    co_await async_op();
    auto inner = [x] { use(x); }; // warn: coro-dangling-reference
    inner();
  }();
}

task<> awaited_ok(int x) {
  co_await [x]() -> task<> {
    co_await async_op();
    use(x);
  }();
}
task<> awaited_local_ok(int x) {
  auto f = [x]() -> task<> {
    co_await async_op();
    use(x);
  };
  co_await f();
}
void parameters_ok(int x) {
  [](int x) -> eager<> {
    co_await async_op();
    use(x);
  }(x);
}
void copied_first_ok(int x) {
  [x]() -> eager<> {
    int mine = x;
    co_await async_op();
    use(mine);
  }();
}
void no_capture_ok() {
  [] () -> eager<> { co_await async_op(); }();
}
void unused_after_ok(int x) {
  [x]() -> eager<> {
    use(x);
    co_await async_op();
  }();
}
void unseen_ok(int x) {
  unseen([x]() -> task<> {
    co_await async_op();
    use(x);
  });
}
void kept_ok(int x) {
  keeps([x]() -> eager<> {
    co_await async_op();
    use(x);
  });
}
task<> in_frame_ok(int x) {
  return keeps_in_frame([x]() -> task<> {
    co_await async_op();
    use(x);
  });
}
task<> called_in_place_ok(int x) {
  co_await calls([x]() -> task<> {
    co_await async_op();
    use(x);
  });
}
auto returned_lambda_ok(int x) {
  return [x]() -> task<> {
    co_await async_op();
    use(x);
  };
}
struct handlers {
  std::function<task<>()> handler;
  void set_ok(int x) {
    handler = [x]() -> task<> {
      co_await async_op();
      use(x);
    };
  }
};
void static_lambda_ok() {
  static int calls = 0;
  [] () -> eager<> {
    co_await async_op();
    use(calls);
  }();
}
void constant_ok() {
  constexpr int x = 1;
  [=]() -> eager<> {
    co_await async_op();
    use(x);
  }();
}
void plain_lambda_ok(int x) {
  [x] { use(x); }();
}
void not_suspended_ok(int x) {
  [x]() -> eager<> {
    co_await never();
    use(x);
  }();
}

// A container takes the task, the lambda is a temporary all the same.
struct Batch {
  std::vector<task<>> tasks;
  void member_container_bad(int x) {
    tasks.push_back([x]() -> task<> {
      co_await async_op();
      use(x); // warn: coro-dangling-reference
    }());
  }
  void named_ok(int x) {
    tasks.push_back([](int x) -> task<> {
      co_await async_op();
      use(x);
    }(x));
  }
};
void parameter_container_bad(std::vector<task<>> &tasks, int x) {
  tasks.push_back([x]() -> task<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }());
}

// So does the object that the function returns.
struct Handle {
  explicit Handle(task<> &&work);
};
void wait_for(task<> work);
int waited(task<> work);
struct Code {
  explicit Code(int code);
};
Handle wrapped_bad(int x) {
  return Handle([x]() -> task<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }());
}
Code waited_ok(int x) {
  return Code(waited([x]() -> task<> {
    co_await async_op();
    use(x);
  }()));
}

// A handler runs after a suspension point of its block.
void handler_bad(int x) {
  [x]() -> fire_and_forget {
    try {
      co_await async_op();
    } catch (...) {
      use(x); // warn: coro-dangling-reference
    }
  }();
}
void handler_ok(int x) {
  [x]() -> fire_and_forget {
    try {
      use(1);
    } catch (...) {
      use(x);
    }
    co_await async_op();
  }();
}
