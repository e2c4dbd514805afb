// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Constructors: written and implicit, of variables, temporaries, members,
// bases and `new`.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();

struct in_body {
  in_body() { block(); }
};
struct in_initialiser {
  int x;
  in_initialiser() : x(block()) {}
};
struct in_member {
  in_body m;
};
struct in_base : in_body {};
struct in_virtual_base : virtual in_body {};
struct in_default_initialiser {
  int x = block();
};
struct overridden_initialiser {
  int x = block();
  overridden_initialiser() : x(1) {}
};
struct delegating {
  explicit delegating(int) { block(); }
  delegating() : delegating(1) {}
};
struct inheriting : delegating {
  using delegating::delegating;
  int y = 0;
};
struct defaulted {
  in_body m;
  defaulted() = default;
};
struct defaulted_out_of_line {
  in_body m;
  defaulted_out_of_line();
};
defaulted_out_of_line::defaulted_out_of_line() = default;
struct declared {
  COROLINT_BLOCKING declared();
};
struct trusted {
  COROLINT_NONBLOCKING trusted() { block(); }
};
struct harmless {
  harmless() {}
  explicit harmless(int) { block(); }
};
struct array_member {
  in_body m[3];
};
struct initialiser_list_order {
  in_body first;
  int second = 0;
};
template <typename T> struct of_template {
  T member;
};
struct unused_member_template {
  template <typename T> explicit unused_member_template(T) { block(); }
  unused_member_template() = default;
};

task<> variables_bad() {
  in_body a; // warn: coro-blocking-call
  in_initialiser b; // warn: coro-blocking-call
  in_member c; // warn: coro-blocking-call
  in_base d; // warn: coro-blocking-call
  in_virtual_base e; // warn: coro-blocking-call
  in_default_initialiser f; // warn: coro-blocking-call
  delegating g; // warn: coro-blocking-call
  inheriting h(1); // warn: coro-blocking-call
  defaulted i; // warn: coro-blocking-call
  defaulted_out_of_line j; // warn: coro-blocking-call
  declared k; // warn: coro-blocking-call
  array_member l; // warn: coro-blocking-call
  in_body array[2]; // warn: coro-blocking-call
  of_template<in_body> m; // warn: coro-blocking-call
  harmless n(1); // warn: coro-blocking-call
  static in_body once; // warn: coro-blocking-call
  unused_member_template o(1); // warn: coro-blocking-call
  auto p = in_body(); // warn: coro-blocking-call
  in_body q{}; // warn: coro-blocking-call
  const in_body &r = in_body(); // warn: coro-blocking-call
  co_return;
}

task<> variables_ok() {
  overridden_initialiser a;
  trusted b;
  harmless c;
  of_template<harmless> d;
  unused_member_template e;
  in_body *pointer = nullptr;
  extern in_body elsewhere;
  co_return;
}

void take(const in_body &);
task<> expressions_bad() {
  in_body(); // warn: coro-blocking-call
  (void)in_body{}; // warn: coro-blocking-call
  new in_body; // warn: coro-blocking-call
  new in_body[3]; // warn: coro-blocking-call
  take({}); // warn: coro-blocking-call
  throw in_body(); // warn: coro-blocking-call
  co_return;
}

struct pair {
  int x = block();
  int y = 0;
};
task<> aggregate_bad() {
  pair a{}; // warn: coro-blocking-call
  pair b{.y = 1}; // warn: coro-blocking-call
  pair c{block(), 1}; // warn: coro-blocking-call
  in_member d{}; // warn: coro-blocking-call
  co_return;
}
task<> aggregate_ok() {
  pair a{1};
  pair b{.x = 1};
  pair c{1, 2};
  co_return;
}

struct copying {
  copying() = default;
  copying(const copying &) { block(); }
  copying(copying &&) {}
  copying &operator=(const copying &) {
    block();
    return *this;
  }
  copying &operator=(copying &&) { return *this; }
};
struct implicitly_copying {
  copying m;
};
void by_value(copying);
task<> copies_bad(const copying &c) {
  copying a = c; // warn: coro-blocking-call
  by_value(c); // warn: coro-blocking-call
  a = c; // warn: coro-blocking-call
  implicitly_copying b;
  implicitly_copying d = b; // warn: coro-blocking-call
  d = b; // warn: coro-blocking-call
  auto captured = [c] {}; // warn: coro-blocking-call
  co_return;
}
task<> moves_ok(copying c) {
  copying a = std::move(c);
  a = copying();
  by_value(copying());
  implicitly_copying b;
  implicitly_copying d = std::move(b);
  auto captured = [c = std::move(a)] {};
  co_return;
}

int through_local() {
  in_member m;
  return 1;
}
task<> through_function_bad() {
  through_local(); // warn: coro-blocking-call
  co_return;
}

struct converting {
  converting(int) { block(); }
};
void take_converted(converting);
task<> implicit_conversion_bad() {
  take_converted(1); // warn: coro-blocking-call
  converting c = 1; // warn: coro-blocking-call
  co_return;
}
