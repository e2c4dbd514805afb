/*===-- corolint/annotations.h - What coroutine code promises ----*- C -*-===*\
|*                                                                            *|
|* Part of corolint, under the Apache License v2.0 with LLVM Exceptions.      *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* Macros that declare what may yield, what may block, and where neither is   *|
|* allowed, for corolint's checks. Clang sees `annotate("corolint::NAME")`;   *|
|* other compilers see nothing, so the macros never change the meaning of a   *|
|* program. They need C11 or C++17 and no other header: this file may be      *|
|* copied into a project as it is.                                            *|
|*                                                                            *|
|* A macro is written before a declaration (`COROLINT_BLOCKING int f(void);`) *|
|* or after it (`int f(void) COROLINT_BLOCKING;`), after a lambda's parameter *|
|* list, after a parameter's name, between `class` and the name of a class,   *|
|* or before or after a variable or data member. One redeclaration is enough; *|
|* all of them may have it.                                                   *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef COROLINT_ANNOTATIONS_H
#define COROLINT_ANNOTATIONS_H

#if defined(__clang__)
/* The GNU spelling is accepted wherever the macros may be written;
   `[[clang::annotate]]` is not. */
#define COROLINT_ANNOTATE_(...) __attribute__((annotate(__VA_ARGS__)))
#else
#define COROLINT_ANNOTATE_(...)
#endif

/* On a function, method, lambda or callback parameter: the body (the callable
   passed) must not yield, that is, let another coroutine run. */
#define COROLINT_NO_YIELD COROLINT_ANNOTATE_("corolint::no_yield")

/* Opens a block that must not yield:

     COROLINT_NO_YIELD_REGION {
       balance -= amount;
       other.balance += amount;
     }

   The block is the `else` branch of an `if` whose initialiser carries the
   annotation. Only this form needs no statement attribute (Clang has them from
   22), keeps the meaning of `break`, `continue` and `return`, nests, and cannot
   capture the `else` of an unbraced `if` around it. In C the macro is empty: C
   has no `if` with an initialiser, and no coroutines. */
#if defined(__clang__) && defined(__cplusplus) && __cplusplus >= 201703L
#define COROLINT_NO_YIELD_REGION                                               \
  _Pragma("clang diagnostic push")                                             \
  _Pragma("clang diagnostic ignored \"-Wshadow\"")                             \
  _Pragma("clang diagnostic ignored \"-Wshadow-all\"")                         \
  _Pragma("clang diagnostic ignored \"-Wdangling-else\"")                      \
  if ([[maybe_unused, clang::annotate("corolint::no_yield")]]                  \
      constexpr bool corolint_no_yield_region_ = true;                         \
      !corolint_no_yield_region_) {                                            \
  } else                                                                       \
    _Pragma("clang diagnostic pop")
#else
#define COROLINT_NO_YIELD_REGION
#endif

/* On a class: while an object of it lives, the code around it must not yield. */
#define COROLINT_NO_YIELD_SCOPE COROLINT_ANNOTATE_("corolint::no_yield_scope")

/* On a method of such a class: ends the object's region early. */
#define COROLINT_NO_YIELD_END COROLINT_ANNOTATE_("corolint::no_yield_end")

/* On a function: may let other coroutines run before it returns, without
   `co_await` (it pumps an event loop, switches a fiber, resumes a handle). */
#define COROLINT_YIELDS COROLINT_ANNOTATE_("corolint::yields")

/* On a function: may block the calling thread until something outside it
   happens. The second form gives the reason, which the checks print. */
#define COROLINT_BLOCKING COROLINT_ANNOTATE_("corolint::blocking")
#define COROLINT_BLOCKING_FOR(reason)                                          \
  COROLINT_ANNOTATE_("corolint::blocking", reason)

/* On a function: never blocks, whatever its body does. The checks trust it. */
#define COROLINT_NONBLOCKING COROLINT_ANNOTATE_("corolint::nonblocking")

/* On a function: blocks until asynchronous work completes. */
#define COROLINT_SYNC_WAIT COROLINT_ANNOTATE_("corolint::sync_wait")

/* On a function, lambda or callback parameter: blocking and sync waits are
   intended here (a worker thread, start-up, a deliberate stall). It never
   excuses a yield. On a class: the same applies to every function that returns
   one of its objects, and while one of its objects lives. */
#define COROLINT_ALLOW_BLOCKING COROLINT_ANNOTATE_("corolint::allow_blocking")

/* On a function, lambda or callback parameter: runs on the thread of an event
   loop or executor, so it must neither block nor sync-wait, coroutine or not.
   On a class: every function that returns one of its objects runs there. */
#define COROLINT_EVENT_LOOP COROLINT_ANNOTATE_("corolint::event_loop")

/* On an awaitable class, or a function that returns one: awaiting it moves the
   coroutine to a thread that may block. Blocking is intended from there on,
   until the next such move. */
#define COROLINT_RESUMES_ALLOW_BLOCKING                                        \
  COROLINT_ANNOTATE_("corolint::resumes_allow_blocking")

/* On the same: awaiting it moves the coroutine back to an event loop. */
#define COROLINT_RESUMES_ON_LOOP COROLINT_ANNOTATE_("corolint::resumes_on_loop")

/* On an awaitable class, or a function that returns one: awaiting it does not
   suspend. */
#define COROLINT_NEVER_SUSPENDS COROLINT_ANNOTATE_("corolint::never_suspends")

/* On a lock guard class: made to be held across `co_await`. */
#define COROLINT_HOLDS_ACROSS_AWAIT                                            \
  COROLINT_ANNOTATE_("corolint::holds_across_await")

/* On a variable, data member or class: other code may change it whenever a
   coroutine is suspended, whether or not the checks can see that code. */
#define COROLINT_SHARED COROLINT_ANNOTATE_("corolint::shared")

/* On a variable, data member or class: one coroutine at a time uses it. The
   checks trust it. */
#define COROLINT_EXCLUSIVE COROLINT_ANNOTATE_("corolint::exclusive")

/* On a parameter: its argument lives until the task that the function starts is
   finished. On a function: all its arguments do. */
#define COROLINT_KEEPS_ALIVE COROLINT_ANNOTATE_("corolint::keeps_alive")

#endif /* COROLINT_ANNOTATIONS_H */
