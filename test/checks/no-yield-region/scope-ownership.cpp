// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// A region moves with std::move and is seen inside whatever owns its object.

#include "coro.h"
#include <array>
#include <memory>
#include <optional>
using namespace coro;

struct COROLINT_NO_YIELD_SCOPE stay {
  stay();
  explicit stay(int);
  stay(stay &&) noexcept;
  stay &operator=(stay &&) noexcept;
  ~stay();
  void end() COROLINT_NO_YIELD_END;
};

stay make_stay();
void consume(stay);

task<> moved_bad() {
  stay a;
  stay b = std::move(a);
  co_await async_op(); // warn: coro-no-yield-region
}

task<> moved_and_ended_ok() {
  stay a;
  stay b = std::move(a);
  b.end();
  co_await async_op();
}

task<> moved_into_inner_scope_ok() {
  stay a;
  { stay b = std::move(a); }
  co_await async_op();
}

task<> moved_into_inner_scope_bad() {
  stay a;
  {
    stay b = std::move(a);
    co_await async_op(); // warn: coro-no-yield-region
  }
}

task<> moved_by_cast_ok() {
  stay a;
  { stay b = static_cast<stay &&>(a); }
  co_await async_op();
}

task<> move_assigned_bad() {
  stay a;
  a.end();
  co_await async_op();
  a = stay();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> moved_into_call_ok() {
  stay a;
  consume(std::move(a));
  co_await async_op();
}

task<> moved_on_one_path_bad(bool c) {
  stay a;
  if (c)
    consume(std::move(a));
  co_await async_op(); // warn: coro-no-yield-region
}

task<> by_value_parameter_bad(stay s) {
  co_await async_op(); // warn: coro-no-yield-region
}

task<> ended_parameter_ok(stay s) {
  s.end();
  co_await async_op();
}

// The region belongs to whoever owns the object.
task<> reference_parameter_ok(stay &s) { co_await async_op(); }
task<> pointer_parameter_ok(stay *s) { co_await async_op(); }

task<> returned_object_bad() {
  auto s = make_stay();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> returned_object_dropped_ok() {
  make_stay();
  co_await async_op();
}

task<> lifetime_extended_bad() {
  const auto &s = make_stay();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> temporary_bad() {
  stay(), co_await async_op(); // warn: coro-no-yield-region
}

task<> temporary_ok() {
  stay();
  co_await async_op();
}

async_awaiter<> while_alive(const stay &);
task<> temporary_argument_bad() {
  co_await while_alive(stay()); // warn: coro-no-yield-region
  co_await async_op();
}

struct holder {
  int x;
  stay s;
};

task<> member_bad() {
  holder h;
  co_await async_op(); // warn: coro-no-yield-region
}

task<> member_ended_ok() {
  holder h;
  h.s.end();
  co_await async_op();
}

task<> aggregate_bad() {
  holder h{1, stay()};
  co_await async_op(); // warn: coro-no-yield-region
}

task<> member_of_member_bad() {
  struct outer {
    holder h;
  } o;
  co_await async_op(); // warn: coro-no-yield-region
}

task<> member_scope_left_ok() {
  { holder h; }
  co_await async_op();
}

task<> moved_into_member_bad() {
  stay s;
  holder h{1, std::move(s)};
  co_await async_op(); // warn: coro-no-yield-region
}

// A method does not own its object: the region is its owner's.
struct owner {
  stay s;
  task<> method_ok() { co_await async_op(); }
};

struct reference_holder {
  stay &s;
};
task<> reference_member_ok(reference_holder h) { co_await async_op(); }

struct pointer_holder {
  stay *s;
};
task<> pointer_member_ok(pointer_holder h) { co_await async_op(); }

struct static_holder {
  static stay s;
};
task<> static_member_ok() {
  static_holder h;
  co_await async_op();
}

struct derived : stay {};
task<> base_bad() {
  derived d;
  co_await async_op(); // warn: coro-no-yield-region
}

task<> base_ended_ok() {
  derived d;
  d.end();
  co_await async_op();
}

template <typename Base> struct mixin : Base {};
task<> base_of_template_bad() {
  mixin<stay> d;
  co_await async_op(); // warn: coro-no-yield-region
}

task<> array_bad() {
  stay a[2];
  co_await async_op(); // warn: coro-no-yield-region
}

task<> std_array_bad() {
  std::array<stay, 2> a;
  co_await async_op(); // warn: coro-no-yield-region
}

task<> empty_optional_ok() {
  std::optional<stay> o;
  co_await async_op();
}

task<> nullopt_ok() {
  std::optional<stay> o = std::nullopt;
  co_await async_op();
}

task<> optional_in_place_bad() {
  std::optional<stay> o(std::in_place);
  co_await async_op(); // warn: coro-no-yield-region
}

task<> optional_of_value_bad() {
  std::optional<stay> o = stay();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> optional_emplaced_bad() {
  std::optional<stay> o;
  o.emplace();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> optional_assigned_bad() {
  std::optional<stay> o;
  o = stay();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> optional_reset_ok() {
  std::optional<stay> o;
  o.emplace();
  o.reset();
  co_await async_op();
}

task<> optional_set_to_nullopt_ok() {
  std::optional<stay> o(std::in_place);
  o = std::nullopt;
  co_await async_op();
}

task<> optional_ended_ok() {
  std::optional<stay> o(std::in_place);
  o->end();
  co_await async_op();
}

task<> optional_tested_ok() {
  std::optional<stay> o;
  if (!o)
    co_await async_op();
}

task<> optional_per_path(bool c) {
  std::optional<stay> o;
  if (c)
    o.emplace();
  if (o)
    co_await async_op(); // warn: coro-no-yield-region
  else
    co_await async_op();
}

task<> optional_around_loop_bad(int n) {
  std::optional<stay> o;
  while (n--) {
    co_await async_op(); // warn: coro-no-yield-region
    o.emplace();
  }
}

task<> make_unique_bad() {
  auto p = std::make_unique<stay>();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> unique_ptr_of_new_bad() {
  std::unique_ptr<stay> p(new stay());
  co_await async_op(); // warn: coro-no-yield-region
}

task<> null_unique_ptr_ok() {
  std::unique_ptr<stay> p;
  std::unique_ptr<stay> q = nullptr;
  co_await async_op();
}

task<> unique_ptr_reset_ok() {
  auto p = std::make_unique<stay>();
  p.reset();
  co_await async_op();
}

task<> unique_ptr_set_to_null_ok() {
  auto p = std::make_unique<stay>();
  p = nullptr;
  co_await async_op();
}

task<> unique_ptr_moved_ok() {
  auto p = std::make_unique<stay>();
  { auto q = std::move(p); }
  co_await async_op();
}

task<> unique_ptr_moved_bad() {
  auto p = std::make_unique<stay>();
  auto q = std::move(p);
  co_await async_op(); // warn: coro-no-yield-region
}

task<> init_capture_bad() {
  auto keep = [s = stay()] {};
  co_await async_op(); // warn: coro-no-yield-region
}

task<> moved_into_capture_bad() {
  stay s;
  auto keep = [s = std::move(s)] {};
  co_await async_op(); // warn: coro-no-yield-region
}

task<> moved_into_dropped_capture_ok() {
  stay s;
  { auto keep = [s = std::move(s)] {}; }
  co_await async_op();
}

task<> captured_by_reference_ok() {
  stay s;
  auto later = [&s] { (void)s; };
  s.end();
  co_await async_op();
}

struct locked {
  stay s;
  int value;
};
locked make_locked();

task<> structured_binding_bad() {
  auto [s, value] = make_locked();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> returned_aggregate_bad() {
  auto l = make_locked();
  co_await async_op(); // warn: coro-no-yield-region
}
