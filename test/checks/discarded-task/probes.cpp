// RUN: %check_corolint %s coro-discarded-task %t
// Tasks that are made to see whether making them throws.

#include "tasks.h"
#include <stdexcept>
using namespace coro;

task<> lazy();
void fail();

template <typename E, typename F> void expect_throw(F &&f) {
  try {
    f();
  } catch (const E &) {
    return;
  } catch (...) {
  }
  fail();
}
template <typename F> void expect_any(F f) {
  expect_throw<std::exception>(f);
}
template <typename F> void shield(F f) {
  try {
    f();
  } catch (...) {
  }
}
template <typename F> void later(F f) {
  try {
    use(1);
  } catch (const std::exception &) {
    f();
  }
}
void post(std::function<void()> f);

#define EXPECT_THROW_IN(statement, type)                                       \
  do {                                                                         \
    try {                                                                      \
      statement;                                                               \
    } catch (const type &) {                                                   \
      break;                                                                   \
    }                                                                          \
    fail();                                                                    \
  } while (0)
#define SHIELD(statement)                                                      \
  try {                                                                        \
    statement;                                                                 \
  } catch (...) {                                                              \
  }
#define RUN(statement) statement

void lambda_ok() {
  expect_throw<std::invalid_argument>([] { lazy(); });
}
void through_ok() {
  expect_any([] { lazy(); });
}
void with_captures_ok(int n) {
  expect_throw<std::exception>([&] {
    use(n), lazy();
  });
}
void macro_ok() { EXPECT_THROW_IN(lazy(), std::exception); }

void after_others_ok() {
  expect_throw<std::exception>([] {
    int n = 1;
    use(n);
    lazy();
  });
}
void before_others_bad() {
  expect_throw<std::exception>([] {
    lazy(); // warn: coro-discarded-task
    use(1);
  });
}
void untyped_bad() {
  shield([] { lazy(); }); // warn: coro-discarded-task
}
void in_handler_bad() {
  later([] { lazy(); }); // warn: coro-discarded-task
}
void posted_bad() {
  post([] { lazy(); }); // warn: coro-discarded-task
}
void stored_bad() {
  auto f = [] { lazy(); }; // warn: coro-discarded-task
  f();
}
void untyped_macro_bad() {
  SHIELD(lazy()) // warn: coro-discarded-task
}
void plain_macro_bad() {
  RUN(lazy()); // warn: coro-discarded-task
}
void written_try_bad() {
  try {
    lazy(); // warn: coro-discarded-task
  } catch (const std::exception &) {
  }
}
void macro_in_written_try_bad() {
  try {
    RUN(lazy()); // warn: coro-discarded-task
  } catch (const std::exception &) {
  }
}
