//===-- RootTask.h - The outermost coroutine of a chain ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ROOTTASK_H
#define COROLINT_RT_ROOTTASK_H

#include "corolint/rt/Promise.h"
#include <exception>

namespace corolint::rt::detail {

struct RootPromise;

/// A coroutine that an executor owns: drives one task and carries its context.
class RootTask {
public:
  using promise_type = RootPromise;
  explicit RootTask(std::coroutine_handle<RootPromise> Coroutine) noexcept
      : Handle(Coroutine) {}
  RootTask(RootTask &&Other) noexcept
      : Handle(std::exchange(Other.Handle, nullptr)) {}
  RootTask &operator=(RootTask &&) = delete;
  ~RootTask() {
    if (Handle)
      Handle.destroy();
  }
  RootPromise &promise() const noexcept { return Handle.promise(); }
  RootPromise *release() noexcept {
    return &std::exchange(Handle, nullptr).promise();
  }

private:
  std::coroutine_handle<RootPromise> Handle;
};

struct RootPromise final : AsyncPromise, Resumable {
  TaskContext Own;
  EventLoop *Owner = nullptr; ///< Or null, and Pool is set.
  ThreadPool *Pool = nullptr;
  RootPromise *Prev = nullptr;
  RootPromise *Following = nullptr;
  bool Linked = false;
  bool *Done = nullptr; ///< Set on the loop's thread once the task is done.
  std::exception_ptr Error;

  RootPromise() noexcept : Resumable(&start) { Context = &Own; }

  RootTask get_return_object() noexcept {
    return RootTask(std::coroutine_handle<RootPromise>::from_promise(*this));
  }
  std::suspend_always initial_suspend() const noexcept { return {}; }
  auto final_suspend() noexcept {
    struct Leave {
      bool await_ready() const noexcept { return false; }
      void
      await_suspend(std::coroutine_handle<RootPromise> Self) const noexcept {
        Self.promise().leave();
      }
      void await_resume() const noexcept {}
    };
    return Leave();
  }
  void return_void() const noexcept {}
  void unhandled_exception() noexcept { Error = std::current_exception(); }

private:
  static void start(Resumable &Self, Action What);
  static void finish(Resumable &Self, Action What);
  void leave() noexcept;
  std::coroutine_handle<RootPromise> self() noexcept {
    return std::coroutine_handle<RootPromise>::from_promise(*this);
  }
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_ROOTTASK_H
