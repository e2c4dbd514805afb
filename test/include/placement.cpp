// Every macro, in every place where design and header let it stand, compiles
// without a word from any compiler.

// RUN: g++-12 -std=c++17 %warnings -fsyntax-only %s
// RUN: g++-12 -std=c++20 %warnings -fsyntax-only %s
// RUN: g++-12 -std=c++2b %warnings -fsyntax-only %s
// RUN: clang++-16 -std=c++17 %warnings -fsyntax-only %s
// RUN: clang++-16 -std=c++20 %warnings -fsyntax-only %s
// RUN: clang++-16 -std=c++2b %warnings -fsyntax-only %s
// RUN: clang++-19 -std=c++17 %warnings -fsyntax-only %s
// RUN: clang++-19 -std=c++20 %warnings -fsyntax-only %s
// RUN: clang++-19 -std=c++23 %warnings -fsyntax-only %s
// RUN: clang++-22 -std=c++17 %warnings -fsyntax-only %s
// RUN: clang++-22 -std=c++20 %warnings -fsyntax-only %s
// RUN: clang++-22 -std=c++23 %warnings -fsyntax-only %s

// Clang sees each by its name; gcc sees nothing.
// RUN: clang++-22 -std=c++20 -I%source/include -E %s | FileCheck %s
// RUN: clang++-16 -std=c++20 -I%source/include -E %s | FileCheck %s
// RUN: g++-12 -std=c++20 -I%source/include -E %s | %not grep corolint::

#include <corolint/annotations.h>

// Functions: before the declaration.
// CHECK: annotate("corolint::no_yield"))) void before_no_yield
COROLINT_NO_YIELD void before_no_yield();
// CHECK: annotate("corolint::yields"))) void before_yields
COROLINT_YIELDS void before_yields();
// CHECK: annotate("corolint::blocking"))) void before_blocking
COROLINT_BLOCKING void before_blocking();
// CHECK: annotate("corolint::blocking", "disk"))) void before_blocking_for
COROLINT_BLOCKING_FOR("disk") void before_blocking_for();
// CHECK: annotate("corolint::nonblocking"))) void before_nonblocking
COROLINT_NONBLOCKING void before_nonblocking();
// CHECK: annotate("corolint::sync_wait"))) void before_sync_wait
COROLINT_SYNC_WAIT void before_sync_wait();
// CHECK: annotate("corolint::allow_blocking"))) void before_allow_blocking
COROLINT_ALLOW_BLOCKING void before_allow_blocking();
// CHECK: annotate("corolint::event_loop"))) void before_event_loop
COROLINT_EVENT_LOOP void before_event_loop();
// CHECK: annotate("corolint::never_suspends"))) int before_never_suspends
COROLINT_NEVER_SUSPENDS int before_never_suspends();

// CHECK: annotate("corolint::resumes_allow_blocking"))) int before_resumes
COROLINT_RESUMES_ALLOW_BLOCKING int before_resumes_allow_blocking();
// CHECK: annotate("corolint::resumes_on_loop"))) int before_resumes_on_loop
COROLINT_RESUMES_ON_LOOP int before_resumes_on_loop();
// CHECK: annotate("corolint::keeps_alive"))) void before_keeps_alive
COROLINT_KEEPS_ALIVE void before_keeps_alive(int &);

// Functions: after the declaration.
void after_no_yield() COROLINT_NO_YIELD;
void after_yields() COROLINT_YIELDS;
void after_blocking() COROLINT_BLOCKING;
void after_blocking_for() COROLINT_BLOCKING_FOR("disk");
void after_nonblocking() COROLINT_NONBLOCKING;
void after_sync_wait() COROLINT_SYNC_WAIT;
void after_allow_blocking() COROLINT_ALLOW_BLOCKING;
void after_event_loop() COROLINT_EVENT_LOOP;
int after_never_suspends() COROLINT_NEVER_SUSPENDS;
int after_resumes_allow_blocking() COROLINT_RESUMES_ALLOW_BLOCKING;
int after_resumes_on_loop() COROLINT_RESUMES_ON_LOOP;
void after_keeps_alive(int &) COROLINT_KEEPS_ALIVE;

