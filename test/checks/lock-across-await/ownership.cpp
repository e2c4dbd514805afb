// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// A lock goes where its guard goes: moves, swaps, members, bases, arrays,
// optional, unique_ptr, parameters, captures, returned objects.

#include "coro.h"
#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
using namespace coro;

extern std::mutex m, m2;

std::unique_lock<std::mutex> make_lock();
void consume(std::unique_lock<std::mutex>);
void look_at(const std::unique_lock<std::mutex> &);

task<> moved_bad() {
  std::unique_lock a(m);
  std::unique_lock b = std::move(a);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> moved_and_unlocked_ok() {
  std::unique_lock a(m);
  std::unique_lock b(std::move(a));
  b.unlock();
  co_await async_op();
}

task<> moved_into_inner_scope_ok() {
  std::unique_lock a(m);
  { auto b = std::move(a); }
  co_await async_op();
}

task<> moved_by_cast_ok() {
  std::unique_lock a(m);
  { auto b = static_cast<std::unique_lock<std::mutex> &&>(a); }
  co_await async_op();
}

task<> moved_by_forward_ok() {
  std::unique_lock a(m);
  { auto b = std::forward<std::unique_lock<std::mutex>>(a); }
  co_await async_op();
}

task<> move_assigned_ok() {
  std::unique_lock a(m);
  {
    std::unique_lock<std::mutex> b;
    b = std::move(a);
  }
  co_await async_op();
}

task<> move_assigned_bad() {
  std::unique_lock<std::mutex> b;
  {
    std::unique_lock a(m);
    b = std::move(a);
  }
  co_await async_op(); // warn: coro-lock-across-await
}

task<> deferred_moved_ok() {
  std::unique_lock a(m, std::defer_lock);
  auto b = std::move(a);
  co_await async_op();
}

task<> moved_into_call_ok() {
  std::unique_lock l(m);
  consume(std::move(l));
  co_await async_op();
}

task<> cast_alone_moves_nothing_bad() {
  std::unique_lock l(m);
  (void)std::move(l);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> passed_by_reference_bad() {
  std::unique_lock l(m);
  look_at(l);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> swapped_ok() {
  std::unique_lock a(m);
  std::unique_lock<std::mutex> b;
  a.swap(b);
  b.unlock();
  co_await async_op();
}

task<> swapped_bad() {
  std::unique_lock a(m);
  std::unique_lock<std::mutex> b;
  a.swap(b);
  a.release();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> swapped_by_function_ok() {
  std::unique_lock a(m);
  {
    std::unique_lock<std::mutex> b;
    swap(a, b);
  }
  co_await async_op();
}

task<> swapped_by_std_function_bad() {
  std::unique_lock<std::mutex> b;
  {
    std::unique_lock a(m);
    std::swap(a, b);
  }
  co_await async_op(); // warn: coro-lock-across-await
}

task<> returned_bad() {
  auto l = make_lock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> returned_unlocked_ok() {
  auto l = make_lock();
  l.unlock();
  co_await async_op();
}

task<> returned_dropped_ok() {
  make_lock();
  co_await async_op();
}

task<> returned_by_value_parameter_ok() {
  consume(make_lock());
  co_await async_op();
}

task<> returned_assigned_bad() {
  std::unique_lock<std::mutex> l;
  l = make_lock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> awaited_lock_bad() {
  auto l = co_await async_op<std::unique_lock<std::mutex>>();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> parameter_bad(std::unique_lock<std::mutex> l) {
  co_await async_op(); // warn: coro-lock-across-await
}

task<> parameter_unlocked_ok(std::unique_lock<std::mutex> l) {
  l.unlock();
  co_await async_op();
}

task<> parameter_tested_ok(std::unique_lock<std::mutex> l) {
  if (!l)
    co_await async_op();
}

task<> reference_parameter_ok(std::unique_lock<std::mutex> &l) {
  co_await async_op();
}

task<> reference_parameter_locked_bad(std::unique_lock<std::mutex> &l) {
  l.lock();
  co_await async_op(); // warn: coro-lock-across-await
  l.unlock();
  co_await async_op();
}

task<> pointer_parameter_ok(std::unique_lock<std::mutex> *l) {
  co_await async_op();
}

struct locked_value {
  std::unique_lock<std::mutex> lock;
  int *value;
  void release() { lock.unlock(); }
};
locked_value lock_value();

task<> member_bad() {
  locked_value v{std::unique_lock(m), nullptr};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> member_unlocked_ok() {
  locked_value v{std::unique_lock(m), nullptr};
  v.lock.unlock();
  co_await async_op();
}

task<> empty_member_ok() {
  locked_value v{};
  co_await async_op();
}

task<> deferred_member_ok() {
  locked_value v{std::unique_lock(m, std::defer_lock), nullptr};
  co_await async_op();
}

task<> member_locked_bad() {
  locked_value v{};
  v.lock = std::unique_lock(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> moved_into_member_bad() {
  std::unique_lock l(m);
  locked_value v{std::move(l), nullptr};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> moved_out_of_member_ok() {
  locked_value v{std::unique_lock(m), nullptr};
  consume(std::move(v.lock));
  co_await async_op();
}

task<> returned_aggregate_bad() {
  auto v = lock_value();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> structured_binding_bad() {
  auto [l, value] = lock_value();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> structured_binding_unlocked_ok() {
  auto [l, value] = lock_value();
  l.unlock();
  co_await async_op();
}

task<> moved_aggregate_ok() {
  auto v = lock_value();
  { auto w = std::move(v); }
  co_await async_op();
}

task<> aggregate_parameter_bad(locked_value v) {
  co_await async_op(); // warn: coro-lock-across-await
}

class section {
  std::lock_guard<std::mutex> lock;

public:
  section() : lock(m) {}
};
task<> class_with_guard_bad() {
  section s;
  co_await async_op(); // warn: coro-lock-across-await
}

class optional_section {
  std::unique_lock<std::mutex> lock;

public:
  optional_section() = default;
  explicit optional_section(std::mutex &mutex) : lock(mutex) {}
};
task<> class_with_empty_guard_ok() {
  optional_section s;
  co_await async_op();
}
task<> class_with_locked_guard_bad() {
  optional_section s(m);
  co_await async_op(); // warn: coro-lock-across-await
}

struct inheriting : std::unique_lock<std::mutex> {
  using std::unique_lock<std::mutex>::unique_lock;
};
task<> base_bad() {
  inheriting l(m);
  co_await async_op(); // warn: coro-lock-across-await
}
task<> base_unlocked_ok() {
  inheriting l(m);
  l.unlock();
  co_await async_op();
}

// Somebody else's members.
struct server {
  std::unique_lock<std::mutex> lock{m};
  task<> method_ok() { co_await async_op(); }
};
struct reference_member {
  std::unique_lock<std::mutex> &lock;
};
task<> reference_member_ok(reference_member r) { co_await async_op(); }
struct static_member {
  static std::unique_lock<std::mutex> lock;
};
task<> static_member_ok() {
  static_member s;
  co_await async_op();
}

task<> array_bad() {
  std::unique_lock<std::mutex> a[] = {std::unique_lock(m), std::unique_lock(m2)};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> array_element_unlocked_bad() {
  std::unique_lock<std::mutex> a[] = {std::unique_lock(m), std::unique_lock(m2)};
  a[0].unlock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> empty_array_ok() {
  std::unique_lock<std::mutex> a[2];
  co_await async_op();
}

task<> std_array_bad() {
  std::array<std::unique_lock<std::mutex>, 2> a{std::unique_lock(m),
                                                std::unique_lock(m2)};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> optional_bad() {
  std::optional<std::unique_lock<std::mutex>> o(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> optional_in_place_bad() {
  std::optional<std::lock_guard<std::mutex>> o(std::in_place, m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> optional_emplaced_bad() {
  std::optional<std::lock_guard<std::mutex>> o;
  co_await async_op();
  o.emplace(m);
  co_await async_op(); // warn: coro-lock-across-await
  o.reset();
  co_await async_op();
}

task<> optional_emplaced_deferred_ok() {
  std::optional<std::unique_lock<std::mutex>> o;
  o.emplace(m, std::defer_lock);
  co_await async_op();
}

task<> optional_assigned_bad() {
  std::optional<std::unique_lock<std::mutex>> o;
  o = std::unique_lock(m);
  co_await async_op(); // warn: coro-lock-across-await
  o = std::nullopt;
  co_await async_op();
}

task<> optional_element_unlocked_ok() {
  std::optional<std::unique_lock<std::mutex>> o(m);
  o->unlock();
  co_await async_op();
}

task<> optional_dereferenced_ok() {
  std::optional<std::unique_lock<std::mutex>> o(m);
  (*o).unlock();
  co_await async_op();
}

task<> optional_value_unlocked_ok() {
  std::optional<std::unique_lock<std::mutex>> o(m);
  o.value().unlock();
  co_await async_op();
}

task<> optional_tested(bool c) {
  std::optional<std::lock_guard<std::mutex>> o;
  if (c)
    o.emplace(m);
  if (!o.has_value())
    co_await async_op();
  else
    co_await async_op(); // warn: coro-lock-across-await
}

task<> optional_moved_ok() {
  std::optional<std::unique_lock<std::mutex>> o(m);
  consume(std::move(*o));
  co_await async_op();
}

task<> make_unique_bad() {
  auto p = std::make_unique<std::lock_guard<std::mutex>>(m);
  co_await async_op(); // warn: coro-lock-across-await
  p.reset();
  co_await async_op();
}

task<> unique_ptr_of_new_bad() {
  std::unique_ptr<std::lock_guard<std::mutex>> p(new std::lock_guard(m));
  co_await async_op(); // warn: coro-lock-across-await
  p = nullptr;
  co_await async_op();
}

task<> unique_ptr_empty_ok() {
  std::unique_ptr<std::lock_guard<std::mutex>> p;
  co_await async_op();
}

task<> unique_ptr_reset_to_new_bad() {
  std::unique_ptr<std::lock_guard<std::mutex>> p;
  p.reset(new std::lock_guard(m));
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unique_ptr_moved_bad() {
  auto p = std::make_unique<std::lock_guard<std::mutex>>(m);
  auto q = std::move(p);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unique_ptr_moved_ok() {
  auto p = std::make_unique<std::lock_guard<std::mutex>>(m);
  { auto q = std::move(p); }
  co_await async_op();
}

task<> unique_ptr_element_unlocked_ok() {
  auto p = std::make_unique<std::unique_lock<std::mutex>>(m);
  p->unlock();
  co_await async_op();
}

task<> capture_bad() {
  auto keep = [l = std::unique_lock(m)] {};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> capture_moved_bad() {
  std::unique_lock l(m);
  auto keep = [l = std::move(l)] {};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> capture_scope_ok() {
  std::unique_lock l(m);
  { auto keep = [l = std::move(l)] {}; }
  co_await async_op();
}

task<> capture_temporary_ok() {
  [l = std::unique_lock(m)] {}();
  co_await async_op();
}

task<> capture_by_reference_bad() {
  std::unique_lock l(m);
  { auto look = [&l] { look_at(l); }; }
  co_await async_op(); // warn: coro-lock-across-await
}

template <typename Guard> struct box {
  Guard guard;
};
task<> class_template_bad() {
  box<std::unique_lock<std::mutex>> b{std::unique_lock(m)};
  co_await async_op(); // warn: coro-lock-across-await
}
task<> class_template_ok() {
  box<int> b{1};
  co_await async_op();
}
