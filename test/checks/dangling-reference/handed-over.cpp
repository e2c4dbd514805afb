// RUN: %check_corolint %s coro-dangling-reference %t
// Who owns what a task refers to may give it to the task.

#include "corolint/annotations.h"
#include "tasks.h"
#include <memory>
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

// A function that adds the task to a container of its object.
struct task_set {
  std::vector<eager<>> tasks;
  std::vector<own::promise<>> attached;
  void add(eager<> one) { tasks.push_back(std::move(one)); }
  void add(own::promise<> one) { attached.push_back(std::move(one)); }
  void add_all() { tasks.clear(); }
  /// Drops what it takes.
  void refuse(eager<> one) {
    std::vector<eager<>> none;
    none.push_back(std::move(one));
  }
};
task<> join(task_set &set);
void added_bad(task_set &set) {
  buffer b;
  set.add(reads(b)); // warn: coro-dangling-reference
}
void added_later_bad(task_set &set) {
  buffer b;
  eager<> p = reads(b); // warn: coro-dangling-reference
  set.add(std::move(p));
}
void collected_later_bad(task_set &set) {
  buffer b;
  auto p = reads(b); // warn: coro-dangling-reference
  set.tasks.push_back(std::move(p));
}
void attached_and_added_ok(task_set &set) {
  auto b = std::make_unique<buffer>();
  own::promise<> p = reads(*b);
  set.add(p.attach(std::move(b)));
}
/// It may wait for the tasks.
void waited_ok(task_set &set) {
  buffer b;
  set.add(reads(b));
  set.add_all();
}
task<> joined_ok(task_set &set) {
  buffer b;
  set.add(reads(b));
  co_await join(set);
}
void refused_ok(task_set &set) {
  buffer b;
  set.refuse(reads(b));
}
