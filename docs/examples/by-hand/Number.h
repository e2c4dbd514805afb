//===-- Number.h - A task, an awaiter and a loop ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EXAMPLES_NUMBER_H
#define COROLINT_EXAMPLES_NUMBER_H

#include <coroutine>
#include <deque>
#include <exception>
#include <optional>
#include <utility>

namespace byHand {

/// The loop: coroutines that may go on, first come first served.
inline std::deque<std::coroutine_handle<>> Ready;

/// An awaiter. The coroutine is suspended, and goes on once others had a turn.
struct Turn {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> Self) const {
    Ready.push_back(Self);
  }
  void await_resume() const noexcept {}
};

/// A coroutine that returns a number some time. It is a generator with two
/// changes: the loop resumes it, not the consumer of the next value, and
/// at its end it resumes the coroutine that awaits it.
struct Number {
  struct promise_type {
    std::optional<int> Value;
    std::coroutine_handle<> Awaiting = std::noop_coroutine();

    Number get_return_object() { return Number(*this); }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    struct Continue {
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> Self) const noexcept {
        return Self.promise().Awaiting;
      }
      void await_resume() const noexcept {}
    };
    Continue final_suspend() const noexcept { return {}; }
    void return_value(int Given) { Value = Given; }
    void unhandled_exception() { std::terminate(); }
  };

  explicit Number(promise_type &Promise)
      : Body(std::coroutine_handle<promise_type>::from_promise(Promise)) {}
  Number(Number &&Other) noexcept : Body(std::exchange(Other.Body, nullptr)) {}
  ~Number() {
    if (Body)
      Body.destroy();
  }

  // A task is an awaiter, too: to await it is to start it.
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> Self) {
    Body.promise().Awaiting = Self;
    return Body;
  }
  int await_resume() const { return *Body.promise().Value; }

  std::coroutine_handle<promise_type> Body;
};

/// Runs all \p Tasks to their end, in turns.
template <std::size_t Count> void run(Number (&Tasks)[Count]) {
  for (const Number &Each : Tasks)
    Ready.push_back(Each.Body);
  while (!Ready.empty()) {
    const std::coroutine_handle<> Next = Ready.front();
    Ready.pop_front();
    Next.resume();
  }
}

} // namespace byHand

#endif // COROLINT_EXAMPLES_NUMBER_H
