// RUN: %check_corolint %s coro-dangling-reference %t
// Who owns what a task refers to may give it to the task.

#include "corolint/annotations.h"
#include "tasks.h"
using namespace coro;

namespace own {
template <typename T = void> struct promise : eager<T> {
  promise(eager<T>);
  template <typename... Args>
  promise attach(COROLINT_KEEPS_ALIVE Args &&...args);
};
} // namespace own

eager<> reads(const buffer &b) {
  co_await async_op();
  use(b);
}
struct reader {
  own::promise<> start(const buffer &b);
};
own::promise<> reads_later(const buffer &b) {
  return reads(b);
}
own::promise<> attached_ok() {
  buffer b;
  own::promise<> p = reads(b);
  return p.attach(std::move(b));
}
own::promise<> attached_to_other_bad(own::promise<> other, buffer mine) {
  buffer b;
  auto p = reads(b); // warn: coro-dangling-reference
  other.attach(std::move(mine));
  return p;
}
void consume(buffer b);
eager<> moved_elsewhere_bad() {
  buffer b;
  auto p = reads(b); // warn: coro-dangling-reference
  consume(std::move(b));
  return p;
}

// A pointer or view that goes by reference through a function, and by value
// into the coroutine: the pointer that ends is not what is used.
struct line_reader {
  int size;
};
template <typename... Args> struct initiation {
  static eager<> initiate(Args... args) {
    co_await async_op();
    (use(args->size), ...);
  }
};
template <typename... Args> eager<> initiates(Args &&...args) {
  return initiation<std::decay_t<Args>...>::initiate(
      static_cast<Args &&>(args)...);
}
struct user {
  line_reader reader;
  eager<> pointer_ok(line_reader *r) { return initiates(r, &reader); }
};
template <typename T> eager<> initiates_with(const T &value) {
  return reads(value);
}
eager<> object_bad() {
  return initiates_with(buffer()); // warn: coro-dangling-reference
}
