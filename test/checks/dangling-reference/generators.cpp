// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20
// A generator runs when its values are asked for. What it was given must not
// end before.

#include "coro.h"
#include <string>
#include <string_view>
#include <vector>
using coro::async_generator;
using coro::generator;

struct State {
  std::vector<int> values;
  generator<int> own() const {
    for (int v : values)
      co_yield v;
  }
};
State current();
std::string name();
void see(int);

generator<int> each(const State &state) {
  for (int v : state.values)
    co_yield v;
}
generator<int> each_copied(State state) {
  for (int v : state.values)
    co_yield v;
}
generator<int> letters(std::string_view text) {
  for (char c : text)
    co_yield c;
}
generator<int> unused(const State &) { co_yield 1; }
async_generator<int> each_async(const State &state) {
  for (int v : state.values) {
    co_await std::suspend_always();
    co_yield v;
  }
}
int first(generator<int> g);

void temporary_bad() {
  auto g = each(current());
  // CHECK-NOTES: :[[@LINE-1]]:17: warning: the generator refers to an object that is destroyed before the generator runs
  // CHECK-NOTES: :24:16: note: 'state' is used here, once a value is asked for
  for (int v : g)
    see(v);
}
void view_bad() {
  auto g = letters(name());
  // CHECK-NOTES: :[[@LINE-1]]:20: warning: the generator refers to an object that is destroyed before the generator runs
  // CHECK-NOTES: :32:17: note: 'text' is used here, once a value is asked for
  for (int v : g)
    see(v);
}
void object_bad() {
  auto g = current().own();
  // CHECK-NOTES: :[[@LINE-1]]:12: warning: the generator refers to an object that is destroyed before the generator runs
  // CHECK-NOTES: :15:18: note: 'this' is used here, once a value is asked for
  for (int v : g)
    see(v);
}
generator<int> local_bad() {
  State state = current();
  return each(state);
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: the generator refers to an object that is destroyed before the generator runs
  // CHECK-NOTES: :24:16: note: 'state' is used here, once a value is asked for
}
async_generator<int> async_bad() {
  return each_async(current());
  // CHECK-NOTES: :[[@LINE-1]]:21: warning: the generator refers to an object that is destroyed before the generator runs
  // CHECK-NOTES: :37:16: note: 'state' is used here, once a value is asked for
}

void named_ok() {
  State state = current();
  auto g = each(state);
  for (int v : g)
    see(v);
}
void copied_ok() {
  auto g = each_copied(current());
  for (int v : g)
    see(v);
}
void never_used_ok() { auto g = unused(current()); see(first(std::move(g))); }
void dropped_ok() { auto g = each(current()); }
int in_place_ok() { return first(each(current())); }
generator<int> passed_on_ok(const State &state) { return each(state); }
