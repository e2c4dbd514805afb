// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// A misspelt annotation is no annotation: it is reported.

#include "coro.h"
#include <functional>
using namespace coro;

[[clang::annotate("corolint::no_yeild")]] void misspelt();
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::no_yeild'; did you mean 'corolint::no_yield'? [{{.*}}]

[[clang::annotate("corolint::Blocking")]] void wrong_case();
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::Blocking'; did you mean 'corolint::blocking'? [{{.*}}]

[[clang::annotate("corolint::quux")]] void nothing_like_it();
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::quux'{{.*}} [{{.*}}]

[[clang::annotate("corolint::")]] void empty();
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::'{{.*}} [{{.*}}]

struct [[clang::annotate("corolint::no_yield_scop")]] on_class {};
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::no_yield_scop'; did you mean 'corolint::no_yield_scope'? [{{.*}}]

void on_parameter(std::function<void()> f
                  [[clang::annotate("corolint::event_lop")]]);
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::event_lop'; did you mean 'corolint::event_loop'? [{{.*}}]

struct object {
  [[clang::annotate("corolint::yield")]] void on_method();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::yield'; did you mean 'corolint::yields'? [{{.*}}]
};

auto on_lambda = []() __attribute__((annotate("corolint::event_looop"))) {};
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::event_looop'; did you mean 'corolint::event_loop'? [{{.*}}]

template <typename T>
[[clang::annotate("corolint::sync-wait")]] void on_template(T);
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::sync-wait'; did you mean 'corolint::sync_wait'? [{{.*}}]
void use() {
  on_template(1);
  on_template('c');
}

// What is no annotation of ours.
[[clang::annotate("coro::no_yeild")]] void other_prefix_ok();
[[clang::annotate("no_yeild")]] void no_prefix_ok();
[[clang::annotate("xcorolint::no_yeild")]] void longer_prefix_ok();

// A misspelt one has no effect.
[[clang::annotate("corolint::no_yeild")]] task<> no_effect() { co_await async_op(); }
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: unknown corolint annotation 'corolint::no_yeild'; did you mean 'corolint::no_yield'? [{{.*}}]