// Definitions, several at once, redeclarations.
COROLINT_NO_YIELD COROLINT_NONBLOCKING inline int definition() { return 1; }
void redeclared();
COROLINT_BLOCKING void redeclared();
void redeclared();

// With what else stands around a declaration.
[[nodiscard]] COROLINT_BLOCKING inline int with_attribute() { return 1; }
COROLINT_BLOCKING constexpr inline int with_specifiers() { return 1; }
extern "C" COROLINT_BLOCKING int with_linkage(void);
template <typename T> COROLINT_BLOCKING void with_template(T);
template <typename T>
COROLINT_NO_YIELD auto with_trailing_type(T Value) -> decltype(Value);
void with_noexcept() noexcept COROLINT_NONBLOCKING;

// Classes.
// CHECK: class __attribute__((annotate("corolint::no_yield_scope"))) Scope
class COROLINT_NO_YIELD_SCOPE Scope {
public:
  Scope();
  ~Scope();
  // CHECK: annotate("corolint::no_yield_end"))) void end
  COROLINT_NO_YIELD_END void end();
  void finish() COROLINT_NO_YIELD_END;
};
// CHECK: annotate("corolint::holds_across_await"))) Guard
struct COROLINT_HOLDS_ACROSS_AWAIT Guard {};
struct COROLINT_ALLOW_BLOCKING StallingGuard {};
struct COROLINT_NEVER_SUSPENDS Awaitable {};
struct COROLINT_RESUMES_ALLOW_BLOCKING ToWorker {};
struct COROLINT_RESUMES_ON_LOOP ToLoop {};
// CHECK: annotate("corolint::event_loop"))) LoopFuture
class COROLINT_EVENT_LOOP LoopFuture {};
class COROLINT_ALLOW_BLOCKING WorkerFuture {};
// CHECK: annotate("corolint::shared"))) SharedState
struct COROLINT_SHARED SharedState {};
struct COROLINT_EXCLUSIVE OwnState {};
template <typename T> class COROLINT_NO_YIELD_SCOPE ScopeTemplate {};

// Methods.
struct Methods {
  COROLINT_BLOCKING Methods();
  COROLINT_BLOCKING explicit Methods(int);
  COROLINT_BLOCKING ~Methods();
  COROLINT_BLOCKING int method() const;
  int method_after() const noexcept COROLINT_BLOCKING;
  COROLINT_BLOCKING static int static_method();
  COROLINT_BLOCKING int operator()(int) const;
  COROLINT_BLOCKING explicit operator bool() const;
};
struct Base {
  virtual ~Base();
  COROLINT_BLOCKING virtual int work() const;
};
struct Derived : Base {
  int work() const override COROLINT_NONBLOCKING;
};

// Variables and data members.
// CHECK: annotate("corolint::shared"))) extern int before_shared
COROLINT_SHARED extern int before_shared;
// CHECK: extern int after_shared __attribute__((annotate("corolint::shared")))
extern int after_shared COROLINT_SHARED;
COROLINT_EXCLUSIVE inline int before_exclusive = 1;
inline int after_exclusive COROLINT_EXCLUSIVE = 1;
struct Members {
  COROLINT_SHARED int before = 1;
  int after COROLINT_SHARED = 1;
  COROLINT_EXCLUSIVE static int before_static;
  static int after_static COROLINT_EXCLUSIVE;
  int array[2] COROLINT_SHARED;
};
inline int locals() {
  COROLINT_EXCLUSIVE int before = 1;
  static int after COROLINT_SHARED = 1;
  return before + after;
}

// Parameters.
template <typename F> void post(F Callback COROLINT_EVENT_LOOP);
template <typename F> void spawn(F Body COROLINT_KEEPS_ALIVE);
void keep(COROLINT_KEEPS_ALIVE int &Object);
void call(void (*Callback)() COROLINT_NO_YIELD);
void run(COROLINT_ALLOW_BLOCKING void (*Callback)());

// Lambdas: after the parameter list.
inline int lambdas() {
  auto NoYield = []() COROLINT_NO_YIELD { return 1; };
  auto Loop = [](int Value) COROLINT_EVENT_LOOP { return Value; };
  auto Allowed = [](int Value) COROLINT_ALLOW_BLOCKING -> int { return Value; };
  return NoYield() + Loop(1) + Allowed(1);
}
