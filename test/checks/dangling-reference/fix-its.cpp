// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20-or-later
// Edits that move into the frame what the coroutine uses late.

#include "tasks.h"
#include <memory>
using namespace coro;

void spawn(task<> t);
int next();

// Captures become parameters.

task<> copied(int x, buffer b) {
  return [x, b]() -> task<> {
    // CHECK-FIXES: return [](auto x, auto b) -> task<> {
    co_await async_op();
    use(b); // warn: coro-dangling-reference
    use(x);
  }();
  // CHECK-FIXES: }(x, b);
}
task<> by_default(int x, buffer b) {
  return [=]() -> task<> {
    // CHECK-FIXES: return [](auto b, auto x) -> task<> {
    co_await async_op();
    use(b); // warn: coro-dangling-reference
    use(x);
  }();
  // CHECK-FIXES: }(b, x);
}
task<> changed(int x) {
  return [x]() mutable -> task<> {
    // CHECK-FIXES: return [](auto x) mutable -> task<> {
    ++x; // warn: coro-dangling-reference
    co_await async_op();
  }();
  // CHECK-FIXES: }(x);
}
task<> with_parameters(int x) {
  return [x](int y, auto z) -> task<> {
    // CHECK-FIXES: return [](int y, auto z, auto x) -> task<> {
    co_await async_op();
    use(x + y + z); // warn: coro-dangling-reference
  }(1, 2);
  // CHECK-FIXES: }(1, 2, x);
}
task<> initialised(buffer b, int n) {
  return [b = std::move(b), m = n + 1]() -> task<> {
    // CHECK-FIXES: return [](auto b, auto m) -> task<> {
    co_await async_op();
    use(b); // warn: coro-dangling-reference
    use(m);
  }();
  // CHECK-FIXES: }(std::move(b), n + 1);
}
void by_reference(int &x) {
  [&x]() -> eager<> {
    // CHECK-FIXES: [](auto &x) -> eager<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
  // CHECK-FIXES: }(x);
}

struct session {
  int value = 0;
  int get() const;
  template <typename T> T as() const;
  void handle(session &);

  void of_this() {
    [this]() -> eager<> {
      // CHECK-FIXES: [](session *self) -> eager<> {
      co_await async_op();
      use(value + this->get()); // warn: coro-dangling-reference
      // CHECK-FIXES: use(self->value + self->get());
      handle(*this);
      // CHECK-FIXES: self->handle(*self);
    }();
    // CHECK-FIXES: }(this);
  }
  void constant(int x) const {
    [=, this]() -> eager<> {
      // CHECK-FIXES: [](const session *self, auto x) -> eager<> {
      co_await async_op();
      use(x + get()); // warn: coro-dangling-reference
      // CHECK-FIXES: use(x + self->get());
    }();
    // CHECK-FIXES: }(this, x);
  }
  void typed(int x) {
    [this]() -> eager<> {
      // CHECK-FIXES: [](session *self) -> eager<> {
      for (int i = 0; i < value; ++i) // warn: coro-dangling-reference
        // CHECK-FIXES: for (int i = 0; i < self->value; ++i)
        co_await async_op();
    }();
    // CHECK-FIXES: }(this);
  }
};

// These need a decision.

struct undecided {
  int value = 0;
  template <typename T> T as() const;

  void of_nested() {
    [this]() -> eager<> {
      // CHECK-FIXES: [this]() -> eager<> {
      co_await async_op();
      auto inner = [this] { use(value); }; // warn: coro-dangling-reference
      inner();
    }();
  }
  void copy_of_this() {
    [*this]() -> eager<> {
      // CHECK-FIXES: [*this]() -> eager<> {
      co_await async_op();
      use(value); // warn: coro-dangling-reference
    }();
  }
  void needs_template(undecided other) {
    [other]() -> eager<> {
      // CHECK-FIXES: [other]() -> eager<> {
      co_await async_op();
      use(other.as<int>()); // warn: coro-dangling-reference
    }();
  }
};
task<> in_order(buffer b) {
  return [n = b.size(), b = std::move(b)]() -> task<> {
    // CHECK-FIXES: return [n = b.size(), b = std::move(b)]() -> task<> {
    co_await async_op();
    use(b); // warn: coro-dangling-reference
    use(n);
  }();
}
task<> calls_in_order() {
  return [a = next(), b = next()]() -> task<> {
    // CHECK-FIXES: return [a = next(), b = next()]() -> task<> {
    co_await async_op();
    use(a - b); // warn: coro-dangling-reference
  }();
}
task<> array() {
  int values[4] = {};
  return [values]() -> task<> {
    // CHECK-FIXES: return [values]() -> task<> {
    co_await async_op();
    use(values[1]); // warn: coro-dangling-reference
  }();
}
void reference_to_local(int x) {
  [&x]() -> eager<> {
    // CHECK-FIXES: [&x]() -> eager<> {
    co_await async_op();
    use(x); // warn: coro-dangling-reference
  }();
}
task<> defaulted(int x) {
  return [x](int y = 1) -> task<> {
    // CHECK-FIXES: return [x](int y = 1) -> task<> {
    co_await async_op();
    use(x + y); // warn: coro-dangling-reference
  }();
}

// An override cannot change its signature: it takes the object over first.

struct sink {
  virtual ~sink();
  virtual eager<> take(buffer &&b) = 0;
  virtual eager<> read(const buffer &b) = 0;
  virtual task<> later(buffer &&b) = 0;
};
struct file : sink {
  eager<> take(buffer &&b) override { // warn: coro-dangling-reference
    // CHECK-FIXES: eager<> take(buffer &&b) override {
    // CHECK-FIXES: auto owned = std::move(b);
    b.append(1);
    // CHECK-FIXES: owned.append(1);
    co_await async_op();
    use(b);
    // CHECK-FIXES: use(owned);
  }
  eager<> read(const buffer &b) override { co_await async_op(); use(b); }
  // CHECK-FIXES: eager<> read(const buffer &b) override { auto copy = b; co_await async_op(); use(copy); }
  // A lazy coroutine starts too late to take anything over.
  task<> later(buffer &&b) override { co_await async_op(); use(b); } // warn: coro-dangling-reference
  // CHECK-FIXES: task<> later(buffer &&b) override { co_await async_op(); use(b); }
};
void moves_into(file &f) {
  buffer b;
  f.take(std::move(b));
}
void reads_temporary(file &f) {
  f.read(buffer()); // warn: coro-dangling-reference
}
task<> returns_later(file &f) {
  buffer b;
  return f.later(std::move(b));
}

// The object has an owner, which the coroutine copies.

struct shared : std::enable_shared_from_this<shared> {
  int value = 0;
  eager<> run() {
    // CHECK-FIXES: eager<> run() {
    // CHECK-FIXES: auto self = shared_from_this();
    co_await async_op();
    use(value);
  }
  task<> lazy() { co_await async_op(); use(value); }
  // CHECK-FIXES: task<> lazy() { co_await async_op(); use(value); }
  eager<> keeps() {
    auto self = shared_from_this();
    co_await async_op();
    use(value);
  }
};
struct unshared {
  int value = 0;
  std::shared_ptr<unshared> next();
  eager<> run() { co_await async_op(); use(value); }
  // CHECK-FIXES: eager<> run() { co_await async_op(); use(value); }
};
void starts_shared() {
  auto s = std::make_shared<shared>();
  s->run(); // warn: coro-dangling-reference
}
task<> starts_lazy() {
  auto s = std::make_shared<shared>();
  return s->lazy(); // warn: coro-dangling-reference
}
void starts_kept_ok() {
  auto s = std::make_shared<shared>();
  s->keeps();
}
void starts_unshared() {
  auto s = std::make_shared<unshared>();
  s->run(); // warn: coro-dangling-reference
}
